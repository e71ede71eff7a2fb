"""Ranking: takes the passages that were found; gives them best first, and the few of them that are shown.

A passage's score is the weighted sum of its features. The weights are data (`weights.toml`), chosen on a set of
questions by `benchmarks/weights.py`, which anyone can run again. Pure.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files

from assistant.retrieval.search import Candidate
from index.passages import same_speaker
from index.types import Resolution, Span, hull

WHOLE = 100  # words of a statement that is shown whole where a part of it was found
TOGETHER = 55  # words of two passages that are shown as one
NEIGHBOURS = 0.5  # two passages of an article that share more than this of the shorter one are one to a reader


@cache
def weights(table: str) -> Mapping[str, float]:
    """One table of the weights."""
    text = files(__package__).joinpath("weights.toml").read_text(encoding="utf-8")
    return {name: float(value) for name, value in tomllib.loads(text)[table].items()}


def weighted_sum(features: Mapping[str, float], table: Mapping[str, float]) -> float:
    """The weighted sum of features; one that has no weight does not count."""
    return sum(table.get(name, 0.0) * value for name, value in features.items())


def rank(found: Iterable[Candidate]) -> list[tuple[float, Candidate]]:
    """The passages with their scores, best first."""
    table = weights("rank")
    scored = [(weighted_sum(one.features, table), one) for one in found]
    return sorted(scored, key=lambda pair: (-pair[0], pair[1].key))


def select_distinct(best: Sequence[tuple[float, Candidate]], most: int, each: int) -> list[tuple[float, Candidate]]:
    """The first few that are not neighbours of one another; what a speaker says right before or after is joined on.

    :param most: At most so many in all.
    :param each: At most so many of one speaker; those without a name are not counted.
    """
    kept: list[tuple[float, Candidate]] = []
    voices: dict[str, int] = {}
    for score, inner in best:
        one = _with_whole_statement(_reporting_candidate(inner, best))
        if any(_neighbours(one, other) for _, other in kept):
            continue
        if any(_continues(one, other) for _, other in kept):
            kept = [(high, _joined(other, one) if _continues(one, other) else other) for high, other in kept]
            continue
        speaker = one.statement.speaker if one.statement else None
        voice = speaker.key if speaker else ""
        if len(kept) < most and not (voice and voices.get(voice, 0) >= each):
            kept.append((score, one))
            voices[voice] = voices.get(voice, 0) + 1
    return kept


def _reporting_candidate(one: Candidate, best: Sequence[tuple[float, Candidate]]) -> Candidate:
    """The passage of the same sentences whose speaker tells what this one's says: "Ann had refused, a source said".

    It is the source who is quoted; Ann only where it is her words that were asked for.
    """
    if one.statement is None or one.features.get("asked", 0.0) > 0:
        return one
    for _, other in best:
        if (other.article.id, other.passage.extent) == (one.article.id, one.passage.extent) and other.statement:
            told = one.statement.content, other.statement.content
            if told[0] != told[1] and all(any(piece in whole for whole in told[1]) for piece in told[0]):
                return other
    return one


def _with_whole_statement(one: Candidate) -> Candidate:
    """A passage with the rest of its statement, where it holds a part of one that is short enough to be shown whole.

    A quotation goes with the clause that says whose it is.
    """
    said = one.statement
    if said is None or said.extent in one.passage.extent or said.resolution is Resolution.SIGNED:
        return one
    extent = hull((one.passage.extent, said.extent))
    short = len(extent.cut(one.article.text).split()) <= WHOLE
    return replace(one, passage=replace(one.passage, extent=extent)) if short else one


def _continues(one: Candidate, two: Candidate) -> bool:
    """Whether two passages are one speaker's, with nothing between them, and short enough to be shown together."""
    if one.article.id != two.article.id or not (one.statement and two.statement):
        return False
    if not same_speaker(one.statement, two.statement):
        return False
    first, last = sorted((one.passage.extent, two.passage.extent))
    text = one.article.text
    between, both = text[first.end : last.start], hull((first, last)).cut(text)
    if Resolution.SIGNED in {one.statement.resolution, two.statement.resolution} and "\n" in between:
        return False  # paragraphs of an opinion piece are as long as its author wants them
    return not between.strip() and len(both.split()) <= TOGETHER


def _joined(one: Candidate, two: Candidate) -> Candidate:
    """The first passage, made longer by the second."""
    extent = hull((one.passage.extent, two.passage.extent))
    within = {said.number: said for said in (*one.within, *two.within)}
    return replace(one, passage=replace(one.passage, extent=extent), within=tuple(within.values()))


def _neighbours(one: Candidate, two: Candidate) -> bool:
    if one.article.id != two.article.id:
        return False
    a, b = one.passage.extent, two.passage.extent
    return shared(a, b) > NEIGHBOURS * min(len(a), len(b))


def shared(one: Span, two: Span) -> int:
    """How many characters two spans share."""
    return max(0, min(one.end, two.end) - max(one.start, two.start))
