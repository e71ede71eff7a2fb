"""Takes a text, its parse and its quotations; tells which token, sentence and paragraph a character is in.

It also tells whether a character is quoted, or part of a heading. May not know names.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from index.language.paragraphs import paragraphs
from index.types import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_PROSE_ENDS = ".!?\"”’'):…"
_SMALL_IN_HEADINGS = frozenset("a an the and or but of in on at to for by with from as is vs via".split())
_HEADING_WORDS = 30


class Layout:
    """The lie of an article; `words` and `sentences` hold each token's text and the number of its sentence.

    :param quoted: What is inside quotation marks, in any order.
    """

    def __init__(self, text: str, doc: Doc, quoted: Sequence[Span] = ()) -> None:
        self.text = text
        self.doc = doc
        self._paragraphs = paragraphs(text)
        self._paragraph_starts = [p.start for p in self._paragraphs]
        self._headings = [_is_heading(p, i, text) for i, p in enumerate(self._paragraphs)]
        self._quoted = _merged(quoted)
        self._quote_starts = [q.start for q in self._quoted]
        self._tokens: list[int] = []
        self.words: list[str] = []
        self.sentences: list[int] = []
        self._read()
        self.plain_words = frozenset(word for word in self.words if word.islower())

    def _read(self) -> None:
        """Note each token's place, text and sentence; one that is wholly quoted counts as part of the one before."""
        number, spoken, started = 0, False, False
        for token in self.doc:
            if token.is_sent_start and started:
                number, spoken = number + spoken, False
            started = True
            word, at = token.text, token.idx
            spoken = spoken or (word[0].isalnum() and self.quotation(at) < 0)
            self._tokens.append(at)
            self.words.append(word)
            self.sentences.append(number)

    def token(self, at: int) -> Token:
        """The token that a character belongs to (or the one before it, for white space).

        :raises IndexError: If the text has no tokens.
        """
        return self.doc[max(0, bisect_right(self._tokens, at) - 1)]

    def sentence(self, token: Token) -> int:
        """The number of a token's sentence."""
        return self.sentences[token.i]

    def paragraph(self, at: int) -> int:
        """The number of the paragraph that a character is in; -1 before the first."""
        return bisect_right(self._paragraph_starts, at) - 1

    def heading(self, at: int) -> bool:
        """Whether a character is in the headline, or in a line that looks like one."""
        number = self.paragraph(at)
        return number >= 0 and self._headings[number]

    def quotation(self, at: int) -> int:
        """The number of the quotation that a character is in; -1 outside all."""
        number = bisect_right(self._quote_starts, at) - 1
        return number if number >= 0 and at < self._quoted[number].end else -1


def _is_heading(paragraph: Span, number: int, text: str) -> bool:
    """A short line without a full stop, or one most of whose longer words have capitals; sooner the first line."""
    line = paragraph.cut(text)
    words = line.split()
    if len(words) > _HEADING_WORDS:
        return False
    small = [w for w in words if w[0].islower() and w not in _SMALL_IN_HEADINGS]
    if not small and sum(len(w) > 3 for w in words) > 2:
        return True
    return line[-1] not in _PROSE_ENDS and (number == 0 or len(small) < 0.4 * len(words))


def _merged(spans: Sequence[Span]) -> list[Span]:
    """Spans in order, those that overlap as one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start < found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found
