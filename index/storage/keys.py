"""Keys and labels: what the word index and the vector index know of a passage, all of it whole numbers.

A passage has an integer key that is never given again. What a search can be narrowed by (article, publisher, speaker,
day) is turned into numbers here, so that neither index holds a word that a removal would have to find again.
Knows readings and scopes. Does not know storage.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from index.types import Passage, Reading, Scope


@dataclass(frozen=True, slots=True)
class Near:
    """One passage that a search found. `score` is BM25 for words and the cosine for vectors: higher is nearer."""

    key: int
    score: float


@dataclass(frozen=True, slots=True)
class Labels:
    """A passage's key and what it can be narrowed by; None where it has no speaker with a name, or no date.

    `day` counts days from 1 January of year 1, as `datetime.date.toordinal` does.
    """

    key: int
    article: int
    publisher: int
    speaker: int | None
    day: int | None

    @property
    def facets(self) -> dict[str, int]:
        """All but the key, without what is not there."""
        every = {"article": self.article, "publisher": self.publisher, "speaker": self.speaker, "day": self.day}
        return {name: value for name, value in every.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Bounds:
    """A scope in numbers: for each facet the values of which any will do, and the first and last day (inclusive)."""

    any_of: dict[str, list[int]]
    first_day: int | None
    last_day: int | None


def number(text: str) -> int:
    """A number of 63 bits that stands for a text: the same text, the same number; collisions are negligible."""
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


def labels(reading: Reading, passage: Passage, key: int) -> Labels:
    """The labels of one of a reading's passages."""
    article = reading.article
    speaker = None if passage.statement is None else reading.statements[passage.statement].speaker
    return Labels(
        key=key,
        article=number(article.id),
        publisher=number(article.publisher),
        speaker=number(speaker.key) if speaker and speaker.key else None,
        day=article.published.toordinal() if article.published else None,
    )


def bounds(scope: Scope) -> Bounds:
    """A scope in numbers; an empty field of it does not restrict."""
    fields = {"article": scope.articles, "publisher": scope.publishers, "speaker": scope.speakers}
    return Bounds(
        any_of={name: sorted(map(number, values)) for name, values in fields.items() if values},
        first_day=scope.published_after.toordinal() if scope.published_after else None,
        last_day=scope.published_before.toordinal() if scope.published_before else None,
    )
