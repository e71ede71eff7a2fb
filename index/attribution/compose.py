"""Composition: the quotations and the grammar of an article in, its raw attributions out, each thing said once.

Direct speech has the word where it stands beside a reporting clause; clauses add what is said without marks, and take a
quotation in where it completes them. Knows the parts; does not know who a source is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from index.attribution.clauses import attributions, predicates
from index.attribution.direct import direct
from index.attribution.outline import Outline
from index.attribution.reporting import Reporting
from index.attribution.types import Attribution, Quotation
from index.types import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc


def compose(doc: Doc, sentences: Sequence[Span], marks: Sequence[Quotation]) -> list[Attribution]:
    """All attributions of an article, in no particular order."""
    outermost = [q for q in marks if q.depth == 0]
    outline = Outline(doc, sentences, outermost)
    spoken = direct(outline, Reporting(outline, predicates(doc, sentences)))
    clauses = [_whole(c, outline) for c in attributions(doc, sentences) if c.content]
    by_cue = {c.cue: c for c in clauses if c.cue}
    found = []
    taken = set()
    for one in spoken:
        clause = by_cue.get(one.cue) if one.cue else None
        if clause is not None and clause.cue not in taken:
            taken.add(clause.cue)
            one = replace(one, content=_union([*one.content, *clause.content]), source=clause.source or one.source)
        found.append(one)
    covered = [span for one in found for span in one.content]
    for clause in clauses:
        if clause.cue not in taken and not _quoted(clause, outline):
            found.append(clause)
    del covered
    return found


def _quoted(clause: Attribution, outline: Outline) -> bool:
    return bool(clause.cue and outline.quoted(clause.cue))


def _whole(clause: Attribution, outline: Outline) -> Attribution:
    """The clause, its content reaching to the end of each quotation that it begins."""
    pieces = []
    for span in clause.content:
        for quotation in outline.quotations:
            if quotation.span.overlaps(span) and span.start <= quotation.span.start < span.end < quotation.span.end:
                span = Span(span.start, quotation.span.end)
        pieces.append(span)
    return replace(clause, content=_union(pieces))


def _union(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans sorted, those that overlap or touch as one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)
