"""Stage 2: sentences in, attributions out: the cue that tells of speech, its source phrase, its content.

Knows syntax and word lists. Does not know who a source is.
"""
