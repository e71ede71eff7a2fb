"""People: a mention typed in a question in, the library's speakers that it may mean out.

By name ("Philip Luther", "Luther", "Sen. Paul", "Bernie"), by a misspelt name, or by role ("the Ohio governor").
Knows names and speakers. Does not know questions' grammar or how passages are found.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum
from math import log
from typing import TYPE_CHECKING

from index.language.names import NAME_WORD, fold, is_given, of_a_person, same_given, speaker_key, suffix
from index.language.word_forms import calling
from index.language.wordlists import nouns_for_speakers, words

if TYPE_CHECKING:
    from index.types import KnownSpeaker

SMALL = frozenset("a an and at by for from himself herself themselves in of on or own the to with".split())
POSSESSIVE_PREPOSITIONS = frozenset({"of", "for", "in", "at", "from", "to"})
SPOKESPERSON_WEIGHT = 0.8  # weight of a spokesperson's words when the organisation is asked
PLACE_BOUNDARY = re.compile(r",| from | in | at ")
ROLE_SHARE = 0.65  # share of a role's words, by weight, that a speaker's description must have


class MatchedBy(StrEnum):
    """How a mention was matched."""

    NAME = "name"
    MISSPELT = "misspelt"
    ROLE = "role"


@dataclass(frozen=True, slots=True)
class SpeakerMatch:
    """The speakers that a mention may mean, each key with its certainty in (0, 1]; `name` is the likeliest's."""

    keys: dict[str, float]
    name: str
    matched_by: MatchedBy


