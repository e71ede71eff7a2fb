"""Reporting clauses: a quotation in its sentence in, the clause beside it that says who speaks out.

Looks behind the quotation ('"A," she said'), before it ('She said, "A"', 'SHE: "A"') and at what the grammar makes of a
quotation that completes a clause ('She called it "A"'). Knows the outline and the predicates of an article; does not
know other quotations' speakers.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.attribution.clauses import Predicate
from index.attribution.outline import Outline
from index.attribution.types import Quotation
from index.attribution.wordlists import words
from index.types import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_JOINING = frozenset(
    "and but or nor while when because that which who whom whose to in on at for with from of by if than though although"
    " so then before after about during until since where".split()
)
_STOPS = frozenset(",.;:!?()—–-\"“”")
_LEAD = re.compile(r"[\s,;.—–-]*")
_NEAR = 3  # words between a quotation and its reporting clause


@dataclass(frozen=True, slots=True)
class Report:
    """Who reports, and how: either may be None."""

    source: Span | None
    cue: Span | None


class Reporting:
    """The reporting clauses of an article.

    :param predicates: In order of their verbs.
    """

    def __init__(self, outline: Outline, predicates: Sequence[Predicate]) -> None:
        self._outline = outline
        self._text = outline.text
        self._predicates = [p for p in predicates if outline.quoted(p.verb) is None]
        self._starts = [p.verb.start for p in self._predicates]

    def between(self, start: int, end: int) -> list[Predicate]:
        """The predicates whose verb begins in [start, end)."""
        return self._predicates[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def after(self, quotation: Quotation, end: int) -> Report | None:
        """The reporting clause that follows a quotation, at most up to `end`: '"A," she said'."""
        start = quotation.span.end
        lead = _LEAD.match(self._text, start, end)
        start = lead.end() if lead else start
        tokens = self._outline.tokens(start, end)
        if tokens and tokens[0].lower_ == "as":
            tokens = tokens[1:]
        if not tokens or tokens[0].lower_ in _JOINING:
            return None
        for predicate in self.between(start, end):
            source = predicate.source
            if source is not None and not start <= source.start < end:
                continue
            begin = min(predicate.cue.start, source.start if source else predicate.cue.start)
            if self._outline.words(start, begin) > _NEAR:
                break
            if source and (reports(predicate) or not predicate.filled):
                return Report(source, predicate.cue)
        return self._by_surface(tokens)

    def _by_surface(self, tokens: Sequence[Token]) -> Report | None:
        """A reporting clause by its words, where the parse has lost it: "said Ann Lee", "Ann Lee, 43, said"."""
        for i, token in enumerate(tokens[:30]):
            if token.text in ".!?;:":
                return None
            if token.lemma_.lower() in words("reporting.txt") and token.tag_.startswith("VB"):
                noun = _noun_phrase(tokens[i + 1 :]) if i == 0 else _noun_phrase(tokens[:i])
                return Report(_span(noun), _span([token])) if noun else None
        return None

    def before(self, start: int, quotation: Quotation) -> Report | None:
        """The reporting clause in [start, the quotation): 'She said, "A"', 'She called it "A"', 'SHE: "A"'."""
        end = quotation.span.start
        near = self.between(start, end)
        lead = self._text[start:end].rstrip()
        told = [p for p in near if reports(p)]
        if lead.endswith(":"):
            chosen = (told or [p for p in near if p.source] or [None])[-1]
            return _report(chosen) if chosen else self._heading(start, end)
        if told and (lead.endswith(",") or self._outline.words(told[-1].cue.end, end) <= _NEAR):
            return _report(told[-1])
        over = self._over(quotation, near)
        if over is not None and (reports(over) or not told):
            return _report(over)
        chosen = (told or [p for p in near if p.source] or [None])[-1]
        return _report(chosen) if chosen else None

    def _heading(self, start: int, end: int) -> Report | None:
        """Who stands before a colon, with no verb: "WALLACE:"."""
        tokens = self._outline.tokens(start, end)
        while tokens and tokens[-1].text in {'"', "''", "“"}:
            tokens.pop()
        noun = tokens[:-1]
        while noun and not noun[0].text[0].isalnum():
            noun = noun[1:]
        return Report(_span(noun), _span(tokens[-1:])) if noun else None

    def _over(self, quotation: Quotation, near: Sequence[Predicate]) -> Predicate | None:
        """The nearest of the predicates that the quotation depends on, by the parse."""
        inside = self._outline.tokens(quotation.inner.start, quotation.inner.end)
        if not inside:
            return None
        by_verb = {self._outline.token(p.verb.start).i: p for p in near}
        top = next((t for t in inside if not inside[0].i <= t.head.i <= inside[-1].i), inside[0])
        for ancestor in top.ancestors:
            if ancestor.i in by_verb and by_verb[ancestor.i].source:
                return by_verb[ancestor.i]
        return None


def reports(predicate: Predicate) -> bool:
    """Whether the predicate's verb is known to report speech, and somebody does it."""
    return predicate.source is not None and predicate.lemma.lower() in words("reporting.txt")


def _report(predicate: Predicate) -> Report:
    return Report(predicate.source, predicate.cue)


def _noun_phrase(tokens: Sequence[Token]) -> list[Token]:
    """The tokens up to the first stop, preposition or verb."""
    found: list[Token] = []
    for token in tokens:
        if token.text in _STOPS or token.pos_ in {"ADP", "VERB", "AUX", "SCONJ"}:
            break
        found.append(token)
    while found and found[-1].pos_ == "ADV":
        found.pop()
    while found and found[0].pos_ == "ADV":
        found = found[1:]
    return found


def _span(tokens: Sequence[Token]) -> Span:
    return Span(tokens[0].idx, tokens[-1].idx + len(tokens[-1]))
