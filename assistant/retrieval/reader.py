"""The reader: takes a question and passages; gives two scores for each, by a model that reads both together.

`reads` orders the passages of one question: the one that scores higher is likelier to answer it. `answers` is the logit
of the probability that a passage answers the question at all. The model (a cross-encoder: Nogueira and Cho,
2019, arXiv:1901.04085) has the lower three layers of the packaged embedding model and three of its own, in
reader.safetensors; docs/reader.md says what it was trained on. Knows no store and no ranking.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Sequence
from contextlib import nullcontext
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.embedding.encoder import batches
from index.embedding.layers import COUNT, Layers, Matrix
from index.embedding.minilm import minilm

MOST_TOKENS = 128  # tokens of a question and a passage together
ASKED = 64  # of them at most for the question

_loading = threading.Lock()


class Scores(NamedTuple):
    """What the reader says of a passage: logits, of which only differences count in `reads`."""

    reads: float
    answers: float


def as_read(text: str, title: str = "", published: dt.date | None = None, speaker: str = "", role: str = "") -> str:
    """A passage as the reader sees it: "Bridge closed. 3 May 2026. Ann Lee, mayor of Salem: “It is safe.”"."""
    day = f"{published.day} {published:%B %Y}" if published else ""
    over = "".join(f"{part}. " for part in (title.rstrip("."), day) if part)
    who = ", ".join(part for part in (speaker, role) if part)
    return f"{over}{who}: {text}" if who else f"{over}{text}"


class PassageReader:
    """Scores passages against a question. Loads its model when it is first needed; any thread may use it.

    :param weights: Of the upper layers and the heads; None for the packaged ones.
    """

    def __init__(self, weights: Path | None = None) -> None:
        self._place = weights

    def scores(self, question: str, passages: Sequence[str]) -> list[Scores]:
        """The scores of each passage, which do not depend on the others.

        :param passages: As `as_read` gives them; what does not fit into 128 tokens with the question is not read.
        """
        if not passages:
            return []
        asked, *texts = minilm().tokenized([question, *passages])
        asked = [*asked[:-1][: ASKED - 1], asked[-1]]
        room = MOST_TOKENS - len(asked)
        read = [text[1:] if len(text) <= room + 1 else [*text[1:room], text[-1]] for text in texts]
        found = np.zeros((len(passages), len(Scores._fields)), dtype=np.float32)
        for rows in batches(read):
            found[rows] = self._scored(asked, [read[row] for row in rows])
        return [Scores(*map(float, row)) for row in found]

    def _scored(self, asked: Sequence[int], read: Sequence[Sequence[int]]) -> Matrix:
        """The scores of passages, given as tokens, that are read together; shape (passages, 2)."""
        model = _model(self._place)
        longest = max(map(len, read))
        ids = np.array([[*asked, *text, *[0] * (longest - len(text))] for text in read])
        seen = np.arange(ids.shape[1]) < [[len(asked) + len(text)] for text in read]
        of_passage = seen & (np.arange(ids.shape[1]) >= len(asked))
        tokens = model.layers(minilm().lower(ids, seen), seen)
        one, two = _mean(tokens, seen & ~of_passage), _mean(tokens, of_passage)
        return np.asarray((one * two) @ model.product.T + two @ model.passage.T + model.bias, dtype=np.float32)


class _Model(NamedTuple):
    """The upper layers, and the weights of the two heads; shapes (2, dim), (2, dim), (2,)."""

    layers: Layers
    product: Matrix
    passage: Matrix
    bias: Matrix


def _model(place: Path | None) -> _Model:
    """The model, loaded once in a process."""
    with _loading:
        return _load(place)


@cache
def _load(place: Path | None) -> _Model:
    from safetensors.numpy import load_file

    packaged = files(__package__).joinpath("reader.safetensors")
    with as_file(packaged) if place is None else nullcontext(place) as file:
        weights = {name: value.astype(np.float32) for name, value in load_file(file).items()}
    return _Model(Layers(weights, COUNT), *(weights[name] for name in ("product", "passage", "bias")))


def _mean(tokens: Matrix, some: NDArray[np.bool_]) -> Matrix:
    """The unit vector of the mean of some tokens of each text; shape (texts, dim)."""
    total = (tokens * some[:, :, np.newaxis]).sum(axis=1)
    return np.asarray(total / np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-9), dtype=np.float32)
