"""Descriptions: what is said of each figure, and whom "the governor" or "the campaign" means.

Takes the figures of an article; resolves a description only where exactly one figure fits it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from index.attribution.figures import Figure, Roster
from index.attribution.layout import Layout
from index.attribution.mentions import Kind, noun_sex
from index.attribution.names import fold
from index.attribution.pronouns import Described, Referent, person_nouns
from index.attribution.roles import descriptions, is_calling
from index.attribution.source import Part
from index.attribution.wordlists import sections
from index.types import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_SAME = {"sen": "senator", "gov": "governor", "rep": "representative", "gen": "general", "prof": "professor", "lt": "lieutenant",
         "congressman": "representative", "congresswoman": "representative", "atty": "attorney", "capt": "captain", "col": "colonel", "sgt": "sergeant"}
_DEFINITE = frozenset({"the", "this", "that"})
_LOOSE = frozenset("the a an this that former then now longtime long-time own new old one also of for in at".split())


class Descriptions:
    """What an article says of its figures.

    :ivar nouns: For each noun for one person without a name, by its token, whom it means.
    """

    def __init__(self, layout: Layout, roster: Roster) -> None:
        self._layout = layout
        self._roster = roster
        self._spans: dict[int, list[Span]] = {}
        self._called: dict[str, list[Figure]] = {}
        for i, (mention, figure) in enumerate(zip(roster.mentions, roster.of, strict=True)):
            if figure is not None and not mention.heading:
                self._learn(figure, i)
        self.nouns: dict[int, Referent] = {}
        for token in person_nouns(layout, roster):
            who = self._noun(token)
            if who is not None:
                self.nouns[token.i] = who

    def of(self, figure: Figure) -> str:
        """Role and affiliation as printed where a figure is first described; empty where it is not."""
        return ", ".join(dict.fromkeys(span.cut(self._layout.text) for span in self._spans.get(id(figure), [])))

    def resolve(self, part: Part) -> Figure | None:
        """Whom a description means, where only one figure fits."""
        if not self._definite(part.span, part.head):
            return None
        return self._fitting(part.span, part.head)

    def _learn(self, figure: Figure, i: int) -> None:
        """Note what stands beside one mention of a figure."""
        mention = self._roster.mentions[i]
        spans = descriptions(self._layout, mention)
        if not spans:
            return
        if id(figure) not in self._spans and mention.quotation < 0:
            self._spans[id(figure)] = spans
        for span in spans:
            words = _words(span.cut(self._layout.text))
            figure.about.update(words)
            noun = span.cut(self._layout.text)
            opening = re.split(r"\b(?:of|for|at|in|with|who|to|from|on|and)\b", noun)[0]
            for word in _words(opening):
                if is_calling(word) or word in sections("bodies.txt")[""]:
                    figure.callings.add(_SAME.get(word, word))
                    if noun_sex(word) and span.start > mention.run.end:
                        figure.votes[noun_sex(word)] += 1
        for word in figure.callings:
            known = self._called.setdefault(word, [])
            if figure not in known:
                known.append(figure)

    def _noun(self, token: Token) -> Referent | None:
        """Whom a noun for one person means: a figure, or somebody who is only described."""
        start = token.left_edge.idx
        span = Span(start, token.idx + len(token))
        if self._definite(span, token):
            figure = self._fitting(span, token)
            if figure is not None:
                return figure
        return Described(span, noun_sex(fold(token.text)))

    def _definite(self, span: Span, head: Token) -> bool:
        """Whether a description points to one whom the reader knows: "the governor", "Connecticut's tax commissioner"."""
        if head.tag_ in {"NNS", "NNPS"}:
            return False
        first = self._layout.token(span.start)
        return first.lower_ in _DEFINITE or any(child.dep_ == "poss" for child in head.children)

    def _fitting(self, span: Span, head: Token) -> Figure | None:
        """The one figure that a definite description fits."""
        noun = fold(head.text)
        noun = _SAME.get(noun, noun)
        fits = self._called.get(noun, [])
        if not fits and noun in sections("bodies.txt")[""]:
            fits = [f for f in self._roster.figures if f.kind is Kind.BODY and noun in f.words]
        before = Span(span.start, head.idx).cut(self._layout.text) if span.start < head.idx else ""
        asked = {w for w in _words(before) if w not in _LOOSE}
        fits = [f for f in fits if asked <= f.about | set(f.words)]
        if len(fits) > 1:
            fits = self._near(fits, span)
        return fits[0] if len(fits) == 1 else None

    def _near(self, fits: list[Figure], span: Span) -> list[Figure]:
        """Those who were named in this paragraph or the one before."""
        here = self._layout.paragraph(span.start)
        found = []
        for figure in fits:
            at = bisect_right(figure.mentions, span.start, key=lambda i: self._roster.mentions[i].run.start)
            if at and here - self._roster.mentions[figure.mentions[at - 1]].paragraph <= 1:
                found.append(figure)
        return found


def _words(text: str) -> list[str]:
    return [fold(word) for word in re.findall(r"[^\W_]+(?:['’.-][^\W_]+)*", text)]
