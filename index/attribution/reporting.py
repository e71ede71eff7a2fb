"""Reporting clauses: a quotation in its sentence in, the clause beside it that says who speaks out.

Looks behind the quotation ('"A," she said'), before it ('She said, "A"', 'SHE: "A"') and at what the grammar makes of a
quotation that completes a clause ('She called it "A"'). Knows the outline and the predicates of an article; does not
know other quotations' speakers.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from index.attribution.clauses import Predicate
from index.attribution.outline import Outline
from index.attribution.types import Quotation

from index.attribution.wordlists import sections
from index.types import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_JOINING = frozenset(
    "and but or nor while when because that which who whom whose to in on at for with from of by if than though although"
    " so then before after about during until since where".split()
)
_SUBJECTS = frozenset(["nsubj", "nsubjpass", "csubj"])
_STOPS = frozenset(",.;:!?()—–-\"“”")
_SIGNATURE = re.compile(r"\s*(--|[―—–-])\s*(?=[^\W\d_a-z])()")
_LEAD = re.compile(r"[\s,;.—–-]*")
_SHORT = 8  # words in a reporting clause that is printed as a sentence of its own
_NEAR = 3  # words between a quotation and its reporting clause


@dataclass(frozen=True, slots=True)
class Report:
    """Who reports, and by which cue: either may be None."""

    source: Span | None
    cue: Span | None
    known: bool = True  # the cue is known to report; otherwise only its place says so


class Reporting:
    """The reporting clauses of an article.

    :param predicates: In order of their verbs.
    """

    def __init__(self, outline: Outline, predicates: Sequence[Predicate]) -> None:
        self._outline = outline
        self._text = outline.text
        self._predicates = [_outside(p, outline) for p in predicates if not outline.voiced(p.verb)]
        self._starts = [p.verb.start for p in self._predicates]

    def between(self, start: int, end: int) -> list[Predicate]:
        """The predicates whose verb begins in [start, end)."""
        return self._predicates[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def after(self, quotation: Quotation, end: int, near: int = _NEAR, known: bool = False) -> Report | None:
        """The reporting clause that follows a quotation, at most up to `end`: '"A," she said'.

        :param near: How many words may stand between.
        :param known: Whether only a verb that is known to report will do.
        """
        start = quotation.span.end
        lead = _LEAD.match(self._text, start, end)
        start = lead.end() if lead else start
        tokens = self._outline.tokens(start, end)
        if tokens and tokens[0].lower_ == "as":
            tokens = tokens[1:]
        if not tokens or tokens[0].lower_ in _JOINING:
            return None
        if tokens[0].lower_ == "according":
            return self.according(start, end)
        fitting = [p for p in self.between(start, end) if self._follows(p, start, end, near)]
        for predicate in fitting:
            if self.reports(predicate, "said", "thought", "beside"):
                return self._report(predicate)
        for predicate in fitting[:1]:
            if not known and not predicate.filled:
                return self._report(predicate)
        return self._by_surface(tokens)

    def _follows(self, predicate: Predicate, start: int, end: int, near: int) -> bool:
        """Whether a predicate and its subject stand right behind a quotation that ends at `start`."""
        source = predicate.source
        if source is None or not start <= source.start < end:
            return False
        verb = self._outline.token(predicate.verb.start)
        if source.start > predicate.cue.start and verb.tag_ == "VBG":  # "A," adding the others: no inversion
            return False
        relative = source.cut(self._text).lower() in {"who", "which", "that"}
        return not relative and self._outline.words(start, min(predicate.cue.start, source.start)) <= near

    def signature(self, quotation: Quotation, end: int) -> Report | None:
        """The name behind a dash that signs a quotation: '"A" ― Ann Lee'."""
        match = _SIGNATURE.match(self._text, quotation.span.end, end)
        if match is None or self._outline.words(match.start(2), end) > _SHORT:
            return None
        if any(p.source for p in self.between(match.start(2), end)):
            return None
        return Report(_trimmed(self._text, match.start(2), end), Span(*match.span(1)))

    def late(self, quotation: Quotation, sentence: Span, end: int) -> Report | None:
        """A reporting clause that print makes a sentence of its own: '"A?" Ann Lee asked.'

        :param end: Where the sentence's own words end, or the next quotation begins.
        """
        found = self.after(quotation, end, near=0, known=True)
        if found is None or found.cue is None or not _listed(self._outline.token(found.cue.start).lemma_, "said"):
            return None
        short = self._outline.words(sentence.start, sentence.end) <= _SHORT
        return found if short or self._text[quotation.inner.end - 1] in "?!…—–-" else None

    def tail(self, start: int, end: int) -> Report | None:
        """A reporting clause at the end of a sentence, behind a comma: '"A" all day, she said.'"""
        for predicate in reversed(self.between(start, end)):
            source = predicate.source
            if self.reports(predicate) and source and not predicate.filled and source.start >= start:
                begin = min(predicate.cue.start, source.start)
                if self._text[start:begin].rstrip(" '’\u00a0").endswith(","):
                    return self._report(predicate)
            break
        return None

    def according(self, start: int, end: int) -> Report | None:
        """"According to the report" in [start, end)."""
        for token in self._outline.tokens(start, end):
            if token.lower_ == "according" and token.i + 2 < len(token.doc) and token.nbor().lower_ == "to":
                noun = next((t for t in token.nbor().children if t.dep_ == "pobj"), None)
                noun = noun or next((t for c in token.children for t in c.children if t.dep_ == "pobj"), None)
                after = self._outline.tokens(token.nbor().idx + 2, end)
                phrase = [t for t in after if noun is not None and noun.left_edge.i <= t.i <= noun.right_edge.i]
                phrase = phrase or _noun_phrase(after)
                return Report(_span(phrase), _span([token, token.nbor()])) if phrase else None
        return None

    def _by_surface(self, tokens: Sequence[Token]) -> Report | None:
        """A reporting clause by its words, where the parse has lost it: "said Ann Lee", "Ann Lee, 43, said"."""
        for i, token in enumerate(tokens[:30]):
            if token.text in {".", "!", "?", ";", ":"}:
                return None
            last = i + 1 == len(tokens) or tokens[i + 1].text == "."
            if _is_reporting(token) and (token.tag_.startswith("VB") or (last and i)):
                noun = _noun_phrase(tokens[i + 1 :]) if i == 0 else _noun_phrase(tokens[:i])
                return Report(_span(noun), _span([token])) if noun else None
        return None

    def before(self, start: int, quotation: Quotation) -> Report | None:
        """The reporting clause in [start, the quotation): 'She said, "A"', 'She called it "A"', 'SHE: "A"'."""
        end = quotation.span.start
        near = [p for p in self.between(start, end) if p.source is None or p.source.start < end]
        lead = self._text[start:end].rstrip()
        told = self._told(near)
        if lead.endswith("that") and not told and near and self._outline.words(near[-1].cue.end, end) == 1:
            return Report(near[-1].source, near[-1].cue)
        if lead.endswith(":"):
            chosen = [p for p in near if self.reports(p, "said", "thought", "beside")][-1:] or [p for p in near if p.source and self._is_main(p)][:1]
            dash = max(self._text.rfind(mark, start, end) for mark in (" - ", " – ", " — ", "--"))
            if dash > start and not self.between(dash, end):
                return self._heading(dash, end)
            return self._report(chosen[0]) if chosen else self._heading(start, end)
        if told and (lead.endswith(",") or self._outline.words(told[-1].cue.end, end) <= _NEAR):
            return self._report(next((p for p in reversed(told) if not self._aside(p, end)), told[-1]))
        according = self.according(start, end)
        if according:
            return according
        over = self._over(quotation, near)
        if over is not None and (self.reports(over) or not told):
            return self._report(over)
        chosen = [p for p in told if not self._aside(p, end)][-1:] or told[-1:] or [p for p in near if p.source][:1]
        return self._report(chosen[0]) if chosen else None

    def _heading(self, start: int, end: int) -> Report | None:
        """Who stands before a colon, with no verb: "WALLACE:", "From the report:"."""
        tokens = self._outline.tokens(start, end)
        while tokens and tokens[-1].text != ":":
            tokens.pop()
        noun = tokens[:-1]
        for i, token in enumerate(noun):
            if token.text in {"-", "–", "—", "--"} and i + 1 < len(noun):
                noun = noun[i + 1 :]
                break
        if noun and noun[0].pos_ in {"ADP", "ADV", "SCONJ"}:
            last = max((i for i, t in enumerate(noun) if t.lower_ in {"from", "of", "by"}), default=len(noun))
            noun = noun[last + 1 :]
        noun = _noun_phrase(noun)
        return Report(_span(noun), _span(tokens[-1:])) if noun else None

    def _aside(self, predicate: Predicate, end: int) -> bool:
        """Whether the predicate only tells of somebody or of a time: "employees explaining", "when she asked".

        :param end: Where the quotation begins: what stands right before it is no aside.
        """
        verb = self._outline.token(predicate.verb.start)
        if verb.dep_ == "advcl":
            return any(c.dep_ in {"mark", "advmod"} and c.i < verb.i and c.lower_ in _JOINING for c in verb.children)
        thing = predicate.source is not None and predicate.source.cut(self._text).lower() == "it"
        return thing or verb.dep_ == "acl" or (verb.dep_ == "relcl" and self._outline.words(predicate.cue.end, end) > 1)

    def _told(self, near: Sequence[Predicate]) -> list[Predicate]:
        """The predicates that report; one of thought only where none of speech stands before it."""
        told: list[Predicate] = []
        for predicate in near:
            if self.reports(predicate) or (not told and self.reports(predicate, "thought")):
                told.append(predicate)
        return told

    def reports(self, predicate: Predicate, *names: str) -> bool:
        """Whether the predicate is known to report (in one of these sections of the list), and somebody does it."""
        verb = self._outline.token(predicate.verb.start)
        passive = verb.tag_ == "VBN" and not any(c.lemma_ == "have" for c in verb.children)
        return predicate.source is not None and not passive and _listed(predicate.lemma, *(names or ("said",)))

    def _report(self, predicate: Predicate) -> Report:
        return Report(self._sayer(predicate), predicate.cue, self.reports(predicate, "said", "thought", "beside"))

    def _sayer(self, predicate: Predicate) -> Span | None:
        """The source; of "she released a statement that said" the one who released it, of "she said it was so, adding"
        the one who said."""
        verb = self._outline.token(predicate.verb.start)
        source = predicate.source
        if source is None or source.cut(self._text).lower() == "who":
            return source
        if verb.dep_ in {"acl", "relcl"} and verb.head.dep_ == "dobj":
            above = [p for p in self.between(verb.head.head.idx, verb.head.head.idx + 1) if p.source]
            return above[0].source if above else source
        if verb.dep_ in {"advcl", "conj"} and not any(c.dep_ in _SUBJECTS for c in verb.children):
            sentence = self._outline.sentences[self._outline.sentence(verb.idx)]
            above = [p for p in self.between(sentence.start, verb.idx) if self.reports(p) and not self._aside(p, verb.idx)]
            return above[0].source if above else source
        return source

    def about(self, sentence: Span, known: bool) -> Span | None:
        """Whom a sentence is about: whoever reports in it, or else the subject of its main clause.

        :param known: Whether only somebody who reports will do.
        """
        near = self.between(sentence.start, sentence.end)
        told = self._told(near)
        main = [p.source for p in near if p.source and self._is_main(p)]
        return told[0].source if told else None if known or not main else main[0]

    def _is_main(self, predicate: Predicate) -> bool:
        return bool(self._outline.token(predicate.verb.start).dep_ == "ROOT")

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


def _listed(lemma: str, *names: str) -> bool:
    return any(lemma.lower() in sections("reporting.txt")[name] for name in names)


def _is_reporting(token: Token) -> bool:
    return any(_listed(lemma, "said", "beside") for lemma in (token.lemma_, token.lemma_.rstrip("s")))


def _outside(predicate: Predicate, outline: Outline) -> Predicate:
    """The predicate, without a source or an object that the parse has found inside a quotation."""
    source = predicate.source
    if source is not None and outline.crossed(source):
        source = None
    clauses = [c for c in outline.token(predicate.verb.start).children if c.dep_ == "ccomp"]
    filled = predicate.filled and not any(outline.voiced(Span(c.idx, c.idx + len(c))) for c in clauses)
    return replace(predicate, source=source, filled=filled)


def _noun_phrase(tokens: Sequence[Token]) -> list[Token]:
    """The tokens up to the first stop, preposition or verb."""
    found: list[Token] = []
    for token in tokens:
        if token.text in _STOPS or token.pos_ in {"ADP", "AUX", "SCONJ"} or (found and token.pos_ == "VERB"):
            break
        found.append(token)
    while found and found[-1].pos_ == "ADV":
        found.pop()
    while found and found[0].pos_ == "ADV":
        found = found[1:]
    return found if any(t.pos_ in {"NOUN", "PROPN", "PRON", "X"} for t in found) else []


def _trimmed(text: str, start: int, end: int) -> Span:
    """The span without white space and full stops at its end."""
    return Span(start, start + len(text[start:end].rstrip(" .\n\u00a0")))


def _span(tokens: Sequence[Token]) -> Span:
    return Span(tokens[0].idx, tokens[-1].idx + len(tokens[-1]))
