"""Stage 1: takes a text; gives its quotations: in marks, in transcripts, in signed pieces and letters.

Knows characters and layout. Does not know grammar or who anybody is.
"""
