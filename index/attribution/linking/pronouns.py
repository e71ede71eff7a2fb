"""Resolves every "he", "she" and "the 18-year-old" outside quotation marks to its antecedent, or to nobody.

It goes through the article once, in order, so a resolved pronoun counts as an occurrence for the next one. Candidates
are weighed by gender, distance and prominence. Somebody who is named in the pronoun's own clause, or in the words
quoted beside it, is seldom its antecedent. Where two candidates weigh about the same, nobody is chosen.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from index.attribution.layout import Layout
from index.attribution.people.entities import Entities
from index.attribution.people.entity import Entity
from index.attribution.people.mentions import GENDERS, Kind
from index.attribution.people.occurrences import (
    DescribedPerson,
    Occurrence,
    Referent,
    is_age,
    named_occurrences,
    occurrence,
    quoted_names,
)
from index.language.syntax import ANY_SUBJECT

if TYPE_CHECKING:
    from spacy.tokens import Token

_WINDOW = 40  # how many mentions back a pronoun reaches
_FAR = 5  # sentences
_FADE, _PARAGRAPH_FADE = 0.35, 0.95  # what is left of a weight a sentence later, a paragraph later
_PARALLEL = 2.0  # a subject for a subject
_REST = 0.5  # what all mentions but the weightiest count
_ANY_GENDER = 0.7  # one whose gender is not known
_NAMED_BESIDE = 0.15  # one who is named in the words quoted beside the pronoun
_LEAST, _LEAD = 0.03, 1.25  # the least weight that convinces, and how far the best must be ahead
_IN_FOCUS, _FAR_AHEAD = 0.3, 3.0  # the same for a description, which may well mean somebody new
_WEIGHED = 4  # of those who were weighed
_LIKE_QUOTED = (-3, -8, 12, 18)  # characters from a pronoun at which a quotation stands beside it


class Pronouns:
    """The pronouns of an article, resolved.

    :param described: For each noun for one person that stands without a name, by its token, whom it may mean.
    :ivar found: For each resolved pronoun or noun, by its token, where the one it stands for was last spoken of.
    :ivar weighed: For each pronoun or noun that was weighed, by its token, whom it may mean with their weights, the
        heaviest first.
    """

    def __init__(self, layout: Layout, entities: Entities, described: Mapping[int, Sequence[Referent]]) -> None:
        self.found: dict[int, Occurrence] = {}
        self.weighed: dict[int, list[tuple[Referent, float]]] = {}
        self._layout = layout
        self._named = named_occurrences(layout, entities)
        self._quoted = quoted_names(entities)
        self._occurrences: list[Occurrence] = []
        self._lost_at: dict[str, int] = {}
        named = {one.token: one for one in self._named}
        for i, word in enumerate(layout.words):
            token = layout.doc[i]
            gender = "" if is_age(token) else GENDERS.get(word.lower())
            if i not in named and i not in described and gender is None:
                continue
            if layout.quotation(token.idx) >= 0:
                continue
            if token.i in named:
                self._occurrences.append(named[token.i])
            elif token.i in described:
                self._describe(token, described[token.i])
            elif gender is not None:
                self._resolve(token, gender)

    def _describe(self, token: Token, fits: Sequence[Referent]) -> None:
        """Let a description count as a mention of the one it fits, or of the most prominent of those."""
        who: Referent | None = fits[0]
        if len(fits) > 1:
            best = self._best(token, "", frozenset(map(id, fits)))
            who = best.who if best is not None else None
        if isinstance(who, DescribedPerson) and who.may_rename:
            who = self._in_focus(token, who) or who
        if who is not None:
            here = occurrence(self._layout, who, token)
            self._occurrences.append(here)
            if isinstance(who, Entity):
                self.found[token.i] = here

    def _resolve(self, token: Token, gender: str) -> None:
        """Settle one pronoun, and let it count as a mention; what is lost once stays lost until somebody is named."""
        best = None if self._lost(gender) else self._best(token, gender, frozenset())
        if best is None:
            self._lost_at[gender] = len(self._occurrences)
        else:
            self.found[token.i] = best
            self._occurrences.append(occurrence(self._layout, best.who, token))
            if gender and isinstance(best.who, Entity) and not best.who.gender:
                best.who.votes[gender] += 1

    def _lost(self, gender: str) -> bool:
        """Whether the pronoun before was nobody's, and nobody who fits was spoken of since: it is the same nobody."""
        at = self._lost_at.get(gender)
        fits = (not gender or one.who.gender in {"", gender} for one in self._occurrences[at:])
        return at is not None and not any(fits)

    def _best(self, token: Token, gender: str, among: frozenset[int]) -> Occurrence | None:
        """The last occurrence of the one whom a token stands for; None where two do about equally well.

        :param among: The `id`s of those to choose from; everybody where it is empty.
        """
        totals, last = self._weigh(token, gender, among)
        self.weighed[token.i] = [(last[who].who, total) for who, total in totals[:_WEIGHED] if total > 0]
        if not totals or totals[0][1] < _LEAST or (len(totals) > 1 and totals[0][1] < _LEAD * totals[1][1]):
            return None
        return last[totals[0][0]]

    def _in_focus(self, noun: Token, described: DescribedPerson) -> Entity | None:
        """The person whom the words before a description are about, so clearly that it is another name for him or her.

        "Ann Lee won the race. The sprinter said": nobody else comes near in weight, named or not. Not somebody whom
        the same sentence names: "After talks with Ann Lee, the mayor said".
        """
        totals, last = self._weigh(noun, described.gender, frozenset())
        totals = [one for one in totals if last[one[0]].span not in described.span]  # "the Vale striker" is not Vale
        if not totals or totals[0][1] < _IN_FOCUS or (len(totals) > 1 and totals[0][1] < _FAR_AHEAD * totals[1][1]):
            return None
        one = last[totals[0][0]]
        named = isinstance(one.who, Entity) and one.who.kind is Kind.PERSON and id(one.who) not in described.unlike
        earlier = one.sentence < self._layout.sentence(noun)
        return one.who if named and earlier and isinstance(one.who, Entity) else None

    def _weigh(
        self, token: Token, gender: str, among: frozenset[int]
    ) -> tuple[list[tuple[int, float]], dict[int, Occurrence]]:
        """Everybody whom a token may stand for with a weight, the heaviest first; and where each was last spoken of."""
        weights: dict[int, dict[int, float]] = defaultdict(dict)
        last: dict[int, Occurrence] = {}
        barred, beside = self._barred(token), self._beside(token)
        for one in self._occurrences[-_WINDOW:]:
            who = id(one.who)
            if who in barred or (among and who not in among) or (gender and one.who.gender not in {"", gender}):
                continue
            weight = self._weight(token, one) * (_NAMED_BESIDE if who in beside else 1.0)
            weights[who][one.sentence] = max(weights[who].get(one.sentence, 0.0), weight)
            last[who] = one
        totals = [(who, _total(per.values())) for who, per in weights.items()]
        return sorted(totals, key=lambda one: -one[1]), last

    def _weight(self, token: Token, one: Occurrence) -> float:
        """How much an earlier mention speaks for its being meant."""
        sentences = self._layout.sentence(token) - one.sentence
        if sentences > _FAR or (sentences == 0 and _bound(token, self._layout.doc[one.token])):
            return 0.0
        weight = one.weight * _FADE**sentences
        weight *= _PARAGRAPH_FADE ** (self._layout.paragraph(token.idx) - one.paragraph)
        weight *= _PARALLEL if one.role in ANY_SUBJECT and token.dep_ in ANY_SUBJECT else 1.0
        return weight if one.who.gender else weight * _ANY_GENDER

    def _beside(self, token: Token) -> set[int]:
        """Those who are named in the quotations right before and after a pronoun: one seldom names oneself."""
        found: set[int] = set()
        for step in _LIKE_QUOTED:
            if 0 <= token.idx + step < len(self._layout.text):
                found |= self._quoted.get(self._layout.quotation(token.idx + step), set())
        return found

    def _barred(self, token: Token) -> set[int]:
        """Those whom a subject cannot mean, for they are named in what its verb governs ("he said Lee would go")."""
        found: set[int] = set()
        if token.dep_ not in ANY_SUBJECT:
            return found
        first = bisect_left(self._named, token.i, key=lambda e: e.token)
        for one in self._named[first : first + _WINDOW]:
            if one.sentence != self._layout.sentence(token):
                break
            if token.head.is_ancestor(self._layout.doc[one.token]):
                found.add(id(one.who))
        return found


def _total(weights: Collection[float]) -> float:
    """The weightiest mention, and the others in part."""
    return max(weights) + _REST * (sum(weights) - max(weights))


def _bound(pronoun: Token, name: Token) -> bool:
    """Whether a pronoun and a name are arguments of one verb, so that they are two persons ("Lee criticized him")."""
    if pronoun.dep_ == "poss" or pronoun.lower_.endswith("self"):
        return False
    verb = pronoun.head.head if pronoun.head.dep_ in {"prep", "agent", "dative"} else pronoun.head
    return bool(name.head.i == verb.i and name.dep_ in ANY_SUBJECT and pronoun.dep_ not in ANY_SUBJECT)
