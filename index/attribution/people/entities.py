"""Takes the mentions of an article; gives its entities: the people and bodies that they name, with all printed forms.

A full name makes an entity. A surname, a given name, a short form or an acronym joins the entity that it fits; where
several fit equally well, it joins none.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from index.attribution.people.entity import (
    Entity,
    acronym,
    agree,
    heads,
    is_full_name,
    is_part,
    is_tail,
    last_word,
    may_be_same,
    runs_on,
)
from index.attribution.people.mentions import Kind, Mention
from index.language.names import is_given
from index.language.syntax import ANY_SUBJECT

_NAMESAKES = 30  # entities of one surname among whom a mention is looked for
_MENTIONS_BACK = 200  # mentions of one paragraph among which the last of the same form is looked for
_SHARED = frozenset(
    "house senate party state states court department committee council board union bank school".split()
)


class Entities:
    """All the entities of an article, in `every`.

    :ivar of: For each mention by its number, its entity; None where several would fit.
    :ivar rivals: For a mention that several entities fitted, by its number, all of them.
    """

    def __init__(self, mentions: Sequence[Mention]) -> None:
        titled = {m.words[-1] for m in mentions if m.kind is Kind.PERSON and is_full_name(m)}
        self.mentions = mentions = [last_word(m) if runs_on(m, titled) else m for m in mentions]
        self.starts = [m.run.start for m in mentions]
        self.every: list[Entity] = []
        self.of: list[Entity | None] = [None] * len(mentions)
        self.rivals: dict[int, list[Entity]] = {}
        self._by_word: dict[str, list[Entity]] = defaultdict(list)
        self._met: dict[int, int] = {}
        self._followed: dict[str, Counter[str]] = defaultdict(Counter)
        for mention in mentions:
            if len(mention.words) == 1 and mention.followed and mention.quotation < 0:
                self._followed[mention.words[0]][mention.followed] += 1
        self._gather()
        for entity in self.every:
            entity.mentions.sort()
            if entity.kind is Kind.UNKNOWN and len(entity.mentions) > 1 and self._speaks(entity):
                entity.kind = Kind.PERSON

    def _gather(self) -> None:
        """Give every mention its entity: the full names first, then the short forms in order, then the headlines."""
        for i, mention in enumerate(self.mentions):
            if is_full_name(mention):
                self._place(i)
        for i, mention in enumerate(self.mentions):
            entity = self.of[i]
            if entity is not None:
                self._met[id(entity)] = i
            elif not mention.heading:
                self._join(i)
        for i, mention in enumerate(self.mentions):
            if mention.doubtful and not mention.heading and self.of[i] is None and self._named(mention.words[-1]):
                self._join(i)  # named again further on
        for i, mention in enumerate(self.mentions):
            if mention.heading and self.of[i] is None:
                self._join_heading(i)

    def _speaks(self, entity: Entity) -> bool:
        """Whether an entity is the subject of a verb of speech."""
        return any(self.mentions[i].speaks for i in entity.mentions)

    def kind(self, i: int) -> Kind:
        """What a mention names, going by all that is known of its entity."""
        entity = self.of[i]
        return entity.kind if entity is not None else self.mentions[i].kind

    def ending_at(self, at: int) -> int | None:
        """The number of the mention that ends at a place, if one does."""
        i = bisect_left(self.starts, at) - 1
        return i if i >= 0 and self.mentions[i].run.end == at else None

    def _place(self, i: int) -> None:
        """Let a full name join its entity, or make one."""
        mention = self.mentions[i]
        for entity in self._named(mention.words[-1]):
            if may_be_same(entity, mention):
                if len(mention.words) > len(entity.words):
                    self._index(entity, mention.words)
                    entity.words = mention.words
                entity.suffix = entity.suffix or mention.suffix
                if entity.kind is Kind.UNKNOWN:
                    entity.kind = mention.kind
                break
        else:
            entity = self._new(mention)
        self._count(entity, i)

    def _new(self, mention: Mention) -> Entity:
        entity = Entity(mention.words, mention.suffix, mention.kind)
        self.every.append(entity)
        self._index(entity, mention.words)
        if entity.kind is Kind.BODY and len(entity.words) > 1:
            self._index(entity, [acronym(entity.words)])
        return entity

    def _index(self, entity: Entity, words: Iterable[str]) -> None:
        for word in words:
            if entity not in self._by_word[word][-_NAMESAKES:]:
                self._by_word[word].append(entity)

    def _named(self, word: str) -> list[Entity]:
        """The entities that have a word in their names; of very many, the latest."""
        return self._by_word.get(word, [])[-_NAMESAKES:]

    def _count(self, entity: Entity, i: int) -> None:
        self.of[i] = entity
        entity.mentions.append(i)
        if self.mentions[i].gender:
            entity.votes[self.mentions[i].gender] += 1

    def _join(self, i: int) -> None:
        """Let a short form join the entity it fits, make one where none does, and nothing where several do."""
        mention = self.mentions[i]
        fits = [f for f in self._named(mention.words[-1]) if is_tail(f, mention)]
        if not fits and not self._paired(i):
            fits = [f for f in self._named(mention.words[0]) if is_part(f, mention)]
        if mention.kind is Kind.OTHER or mention.words[0] in _SHARED:
            fits = [f for f in fits if f.kind is Kind.PERSON or f.words == mention.words]
        fits = [f for f in fits if agree(f, mention)]
        if not fits and mention.doubtful:
            return
        if not fits:
            entity: Entity | None = self._new(mention)
        else:
            entity = fits[0] if len(fits) == 1 else self._choose(fits, i)
            if len(fits) > 1:
                self.rivals[i] = fits
        if entity is not None:
            self._count(entity, i)
            if entity.kind is Kind.UNKNOWN and mention.kind is Kind.PERSON:
                entity.kind = Kind.PERSON

    def _paired(self, i: int) -> bool:
        """Whether a given name shares the surname of the next: "David and Jeanne Heidler"."""
        if i + 1 >= len(self.mentions) or not is_full_name(self.mentions[i + 1]):
            return False
        one, two = self.mentions[i], self.mentions[i + 1]
        return two.run.title_start - one.run.end == 5 and is_given(one.words[0]) and is_given(two.words[0])

    def _join_heading(self, i: int) -> None:
        """Let a run of words in a headline, most of them capitalised, be the entity that its first words name.

        Or the entity that the article goes on to call by one word of its two, where it tells that it names a person.
        """
        mention = self.mentions[i]
        every = mention.words
        for stop in range(min(len(every), 5), 0, -1):
            fits = [f for f in self._named(every[stop - 1]) if heads(f, every[:stop])]
            if len(fits) == 1 and (stop > 1 or mention.kind is not Kind.PERSON or len(every) != 2):
                self._count(fits[0], i)
                return
        if len(every) == 2 and (is_given(every[0]) or mention.kind is Kind.PERSON):
            fits = [f for word in every for f in self._named(word) if f.words == (word,) and f.kind is not Kind.BODY]
            if len(fits) == 1:
                fits[0].words, fits[0].kind = every, Kind.PERSON
                self._count(fits[0], i)

    def _choose(self, fits: list[Entity], i: int) -> Entity | None:
        """Which of several entities a short form means: the one named here alone, or the one the article is about."""
        mention = self.mentions[i]
        plain = mention.role in ANY_SUBJECT and not mention.run.title
        back = _MENTIONS_BACK if mention.run.title or plain else 0  # "Lee's wife, Ann Lee, ran. Lee said"
        for j in range(i - 1, max(-1, i - 1 - back), -1):
            if (before := self.mentions[j]).paragraph != mention.paragraph:
                break
            if (before.run.title, before.words) == (mention.run.title, mention.words):
                return self.of[j]  # who is meant stays the same
        met = [f for f in fits if id(f) in self._met]
        near = [f for f in met if mention.paragraph - self.mentions[self._met[id(f)]].paragraph <= 1]
        doing = [f for f in near if self.mentions[self._met[id(f)]].role in ANY_SUBJECT]
        here = [f for f in doing if plain and self.mentions[self._met[id(f)]].paragraph == mention.paragraph]
        known = fits if plain and len(near) == 1 else []  # "Lee's aide, Bo Lee": Lee goes on as Lee
        goes_on = [f for f in known if any(j < i and len(self.mentions[j].words) == 1 for j in f.mentions)]
        for some in (here, doing, goes_on, near, met):  # "Ann Lee, the mother of Bo Lee, came": she is meant
            if len(some) == 1:
                return some[0]
        genders = self._followed[mention.words[-1]]
        likely = [f for f in fits if f.gender and genders[f.gender] > 3 * (genders.total() - genders[f.gender])]
        if len(likely) == 1:
            return likely[0]
        ranked = sorted(fits, key=lambda f: (-len(f.mentions), f.mentions[0]))
        acting = [f for f in fits if any(self.mentions[j].role in ANY_SUBJECT for j in f.mentions)]
        if len(ranked[0].mentions) >= 2 * len(ranked[1].mentions) or acting == ranked[:1]:
            return ranked[0]  # of those named most, or the one of them who does anything
        return None
