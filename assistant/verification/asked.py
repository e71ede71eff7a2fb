"""Takes a place where a quotation stands and whom it is given to; says whether that is who says it there.

Knows names, quotes and how certain a speaker is. Does not know how the places were found, nor storage.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from assistant.query.directory import SMALL, MatchedBy
from assistant.verification.statement_of import is_called, is_meant, may_be, title_differs
from index.attribution.linking.certainty import ACCUSED_FROM, LIKELY
from index.language.names import fold, of_a_person, speaker_key
from index.language.tokens import words
from index.language.wordlists import sections
from index.language.wordlists import words as listed

if TYPE_CHECKING:
    from assistant.query.directory import Directory, SpeakerMatch
    from assistant.verification.types import ComparedPlace
    from index.types import Speaker, Statement

_HEAD_END = re.compile(r",| (?:for|from|of|in|at|on|to|who|whose|that|with)\b", re.IGNORECASE)


class Bearing(StrEnum):
    """What a place tells of who said the words."""

    ASKED = "asked"  # the person asked about says them, and that is certain
    ANOTHER = "another"  # another named person says them, and that is certain
    NARRATOR = "narrator"  # they are the reporter's own, and that is certain
    OPEN = "open"  # none of these is certain


class Judged(NamedTuple):
    """The bearing of a place; for an open one why it is open, as the end of "These words stand there, but ..."."""

    bearing: Bearing
    why: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is said to have said it, as typed, and whom in the library that may mean (None: nobody).

    `namesakes` are the keys of all in the library whom the last word of it may mean.
    """

    typed: str
    match: SpeakerMatch | None = None
    namesakes: frozenset[str] = frozenset()

    @classmethod
    def find(cls, typed: str, people: Directory) -> Asked:
        """Look a name or role up as a question's is."""
        same = people.find(typed.split()[-1])
        return cls(typed, people.find(typed), frozenset(same.keys if same else ()))

    def judge(self, place: ComparedPlace) -> Judged:
        """Whether the words of a place are said by who is asked about."""
        if why := doubt(place):
            return Judged(Bearing.OPEN, why)
        said = place.quote.statement
        if said is None:
            return self._narrated(place)
        assert said.speaker is not None
        if not said.speaker.key:
            return self._described(said.speaker)
        if self._is(place):
            return Judged(Bearing.ASKED) if said.certainty >= LIKELY else Judged(Bearing.OPEN, _uncertain(said))
        if not title_differs(place.quote, self.typed) and self._may_be(said):
            return Judged(Bearing.OPEN, f"{said.speaker.name}, who says them there, may be {self.typed} or not")
        if said.certainty < ACCUSED_FROM:
            return Judged(Bearing.OPEN, _uncertain(said))
        return Judged(Bearing.ANOTHER)

    def _narrated(self, place: ComparedPlace) -> Judged:
        """The bearing of the reporter's own words; a sentence that names who is asked about may report what is said."""
        quote = place.quote
        if place.told:
            return Judged(Bearing.OPEN, "they stand where somebody's words may be reported without quotation marks")
        printed = {fold(word.key) for word in words(f"{quote.text} {quote.article.author}")}
        if fold(self.typed.split()[-1]) in printed:
            why = f"their sentence, or the line of its author, names {self.typed}, and does not tell who says them"
            return Judged(Bearing.OPEN, why)
        return Judged(Bearing.NARRATOR)

    def notice(self, speaker: Speaker) -> str:
        """What a name that is not printed so was taken as, as a sentence; empty where nothing need be told."""
        printed = {fold(word.key) for name in (speaker.name, *speaker.aliases) for word in words(name)}
        typed = [fold(word.key) for word in words(self.typed)]
        taken = bool(speaker.key) and bool(typed) and typed[-1] not in printed
        return f" “{self.typed}” was taken as {speaker.name}." if taken else ""

    def _is(self, place: ComparedPlace) -> bool:
        """Whether a named speaker is meant, by a name or role, misspelt or not."""
        speaker = place.quote.speaker
        if speaker is None or title_differs(place.quote, self.typed) or self._only_belongs(speaker):
            return False
        if is_meant(place.quote, self.typed):
            return not self._namesake(speaker)
        if self.match is None or speaker.key not in self.match.keys or self.match.matched_by is MatchedBy.NAME:
            return False
        return self.match.keys[speaker.key] == max(self.match.keys.values())

    def _only_belongs(self, speaker: Speaker) -> bool:
        """Whether a body is asked about, and somebody only belongs to it and does not speak for it."""
        head = head_noun(self.typed)
        printed = {fold(word.key) for name in (speaker.name, *speaker.aliases) for word in words(name)}
        told = {fold(word.key) for word in words(speaker.description)}
        role = head in listed("persons.txt") | listed("titles.txt") or head in printed
        if role or (self.match is not None and self.match.matched_by is MatchedBy.MISSPELT):
            return False
        return self._is_body() and told.isdisjoint(sections("officers.txt")["spokespeople"])

    def _namesake(self, speaker: Speaker) -> bool:
        """Whether an article prints a surname only, and the library knows others who have it."""
        theirs = {speaker_key(self.typed), *(self.match.keys if self.match else ())}
        return " " not in speaker.key and any(" " in key for key in self.namesakes - theirs)

    def _may_be(self, said: Statement) -> bool:
        """Whether who is asked about may be the speaker of a statement, or the body that he or she speaks of.

        One of those whom the statement may mean, somebody of the same name, or a body in the speaker's description.
        """
        speaker = said.speaker
        assert speaker is not None
        keys = {speaker_key(one.name) for one in said.candidates if one.name != speaker.name}
        found = set(self.match.keys) if self.match else set()
        if keys & (found | {speaker_key(self.typed)}) or may_be(speaker, self.typed) or is_called(speaker, self.typed):
            return True
        typed = {fold(word.key) for word in words(self.typed)} - SMALL
        return self._is_body() and typed <= {fold(word.key) for word in words(speaker.description)}

    def _is_body(self) -> bool:
        """Whether the name is no person's by its form: a body's is a noun, has several words, or is all in capitals."""
        typed = self.typed.split()
        if self.typed.isupper() or typed[-1].islower() or fold(typed[-1]) in listed("bodies.txt"):
            return True
        return len(typed) > 1 and not of_a_person(typed[-2:]) and fold(typed[0]) not in listed("titles.txt")

    def _described(self, speaker: Speaker) -> Judged:
        """The bearing of the words of somebody whom the article only describes.

        Whoever speaks for X, or is X's wife or opponent, is not X; but a body speaks by its spokespeople.
        """
        typed, told = ({fold(word.key) for word in words(text)} - SMALL for text in (self.typed, speaker.name))
        asked_head, head = head_noun(self.typed), head_noun(speaker.name)
        if typed <= told and asked_head == head:
            return Judged(Bearing.ASKED)
        if head in sections("officers.txt")["spokespeople"] and self._is_body() and typed <= told:
            return Judged(Bearing.ASKED)
        if typed & told:
            why = f"they are given to {speaker.name}, who speaks for or about {self.typed} and is somebody else"
            return Judged(Bearing.OPEN, why)
        return Judged(Bearing.OPEN, f"the article does not name who says them: {speaker.name}")


