"""Helpers for the tests of the store: articles of our own, and an encoder that needs no model."""

import hashlib
import re

import numpy as np

from index.storage.store import Store
from index.types import Article

DIM = 256


class LetterEncoder:
    """A predictable encoder: each word counts in one of 256 places, so that equal words are near. Counts its work."""

    def __init__(self, name="letters", dim=DIM):
        self.name, self.digest, self.dim = name, hashlib.sha256(name.encode()).hexdigest(), dim
        self.encoded = []

    def prepare(self):
        """Nothing to load."""

    def words(self, words):
        return self._rows(words)

    def inside(self, texts, parts):
        self.encoded += texts
        return [self._rows([part.cut(text) for part in some]) for text, some in zip(texts, parts, strict=True)]

    def encode(self, texts):
        self.encoded += texts
        return self._rows(texts)

    def _rows(self, texts):
        rows = np.full((len(texts), self.dim), 1e-3, dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in re.findall(r"\w+", text.lower()):
                row[int(hashlib.sha256(word.encode()).hexdigest(), 16) % self.dim] += 1
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def article(article_id="a", word="harbour", **more):
    """An article of three sentences, two of which say something about `word`."""
    text = (
        f"The {word} opens in May, the mayor of Eastport said.\n\n"
        f"“The {word} is safe,” said Bo Chen, an engineer. “I would swim in the {word}.”\n\n"
        f"Nobody else was asked about it."
    )
    return Article(article_id, more.pop("title", f"News of the {word}"), more.pop("text", text), **more)


def open_store(folder, parser, encoder=None, url="", **how):
    return Store.assembled(folder, encoder or LetterEncoder(), parser, url, **how)


def contents(store):
    """All a store holds, to compare one moment with another."""
    return {entry.id: store.library.reading(entry.id) for entry in store.library.articles()}


def whole(store):
    """Assert that everything in the store fits together."""
    assert store.check() == ()
    assert store.library.all_keys() == store.words.all_keys() == store.vectors.all_keys()
    assert store.library.unsettled() == ()
