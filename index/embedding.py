"""Embedding: readings in, one unit vector a passage out.

A passage is encoded with its speaker and title (`passages.embedding_text`); the same text is encoded once. Each vector
then leans towards those of the passages before and after it, so that "he called it unfair" is also found by what the
sentences around it are about, at no cost to the encoder. Knows readings and the encoder. Does not know storage.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from index.encoder import Encodes, Matrix
from index.passages import embedding_text
from index.types import Reading

LEAN = 0.2  # how much of each neighbour's vector is added; chosen on the question set, where 0.1 to 0.3 do as well


def embed(encoder: Encodes, readings: Iterable[Reading]) -> Matrix:
    """The vectors of all passages of these readings, in order.

    :return: float32, shape (passages, dim), of length 1.
    """
    every = list(readings)
    texts = [embedding_text(reading, passage) for reading in every for passage in reading.passages]
    place = {text: row for row, text in enumerate(dict.fromkeys(texts))}
    vectors = encoder.encode(list(place))[np.array([place[text] for text in texts], dtype=np.intp)]
    first = 0
    for reading in every:
        last = first + len(reading.passages)
        vectors[first:last] = leaning(vectors[first:last])
        first = last
    return vectors


def leaning(vectors: Matrix) -> Matrix:
    """The vectors of one article's passages, each leaning towards its neighbours.

    :param vectors: Shape (passages, dim), of length 1.
    :return: The same shape, of length 1.
    """
    summed = vectors.copy()
    summed[1:] += LEAN * vectors[:-1]
    summed[:-1] += LEAN * vectors[1:]
    return np.asarray(summed / np.maximum(np.linalg.norm(summed, axis=1, keepdims=True), 1e-9), dtype=np.float32)
