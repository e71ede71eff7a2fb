"""Pronouns: for every "he" and "she" outside quotation marks, whom it stands for, or nobody.

Goes through the article once, in order, so that a pronoun that is settled counts as a mention for the next. What counts
is who fits in gender, how near and how prominent each was named (a subject before an object, the last speaker before all), and that nobody is
named beside the pronoun who could then not be meant by it. Two that do equally well are nobody.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.attribution.figures import Figure, Roster
from index.attribution.layout import Layout
from index.attribution.mentions import SPEECH, SUBJECTS, Kind, role
from index.attribution.names import fold
from index.attribution.roles import is_calling
from index.types import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

SEX = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
_WINDOW = 40  # how many mentions back a pronoun can reach
_FAR = 9  # sentences
P = dict(unk=.75, beside=.4, fade=.6, par=.85, parallel=1.25, rest=1.0, least=.2, lead=1.15, dsubj=.8, dobj=.4, unkind=.5, speech=1.2, embed=.7)
_FADE, _PARAGRAPH_FADE = 0.6, 0.85
_LEAST, _LEAD = 0.2, 1.15
_WEIGHTS = {"nsubj": 1.0, "nsubjpass": 0.9, "csubj": 0.9, "ROOT": 0.6, "dobj": 0.5, "dative": 0.5, "agent": 0.6, "pobj": 0.45, "poss": 0.45,
            "compound": 0.15, "nmod": 0.15}
_OTHERWISE = 0.4


@dataclass(frozen=True, slots=True)
class Described:
    """Somebody whom the article only describes."""

    span: Span
    sex: str


Referent = Figure | Described


@dataclass(frozen=True, slots=True)
class Event:
    """A place where somebody is spoken of, outside quotation marks."""

    who: Referent
    token: int
    sentence: int
    paragraph: int
    role: str
    weight: float
    span: Span
    named: bool


class Pronouns:
    """The pronouns of an article, resolved.

    :param described: The nouns for one person that stand without a name, by their token.
    """

    def __init__(self, layout: Layout, roster: Roster, described: dict[int, list[Referent]]) -> None:
        self._layout = layout
        self._roster = roster
        self._named = _named_events(layout, roster)
        self._quoted = _quoted_names(layout, roster)
        self._events: list[Event] = []
        self.found: dict[int, Event] = {}
        named = {event.token: event for event in self._named}
        for token in layout.doc:
            if layout.quotation(token.idx) >= 0:
                continue
            if token.i in named:
                self._events.append(named[token.i])
            elif token.i in described:
                self._describe(token, described[token.i])
            elif token.lower_ in SEX:
                self._resolve(token)

    def last(self, token: Token) -> Sequence[Event]:
        """The places before a token where somebody is spoken of, nearest last."""
        return self._events[: bisect_left(self._events, token.i, key=lambda e: e.token)][-_WINDOW:]

    def _describe(self, token: Token, fits: list[Referent]) -> None:
        """Let a description count as a mention of the one it fits, or of the most prominent of those."""
        who = fits[0]
        if len(fits) > 1:
            best = self.best(token, "", self._events[-_WINDOW:], frozenset(map(id, fits)))
            if best is None:
                return
            who = best.who
        if isinstance(who, Figure):
            self.found[token.i] = _event(self._layout, who, token, named=False)
        self._events.append(_event(self._layout, who, token, named=False))

    def _resolve(self, token: Token) -> None:
        """Settle one pronoun, and let it count as a mention."""
        best = self.best(token, SEX[token.lower_], self._events[-_WINDOW:])
        if best is not None:
            self.found[token.i] = best
            self._events.append(_event(self._layout, best.who, token, named=False))
            if isinstance(best.who, Figure) and not best.who.sex:
                best.who.votes[SEX[token.lower_]] += 1

    def best(self, token: Token, sex: str, events: Sequence[Event], among: frozenset[int] = frozenset()) -> Event | None:
        """Whom a pronoun stands for: the event that names him or her best; None where two do equally well.

        :param among: Whom to choose from; everybody where it is empty.
        """
        sentence, paragraph = self._layout.sentence(token), self._layout.paragraph(token.idx)
        barred, beside = self._barred(token, sentence), self._beside(token)
        scores: dict[int, dict[int, float]] = defaultdict(dict)
        last: dict[int, Event] = {}
        for event in events:
            if sentence - event.sentence > _FAR or id(event.who) in barred or (among and id(event.who) not in among):
                continue
            if sex and event.who.sex not in {"", sex}:
                continue
            if event.sentence == sentence and _bound(token, self._layout.doc[event.token]):
                continue
            weight = event.weight * (1.0 if event.who.sex else P["unk"]) * (P["beside"] if id(event.who) in beside else 1.0)
            weight *= P["fade"] ** (sentence - event.sentence) * P["par"] ** (paragraph - event.paragraph)
            if event.role in SUBJECTS and token.dep_ in SUBJECTS:
                weight *= P["parallel"]
            per = scores[id(event.who)]
            per[event.sentence] = max(per.get(event.sentence, 0.0), weight)
            last[id(event.who)] = event
        totals = sorted(((max(per.values()) + P["rest"] * (sum(per.values()) - max(per.values())), who) for who, per in scores.items()), reverse=True)
        if not totals or totals[0][0] < P["least"] or (len(totals) > 1 and totals[0][0] < P["lead"] * totals[1][0]):
            return None
        return last[totals[0][1]]

    def _beside(self, token: Token) -> set[int]:
        """Those who are named in the quotations right before and after a pronoun: one seldom names oneself."""
        found: set[int] = set()
        for at in (token.idx - 3, token.idx - 8, token.idx + 12, token.idx + 18):
            if 0 <= at < len(self._layout.text):
                found |= self._quoted.get(self._layout.quotation(at), set())
        return found

    def _barred(self, token: Token, sentence: int) -> frozenset[int]:
        """Those whom a pronoun cannot mean, for they are named in what its verb governs, or in the words quoted beside it."""
        verb = token.head
        if token.dep_ not in SUBJECTS:
            return frozenset()
        found = set()
        at = bisect_left(self._named, token.i, key=lambda e: e.token)
        for event in self._named[at : at + 12]:
            if event.sentence != sentence:
                break
            if verb.is_ancestor(self._layout.doc[event.token]):
                found.add(id(event.who))
        return frozenset(found)


def _named_events(layout: Layout, roster: Roster) -> list[Event]:
    """The names of persons outside quotation marks and headings."""
    found = []
    for mention, figure in zip(roster.mentions, roster.of, strict=True):
        if figure is None or mention.heading or mention.quotation >= 0 or figure.kind not in {Kind.PERSON, Kind.UNKNOWN}:
            continue
        event = _event(layout, figure, layout.doc[mention.token], named=True, span=mention.span)
        found.append(event)
    return found


def _quoted_names(layout: Layout, roster: Roster) -> dict[int, set[int]]:
    """Who is named in each quotation."""
    found: dict[int, set[int]] = defaultdict(set)
    for mention, figure in zip(roster.mentions, roster.of, strict=True):
        if mention.quotation >= 0 and figure is not None:
            found[mention.quotation].add(id(figure))
    return found


def _event(layout: Layout, who: Referent, token: Token, *, named: bool, span: Span | None = None) -> Event:
    relation = role(token)
    weight = _WEIGHTS.get(relation, _OTHERWISE)
    if isinstance(who, Described):
        weight *= P["dsubj"] if relation in SUBJECTS else P["dobj"]
    elif who.kind is not Kind.PERSON:
        weight *= P["unkind"]
    if relation in SUBJECTS:
        weight *= P["speech"] if token.head.lemma_ in SPEECH else 1.0
        weight *= P["embed"] if token.head.dep_ in {"ccomp", "advcl", "relcl", "acl", "pcomp"} and not _outermost(token.head) else 1.0
    here = span or Span(token.idx, token.idx + len(token))
    return Event(who, token.i, layout.sentence(token), layout.paragraph(token.idx), relation, weight, here, named)


def _outermost(verb: Token) -> bool:
    """Whether a verb that the parse puts under another is the sentence's own: "it works, she said"."""
    return any(child.dep_ in {"ccomp", "parataxis"} and child.i < verb.i for child in verb.children)


