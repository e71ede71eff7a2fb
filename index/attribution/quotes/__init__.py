"""Stage 1: a text in, its quotations out: by marks, in transcripts, in signed pieces and letters.

Knows characters and layout. Does not know grammar or who anybody is.
"""
