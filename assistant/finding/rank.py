"""Ranking: found passages in, the same best first out; and of those the few that are shown.

A passage's score is the weighted sum of its features. The weights are data (`weights.toml`), chosen on a set of
questions by `benchmarks/weights.py`, which anyone can run again. Pure.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files

from assistant.finding.search import Found
from index.types import Span

NEIGHBOURS = 0.5  # two passages of an article that share more than this of the shorter one are one to a reader


@cache
def weights(table: str) -> Mapping[str, float]:
    """One table of the weights."""
    text = files("assistant").joinpath("data", "weights.toml").read_text(encoding="utf-8")
    return {name: float(value) for name, value in tomllib.loads(text)[table].items()}


def weighed(features: Mapping[str, float], table: Mapping[str, float]) -> float:
    """The weighted sum of features; one that has no weight does not count."""
    return sum(table.get(name, 0.0) * value for name, value in features.items())


def ranked(found: Iterable[Found]) -> list[tuple[float, Found]]:
    """The passages with their scores, best first."""
    table = weights("rank")
    scored = [(weighed(one.features, table), one) for one in found]
    return sorted(scored, key=lambda pair: (-pair[0], pair[1].key))


def spread(best: Sequence[tuple[float, Found]], most: int, each: int) -> list[tuple[float, Found]]:
    """The first few that are not neighbours of one another.

    :param most: At most so many in all.
    :param each: At most so many of one speaker; those without a name are not counted.
    """
    kept: list[tuple[float, Found]] = []
    voices: dict[str, int] = {}
    for score, one in best:
        speaker = one.statement.speaker if one.statement else None
        voice = speaker.key if speaker else ""
        if (voice and voices.get(voice, 0) >= each) or any(_neighbours(one, other) for _, other in kept):
            continue
        kept.append((score, one))
        voices[voice] = voices.get(voice, 0) + 1
        if len(kept) == most:
            break
    return kept


def _neighbours(one: Found, two: Found) -> bool:
    if one.article.id != two.article.id:
        return False
    a, b = one.passage.extent, two.passage.extent
    return shared(a, b) > NEIGHBOURS * min(len(a), len(b))


def shared(one: Span, two: Span) -> int:
    """How many characters two spans share."""
    return max(0, min(one.end, two.end) - max(one.start, two.start))
