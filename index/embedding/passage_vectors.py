"""Embedding: readings in, one unit vector a passage out.

An article is encoded once, by paragraphs, and a passage's vector is taken from its tokens there, so that a
sentence is understood with those around it and none is encoded twice. To it are added, weighed, the vectors of who
speaks and of the title: "he called it unfair" is found by the name of him who said it. Last, each vector leans towards
those of the passages before and after it. Knows readings and the encoder. Does not know storage.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from index.embedding.encoder import Encodes, Matrix
from index.passages import introduced
from index.types import Passage, Reading, Span

# Chosen on the question set, where half and double of each do about as well.
SPEAKER = 0.15  # how much of the speaker's vector is added to a passage's
TITLE = 0.2  # how much of the title's
LEAN = 0.2  # how much of each neighbour's
WINDOW = 1000  # characters that are read together at most; a model reads about 256 tokens
SHORT = 400  # characters up to which paragraphs are read together, each with the other as its context


def embed(encoder: Encodes, readings: Iterable[Reading]) -> Matrix:
    """The vectors of all passages of these readings, in order.

    :return: float32, shape (passages, dim), of length 1.
    """
    every = list(readings)
    vectors = _unit(_said(encoder, every))
    speakers = [introduced(one, passage) for one in every for passage in one.passages]
    titles = [one.article.title for one in every for _ in one.passages]
    of_speakers, of_titles = np.split(_named(encoder, [*speakers, *titles]), 2)
    vectors += SPEAKER * of_speakers + TITLE * of_titles
    first = 0
    for reading in every:
        last = first + len(reading.passages)
        vectors[first:last] = leaning(_unit(vectors[first:last]))
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
    return _unit(summed)


def windows(reading: Reading) -> Iterator[Span]:
    """What is encoded together: the sentences of a paragraph, or of several short ones. Every sentence lies in one."""
    text = reading.article.text
    window: Span | None = None
    for sentence in reading.sentences:
        if window:
            most = SHORT if "\n" in text[window.end : sentence.start] else WINDOW
            if sentence.end - window.start <= most:
                window = Span(window.start, sentence.end)
                continue
            yield from _pieces(window)
        window = sentence
    if window:
        yield from _pieces(window)


def _pieces(window: Span) -> Iterator[Span]:
    """A window, in pieces if one sentence alone is too long."""
    for start in range(window.start, window.end, WINDOW):
        yield Span(start, min(start + WINDOW, window.end))


def _said(encoder: Encodes, readings: Sequence[Reading]) -> Matrix:
    """What the passages say, read in their paragraphs: the sums of their tokens' vectors; shape (passages, dim)."""
    owners: dict[str, list[int]] = {}  # a text that several articles print is encoded once
    parts: dict[str, list[Span]] = {}
    cuts: list[str] = []
    for reading in readings:
        text = reading.article.text
        every = list(windows(reading))
        for passage in reading.passages:
            for window in _over(passage, every):
                cut = window.cut(text)
                start, end = max(window.start, passage.extent.start), min(window.end, passage.extent.end)
                owners.setdefault(cut, []).append(len(cuts))
                parts.setdefault(cut, []).append(Span(start - window.start, end - window.start))
            cuts.append(passage.extent.cut(text))
    vectors = np.zeros((len(cuts), encoder.dim), dtype=np.float32)
    for rows, found in zip(owners.values(), encoder.inside(list(parts), list(parts.values())), strict=True):
        np.add.at(vectors, rows, found)
    if none := np.flatnonzero(~vectors.any(axis=1)).tolist():  # no letters, or too many for the model in one window
        vectors[none] = encoder.encode([cuts[row] for row in none])
    return vectors


def _over(passage: Passage, every: Sequence[Span]) -> Iterator[Span]:
    """The windows that a passage lies in."""
    first = max(0, bisect_right(every, passage.extent.start, key=lambda window: window.start) - 1)
    for window in every[first:]:
        if window.start >= passage.extent.end:
            return
        if window.end > passage.extent.start:
            yield window


def _named(encoder: Encodes, names: Sequence[str]) -> Matrix:
    """The vectors of these names, zeros for an empty one; shape (len(names), dim)."""
    row = {name: place for place, name in enumerate(dict.fromkeys(name for name in names if name))}
    found = np.vstack([encoder.encode(list(row)), np.zeros((1, encoder.dim), dtype=np.float32)])
    return np.asarray(found[[row.get(name, -1) for name in names]], dtype=np.float32)


def _unit(vectors: Matrix) -> Matrix:
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9), dtype=np.float32)
