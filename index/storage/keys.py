"""Keys and labels: takes passages and scopes, gives the whole numbers by which the two indexes know them.

A passage has an integer key that is never used again. What a search can be restricted by (article, publisher, speaker,
day) becomes numbers here, so that neither index holds a name that a removal would have to find. Knows readings and
scopes. Does not know storage.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from index.types import Passage, Reading, Scope


@dataclass(frozen=True, slots=True)
class ScoredPassage:
    """A passage that a search found. `score` is BM25 in the full text and the cosine of vectors: higher is better."""

    key: int
    score: float


@dataclass(frozen=True, slots=True)
class FilterLabels:
    """A passage's key and the labels that a filter compares; None where it has no named speaker, or no date.

    `day` counts days from 1 January of year 1, as `datetime.date.toordinal` does.
    """

    key: int
    article: int
    publisher: int
    speaker: int | None
    day: int | None

    @property
    def present(self) -> dict[str, int]:
        """The labels by name, without the key and without those that are None."""
        every = {"article": self.article, "publisher": self.publisher, "speaker": self.speaker, "day": self.day}
        return {name: value for name, value in every.items() if value is not None}


@dataclass(frozen=True, slots=True)
class FilterBounds:
    """A scope in numbers: for each label the allowed values, and the first and the last day (inclusive)."""

    any_of: dict[str, list[int]]
    first_day: int | None
    last_day: int | None


def stable_hash(text: str) -> int:
    """A hash of a text with 63 bits, the same in every process; collisions are negligible."""
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


def filter_labels(reading: Reading, passage: Passage, key: int) -> FilterLabels:
    """The labels of one of a reading's passages."""
    article = reading.article
    speaker = None if passage.statement is None else reading.statements[passage.statement].speaker
    return FilterLabels(
        key=key,
        article=stable_hash(article.id),
        publisher=stable_hash(article.publisher),
        speaker=stable_hash(speaker.key) if speaker and speaker.key else None,
        day=article.published.toordinal() if article.published else None,
    )


def filter_bounds(scope: Scope) -> FilterBounds:
    """A scope in numbers; an empty field of it does not restrict."""
    fields = {"article": scope.articles, "publisher": scope.publishers, "speaker": scope.speakers}
    return FilterBounds(
        any_of={name: sorted(map(stable_hash, values)) for name, values in fields.items() if values},
        first_day=scope.published_after.toordinal() if scope.published_after else None,
        last_day=scope.published_before.toordinal() if scope.published_before else None,
    )
