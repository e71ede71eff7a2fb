"""Descriptions: what is said of each figure, and whom "the governor" or "the campaign" means.

Takes the figures of an article; resolves a description only where exactly one figure fits it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING

from index.attribution.layout import Layout
from index.attribution.linking.sources import Part
from index.attribution.people.entities import Figure, Roster
from index.attribution.people.mentions import Kind, noun_sex
from index.attribution.people.occurrences import Described, Referent, person_nouns
from index.attribution.people.roles import descriptions, is_calling
from index.language.names import fold
from index.language.wordlists import sections
from index.types import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_SAME = {
    "sen": "senator",
    "gov": "governor",
    "rep": "representative",
    "gen": "general",
    "pres": "president",
    "prof": "professor",
    "lt": "lieutenant",
    "congressman": "representative",
    "congresswoman": "representative",
    "atty": "attorney",
    "capt": "captain",
    "col": "colonel",
    "sgt": "sergeant",
    "gop": "republican",
    "democrat": "democratic",
}
_COMPLEMENT = re.compile(r"\b(?:of|for|at|in|with|who|to|from|on|under)\b")
_MOST = 60  # figures of one calling among whom a description is looked for
_LESSER = frozenset({"vice", "deputy", "assistant", "acting", "associate", "running", "lieutenant"})
_DEFINITE = frozenset({"the", "this", "that"})
_LOOSE = frozenset(
    "retired the a an this that former then now longtime long-time own new old one also of for in at".split()
)


class Descriptions:
    """What an article says of its figures.

    :ivar nouns: For each noun for one person without a name, by its token, whom it means.
    """

    def __init__(self, layout: Layout, roster: Roster) -> None:
        self._layout = layout
        self._roster = roster
        self._spans: dict[int, list[Span]] = {}
        self._called: dict[str, list[tuple[Figure, frozenset[str]]]] = defaultdict(list)
        self._bodies: dict[str, list[tuple[Figure, frozenset[str]]]] = defaultdict(list)
        for body in roster.figures:
            for word in set(body.words[1:]) if body.kind is Kind.BODY else ():
                self._bodies[word].append((body, frozenset(body.words)))
        for i, (mention, figure) in enumerate(zip(roster.mentions, roster.of, strict=True)):
            if figure is not None and not mention.heading:
                self._learn(figure, i)
        self.nouns: dict[int, list[Referent]] = {}
        for token in person_nouns(layout, roster):
            self.nouns[token.i] = self._noun(token)

    def of(self, figure: Figure) -> str:
        """Role and affiliation as printed where a figure is first described; empty where it is not."""
        return ", ".join(dict.fromkeys(span.cut(self._layout.text) for span in self._spans.get(id(figure), [])))

    def resolve(self, part: Part) -> Figure | None:
        """Whom a description means, where only one figure fits."""
        if not self._definite(part.span, part.head):
            return None
        fits = self._fitting(part.span, part.head)
        if len(fits) > 1:
            fits = self._near(fits, part.span)
        return fits[0] if len(fits) == 1 else None

    def _learn(self, figure: Figure, i: int) -> None:
        """Note what stands beside one mention of a figure."""
        mention = self._roster.mentions[i]
        spans = descriptions(self._layout, mention)
        if not spans:
            return
        if id(figure) not in self._spans and mention.quotation < 0:
            self._spans[id(figure)] = spans
        for span in spans:
            text = span.cut(self._layout.text)
            words = frozenset(_words(text))
            for piece in re.split(r"\band\b", text):
                opening = _words(_COMPLEMENT.split(piece)[0])
                if opening and _fits_kind(opening[-1], figure.kind):
                    noun = _SAME.get(opening[-1], opening[-1])
                    if (figure, words) not in self._called[noun][-_MOST:]:
                        self._called[noun].append((figure, words))
                    if noun_sex(opening[-1]) and span.start > mention.run.end:
                        figure.votes[noun_sex(opening[-1])] += 1

    def _noun(self, token: Token) -> list[Referent]:
        """Whom a noun for one person may mean: figures, or somebody who is only described."""
        start = token.left_edge.idx
        span = Span(start, token.idx + len(token))
        if self._definite(span, token):
            fits: list[Referent] = list(self._fitting(span, token))
            if fits:
                return fits
        return [Described(span, noun_sex(fold(token.text)))]

    def _definite(self, span: Span, head: Token) -> bool:
        """Whether a description points to one whom the reader knows: "the governor", "Ohio's tax commissioner"."""
        if head.tag_ in {"NNS", "NNPS"}:
            return False
        first = self._layout.token(span.start)
        return first.lower_ in _DEFINITE or any(child.dep_ == "poss" for child in head.children)

    def _fitting(self, span: Span, head: Token) -> list[Figure]:
        """The figures that a definite description fits."""
        noun = fold(head.text)
        noun = _SAME.get(noun, noun)
        known = self._called[noun][-_MOST:]
        body = noun in sections("bodies.txt")[""]
        if body:
            known = known + self._bodies[noun][-_MOST:]
        asked = {w for w in _words(span.cut(self._layout.text)) if w not in _LOOSE} - {fold(head.text)}
        fits = list(dict.fromkeys(f for f, words in known if _answers(asked, words | set(f.words))))
        return self._near(fits, span) if body else fits

    def _near(self, fits: list[Figure], span: Span) -> list[Figure]:
        """Those who were named in this paragraph or the one before."""
        here = self._layout.paragraph(span.start)
        found = []
        for figure in fits:
            at = bisect_right(figure.mentions, span.start, key=lambda i: self._roster.mentions[i].run.start)
            if at and here - self._roster.mentions[figure.mentions[at - 1]].paragraph <= 1:
                found.append(figure)
        return found


def _fits_kind(noun: str, kind: Kind) -> bool:
    """Whether a noun can tell of a figure: a calling of a person, a body's noun of a body."""
    return is_calling(noun) if kind is Kind.PERSON else kind is Kind.BODY and noun in sections("bodies.txt")[""]


def _answers(asked: set[str], told: set[str] | frozenset[str]) -> bool:
    """Whether what is told of a figure holds what a description asks, and makes no lesser office of it."""
    lesser = {word for word in told if word in _LESSER or word.isdigit()}
    return asked - {"presidential"} <= told and not lesser - asked


def _words(text: str) -> list[str]:
    return [_SAME.get(fold(word), fold(word)) for word in re.findall(r"[^\W_]+(?:['’.-][^\W_]+)*", text)]
