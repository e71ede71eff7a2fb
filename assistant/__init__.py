"""The question and everything after it: search, choose, cut, answer, show."""
