"""Passages: the sentences and statements of an article in, what is searched and shown out.

A statement becomes a passage: the whole sentences that hold it, so that nobody is quoted without the clause that says
who speaks. Statements of one speaker that follow on each other in a paragraph become one passage, of at most `LONGEST`
sentences; a longer one (a speech, a transcript's turn) becomes several that overlap. What nobody says, the reporter's
own prose, becomes windows of `WINDOW` sentences of a paragraph; no statement lies in them, so that what somebody says
is never shown as the reporter's word.

Knows articles, sentences and statements. Does not know questions, encoders or storage.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from index.types import Article, Passage, Reading, Span, Statement, hull

WINDOW = 2
LONGEST = 3


class Words(NamedTuple):
    """What the word index is given of a passage: its own `text`, and `context` that it can also be found by."""

    text: str
    context: str


def passages(article: Article, sentences: Sequence[Span], statements: Sequence[Statement]) -> tuple[Passage, ...]:
    """All passages of an article, in the order of their beginnings.

    :param sentences: Whole sentences, in order and disjoint.
    :param statements: The article's statements, each over whole sentences.
    :return: Passages numbered from 0; every sentence lies in at least one.
    """
    layout = _Layout(article.text, sentences)
    found: list[tuple[Span, int | None]] = []
    told = [True] * len(sentences)
    for turn in _turns(layout, statements):
        first, last = layout.places(hull(said.extent for said in turn))
        told[first:last] = [False] * (last - first)
        windows = _windows(sentences[first:last], LONGEST) or [hull(said.extent for said in turn)]
        found.extend((extent, _fullest(extent, turn)) for extent in windows)
    for run in _runs(layout, told):
        found.extend((extent, None) for extent in _windows(run, WINDOW))
    found.sort(key=lambda one: (one[0], -1 if one[1] is None else one[1]))
    return tuple(Passage(article.id, n, extent, number) for n, (extent, number) in enumerate(found))


def same_voice(one: Statement, two: Statement) -> bool:
    """Whether two statements of an article are one speaker's; what was said and what was denied are not one."""
    return (
        one.denied == two.denied
        and one.speaker is not None
        and two.speaker is not None
        and one.speaker.id == two.speaker.id
    )


def voice(said: Statement | None, beside: Iterable[Statement]) -> list[Statement]:
    """A statement and those beside it that are of the same speaker; nothing where there is none."""
    return [said, *(other for other in beside if other is not said and same_voice(said, other))] if said else []


class _Layout:
    """An article's sentences, and where a line ends between two of them."""

    def __init__(self, text: str, sentences: Sequence[Span]) -> None:
        self.sentences = sentences
        self._starts = [sentence.start for sentence in sentences]
        self._parted = ["\n" in text[one.end : two.start] for one, two in pairwise(sentences)]

    def places(self, extent: Span) -> tuple[int, int]:
        """The sentences that begin in an extent, as a half-open range of their places."""
        return bisect_left(self._starts, extent.start), bisect_left(self._starts, extent.end)

    def parted(self, place: int) -> bool:
        """Whether a paragraph ends after the sentence at a place."""
        return place >= len(self._parted) or self._parted[place]


def _turns(layout: _Layout, statements: Sequence[Statement]) -> Iterator[list[Statement]]:
    """Statements in groups: of one speaker, in sentences that follow each other within a paragraph, not too many."""
    turn: list[Statement] = []
    first = last = 0
    for said in sorted(statements, key=lambda one: one.extent):
        begin, end = layout.places(said.extent)
        if turn and same_voice(turn[-1], said) and _goes_on(layout, first, last, begin, end):
            turn.append(said)
            last = max(last, end)
            continue
        if turn:
            yield turn
        turn, first, last = [said], begin, end
    if turn:
        yield turn


def _goes_on(layout: _Layout, first: int, last: int, begin: int, end: int) -> bool:
    """Whether the sentences from `begin` to `end` lie in those from `first` to `last`, or follow them closely.

    One sentence of the reporter's may stand between: "She once called it safe. Now she has doubts. “Look at it,” she
    said."
    """
    if end <= last:
        return True
    between = range(last, begin + 1)
    return end - first <= LONGEST and not any(layout.parted(place - 1) for place in between if place)


def _fullest(extent: Span, turn: Sequence[Statement]) -> int | None:
    """The number of the statement with most of its content in these sentences; None where they hold none of any."""

    def held(said: Statement) -> int:
        return sum(max(0, min(s.end, extent.end) - max(s.start, extent.start)) for s in said.content)

    fullest = max(turn, key=held)
    return fullest.number if held(fullest) else None


def _windows(sentences: Sequence[Span], size: int) -> list[Span]:
    """Runs of `size` sentences that overlap by one, or all of them where there are no more."""
    if len(sentences) <= size:
        return [hull(sentences)] if sentences else []
    step = max(1, size - 1)
    return [hull(sentences[first : first + size]) for first in range(0, len(sentences) - 1, step)]


def _runs(layout: _Layout, told: Sequence[bool]) -> Iterator[list[Span]]:
    """The sentences that are told by the reporter, in groups that follow each other within a paragraph."""
    run: list[Span] = []
    for place, sentence in enumerate(layout.sentences):
        if told[place]:
            run.append(sentence)
        if run and (not told[place] or layout.parted(place)):
            yield run
            run = []
    if run:
        yield run


def search_words(reading: Reading, passage: Passage) -> Words:
    """What the word index is given: the passage, and as context the speaker, the title and the sentence before."""
    context = [introduced(reading, passage), reading.article.title, _before(reading, passage)]
    return Words(passage.extent.cut(reading.article.text), "\n".join(part for part in context if part))


def _before(reading: Reading, passage: Passage) -> str:
    """The sentence before a passage, or nothing."""
    place = bisect_left(reading.sentences, passage.extent.start, key=lambda sentence: sentence.start)
    return reading.sentences[place - 1].cut(reading.article.text) if place else ""


def introduced(reading: Reading, passage: Passage) -> str:
    """The speaker with his or her role, or nothing."""
    if passage.statement is None:
        return ""
    speaker = reading.statements[passage.statement].speaker
    if speaker is None:
        return ""
    return f"{speaker.name}, {speaker.description}" if speaker.description else speaker.name
