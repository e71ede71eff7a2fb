"""What is kept: the library (the text of record), the full-text index and the vectors derived from it, as one store."""