def head_noun(described: str) -> str:
    """The noun of a description, folded: "wife", of "the wife of Ann Lee"; "opponent", of "Lee's opponent in court".

    >>> head_noun("a Harbor Watch spokesman in the city")
    'spokesman'
    """
    found = words(_HEAD_END.split(described.strip(), maxsplit=1)[0])
    return fold(found[-1].key) if found else ""


def doubt(place: ComparedPlace) -> str:
    """Why it is not certain who says the words of a place, whoever is asked about; empty where it is.

    One whom the article only describes is certain enough: nobody is named.
    """
    said = place.quote.statement
    if place.others:
        speaker = place.quote.speaker.name if place.quote.speaker else "somebody whom the article does not name"
        return f"they are words of several people: {' and '.join((speaker, *place.others))}"
    if said is None:
        return "" if place.narrated else "the article does not show for certain whether somebody is quoted with them"
    if place.repeated:
        teller = place.quote.speaker.name if place.quote.speaker else "somebody whom the article does not name"
        return f"they are quoted by {teller}, and may be another's"
    if said.speaker is None:
        return _uncertain(said) if said.candidates else "the article does not name who says them"
    return ""


def certain(place: ComparedPlace) -> bool:
    """Whether it is certain who says the words of a place, or that nobody is named."""
    said = place.quote.statement
    if said is not None and said.speaker is None and not (place.others or place.repeated or said.candidates):
        return True
    named = said is not None and said.speaker is not None and bool(said.speaker.key)
    return not doubt(place) and not (named and said is not None and said.certainty < LIKELY)


def _uncertain(said: Statement) -> str:
    names = [one.name for one in said.candidates] or ([said.speaker.name] if said.speaker else [])
    if len(names) < 2:
        return f"it is not certain that {names[0]} says them" if names else "the article does not name who says them"
    return f"who says them is not certain: {', '.join(names[:-1])} or {names[-1]}"


def uncertainty(place: ComparedPlace) -> str:
    """Why it is not certain who says the words of a place, or only likely; see `doubt`."""
    said = place.quote.statement
    return doubt(place) or (_uncertain(said) if said is not None else "")
