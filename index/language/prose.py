"""Takes a text; gives the stretches of it that are no prose: no sentence ends in them for thousands of characters.

Tables, keys, encoded files, one word over and over: to parse them takes long, and nobody says anything in them. Knows
characters only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.language.paragraphs import paragraphs
from index.language.sentences import ABBREVIATED
from index.types import Span

_LONGEST_SENTENCE = 5_000  # characters; the longest that newspapers print have some hundreds
_LONGEST_PIECE = 1_000  # characters
_SENTENCE_END = re.compile(r"[.!?…。؟][\"”’»'›)\]]*(?=\s|$)")
_REACH = 16  # characters before a full stop in which an abbreviation is looked for


def unreadable(text: str) -> tuple[Span, ...]:
    """The stretches that are no prose, in order, without the white space around them."""
    return tuple(
        stretch
        for paragraph in paragraphs(text)
        if len(paragraph) > _LONGEST_SENTENCE
        for stretch in _sentences(text, paragraph)
        if len(stretch) > _LONGEST_SENTENCE
    )


def blanked(text: str, stretches: Sequence[Span]) -> str:
    """The text, as long as before, with spaces in place of these stretches."""
    kept, at = [], 0
    for stretch in stretches:
        kept += [text[at : stretch.start], " " * len(stretch)]
        at = stretch.end
    return "".join([*kept, text[at:]])


def pieces(text: str, stretch: Span) -> Iterator[Span]:
    """A stretch cut at spaces into pieces of at most 1,000 characters, that stand for its sentences."""
    start = stretch.start
    while start < stretch.end:
        limit = min(stretch.end, start + _LONGEST_PIECE)
        space = text.rfind(" ", start + 1, limit) if limit < stretch.end else -1
        end = space if space > start else limit
        piece = text[start:end]
        if piece.strip():
            yield Span(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))
        start = end


def _sentences(text: str, paragraph: Span) -> Iterator[Span]:
    """A paragraph cut where a sentence ends in print."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text, paragraph.start, paragraph.end)]
    ends = [end for end in ends if not ABBREVIATED.search(text[max(paragraph.start, end - _REACH) : end])]
    for start, end in zip([paragraph.start, *ends], [*ends, paragraph.end], strict=True):
        start += len(text[start:end]) - len(text[start:end].lstrip())
        if start < end:
            yield Span(start, end)
