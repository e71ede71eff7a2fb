"""Stage 2: takes sentences; gives attributions: the cue that reports speech, its source phrase and its content.

Knows syntax and the lexicon. Does not know who a source is.
"""
