"""Reporting clauses: takes a quotation in its sentence; gives the clause beside it that says who speaks.

Looks behind the quotation ('"A," she said'), before it ('She said, "A"', 'SHE: "A"') and at what the grammar makes of a
quotation that completes a clause ('She called it "A"'). Knows the outline and the predicates of an article; does not
know other quotations' speakers.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from index.attribution.cues.clauses import Predicate
from index.attribution.cues.surface import Report, according, by_words, label, signature
from index.attribution.outline import Outline
from index.attribution.types import Quotation
from index.language.lexicon import Quoting, quoting
from index.language.syntax import ANY_SUBJECT, RELATIVE, phrase, subject
from index.language.wordlists import sections
from index.types import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_JOINING = frozenset(
    "and but or nor while when because that which who whom whose to in on at for with from of by if than though"
    " although so then before after about during until since where".split()
)
_LEAD = re.compile(r"[\s,;.—–-]*")
_SHORT_SENTENCE = 8  # words in a reporting clause that is printed as a sentence of its own
_CHARACTERS_READ = 2_000  # how far back a quotation's own sentence is read
_CHARACTERS_AHEAD = 600  # how far a reporting clause behind a quotation is read by its words alone
_NEAR = 3  # words between a quotation and its reporting clause


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
        tokens = self._outline.tokens(start, min(end, start + _CHARACTERS_AHEAD))
        if tokens and tokens[0].lower_ == "as":
            tokens = tokens[1:]
        if not tokens or tokens[0].lower_ in _JOINING:
            return None
        if tokens[0].lower_ == "according":
            return according(tokens)
        fitting = [p for p in self.between(start, end) if self._follows(p, start, end, near)]
        for predicate in fitting:
            if self.reports(predicate, *Quoting):
                return self._report(predicate)
        for predicate in fitting[:1]:
            if not known and not predicate.filled:
                return self._report(predicate)
        return by_words(tokens)

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
        found = signature(self._text, quotation.span.end, end)
        if found is None or found.source is None or self._outline.words(found.source.start, end) > _SHORT_SENTENCE:
            return None
        return found if not any(p.source for p in self.between(found.source.start, end)) else None

    def late(self, quotation: Quotation, sentence: Span, end: int) -> Report | None:
        """A reporting clause that print makes a sentence of its own: '"A?" Ann Lee asked.'

        :param end: Where the sentence's own words end, or the next quotation begins.
        """
        found = self.after(quotation, end, near=0, known=True)
        if found is None or found.cue is None:
            return None
        if self._outline.token(found.cue.start).lemma_.lower() not in quoting(Quoting.SPEECH):
            return None
        short = self._outline.words(sentence.start, sentence.end) <= _SHORT_SENTENCE
        return found if short or self._text[quotation.inner.end - 1] in "?!…—–-" else None

    def tail(self, start: int, end: int) -> Report | None:
        """A reporting clause at the end of a sentence, behind a comma: '"A" all day, she said.'"""
        for predicate in reversed(self.between(start, min(end, start + _CHARACTERS_READ))):
            source = predicate.source
            if self.reports(predicate) and source and not predicate.filled and source.start >= start:
                begin = min(predicate.cue.start, source.start)
                if self._text[start:begin].rstrip(" '’").endswith(","):
                    return self._report(predicate)
            break
        return None

    def before(self, start: int, quotation: Quotation) -> Report | None:
        """The reporting clause in [start, the quotation): 'She said, "A"', 'She called it "A"', 'SHE: "A"'."""
        end = quotation.span.start
        start = max(start, end - _CHARACTERS_READ)
        near = [p for p in self.between(start, end) if p.source is None or p.source.start < end]
        lead = self._text[start:end].rstrip()
        told = self._told(near)
        if lead.endswith("that") and not told and near and self._outline.words(near[-1].cue.end, end) == 1:
            return Report(near[-1].source, near[-1].cue)
        if lead.endswith(":"):
            telling = [p for p in near if self.reports(p, *Quoting)]
            chosen = telling[-1:] or [p for p in near if p.source and self._is_main(p)][:1]
            dash = max(self._text.rfind(mark, start, end) for mark in (" - ", " – ", " — ", "--"))
            if dash > start and not self.between(dash, end):
                return label(self._outline.tokens(dash, end))
            return self._report(chosen[0]) if chosen else label(self._outline.tokens(start, end))
        if told and (lead.endswith(",") or self._outline.words(told[-1].cue.end, end) <= _NEAR):
            return self._report(next((p for p in reversed(told) if not self._aside(p, end)), told[-1]))
        if "according" in lead.lower() and (by_document := according(self._outline.tokens(start, end))):
            return by_document
        over = self._over(quotation, near)
        if over is not None and (self.reports(over) or not told):
            return self._report(over)
        chosen = [p for p in told if not self._aside(p, end)][-1:] or told[-1:] or [p for p in near if p.source][:1]
        return self._report(chosen[0]) if chosen else None

    def _aside(self, predicate: Predicate, end: int) -> bool:
        """Whether the predicate only tells of somebody or of a time: "employees explaining", "when she asked".

        :param end: Where the quotation begins: what stands right before it is no aside.
        """
        verb = self._outline.token(predicate.verb.start)
        if verb.dep_ == "advcl":
            right_before = self._text[predicate.cue.end : end].strip() in {"", ":"}  # 'when she asked "Why?"'
            return not right_before and any(
                c.dep_ in {"mark", "advmod"} and c.i < verb.i and c.lower_ in _JOINING for c in verb.children
            )
        thing = predicate.source is not None and predicate.source.cut(self._text).lower() == "it"
        return thing or verb.dep_ == "acl" or (verb.dep_ == "relcl" and self._outline.words(predicate.cue.end, end) > 1)

    def _told(self, near: Sequence[Predicate]) -> list[Predicate]:
        """The predicates that report; one of thought only where none of speech stands before it."""
        told: list[Predicate] = []
        for predicate in near:
            if self.reports(predicate) or (not told and self.reports(predicate, Quoting.THOUGHT)):
                told.append(predicate)
        return told

    def reports(self, predicate: Predicate, *places: Quoting) -> bool:
        """Whether the predicate has a source and quotes in one of these ways; by speech, where none is given."""
        verb = self._outline.token(predicate.verb.start)
        passive = verb.tag_ == "VBN" and not any(c.lemma_ == "have" for c in verb.children)
        puts_it = predicate.lemma == "put" and verb.i + 1 < len(verb.doc) and verb.nbor().lower_ == "it"
        known = puts_it or predicate.lemma.lower() in quoting(*(places or (Quoting.SPEECH,)))
        return predicate.source is not None and not passive and known

    def _report(self, predicate: Predicate) -> Report:
        return Report(self._sayer(predicate), predicate.cue, self.reports(predicate, *Quoting))

    def _sayer(self, predicate: Predicate) -> Span | None:
        """The source; of "she sent a letter that said" who sent it, of "she said it was so, adding" who said it.

        Of "she wore a shirt that said" it is the shirt.

        Of "she quotes Bo Chen" it is he.
        """
        verb = self._outline.token(predicate.verb.start)
        source = predicate.source
        quoted = next((c for c in verb.children if c.dep_ == "dobj" and c.pos_ == "PROPN"), None)
        if (
            predicate.lemma == "quote"
            and quoted is not None
            and not self._outline.voiced(Span(quoted.idx, quoted.idx + 1))
        ):
            return phrase(quoted, (verb.i, verb.i))
        if source is None or source.cut(self._text).lower() == "who":
            return source
        if verb.dep_ in {"acl", "relcl"} and verb.head.dep_ == "dobj" and not _bears(verb.head) and not _has_doer(verb):
            above = [p for p in self.between(verb.head.head.idx, verb.head.head.idx + 1) if p.source]
            return above[0].source if above else source
        if verb.dep_ in {"advcl", "conj"} and not any(c.dep_ in ANY_SUBJECT for c in verb.children):
            sentence = self._outline.sentences[self._outline.sentence(verb.idx)]
            told = [p for p in self.between(sentence.start, verb.idx) if self.reports(p)]
            above = [p for p in told if not self._aside(p, verb.idx)]
            return above[0].source if above else source
        return source

    def about(self, sentence: Span, known: bool) -> Span | None:
        """Whom a sentence is about: whoever reports in it, or else the subject of its main clause.

        :param known: Whether only somebody who reports will do.
        """
        near = self.between(sentence.start, sentence.end)
        told = self._told(near)
        main = [p.source for p in near if p.source and self._is_main(p)]
        if told or known or main:
            return told[0].source if told else None if known else main[0]
        root = next((t for t in self._outline.tokens(sentence.start, sentence.end) if t.dep_ == "ROOT"), None)
        about = subject(root) if root is not None and not self._quoted(root) else None  # "Ann Lee is a farmer"
        return phrase(about, (root.i, root.i)) if about is not None and root is not None else None

    def _quoted(self, token: Token) -> bool:
        return self._outline.voiced(Span(token.idx, token.idx + len(token)))

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


def _bears(noun: Token) -> bool:
    """Whether a noun is a thing that words are printed on, and nobody's word: a shirt, a sign."""
    return noun.lemma_.lower() in sections("denied.txt")["bearing"]


def _has_doer(verb: Token) -> bool:
    """Whether a subject that is no relative pronoun stands beside a verb."""
    return any(child.dep_ in ANY_SUBJECT and child.tag_ not in RELATIVE for child in verb.children)


def _outside(predicate: Predicate, outline: Outline) -> Predicate:
    """The predicate, without a source or an object that the parse has found inside a quotation."""
    source = predicate.source
    if source is not None and outline.crossed(source):
        source = None
    clauses = [c for c in outline.token(predicate.verb.start).children if c.dep_ == "ccomp"]
    filled = predicate.filled and not any(outline.voiced(Span(c.idx, c.idx + len(c))) for c in clauses)
    return replace(predicate, source=source, filled=filled)
