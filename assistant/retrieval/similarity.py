"""Similarity: takes a question's words and texts; gives the share of these words that each text has, from 0 to 1.

A similar word counts in part, by the cosine of the two. Words are compared without their context, which costs next to
nothing. Knows the encoder; does not know who speaks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.language.amounts import beside_numbers
from index.storage.fulltext import undotted

if TYPE_CHECKING:
    from index.embedding.encoder import TextEncoder

COUNTED = 0.3  # from this cosine on what is counted is enough like it; and where the noun stands beside any number
SEARCH_WORD = re.compile(r"[^\W_]+")


def word_similarity(asked: Mapping[str, float], texts: Sequence[str], encoder: TextEncoder) -> list[float]:
    """How much of the question's words each text says.

    Each word of the question counts by its weight and by the cosine of the text's likest word (the MaxSim of ColBERT:
    Khattab and Zaharia, SIGIR 2020; here over words without context).
    """
    total = sum(asked.values())
    if not total:
        return [0.0] * len(texts)
    spoken = [[match.group().lower() for match in SEARCH_WORD.finditer(undotted(text))] for text in texts]
    weights = np.array(list(asked.values()))
    return [
        float(weights @ likest / total) if likest.size else 0.0
        for likest in _best_cosines(list(asked), spoken, encoder)
    ]


def counted_similarity(noun: str, texts: Sequence[str], encoder: TextEncoder) -> list[float]:
    """How like what each text counts is to what the question asks the number of; 1 where it names nothing."""
    if not noun:
        return [1.0] * len(texts)
    counted = [[word.lower() for word in beside_numbers(text)] for text in texts]
    one = re.compile(rf"\b{re.escape(noun.removesuffix('s'))}s?\b", re.IGNORECASE)  # "a tunnel in 1990; 200 more since"
    return [
        max(float(likest.max(initial=0.0)), COUNTED * (one.search(text) is not None and bool(words)))
        for likest, words, text in zip(_best_cosines([noun], counted, encoder), counted, texts, strict=True)
    ]


def _best_cosines(
    asked: Sequence[str], spoken: Sequence[Sequence[str]], encoder: TextEncoder
) -> list[NDArray[np.float32]]:
    """For each text the cosine of each word asked for with the text's likest word; nothing for a text without words."""
    every = {word: row for row, word in enumerate(dict.fromkeys(word for words in spoken for word in words))}
    if not every:
        return [np.zeros(0, np.float32)] * len(spoken)
    cosines = encoder.encode_words(asked) @ encoder.encode_words(list(every)).T
    return [
        np.asarray(cosines[:, [every[word] for word in words]].max(axis=1) if words else np.zeros(0), np.float32)
        for words in spoken
    ]
