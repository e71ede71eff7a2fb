"""Marks: takes a stretch of text; gives its quotation marks, and what form and place say of each.

Double marks are curly, straight, '' and ``, or guillemets. An apostrophe looks like a single mark that closes
(soldiers', rock 'n' roll, the '90s), so a single mark is left out where what stands around it says so. Knows characters
only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.types import Span

DOUBLE = re.compile(r"'{2,3}(?!')|‘‘|’’|``|[“”„«»\"]")
_SINGLE = re.compile(r"['‘’‹›`]")
_OPENERS, _CLOSERS = frozenset(["“", "„", "«", "``", "‘‘"]), frozenset(["”", "»", "’’"])
_BEFORE_OPENING_DOUBLE = re.compile(r"[\s(\[{—–/‘'“\"-]")
_BEFORE_OPENING_SINGLE = re.compile(r"[\s(\[{—–/“\"„«-]")
_AFTER_CLOSING = re.compile(r"[\s)\]}—–/,.;:!?’'”\"…-]")
_ELIDED = re.compile(
    r"['‘’](?:\d\ds?\b|t(?:is|was|were|will)\b|em\b|n['’]?\b|t\b|til\b|till\b|cause\b|bout\b|round\b|cuz\b|im\b|er\b)",
    re.I,
)
_STRONG_BEFORE = frozenset('.,!?;:…—–-)]”"')
_STRONG_AFTER = frozenset('.,!?;:…—–)]”"')
_PLURAL_REACH = 1_000  # characters from a plural's apostrophe to the mark that closes the quotation around it
SENTENCE_END_IN_PRINT = re.compile(r"[.!?…](?=\s+[^\sa-z])")


@dataclass(frozen=True, slots=True)
class Mark:
    """A quotation mark.

    :param opens: Whether it looks like an opening mark, and `closes`, like a closing one; a straight one may do both.
    :param sure: Whether no other reading is likely: of a double mark, by its form; of a single one, by its place.
    :param begins: Whether it stands where a sentence begins.
    """

    start: int
    end: int
    opens: bool
    closes: bool
    sure: bool
    single: bool
    begins: bool


def double_marks(text: str, paragraph: Span) -> list[Mark]:
    """The double marks of a paragraph, in order."""
    found = []
    for match in DOUBLE.finditer(text, paragraph.start, paragraph.end):
        start, end = match.span()
        before, after = _around(text, start, end, paragraph)
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
        found.append(Mark(start, end, can_open, can_close, shaped, False, _begins(text, start, end, paragraph)))
    return found


def single_marks(text: str, pieces: Sequence[Span], goes_on: bool = False) -> list[Mark]:
    """The single marks of a stretch, in order, without apostrophes.

    :param pieces: The stretch without the double quotations in it, in order.
    :param goes_on: Whether a quotation may go on in the next paragraph, so that it needs no closing mark here.
    """
    whole = Span(pieces[0].start, pieces[-1].end)
    found = []
    for piece in pieces:
        for match in _SINGLE.finditer(text, piece.start, piece.end):
            at = match.start()
            opens, closes = _can_open(text, at, whole), _can_close(text, at, whole)
            if opens or closes:
                found.append(Mark(at, at + 1, opens, closes, opens != closes, True, _begins(text, at, at + 1, whole)))
    return _without_plurals(text, found, whole, goes_on)


def begins_with_mark(text: str, paragraph: Span, single: bool) -> bool:
    """Whether a paragraph begins with a mark that opens a quotation."""
    first = Span(paragraph.start, min(paragraph.end, paragraph.start + 4))
    marks = single_marks(text, [first]) if single else double_marks(text, first)
    return bool(marks) and marks[0].start == paragraph.start and marks[0].opens and (marks[0].begins or not single)


def _around(text: str, start: int, end: int, stretch: Span) -> tuple[str, str]:
    """The characters before and behind a mark; a space at the stretch's ends."""
    return (text[start - 1] if start > stretch.start else " "), (text[end] if end < stretch.end else " ")


def _is_measure(text: str, start: int, paragraph: Span) -> bool:
    """Whether a straight mark after a digit means inches: 5'10"."""
    return bool(re.search(r"\d['’]\d{1,2}$", text[max(paragraph.start, start - 6) : start]))


def _begins(text: str, start: int, end: int, stretch: Span) -> bool:
    """Whether a mark stands where a sentence begins, with a capital or a bracket behind it."""
    before = text[max(stretch.start, start - 4) : start].rstrip()
    capital = text[end : end + 1].isupper() or text[end : end + 1] in {"[", "…"}
    return capital and (start == stretch.start or not before or before[-1] in '.!?…:,”"')


def _can_open(text: str, at: int, whole: Span) -> bool:
    before, after = _around(text, at, at + 1, whole)
    placed = bool(_BEFORE_OPENING_SINGLE.match(before)) or (text[at] == "‘" and not before.isalnum())
    return placed and text[at] not in "’›" and not after.isspace() and not _ELIDED.match(text, at)


def _can_close(text: str, at: int, whole: Span) -> bool:
    before, after = _around(text, at, at + 1, whole)
    elided = before in "nN" and at >= 2 and _SINGLE.match(text, at - 2) is not None  # rock 'n' roll
    return text[at] not in "‘‹`" and not before.isspace() and not after.isalnum() and not elided


def _without_plurals(text: str, marks: Sequence[Mark], whole: Span, goes_on: bool) -> list[Mark]:
    """The marks without the apostrophes of plurals: "He said 'the soldiers' boots are old' twice"."""
    kept: list[Mark] = []
    closing: Mark | None = None  # the next mark behind that must close something, if none opens before it
    closed = False  # whether any mark behind must close
    for mark in reversed(marks):
        plural = mark.closes and not mark.opens and not _must_close(text, mark, whole)
        if plural and (_closed_by(text, mark, closing) or (goes_on and not closed)):
            continue
        kept.append(mark)
        if mark.opens:
            closing = None
        elif not plural:
            closing, closed = mark, True
    return kept[::-1]


def _must_close(text: str, mark: Mark, whole: Span) -> bool:
    """Whether this is no plural's apostrophe: the mark stands at a stop, or behind something that is no plural."""
    before, after = _around(text, mark.start, mark.end, whole)
    return before in _STRONG_BEFORE or before not in "sSzZxX" or after in _STRONG_AFTER


def _closed_by(text: str, plural: Mark, closing: Mark | None) -> bool:
    """Whether the quotation around a plural is closed by a later mark, in the same sentence."""
    if closing is None or closing.start - plural.start > _PLURAL_REACH:
        return False
    return SENTENCE_END_IN_PRINT.search(text, plural.start, closing.start) is None
