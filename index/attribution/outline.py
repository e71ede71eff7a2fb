"""Outline: which sentence, paragraph and token a place in a parsed article belongs to, and what a reader can see there.

Takes a doc, its sentences and its outermost quotations. Knows nothing of who speaks.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from index.attribution.types import Quotation
from index.paragraphs import paragraphs
from index.types import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


class Outline:
    """Where things stand in an article.

    :param quotations: The outermost ones, in order.
    """

    def __init__(self, doc: Doc, sentences: Sequence[Span], quotations: Sequence[Quotation]) -> None:
        self.doc = doc
        self.text = doc.text
        self.sentences = sentences
        self.paragraphs = paragraphs(self.text)
        self.quotations = quotations
        self._tokens = [token.idx for token in doc]
        self._sentence_starts = [s.start for s in sentences]
        self._paragraph_starts = [p.start for p in self.paragraphs]
        self._quotation_starts = [q.span.start for q in quotations]

    def sentence(self, at: int) -> int:
        """The number of the sentence that holds a character."""
        return bisect_right(self._sentence_starts, at) - 1

    def paragraph(self, at: int) -> int:
        """The number of the paragraph that holds a character."""
        return bisect_right(self._paragraph_starts, at) - 1

    def token(self, at: int) -> Token:
        """The token that holds a character, or the one before it."""
        return self.doc[max(0, bisect_right(self._tokens, at) - 1)]

    def tokens(self, start: int, end: int) -> list[Token]:
        """The tokens that begin in [start, end), without white space."""
        found = self.doc[bisect_left(self._tokens, start) : bisect_left(self._tokens, end)]
        return [token for token in found if not token.is_space]

    def quoted(self, span: Span) -> Quotation | None:
        """The outermost quotation that holds the whole span."""
        at = bisect_right(self._quotation_starts, span.start) - 1
        return self.quotations[at] if at >= 0 and span in self.quotations[at].span else None

    def crossed(self, span: Span) -> bool:
        """Whether a span has some of its ends inside a quotation and not the other, or lies in one."""
        first = self.quoted(Span(span.start, span.start + 1))
        return first is not None or self.quoted(Span(span.end - 1, span.end)) is not None

    def words(self, start: int, end: int) -> int:
        """How many tokens with a letter or digit begin in [start, end)."""
        return sum(any(c.isalnum() for c in token.text) for token in self.tokens(start, end))
