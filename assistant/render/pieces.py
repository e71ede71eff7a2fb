"""The pieces of a quote: what the speaker says, what tells that it is said, who says it, and the frame round them.

Takes a quote, gives stretches that cover its span exactly, in order. Knows nothing of how they are shown.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from enum import StrEnum

from assistant.types import Quote
from index.types import Span


class Role(StrEnum):
    """What a stretch of a quote is to the statement in it."""

    FRAME = "frame"  # the reporter's words
    CONTENT = "content"  # what was said
    CUE = "cue"  # "said", "according to"
    SOURCE = "source"  # "he", "Mr. Luther"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of an article's text (offsets of the article, not of the quote) and its role."""

    span: Span
    role: Role


def pieces(quote: Quote) -> tuple[Piece, ...]:
    """Part a quote by role. Joined, the pieces' cuts are exactly the quote's text.

    Where spans overlap, source goes before cue and cue before content: "he" inside a long content is still "he". What
    reaches outside the quote is clipped. Two neighbours never have the same role. Narration is one piece of frame.
    """
    marked = _marked(quote)
    borders = {quote.span.start, quote.span.end}
    for span, _ in marked:
        borders |= {edge for edge in (span.start, span.end) if quote.span.start < edge < quote.span.end}
    edges = sorted(borders)
    found: list[Piece] = []
    for start, end in itertools.pairwise(edges):
        role = next((role for span, role in marked if start in span), Role.FRAME)
        if found and found[-1].role is role:
            start = found.pop().span.start
        found.append(Piece(Span(start, end), role))
    return tuple(found)


def _marked(quote: Quote) -> list[tuple[Span, Role]]:
    """The statements' spans with their roles, the strongest role first."""
    named = [
        *((said.source, Role.SOURCE) for said in quote.statements),
        *((said.cue, Role.CUE) for said in quote.statements),
        *((span, Role.CONTENT) for span in quote.content),
    ]
    return [(span, role) for span, role in named if span is not None]
