"""Pairing: takes a text; gives its quotations, by pairing the quotation marks.

Double marks are paired first, paragraph by paragraph; single marks in the same way, inside one double quotation or
outside all of them. A quotation that is open at its paragraph's end goes on in the next paragraph that begins with such
a mark. A mark without a partner spoils no more than its paragraph. Knows characters, and where ", said Ann Lee" follows
a quotation that lacks its mark; does not know grammar or speakers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from index.attribution.quotes.marks import (
    DOUBLE,
    SENTENCE_END_IN_PRINT,
    Mark,
    begins_with_mark,
    double_marks,
    single_marks,
)
from index.attribution.types import Quotation
from index.language.lexicon import Quoting, forms_quoting
from index.language.paragraphs import paragraphs
from index.types import Flag, Span

_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_DEEPEST = 4  # quotations inside one another
_CAPTIONS = 2  # paragraphs without any quotation that may stand between two of one speech
_LONGEST_SENTENCE = 1_000  # characters
_SENTENCE_START = re.compile(r"[.!?…][\"”’»')\]]*\s+")


def quotations(text: str) -> tuple[Quotation, ...]:
    """The quotations of a text, in order of their beginning; those inside another come after it.

    :return: Spans that are disjoint or lie one inside the other; none of them is empty between its marks.
    """
    found: list[Quotation] = []
    left_open: int | None = None  # which of them ran to the end of its paragraph, and has not gone on
    captions = 0  # paragraphs since
    every = paragraphs(text)
    for number, paragraph in enumerate(every):
        open_before = left_open is not None and not captions
        here = list(_with_depths(_in_paragraph(text, every, number, open_before)))
        if left_open is not None and not here and captions < _CAPTIONS:
            captions += 1
            continue
        if left_open is not None and here and _resumes(text, found[left_open], here[0], paragraph):
            found[left_open] = replace(found[left_open], flags=())
            here[0] = replace(here[0], resumes=True, flags=_without(here[0].flags, Flag.UNOPENED))
        left_open, captions = None, 0
        for quotation in here:
            if Flag.UNCLOSED in quotation.flags and quotation.span.end == paragraph.end and not quotation.depth:
                left_open = len(found)
            found.append(quotation)
    return tuple(found)


def _in_paragraph(text: str, every: Sequence[Span], number: int, open_before: bool) -> list[Quotation]:
    """A paragraph's quotations in order, not yet with their depths."""
    paragraph = every[number]
    doubles = _paired(
        text, paragraph, double_marks(text, paragraph), open_before, _goes_on(text, every, number, single=False)
    )
    found = list(doubles)
    goes_on = _goes_on(text, every, number, single=True)
    for at, pieces in enumerate(_regions(paragraph, doubles)):
        whole, ends_open = Span(pieces[0].start, pieces[-1].end), goes_on and not at
        found += _paired(text, whole, single_marks(text, pieces, ends_open), open_before and not at, ends_open)
    return sorted(found, key=lambda q: (q.span.start, -q.span.end))


def _goes_on(text: str, every: Sequence[Span], number: int, single: bool) -> bool:
    """Whether a paragraph that begins with a mark follows, with nothing but captions between."""
    for paragraph in every[number + 1 : number + 2 + _CAPTIONS]:
        if begins_with_mark(text, paragraph, single):
            return True
        if DOUBLE.search(text, paragraph.start, paragraph.end):
            return False
        if any(mark.opens for mark in single_marks(text, [paragraph])):
            return False
    return False


def _resumes(text: str, before: Quotation, first: Quotation, paragraph: Span) -> bool:
    """Whether a paragraph's first quotation goes on with one that was left open: it begins there, in like marks."""
    return first.span.start == paragraph.start and _is_single(text, before) == _is_single(text, first)


def _is_single(text: str, quotation: Quotation) -> bool:
    """Whether a quotation opens with a single mark."""
    return text[quotation.span.start] in "'‘‹`" and DOUBLE.match(text, quotation.span.start) is None


def _without(flags: tuple[Flag, ...], flag: Flag) -> tuple[Flag, ...]:
    return tuple(f for f in flags if f is not flag)


def _with_depths(ordered: Sequence[Quotation]) -> Iterator[Quotation]:
    """The same, each knowing how many others it lies in."""
    around: list[Quotation] = []
    for quotation in ordered:
        while around and around[-1].span.end < quotation.span.end:
            around.pop()
        yield replace(quotation, depth=len(around))
        around.append(quotation)