class Directory:
    """Everybody who is quoted in a library, to be found by what a person would type."""

    def __init__(self, speakers: Iterable[KnownSpeaker]) -> None:
        self._speakers = {one.key: one for one in speakers if one.key}
        self._forms: dict[str, set[str]] = defaultdict(set)
        self._ends: dict[str, set[str]] = defaultdict(set)
        self._describing: dict[str, frozenset[str]] = {}
        spread: Counter[str] = Counter()
        for key, one in self._speakers.items():
            for form in (one.name, *one.aliases):
                self._forms[speaker_key(form)].add(key)
            parts = key.split()
            if len(parts) > 2 and suffix(parts[-1]):  # "Bo Lee" may be Bo Lee Jr.
                parts = parts[:-1]
                self._forms[" ".join(parts)].add(key)
            self._ends[parts[-1]].add(key)
            if len(parts) == 2 or (len(parts) > 2 and is_given(parts[0])):
                self._ends[parts[0]].add(key)
            self._describing[key] = frozenset(_content_words(" ".join((one.name, one.description, *one.aliases))))
            spread.update(self._describing[key])
        self._weight = {word: log(1 + len(self._speakers) / count) for word, count in spread.items()}
        self._rare = log(1 + len(self._speakers)) if self._speakers else 1.0

    def find(self, mention: str) -> SpeakerMatch | None:
        """The speakers that a mention may mean, or None.

        >>> from index.types import KnownSpeaker
        >>> Directory([KnownSpeaker("philip luther", "Philip Luther", "a director", (), 2, 1)]).find("Mr. Luther").name
        'Philip Luther'
        """
        typed = [m.group() for m in NAME_WORD.finditer(mention.split(",")[0])]
        typed = [word for word in typed if word.lower() not in {"himself", "herself", "themselves", "itself"}]
        if not typed:
            return None
        found = self._with_spokespeople(self._by_name(typed), typed) or self._by_lone_surname(typed)
        return found or self._by_misspelling(typed) or self._by_role(typed) or self._by_body(typed)

    def knows_name(self, word: str) -> bool:
        """Whether a word is the last of somebody's name here, or the whole."""
        return fold(word) in self._ends

    def is_unknown(self, name: str) -> bool:
        """Whether a name is nobody's here, and not a body's, a role's or a place's, which may be put otherwise."""
        typed = [fold(m.group()) for m in NAME_WORD.finditer(PLACE_BOUNDARY.split(name)[0])][-2:]
        if len(typed) == 2 and typed[0] in words("titles.txt") | SMALL:  # "Judge Curl", "the Remarkers"
            typed = typed[1:]
        named = len(typed) == 2 and is_given(typed[0]) and typed[1] not in words("bodies.txt")  # "Patty Judge"
        if not typed:
            return False
        if typed[-1] in nouns_for_speakers() | words("peoples.txt") and not named:
            return self._describes_nobody(name)
        part = len(typed) == 1 and any(typed[0] in form.split() for form in self._forms)  # "Vale", of "Vale College"
        return not part and not words("places.txt").issuperset(typed) and self.find(name) is None

    def _describes_nobody(self, body: str) -> bool:
        """Whether a body's name of three words or more has a word of its own, and none of those describes anybody."""
        known = nouns_for_speakers() | words("peoples.txt") | words("places.txt")
        typed = _content_words(body)
        own = [word for word in typed if word not in known and f"{word}s" not in known]
        return len(typed) > 2 and bool(own) and not any(word in self._weight for word in own)

    def _by_lone_surname(self, typed: Sequence[str]) -> SpeakerMatch | None:
        """By a person's surname, where an article has no more and nobody else's name ends in it."""
        half = fold(typed[-1])
        no_person = words("places.txt") | words("peoples.txt") | words("bodies.txt")
        known = half in self._speakers and self._ends.get(half, set()) <= {half} and half not in no_person
        return self._match({half}, MatchedBy.MISSPELT) if known and of_a_person(typed[-2:]) else None

    def _with_spokespeople(self, found: SpeakerMatch | None, typed: Sequence[str]) -> SpeakerMatch | None:
        """A body's match with those who speak for it: "the Lee campaign", "Bo Chen, a Lee campaign spokesman"."""
        if found is None or fold(typed[-1]) not in words("bodies.txt"):
            return found
        whole = set(_content_words(" ".join(typed)))
        theirs = {key for key, described in self._describing.items() if whole <= described}
        return SpeakerMatch({**dict.fromkeys(theirs, SPOKESPERSON_WEIGHT), **found.keys}, found.name, found.matched_by)

    def _by_name(self, typed: Sequence[str]) -> SpeakerMatch | None:
        """By the longest end of the mention that is a speaker's name: "Obama strategist David Plouffe"."""
        for size in range(len(typed), 0, -1):
            end = typed[-size:]
            if _is_owner(list(map(fold, typed[:-size]))):
                continue
            keys = self._forms.get(speaker_key(" ".join(end)), set())
            if size == 1:
                keys = keys | self._ends.get(fold(end[0]), set())
                keys = {key for key in keys if self._fits(typed[:-1], end[0], key)}
            if keys:
                return self._match(keys | self._by_surname(end, keys), MatchedBy.NAME)
        of = next((place for place, word in enumerate(typed) if fold(word) in POSSESSIVE_PREPOSITIONS), 0)
        return self._by_name(typed[:of]) if of else None  # "Sen. Lee of Ohio"

    def _by_surname(self, name: Sequence[str], keys: Set[str]) -> Set[str]:
        """Who goes by that person's surname alone in some article, if nobody else is known by it half as well."""
        bare = {fold(name[-1]), " ".join(map(fold, name[1:]))}  # "Lee", "von der Lee"
        others = {key for key in self._ends.get(fold(name[-1]), ()) if key not in bare} - keys
        known, rival = (max((self._speakers[key].statements for key in some), default=0) for some in (keys, others))
        return bare & self._speakers.keys() if of_a_person(name) and known >= 2 * rival else set()

    def _fits(self, before: Sequence[str], word: str, key: str) -> bool:
        """Whether the words before a surname do not speak against a speaker: another given name does."""
        parts = key.split()
        if not before:
            return True
        last = before[-1]
        if last.endswith(("'s", "’s")) and fold(word) in words("bodies.txt"):  # "Lee's team" is not another's
            return fold(last) in self._describing[key]
        if last.endswith(("'s", "’s")) or fold(last) in words("titles.txt") | words("persons.txt") | SMALL:
            return True
        if len(parts) > 1 and parts[-1] == fold(word):
            return same_given(last, parts[0]) or calling(fold(last)) in self._describing[key]
        return calling(fold(last)) in self._describing[key]

    def _by_misspelling(self, typed: Sequence[str]) -> SpeakerMatch | None:
        """By a name that differs in a letter (from five letters on) or two (from nine on)."""
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract

        if len(typed) > 3 and of_a_person(typed[-2:]):  # "Ohio's secretary of state Jon Lee"
            typed = typed[-2:]
        wanted = speaker_key(" ".join(typed))
        if len(typed) > 3 or (len(typed) == 1 and fold(typed[0]) in words("persons.txt") | words("bodies.txt")):
            return None
        slips = 2 if len(wanted) >= 9 else 1 if len(wanted) >= 5 else 0
        pool = self._speakers if len(typed) > 1 else self._ends
        near = extract(wanted, list(pool), scorer=OSA.distance, score_cutoff=slips, limit=3) if slips else []
        keys = {key for name, distance, _ in near if distance == near[0][1]
                for key in ({name} if len(typed) > 1 else self._ends[name])}  # fmt: skip
        given = {fold(typed[0])} & self._speakers.keys() if len(typed) == 2 else set()
        return self._match(given or keys, MatchedBy.MISSPELT) if keys else None  # "Ivana" is nearer than "Ivanka Lee"

    def _by_role(self, typed: Sequence[str]) -> SpeakerMatch | None:
        """By a description that has most of the mention's words, the rarer the more they count."""
        wanted = dict.fromkeys(_content_words(" ".join(typed)))
        total = sum(self._weight.get(word, self._rare) for word in wanted)
        nouns, forms = nouns_for_speakers(), {form for word in typed for form in (fold(word), calling(word))}
        if not total or of_a_person(typed[-2:]) or nouns.isdisjoint(forms):
            return None
        alike = {
            key: sum(self._weight[word] for word in wanted if word in described) / total
            for key, described in self._describing.items()
            if wanted.keys() & described
        }
        body = not words("bodies.txt").isdisjoint(map(fold, typed))
        owners = wanted.keys() & self._ends.keys() - nouns if body else set()  # "Lee's team" is not another's
        best = {key: share for key, share in alike.items() if share >= ROLE_SHARE and owners <= self._describing[key]}
        if not best:
            return None
        return SpeakerMatch(best, self._speakers[max(best, key=lambda key: (best[key], key))].name, MatchedBy.ROLE)

    def _by_body(self, typed: Sequence[str]) -> SpeakerMatch | None:
        """By a body's name of several words that those have in their descriptions who speak for it.

        "Director of Harbor Watch", "a Harbor Watch researcher"; not "a critic of Harbor Watch".
        """
        whole = re.escape(" ".join(typed))
        if len(typed) < 2 or of_a_person(typed[-2:]) or words("places.txt").issuperset(map(fold, typed)):
            return None
        office = "|".join(sorted(words("officers.txt")))
        speaks = re.compile(
            rf"\b(?:{office})\b[^,;]{{0,40}}? (?:of|for|at|with) (?:the )?{whole}(?=[,;]|$)"
            rf"|\b{whole}(?:['’]s)? (?:\w+ ){{0,2}}(?:{office})\b"
        )
        theirs = {key: SPOKESPERSON_WEIGHT for key, one in self._speakers.items() if speaks.search(one.description)}
        return SpeakerMatch(theirs, " ".join(typed), MatchedBy.ROLE) if theirs else None

    def _match(self, keys: Iterable[str], matched_by: MatchedBy) -> SpeakerMatch:
        """Those who speak more are likelier meant by a bare surname."""
        said = {key: self._speakers[key].statements for key in keys}
        most = max(said.values())
        certainty = {key: max(count, 1) / max(most, 1) for key, count in said.items()}
        return SpeakerMatch(certainty, self._speakers[max(said, key=lambda key: (said[key], key))].name, matched_by)


def _is_owner(before: Sequence[str]) -> bool:
    """Whether words before a name make it another's: "secretary of" (State), not "winner of the medal, Sen." (Lee)."""
    of = max((place for place, word in enumerate(before) if word in POSSESSIVE_PREPOSITIONS), default=-1)
    return of >= 0 and (words("persons.txt") | words("titles.txt")).isdisjoint(before[of + 1 :])


def _content_words(text: str) -> list[str]:
    """The folded words of a text that tell something, without the plural's ending; one for all that mean the same."""
    folded = (calling(fold(m.group())) for m in NAME_WORD.finditer(text.replace("-", " ")))
    return [w[:-1] if len(w) > 3 and w.endswith("s") and not w.endswith("ss") else w for w in folded if w not in SMALL]
