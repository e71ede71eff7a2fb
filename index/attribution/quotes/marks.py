"""Marks: takes a text; gives its quotations, by pairing the quotation marks.

Double marks (curly, straight, '' and ``, guillemets) are paired first, paragraph by paragraph. Single marks follow,
inside one double quotation or outside all of them; the characters around tell them from apostrophes. A mark without a
partner spoils no more than its paragraph. Knows characters, and where ", said Ann Lee" follows a quotation that lacks
its mark; does not know grammar or speakers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import zip_longest

from index.attribution.quotes.single_marks import LETTER_OR_DIGIT, opens_with_mark, single_quotations
from index.attribution.types import Quotation
from index.language.lexicon import Quoting, forms_quoting
from index.language.paragraphs import paragraphs
from index.types import Flag, Span

_DOUBLE = re.compile(r"'{2,3}(?!')|‘‘|’’|``|[“”„«»\"]")
_OPENERS, _CLOSERS = frozenset(["“", "„", "«", "``", "‘‘"]), frozenset(["”", "»", "’’"])
_BEFORE_OPENING_DOUBLE = re.compile(r"[\s(\[{—–/‘'“\"-]")
_AFTER_CLOSING = re.compile(r"[\s)\]}—–/,.;:!?’'”\"…-]")
_DEEPEST = 4  # quotations inside one another
_LONGEST_SENTENCE = 1_000  # characters
_SENTENCE_START = re.compile(r"[.!?…][\"”’»')\]]*\s+")


@dataclass(frozen=True, slots=True)
class _Mark:
    """A double mark and what its shape and place say of it."""

    start: int
    end: int
    opens: bool  # it looks like an opening mark
    closes: bool  # it looks like a closing mark
    shaped: bool  # its own form says which, so that the place only corrects


def quotations(text: str) -> tuple[Quotation, ...]:
    """The quotations of a text, in order of their beginning; those inside another come after it.

    :return: Spans that are disjoint or lie one inside the other; none of them is empty between its marks.
    """
    found: list[Quotation] = []
    left_open: int | None = None  # which of them ran to the end of the paragraph before
    every = paragraphs(text)
    for paragraph, following in zip_longest(every, every[1:]):
        doubles = _paired(text, paragraph, left_open is not None)
        goes_on = following is not None and opens_with_mark(text, following)
        here = [*doubles, *single_quotations(text, paragraph, doubles, left_open is not None, goes_on)]
        here.sort(key=lambda q: (q.span.start, -q.span.end))
        if left_open is not None and here and _resumes(text, found[left_open], here[0], paragraph):
            found[left_open] = replace(found[left_open], flags=())
            here[0] = replace(here[0], resumes=True, flags=_without(here[0].flags, Flag.UNOPENED))
        left_open = None
        for quotation in _with_depths(here):
            open_to_end = Flag.UNCLOSED in quotation.flags and quotation.span.end == _end(text, paragraph)
            if open_to_end and quotation.depth == 0:
                left_open = len(found)
            found.append(quotation)
    return tuple(found)


def _resumes(text: str, before: Quotation, first: Quotation, paragraph: Span) -> bool:
    """Whether a paragraph's first quotation goes on with one that was left open: it begins there, in like marks."""
    return first.span.start == paragraph.start and _is_single(text, before) == _is_single(text, first)


def _is_single(text: str, quotation: Quotation) -> bool:
    """Whether a quotation opens with a single mark."""
    return text[quotation.span.start] in "'‘‹`" and _DOUBLE.match(text, quotation.span.start) is None


def _end(text: str, paragraph: Span) -> int:
    """Where the words of a paragraph end."""
    return paragraph.start + len(paragraph.cut(text).rstrip())


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