def _bound(pronoun: Token, name: Token) -> bool:
    """Whether a pronoun and a name are arguments of one verb, so that they are two persons ("Trump criticized him")."""
    if pronoun.dep_ == "poss" or pronoun.lower_.endswith("self"):
        return False
    verb = pronoun.head.head if pronoun.head.dep_ in {"prep", "agent", "dative"} else pronoun.head
    return name.head.i == verb.i and name.dep_ in SUBJECTS and pronoun.dep_ not in SUBJECTS


def person_nouns(layout: Layout, roster: Roster) -> Iterator[Token]:
    """The nouns for one person that stand without a name beside them, outside quotation marks and headings."""
    spans = [(m.run.title_start, m.run.end) for m, figure in zip(roster.mentions, roster.of, strict=True) if figure is not None]
    starts = [start for start, _ in spans]
    for token in layout.doc:
        if token.tag_ not in {"NN", "NNP"} or not is_calling(fold(token.text)) or layout.quotation(token.idx) >= 0:
            continue
        if token.dep_ in {"compound", "appos", "attr", "amod", "nmod", "oprd"} or layout.heading(token.idx):
            continue
        near = bisect_left(starts, token.idx)
        if near < len(spans) and spans[near][0] - token.idx - len(token) <= 2:
            continue
        if near < len(spans) and spans[near][0] == token.idx or near and spans[near - 1][1] > token.idx:
            continue
        yield token
