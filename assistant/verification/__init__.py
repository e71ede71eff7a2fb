"""Checks a quotation against the articles: exact, altered, misattributed, unclear, not said or absent.

verify        looks a quotation up in the library      comparison  compares word by word; pure
statement_of  finds the statement that words belong to turning     finds what a cut leaves out that turns the meaning
asked         tells whether the one asked about says it findings   decides; `types` are what is given
"""