def _marks(text: str, paragraph: Span) -> list[_Mark]:
    """The double marks of a paragraph, in order."""
    found = []
    for match in _DOUBLE.finditer(text, paragraph.start, paragraph.end):
        start, end = match.span()
        before = text[start - 1] if start > paragraph.start else " "
        after = text[end] if end < paragraph.end else " "
        can_open = bool(_BEFORE_OPENING_DOUBLE.match(before)) and not after.isspace()
        can_close = bool(_AFTER_CLOSING.match(after)) and not before.isspace()
        if end - start == 3:  # ''' is a double mark and a single one; the single one is inside
            start, end = (start, end - 1) if can_open and not can_close else (start + 1, end)
        mark = text[start:end]
        if mark == '"' and before.isdigit() and not can_open and _is_measure(text, start, paragraph):
            continue
        shaped = mark in _OPENERS or mark in _CLOSERS
        if shaped and can_open == can_close:
            can_open, can_close = mark in _OPENERS, mark in _CLOSERS
        found.append(_Mark(start, end, can_open, can_close, shaped))
    return found


def _is_measure(text: str, start: int, paragraph: Span) -> bool:
    """Whether a straight mark after a digit means inches: 5'10"."""
    return bool(re.search(r"\d['’]\d{1,2}$", text[max(paragraph.start, start - 6) : start]))


def _paired(text: str, paragraph: Span, continues: bool) -> list[Quotation]:
    """The paragraph's double quotations, in order.

    :param continues: Whether the paragraph before left a quotation open.
    """
    marks = _marks(text, paragraph)
    surplus = _surplus(marks)
    found: list[Quotation] = []
    stack: list[_Mark] = []
    for i, mark in enumerate(marks):
        shape = text[mark.start : mark.end]
        if stack and not (mark.opens and not mark.closes):
            found.extend(_quotation(text, stack.pop(), mark))
        elif stack and not (shape in _OPENERS and surplus[i + 1] > sum(m.shaped for m in stack) < _DEEPEST):
            found.extend(_unclosed(text, stack[0], mark.start))
            stack = [mark]
        elif stack or mark.opens or not mark.closes:
            stack.append(mark)
        else:
            start = marks[i - 1].end if i else paragraph.start
            if found or not continues:
                start = _sentence_start(text, start, mark.start)
            found.extend(_unopened(text, start, mark))
    if stack:
        found.extend(_unclosed(text, stack[0], paragraph.end))
    return sorted(found, key=lambda q: (q.span.start, -q.span.end))


def _surplus(marks: Sequence[_Mark]) -> list[int]:
    """For each place among the marks, how many more of the shaped ones behind it close than open."""
    counts = [0]
    for mark in reversed(marks):
        counts.append(counts[-1] + mark.shaped * (mark.closes - mark.opens))
    return counts[::-1]


def _quotation(text: str, opened: _Mark, closed: _Mark) -> Iterator[Quotation]:
    if LETTER_OR_DIGIT.search(text, opened.end, closed.start):
        yield Quotation(Span(opened.start, closed.end), Span(opened.end, closed.start))


def _unclosed(text: str, opened: _Mark, limit: int) -> Iterator[Quotation]:
    clause = _reporting_clause().search(text, opened.end, limit)
    limit = clause.end() if clause else limit
    end = opened.end + len(text[opened.end : limit].rstrip())
    if LETTER_OR_DIGIT.search(text, opened.end, end):
        yield Quotation(Span(opened.start, end), Span(opened.end, end), flags=(Flag.UNCLOSED,))


@cache
def _reporting_clause() -> re.Pattern[str]:
    """The comma of a clause that ends a paragraph and tells who speaks: ", insisted Ann Lee, a judge."."""
    verbs = "|".join(sorted(forms_quoting(Quoting.SPEECH)))
    return re.compile(rf"[,?!](?=\s+(?:{verbs})\s+(?:[A-Z][a-z]{{0,4}}\. )*[A-Z][^\W\d_][^.!?]*[.!?]?\s*$)")


def _unopened(text: str, start: int, closed: _Mark) -> Iterator[Quotation]:
    start += len(text[start : closed.start]) - len(text[start : closed.start].lstrip())
    if LETTER_OR_DIGIT.search(text, start, closed.start):
        yield Quotation(Span(start, closed.end), Span(start, closed.start), flags=(Flag.UNOPENED,))


def _sentence_start(text: str, start: int, end: int) -> int:
    """Where the sentence that ends at `end` begins: at the earliest `start`, and within reach."""
    found = start = max(start, end - _LONGEST_SENTENCE)
    for match in _SENTENCE_START.finditer(text, start, end):
        if match.end() < end:
            found = match.end()
    return found
