"""Passage vectors: takes readings, gives one unit vector for each passage.

An article is encoded once, by paragraphs, and a passage's vector is the mean of its tokens there: a sentence is
understood from those around it, and none is encoded twice. The weighted vectors of the speaker and of the title are
added, so that "he called it unfair" is found by the speaker's name. Last, each vector is moved towards those of the
passages before and after it. Knows readings and the encoder. Does not know storage.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from index.embedding.encoder import Matrix, TextEncoder
from index.passages import speaker_line
from index.types import Passage, Reading, Span

# Chosen on the question set, where half and double of each do about as well.
SPEAKER = 0.15  # weight of the speaker's vector
TITLE = 0.2  # weight of the title's vector
LEAN = 0.2  # weight of each neighbour's vector
LONGEST_WINDOW = 1000  # the most characters that are encoded together; a model reads about 256 tokens
SHORT = 400  # paragraphs are joined up to this number of characters, each as the other's context


def embed(encoder: TextEncoder, readings: Iterable[Reading]) -> Matrix:
    """The vectors of all passages of these readings, in order.

    :return: float32, shape (passages, dim), of length 1.
    """
    every = list(readings)
    vectors = _unit(_passage_sums(encoder, every))
    speakers = [speaker_line(one, passage) for one in every for passage in one.passages]
    titles = [one.article.title for one in every for _ in one.passages]
    of_speakers, of_titles = np.split(_name_vectors(encoder, [*speakers, *titles]), 2)
    vectors += SPEAKER * of_speakers + TITLE * of_titles
    first = 0
    for reading in every:
        last = first + len(reading.passages)
        vectors[first:last] = lean_to_neighbours(_unit(vectors[first:last]))
        first = last
    return vectors


def lean_to_neighbours(vectors: Matrix) -> Matrix:
    """The vectors of one article's passages, each moved towards its neighbours.

    :param vectors: Shape (passages, dim), of length 1.
    :return: The same shape, of length 1.
    """
    summed = vectors.copy()
    summed[1:] += LEAN * vectors[:-1]
    summed[:-1] += LEAN * vectors[1:]
    return _unit(summed)


def windows(reading: Reading) -> Iterator[Span]:
    """The windows that are encoded: the sentences of a paragraph, or of several short ones. They hold them all."""
    text = reading.article.text
    window: Span | None = None
    for sentence in reading.sentences:
        if window:
            most = SHORT if "\n" in text[window.end : sentence.start] else LONGEST_WINDOW
            if sentence.end - window.start <= most:
                window = Span(window.start, sentence.end)
                continue
            yield from _pieces(window)
        window = sentence
    if window:
        yield from _pieces(window)


def _pieces(window: Span) -> Iterator[Span]:
    """A window, or its pieces of `LONGEST_WINDOW` characters where a single sentence is longer than that."""
    for start in range(window.start, window.end, LONGEST_WINDOW):
        yield Span(start, min(start + LONGEST_WINDOW, window.end))


def _passage_sums(encoder: TextEncoder, readings: Sequence[Reading]) -> Matrix:
    """The sums of the passages' token vectors, encoded within their windows; shape (passages, dim)."""
    owners: dict[str, list[int]] = {}  # by the window's text, so that what several articles print is encoded once
    parts: dict[str, list[Span]] = {}
    cuts: list[str] = []
    for reading in readings:
        text = reading.article.text
        every = list(windows(reading))
        for passage in reading.passages:
            for window in _overlapping(passage, every):
                cut = window.cut(text)
                start, end = max(window.start, passage.extent.start), min(window.end, passage.extent.end)
                owners.setdefault(cut, []).append(len(cuts))
                parts.setdefault(cut, []).append(Span(start - window.start, end - window.start))
            cuts.append(passage.extent.cut(text))
    vectors = np.zeros((len(cuts), encoder.dim), dtype=np.float32)
    for rows, found in zip(owners.values(), encoder.encode_parts(list(parts), list(parts.values())), strict=True):
        np.add.at(vectors, rows, found)
    if none := np.flatnonzero(~vectors.any(axis=1)).tolist():  # no letters, or too many for the model in one window
        vectors[none] = encoder.encode([cuts[row] for row in none])
    return vectors


def _overlapping(passage: Passage, every: Sequence[Span]) -> Iterator[Span]:
    """The windows that overlap a passage."""
    first = max(0, bisect_right(every, passage.extent.start, key=lambda window: window.start) - 1)
    for window in every[first:]:
        if window.start >= passage.extent.end:
            return
        if window.end > passage.extent.start:
            yield window


def _name_vectors(encoder: TextEncoder, names: Sequence[str]) -> Matrix:
    """The vectors of names, zeros for an empty name; shape (len(names), dim)."""
    row = {name: place for place, name in enumerate(dict.fromkeys(name for name in names if name))}
    found = np.vstack([encoder.encode(list(row)), np.zeros((1, encoder.dim), dtype=np.float32)])
    return np.asarray(found[[row.get(name, -1) for name in names]], dtype=np.float32)


def _unit(vectors: Matrix) -> Matrix:
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9), dtype=np.float32)
