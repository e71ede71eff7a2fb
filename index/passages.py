"""Passages: takes the sentences and statements of an article, gives the passages that are searched and shown.

A statement becomes a passage: the whole sentences that hold it, so that nobody is quoted without the clause that says
who speaks. Statements of one speaker that follow each other in a paragraph become one passage of at most `LONGEST`
sentences; a longer one (a speech, a turn in a transcript) becomes several that overlap. The reporter's own prose
becomes windows of `PROSE_SENTENCES` sentences of a paragraph. No statement lies in them, so that what somebody says is
never shown as the reporter's word.

Knows articles, sentences and statements. Does not know questions, encoders or storage.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from index.types import Article, Passage, Reading, Span, Statement, hull, overlapping

PROSE_SENTENCES = 2
LONGEST = 3


class SearchText(NamedTuple):
    """What the full text holds of a passage: its own `text`, and a `context` by which it can be found, too."""

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
    narrated = [True] * len(sentences)
    for turn in _turns(layout, statements):
        first, last = layout.sentence_range(hull(said.extent for said in turn))
        narrated[first:last] = [False] * (last - first)
        windows = _windows(sentences[first:last], LONGEST) or [hull(said.extent for said in turn)]
        found.extend((extent, _fullest(extent, turn)) for extent in windows)
    for run in _narration(layout, narrated):
        found.extend((extent, None) for extent in _windows(run, PROSE_SENTENCES))
    found.sort(key=lambda one: (one[0], -1 if one[1] is None else one[1]))
    return tuple(Passage(article.id, n, extent, number) for n, (extent, number) in enumerate(found))


def same_speaker(one: Statement, two: Statement) -> bool:
    """Whether two statements of an article have the same speaker, and both were said or both were not said."""
    return (
        one.denied == two.denied
        and one.speaker is not None
        and two.speaker is not None
        and one.speaker.id == two.speaker.id
    )


def by_same_speaker(said: Statement | None, others: Iterable[Statement]) -> list[Statement]:
    """A statement, then those of the others that have the same speaker; empty where there is no statement."""
    return [said, *(other for other in others if other is not said and same_speaker(said, other))] if said else []


class _Layout:
    """An article's sentences, and where a line ends between two of them."""

    def __init__(self, text: str, sentences: Sequence[Span]) -> None:
        self.sentences = sentences
        self._starts = [sentence.start for sentence in sentences]
        self._paragraph_ends = ["\n" in text[one.end : two.start] for one, two in pairwise(sentences)]

    def sentence_range(self, extent: Span) -> tuple[int, int]:
        """The sentences that begin in an extent, as a half-open range of their numbers."""
        return bisect_left(self._starts, extent.start), bisect_left(self._starts, extent.end)

    def ends_paragraph(self, place: int) -> bool:
        """Whether a paragraph ends after the sentence of that number."""
        return place >= len(self._paragraph_ends) or self._paragraph_ends[place]


def _turns(layout: _Layout, statements: Sequence[Statement]) -> Iterator[list[Statement]]:
    """Group statements of one speaker whose sentences follow each other in a paragraph, up to `LONGEST` sentences."""
    turn: list[Statement] = []
    first = last = 0
    for said in sorted(statements, key=lambda one: one.extent):
        begin, end = layout.sentence_range(said.extent)
        if turn and same_speaker(turn[-1], said) and _continues(layout, first, last, begin, end):
            turn.append(said)
            last = max(last, end)
            continue
        if turn:
            yield turn
        turn, first, last = [said], begin, end
    if turn:
        yield turn


def _continues(layout: _Layout, first: int, last: int, begin: int, end: int) -> bool:
    """Whether the sentences from `begin` to `end` lie in those from `first` to `last`, or follow them closely.

    One sentence of the reporter's may stand between them: "She once called it safe. Now she has doubts. “Look at it,”
    she said."
    """
    if end <= last:
        return True
    between = range(last, begin + 1)
    return end - first <= LONGEST and not any(layout.ends_paragraph(place - 1) for place in between if place)


def _fullest(extent: Span, turn: Sequence[Statement]) -> int | None:
    """The number of the statement with the most content in an extent; None where the extent holds no content."""

    def overlap(said: Statement) -> int:
        inside = overlapping(said.content, extent)
        return sum(min(s.end, extent.end) - max(s.start, extent.start) for s in inside)

    fullest = max(turn, key=overlap)
    return fullest.number if overlap(fullest) else None


def _windows(sentences: Sequence[Span], size: int) -> list[Span]:
    """Windows of `size` sentences that overlap by one; a single one where there are no more sentences."""
    if len(sentences) <= size:
        return [hull(sentences)] if sentences else []
    step = max(1, size - 1)
    return [hull(sentences[first : first + size]) for first in range(0, len(sentences) - 1, step)]


def _narration(layout: _Layout, narrated: Sequence[bool]) -> Iterator[list[Span]]:
    """Group the reporter's own sentences that follow each other in a paragraph."""
    run: list[Span] = []
    for place, sentence in enumerate(layout.sentences):
        if narrated[place]:
            run.append(sentence)
        if run and (not narrated[place] or layout.ends_paragraph(place)):
            yield run
            run = []
    if run:
        yield run


def search_text(reading: Reading, passage: Passage) -> SearchText:
    """What the full text holds of a passage; the context is the speaker, the title and the sentence before."""
    context = [speaker_line(reading, passage), reading.article.title, _sentence_before(reading, passage)]
    return SearchText(passage.extent.cut(reading.article.text), "\n".join(part for part in context if part))


def _sentence_before(reading: Reading, passage: Passage) -> str:
    """The sentence before a passage; empty where there is none."""
    place = bisect_left(reading.sentences, passage.extent.start, key=lambda sentence: sentence.start)
    return reading.sentences[place - 1].cut(reading.article.text) if place else ""


def speaker_line(reading: Reading, passage: Passage) -> str:
    """The passage's speaker with his or her role; empty where nobody is known to speak."""
    if passage.statement is None:
        return ""
    speaker = reading.statements[passage.statement].speaker
    if speaker is None:
        return ""
    return f"{speaker.name}, {speaker.description}" if speaker.description else speaker.name
