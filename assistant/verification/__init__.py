"""Checks a quotation against the articles: exact, altered, misattributed or absent.

comparison  compares word by word; pure      verify  looks a quotation up in the library
statement_of  finds the statement that words of an article belong to
"""
