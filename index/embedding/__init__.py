"""Texts in, unit vectors out: the encoder, the packaged model in numpy, and the vectors of passages."""
