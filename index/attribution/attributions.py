"""Takes the quotations and the parse of an article; gives its attributions: content, cue and source phrase.

A quotation belongs to the reporting clause beside it. A clause adds what is said without marks, and takes in a
quotation that completes it. Everything that is said appears once. May not know who a source is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from index.attribution.cues.clauses import attributions, predicates
from index.attribution.cues.reporting_clauses import Reporting
from index.attribution.linking.quotations import direct
from index.attribution.outline import Outline
from index.attribution.quotes.transcripts import transcript
from index.attribution.types import Attribution, Quotation
from index.language.lexicon import Quoting, quoting
from index.language.syntax import FINITE
from index.types import Span, overlapping

if TYPE_CHECKING:
    from spacy.tokens import Doc

_WHILE = frozenset({"as", "while", "when", "after", "before"})
_SELF = frozenset(["he", "she", "it", "they", "i", "we"])


def compose(doc: Doc, sentences: Sequence[Span], marks: Sequence[Quotation]) -> list[Attribution]:
    """All attributions of an article, in no particular order."""
    outermost = [q for q in marks if q.depth == 0]
    outline = Outline(doc, sentences, outermost)
    turns = transcript(outline)
    if held := [span for turn in turns for span in turn.content]:
        outermost = [q for q in outermost if not overlapping(held, q.span)]
        outline = Outline(doc, sentences, outermost, held)
    clauses = [_whole(c, outline) for c in attributions(doc, sentences) if c.content]
    clauses = [c for c in clauses if not _quoted(c, outline)]
    spoken = direct(outline, Reporting(outline, predicates(doc, sentences)), _by_sentence(clauses, outline))
    by_cue = {one.cue: i for i, one in enumerate(spoken) if one.cue}
    beside = _by_sentence(spoken, outline)
    rest = []
    for clause in clauses:
        at = by_cue.get(clause.cue) if clause.cue else None
        if at is not None:
            whose = spoken[at].source
            pieces = (_behind_lead(piece, spoken[at], outline) for piece in clause.content)
            added = [piece for piece in pieces if piece and not _names_source(piece, whose, outline.text)]
            added = [piece for piece in added if not _between(piece, spoken[at], outline)]
            spoken[at] = replace(spoken[at], content=_union([*spoken[at].content, *added]))
        elif not any(_rivals(clause, one) for n in outline.sentences_of(clause.content) for one in beside.get(n, ())):
            rest.append(clause)
    every = [*spoken, *rest]
    around = _by_sentence(every, outline)
    return [*turns, *(one for one in every if not _is_echo(one, around, outline))]


def _by_sentence(every: Iterable[Attribution], outline: Outline) -> dict[int, list[Attribution]]:
    """The attributions whose content touches each sentence, by the sentence's number."""
    found: dict[int, list[Attribution]] = defaultdict(list)
    for one in every:
        for number in outline.sentences_of(one.content):
            found[number].append(one)
    return found


def _is_echo(one: Attribution, around: Mapping[int, Sequence[Attribution]], outline: Outline) -> bool:
    """Whether it repeats an outer attribution of the same speaker: "she said she hopes to"."""
    near = around.get(outline.sentence(one.cue.start), ()) if one.cue else ()
    return any(_echoes(one, other, outline) for other in near)


def _echoes(inner: Attribution, outer: Attribution, outline: Outline) -> bool:
    """Whether the inner one is what the outer one's own speaker says that he or she thinks: "she said she hopes to"."""
    if inner.cue is None or inner.source is None or inner is outer or outer.cue is None:
        return False
    if inner.source.cut(outline.text).lower() not in _SELF:
        return False
    return any(inner.source in span for span in overlapping(outer.content, inner.cue) if inner.cue in span)


def _behind_lead(piece: Span, spoken: Attribution, outline: Outline) -> Span | None:
    """A piece of what is said without the clause that leads up to a quotation: 'Lee saw it otherwise: "No," she said'.

    What the clause itself reports stays: 'Lee said it was dead: "No," she said'.
    """
    first, text = spoken.content[0].start, outline.text
    if any(token.lemma_.lower() in quoting(Quoting.SPEECH) for token in outline.tokens(piece.start, first)):
        return piece
    follows = spoken.cue is not None and spoken.cue.start > first  # not in 'she said it was safe: "Go"'
    if follows and piece.start < first and text[piece.start : first].rstrip().endswith(":"):
        return Span(first, piece.end) if piece.end > first else None
    return piece


def _names_source(piece: Span, source: Span | None, text: str) -> bool:
    """Whether a piece of what is said is who says it, taken for more: "Ann Lee, who left" of '"No," said Ann Lee'."""
    if source is None or not source.overlaps(piece):
        return False
    return piece in source or source.cut(text).lower() not in _SELF


def _between(piece: Span, spoken: Attribution, outline: Outline) -> bool:
    """Whether a piece amid a quotation only tells to whom or when it is said: '"It is," she told the council, "late"'.

    Not "that the bill would fail", which is said too.
    """
    before, behind = spoken.content[0].end, spoken.content[-1].start
    cue, tokens = spoken.cue, outline.tokens(piece.start, piece.end)
    if cue is None or not (before <= cue.start and cue.end <= piece.start and piece.end <= behind):
        return False
    return not tokens or tokens[0].lower_ in _WHILE or not any(token.tag_ in FINITE for token in tokens)


def _rivals(clause: Attribution, spoken: Attribution) -> bool:
    """Whether a clause claims a quotation that another reporting clause has, and does not report that one too."""
    if spoken.cue and any(spoken.cue in span for span in clause.content):
        return False
    pairs = [(a, b) for a in clause.content for b in overlapping(spoken.content, a)]
    shared = sum(min(a.end, b.end) - max(a.start, b.start) for a, b in pairs)
    return shared > sum(len(span) for span in clause.content) / 2


def _quoted(clause: Attribution, outline: Outline) -> bool:
    return bool(clause.cue and outline.voiced(clause.cue))


def _whole(clause: Attribution, outline: Outline) -> Attribution:
    """The clause, its content reaching to the end of the quotation that it ends in."""
    pieces = []
    for span in clause.content:
        opened = outline.opened(span)
        pieces.append(Span(span.start, opened.span.end) if opened else span)
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
