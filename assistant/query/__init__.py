"""What is asked: a question and filters in; whom it names, what it wants and where to look, out.

question    its grammar             when      words of time -> days
people      mentions -> speakers    followup  a question that leans on the last -> one that stands alone
asked       all of it, with the library
"""