def _regions(paragraph: Span, doubles: Sequence[Quotation]) -> Iterator[list[Span]]:
    """Stretches whose single marks may belong together: what is outside all double quotations, then each one's inside.

    :param doubles: The paragraph's quotations in double marks, in order.
    """
    wholes = [paragraph, *(q.inner for q in doubles)]
    holes: list[list[Span]] = [[] for _ in wholes]
    around = [0]
    for number, quotation in enumerate(doubles, 1):
        while len(around) > 1 and wholes[around[-1]].end < quotation.span.end:
            around.pop()
        holes[around[-1]].append(quotation.span)
        around.append(number)
    for whole, inside in zip(wholes, holes, strict=True):
        starts = [whole.start, *(h.end for h in inside)]
        ends = [*(h.start for h in inside), whole.end]
        pieces = [Span(a, b) for a, b in zip(starts, ends, strict=True) if a < b]
        if pieces:
            yield pieces


def _paired(text: str, stretch: Span, marks: Sequence[Mark], continues: bool, goes_on: bool) -> list[Quotation]:
    """The quotations of a stretch, in order.

    :param marks: The stretch's marks of one style, in order.
    :param continues: Whether the paragraph before left a quotation open.
    :param goes_on: Whether a quotation that is left open may go on in a later paragraph.
    """
    surplus = _surplus(marks)
    found: list[Quotation] = []
    stack: list[Mark] = []
    for i, mark in enumerate(marks):
        if stack and not (mark.opens and not mark.closes):
            found.extend(_quotation(text, stack.pop(), mark))
        elif stack and not _nests(mark, stack, surplus[i + 1] + (goes_on and stack[0].begins)):
            found.extend(_unclosed(text, stack[0], mark.start, whole=False))
            stack = [mark]
        elif stack or mark.opens or not mark.closes:
            stack.append(mark)
        elif not mark.single:  # a single one is an apostrophe
            start = marks[i - 1].end if i else stretch.start
            if found or not continues:
                start = _sentence_start(text, start, mark.start)
            found.extend(_unopened(text, start, mark))
    if stack:
        found.extend(_unclosed(text, stack[0], stretch.end, goes_on or (continues and stack[0].start == stretch.start)))
    return sorted(found, key=lambda q: (q.span.start, -q.span.end))


def _surplus(marks: Sequence[Mark]) -> list[int]:
    """For each place among the marks, how many more of the sure ones behind it close than open."""
    counts = [0]
    for mark in reversed(marks):
        counts.append(counts[-1] + mark.sure * (mark.closes - mark.opens))
    return counts[::-1]


def _nests(mark: Mark, stack: Sequence[Mark], closers: int) -> bool:
    """Whether an opening mark begins a quotation inside those that are open: enough marks are left to close all."""
    around = sum(one.sure for one in stack)
    return mark.sure and closers > around and around < _DEEPEST


def _quotation(text: str, opened: Mark, closed: Mark) -> Iterator[Quotation]:
    if _LETTER_OR_DIGIT.search(text, opened.end, closed.start):
        yield Quotation(Span(opened.start, closed.end), Span(opened.end, closed.start))


def _unclosed(text: str, opened: Mark, limit: int, whole: bool) -> Iterator[Quotation]:
    """A quotation without a closing mark, up to a reporting clause; in single marks, it may be none.

    :param whole: Whether the speech goes on in another paragraph, so that all the rest is quoted.
    """
    if opened.single and not opened.begins:
        return
    if opened.single and not whole:
        stop = SENTENCE_END_IN_PRINT.search(text, opened.start, limit)
        limit = stop.end() if stop else limit
    clause = _reporting_clause().search(text, opened.end, limit)
    limit = clause.end() if clause else limit
    end = opened.end + len(text[opened.end : limit].rstrip())
    if _LETTER_OR_DIGIT.search(text, opened.end, end):
        yield Quotation(Span(opened.start, end), Span(opened.end, end), flags=(Flag.UNCLOSED,))


@cache
def _reporting_clause() -> re.Pattern[str]:
    """The comma of a clause that ends a paragraph and tells who speaks: ", insisted Ann Lee, a judge."."""
    verbs = "|".join(sorted(forms_quoting(Quoting.SPEECH)))
    return re.compile(rf"[,?!](?=\s+(?:{verbs})\s+(?:[A-Z][a-z]{{0,4}}\. )*[A-Z][^\W\d_][^.!?]*[.!?]?\s*$)")


def _unopened(text: str, start: int, closed: Mark) -> Iterator[Quotation]:
    start += len(text[start : closed.start]) - len(text[start : closed.start].lstrip())
    if _LETTER_OR_DIGIT.search(text, start, closed.start):
        yield Quotation(Span(start, closed.end), Span(start, closed.start), flags=(Flag.UNOPENED,))


def _sentence_start(text: str, start: int, end: int) -> int:
    """Where the sentence that ends at `end` begins: at the earliest `start`, and within reach."""
    found = start = max(start, end - _LONGEST_SENTENCE)
    for match in _SENTENCE_START.finditer(text, start, end):
        if match.end() < end:
            found = match.end()
    return found
