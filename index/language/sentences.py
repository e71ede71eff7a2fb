"""Sentences: takes a parsed text; gives its whole sentences.

They begin where the parser begins them, except where print says otherwise: a sentence ends with its paragraph, closing
marks belong to the sentence that they close, and none begins in lower case, after a comma or after a title. A text
without a parse has the sentences that print shows. Knows the parse and characters; does not know who speaks.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from index.language.paragraphs import paragraphs
from index.types import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

SENTENCE_ENDS = frozenset(".!?")
_CLOSERS = frozenset("\"”’»'›)]")
_CLOSING_MARKS = re.compile(r"(?:[\"”’»'›)\]]+(?=\s|$)|\s[”»](?=\s|$))\s*")
_ENDED = re.compile(r"[.!?…。؟][\"”’»'›)\]]*\s*$|[.!?…]\s[\"”»]\s*$")
_ENDS_IN_ABBREVIATION = re.compile(
    r"(?:^|[\s(“\"‘'])(?:Mrs?|Ms|Dr|Sens?|Reps?|Govs?|Gen|Sgt|Lt|Col|Capt|St|Rev|Prof|Hon|vs|[A-Z])\.\s*$"
)
_STOPPED = re.compile(r"[.!?…][\"”’»'›)\]]*\s+")
_BOUNDARY_CONTEXT = 16  # characters
_LONGEST_SENTENCE_READ = 2_000  # characters; what is longer has no end of a sentence in it, and is cut at a space


def sentences(doc: Doc) -> tuple[Span, ...]:
    """The sentences of a text, in order.

    :return: Disjoint spans without the white space around them; all that lies outside them is white space.
    """
    text = doc.text
    return _cut(text, sorted({*_parsed_starts(doc), *_printed_starts(doc, text)}))


def printed_sentences(text: str) -> tuple[Span, ...]:
    """The sentences of a text that nobody has parsed, by its characters alone; disjoint, and with the same promises."""
    return _cut(text, [stop.end() for stop in _STOPPED.finditer(text)])


def _cut(text: str, starts: Sequence[int]) -> tuple[Span, ...]:
    """The sentences of a text that may begin at these places, in order."""
    found: list[Span] = []
    for paragraph in paragraphs(text):
        inside = starts[bisect_right(starts, paragraph.start) : bisect_left(starts, paragraph.end)]
        cuts = [paragraph.start]
        for start in inside:
            cut = _mended(text, start, paragraph.end)
            if cuts[-1] < cut < paragraph.end and _begins(text, cuts[-1], cut):
                cuts.append(cut)
        for begin, end in zip(cuts, [*cuts[1:], paragraph.end], strict=True):
            found.extend(_pieces(text, begin, end))
    return tuple(found)


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    """A sentence without the white space behind it; in pieces where it is too long for one."""
    while start < end:
        stop = end
        if end - start > _LONGEST_SENTENCE_READ:
            space = text.rfind(" ", start + 1, start + _LONGEST_SENTENCE_READ)
            stop = space if space >= 0 else start + _LONGEST_SENTENCE_READ
        if piece := text[start:stop].rstrip():
            yield Span(start, start + len(piece))
        start = stop
        while start < end and text[start].isspace():
            start += 1


def _parsed_starts(doc: Doc) -> Iterator[int]:
    """Where the parser begins a sentence."""
    for token in doc:
        if token.is_sent_start:
            yield token.idx


def _printed_starts(doc: Doc, text: str) -> Iterator[int]:
    """Where a full stop of its own, then a space, then a capital, say that a sentence begins."""
    for token in doc:
        if token.text not in SENTENCE_ENDS:
            continue
        last = token.i
        while last + 1 < len(doc) and not doc[last].whitespace_ and set(doc[last + 1].text) <= _CLOSERS:
            last += 1
        if last + 1 == len(doc) or not doc[last].whitespace_ or (token.text != "." and last > token.i):
            continue
        start = doc[last + 1].idx
        if _first_letter(text, start).isupper():
            yield start


def _mended(text: str, start: int, end: int) -> int:
    """The start moved behind marks that close what came before."""
    match = _CLOSING_MARKS.match(text, start, end)
    if match and (text[start].isspace() or text[start] in "”»)]" or not text[start - 1].isspace()):
        return match.end()
    return start


def _begins(text: str, last: int, start: int) -> bool:
    """Whether a sentence may begin at `start`, the one before having begun at `last`."""
    before = text[max(last, start - _BOUNDARY_CONTEXT) : start]
    if not _ENDED.search(before) or _ENDS_IN_ABBREVIATION.search(before):
        return False
    return not _first_letter(text, start).islower()


def _first_letter(text: str, start: int) -> str:
    """The first letter or digit soon after `start`, or nothing."""
    return next((c for c in text[start : start + _BOUNDARY_CONTEXT] if c.isalnum()), "")
