"""Statements: an article and its parse in, everything said or thought in it out, and by whom.

Joins what the quotation marks say, what the grammar says, and who the sources are. Does not know storage or questions.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from index.attribution.cast import Cast, Found
from index.attribution.compose import compose
from index.attribution.marks import quotations
from index.attribution.types import Attribution, Quotation
from index.types import Article, Manner, Span, Statement, hull

if TYPE_CHECKING:
    from spacy.tokens import Doc

_DIRECT = 0.9  # the share of its words inside quotation marks from which a statement is direct


def find_statements(article: Article, doc: Doc, sentences: Sequence[Span]) -> tuple[Statement, ...]:
    """All statements of an article, numbered in the order of their content.

    :param doc: The parse of `article.text`.
    :param sentences: Its sentences, in order.
    """
    marks = quotations(article.text)
    found = sorted(compose(doc, sentences, marks), key=lambda a: (a.content[0], a.content[-1]))
    cast = Cast(article, doc, [q.span for q in marks if q.depth == 0])
    statements: list[Statement] = []
    for raw in found:
        who = cast.who(raw.source, content=raw.content)
        statements.append(_statement(article, len(statements), raw, who, sentences, marks))
    return tuple(statements)


def _statement(
    article: Article, number: int, raw: Attribution, who: Found, sentences: Sequence[Span], marks: Sequence[Quotation]
) -> Statement:
    return Statement(
        article.id, number, raw.content, raw.cue, raw.source, who.speaker, _manner(article.text, raw, marks),
        who.resolution, _extent(raw, sentences), who.antecedent, raw.flags,
    )


def _extent(raw: Attribution, sentences: Sequence[Span]) -> Span:
    """The whole sentences that hold content, cue and source."""
    whole = hull([*raw.content, *(s for s in (raw.cue, raw.source) if s)])
    return hull([whole, *(s for s in sentences if s.overlaps(whole))])


def _manner(text: str, raw: Attribution, marks: Sequence[Quotation]) -> Manner:
    """Whose words the content is printed in, by how much of it stands between quotation marks."""
    inside = total = 0
    for span in raw.content:
        total += _letters(text, span)
        for mark in marks:
            if mark.depth == 0 and mark.inner.overlaps(span):
                inside += _letters(text, Span(max(mark.inner.start, span.start), min(mark.inner.end, span.end)))
    if not inside:
        return Manner.INDIRECT
    return Manner.DIRECT if inside >= _DIRECT * total else Manner.MIXED


def _letters(text: str, span: Span) -> int:
    return sum(c.isalnum() for c in span.cut(text))
