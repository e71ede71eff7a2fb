"""Embedding: takes texts, gives unit vectors: the encoder, the packaged model in numpy, and the vectors of passages."""
