"""Takes a parse, its sentences and its outermost quotations; tells what lies where, and what is inside quotation marks.

May not know who speaks.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from index.attribution.types import Quotation
from index.language.paragraphs import paragraphs
from index.types import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


class Outline:
    """Where things stand in an article.

    :param quotations: The outermost ones, in order.
    :param turns: What else is somebody's words from end to end: the turns of a transcript. Disjoint from `quotations`.
    """

    def __init__(
        self, doc: Doc, sentences: Sequence[Span], quotations: Sequence[Quotation], turns: Sequence[Span] = ()
    ) -> None:
        self.doc = doc
        self.text = doc.text
        self.sentences = sentences
        self.paragraphs = paragraphs(self.text)
        self.quotations = quotations
        self._tokens = [token.idx for token in doc]
        self._words = [0, *accumulate(any(c.isalnum() for c in token.text) for token in doc)]
        self._sentence_starts = [s.start for s in sentences]
        self._paragraph_starts = [p.start for p in self.paragraphs]
        self._quotation_starts = [q.span.start for q in quotations]
        self._voiced = sorted([*(q.span for q in quotations), *turns])
        self._voiced_starts = [v.start for v in self._voiced]

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

    def sentences_of(self, spans: Iterable[Span]) -> set[int]:
        """The numbers of the sentences that any of the spans touches."""
        return {n for s in spans for n in range(max(0, self.sentence(s.start)), self.sentence(s.end - 1) + 1)}

    def opened(self, span: Span) -> Quotation | None:
        """The last quotation that begins in the span and ends behind it."""
        at = bisect_left(self._quotation_starts, span.end) - 1
        last = self.quotations[at] if at >= 0 else None
        return last if last and span.start <= last.span.start < span.end < last.span.end else None

    def voiced(self, span: Span) -> bool:
        """Whether the whole span is inside a quotation or a turn."""
        at = bisect_right(self._voiced_starts, span.start) - 1
        return at >= 0 and span in self._voiced[at]

    def crossed(self, span: Span) -> bool:
        """Whether a span begins or ends inside a quotation or a turn."""
        return self.voiced(Span(span.start, span.start + 1)) or self.voiced(Span(span.end - 1, span.end))

    def words(self, start: int, end: int) -> int:
        """How many tokens with a letter or digit begin in [start, end); 0 or less where it is reversed."""
        return self._words[bisect_left(self._tokens, end)] - self._words[bisect_left(self._tokens, start)]
