"""Takes the entities of an article; tells how each is described, and which of them a description means.

"The governor" or "the campaign" is resolved only where exactly one entity fits.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING

from index.attribution.layout import Layout
from index.attribution.linking.sources import SourcePhrase
from index.attribution.people.entities import Entities
from index.attribution.people.entity import Entity
from index.attribution.people.mentions import Kind, noun_gender
from index.attribution.people.occurrences import DescribedPerson, Referent, person_nouns
from index.attribution.people.roles import descriptions, is_role_noun
from index.language.names import fold
from index.language.wordlists import sections, words
from index.types import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_CANONICAL_NOUN = {
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
    "pm": "minister",
    "capt": "captain",
    "col": "colonel",
    "sgt": "sergeant",
    "gop": "republican",
    "democrat": "democratic",
}
_COMPLEMENT = re.compile(r"\b(?:of|for|at|in|with|who|to|from|on|under)\b")
_MOST = 60  # entities of one calling among whom a description is looked for
_LESSER = frozenset({"vice", "deputy", "assistant", "acting", "associate", "running", "lieutenant"})
_RENAMING = frozenset({"the", "this"})
_DEFINITE = frozenset({"the", "this", "that"})
_LOOSE = frozenset(
    "retired the a an this that former then now longtime long-time own new old one also of for in at".split()
)


class Descriptions:
    """What an article says of its entities.

    :ivar nouns: For each noun for one person without a name, by its token, whom it means.
    """

    def __init__(self, layout: Layout, entities: Entities) -> None:
        self._layout = layout
        self._entities = entities
        self._spans: dict[int, list[Span]] = {}
        self._by_role_noun: dict[str, list[tuple[Entity, frozenset[str]]]] = defaultdict(list)
        self._bodies: dict[str, list[tuple[Entity, frozenset[str]]]] = defaultdict(list)
        for body in entities.every:
            for word in set(body.words[1:]) if body.kind is Kind.BODY else ():
                self._bodies[word].append((body, frozenset(body.words)))
        for i, (mention, entity) in enumerate(zip(entities.mentions, entities.of, strict=True)):
            if entity is not None and not mention.heading:
                self._learn(entity, i)
        self.nouns: dict[int, list[Referent]] = {}
        for token in person_nouns(layout, entities):
            self.nouns[token.i] = self._noun(token)

    def of(self, entity: Entity) -> str:
        """Role and affiliation as printed where an entity is first described; empty where it is not."""
        return ", ".join(dict.fromkeys(span.cut(self._layout.text) for span in self._spans.get(id(entity), [])))

    def fitting(self, part: SourcePhrase) -> list[Entity]:
        """The entities that a definite description fits; of several, those named nearby, if there are any."""
        if not self._definite(part.span, part.head):
            return []
        fits = self._fitting(part.span, part.head)
        return (self._near(fits, part.span) or fits) if len(fits) > 1 else fits

    def _learn(self, entity: Entity, i: int) -> None:
        """Note what stands beside one mention of an entity."""
        mention = self._entities.mentions[i]
        spans = descriptions(self._layout, mention)
        if not spans:
            return
        if id(entity) not in self._spans and mention.quotation < 0:
            self._spans[id(entity)] = spans
        for span in spans:
            text = span.cut(self._layout.text)
            words = frozenset(_words(text))
            for piece in re.split(r"\band\b", text):
                opening = _words(_COMPLEMENT.split(piece)[0])
                if opening and _fits_kind(opening[-1], entity.kind):
                    noun = _CANONICAL_NOUN.get(opening[-1], opening[-1])
                    if (entity, words) not in self._by_role_noun[noun][-_MOST:]:
                        self._by_role_noun[noun].append((entity, words))
                    if noun_gender(opening[-1]) and span.start > mention.run.end:
                        entity.votes[noun_gender(opening[-1])] += 1

    def _noun(self, token: Token) -> list[Referent]:
        """Whom a noun for one person may mean: entities, or somebody who is only described."""
        start = token.left_edge.idx
        span = Span(start, token.idx + len(token))
        if self._definite(span, token):
            fits: list[Referent] = list(self._fitting(span, token))
            if fits:
                return fits
        noun = fold(token.text)
        unlike = frozenset(id(one) for one, _ in self._by_role_noun[_CANONICAL_NOUN.get(noun, noun)][-_MOST:])
        return [DescribedPerson(span, noun_gender(noun), self._may_rename(span, token), unlike)]

    def _may_rename(self, span: Span, head: Token) -> bool:
        """Whether a description may be another name for somebody in focus: "the striker", "the former champion".

        Not "a striker", who is new, "her coach", "the coach of the team", or "the Republican", who may be the other.
        """
        first = self._layout.token(span.start)
        known = first.lower_ in _RENAMING or (first.pos_ == "PROPN" and head.i > first.i)
        told = any(child.dep_ in {"prep", "poss"} for child in head.children)
        return known and not told and fold(head.text) not in words("peoples.txt")

    def _definite(self, span: Span, head: Token) -> bool:
        """Whether a description points to one whom the reader knows: "the governor", "Ohio's tax commissioner"."""
        if head.tag_ in {"NNS", "NNPS"}:
            return False
        first = self._layout.token(span.start)
        return first.lower_ in _DEFINITE or any(child.dep_ == "poss" for child in head.children)

    def _fitting(self, span: Span, head: Token) -> list[Entity]:
        """The entities that a definite description fits."""
        noun = fold(head.text)
        noun = _CANONICAL_NOUN.get(noun, noun)
        known = self._by_role_noun[noun][-_MOST:]
        body = noun in sections("bodies.txt")[""]
        if body:
            known = known + self._bodies[noun][-_MOST:]
        asked = {w for w in _words(span.cut(self._layout.text)) if w not in _LOOSE} - {fold(head.text)}
        fits = list(dict.fromkeys(f for f, words in known if _answers(asked, words | set(f.words))))
        return self._near(fits, span) if body else fits

    def _near(self, fits: list[Entity], span: Span) -> list[Entity]:
        """Those who were named in this paragraph or the one before."""
        here = self._layout.paragraph(span.start)
        found = []
        for entity in fits:
            at = bisect_right(entity.mentions, span.start, key=lambda i: self._entities.mentions[i].run.start)
            if at and here - self._entities.mentions[entity.mentions[at - 1]].paragraph <= 1:
                found.append(entity)
        return found


def _fits_kind(noun: str, kind: Kind) -> bool:
    """Whether a noun can tell of an entity: a calling of a person, a body's noun of a body."""
    return is_role_noun(noun) if kind is Kind.PERSON else kind is Kind.BODY and noun in sections("bodies.txt")[""]


def _answers(asked: set[str], told: set[str] | frozenset[str]) -> bool:
    """Whether what is told of an entity holds what a description asks, and makes no lesser office of it."""
    lesser = {word for word in told if word in _LESSER or word.isdigit()}
    return asked - {"presidential"} <= told and not lesser - asked


def _words(text: str) -> list[str]:
    plain = [fold(word) for word in re.findall(r"[^\W_]+(?:['’.-][^\W_]+)*", text)]
    return [
        _CANONICAL_NOUN.get(one, one) for word in plain for one in (["prime", "minister"] if word == "pm" else [word])
    ]
