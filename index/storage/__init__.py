"""Storage: the library (the text of record), and the full text and vectors that are derived from it, as one store."""
