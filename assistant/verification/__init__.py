"""Checking a quotation against the articles: exact, altered, misattributed or absent.

compare   word by word, pure      verify   in the library      voices   whose words a place holds
"""
