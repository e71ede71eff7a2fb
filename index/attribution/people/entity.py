"""Takes an entity and a mention; tells whether the mention may name the entity.

An entity is a person or a body that an article names. May not know the article's other entities.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from index.attribution.people.mentions import Kind, Mention
from index.language.names import gender, initial, same_given
from index.language.wordlists import sections


@dataclass(eq=False, slots=True)
class Entity:
    """A person or a body that an article names.

    :param words: The folded words of its fullest form.
    :param mentions: The numbers of its mentions, in order of the text.
    :param votes: How often title, noun or pronoun told the gender.
    """

    words: tuple[str, ...]
    suffix: str
    kind: Kind
    mentions: list[int] = field(default_factory=list)
    votes: Counter[str] = field(default_factory=Counter)

    @property
    def gender(self) -> str:
        """The letter m or f, as titles and nouns say, else as the given name does, else as pronouns do; or nothing."""
        for votes in (self.votes, {gender(self.words[0]): 1} if len(self.words) > 1 else {}):
            told = {gender: n for gender, n in votes.items() if gender}
            if told:
                best = max(told, key=lambda gender: told[gender])
                if told[best] >= 2 * (sum(told.values()) - told[best]):
                    return best
        return ""


def is_full_name(mention: Mention) -> bool:
    """Whether a mention is a name that can stand for itself."""
    if mention.heading or mention.kind in {Kind.OTHER, Kind.PLACE}:
        return False
    if mention.kind is Kind.BODY:
        return len(mention.words) > 1
    return 1 < len(mention.words) <= 4


def runs_on(mention: Mention, titled: set[str]) -> bool:
    """Whether a person's surname has run on from a body's name: "with The Washington Post Trump said"."""
    bodies = sections("bodies.txt")[""]
    return (
        len(mention.words) > 1
        and mention.kind is not Kind.PERSON
        and mention.words[-1] in titled
        and mention.words[-2] in bodies
    )


def last_word(mention: Mention) -> Mention:
    run = replace(mention.run, words=mention.run.words[-1:], title=(), title_start=mention.run.words[-1].start)
    return replace(mention, run=run, words=mention.words[-1:], kind=Kind.UNKNOWN)


def may_be_same(entity: Entity, mention: Mention) -> bool:
    """Whether a full name may be this entity's."""
    a, b = entity.words, mention.words
    if Kind.BODY in {entity.kind, mention.kind}:
        return a == b
    if a[-1] != b[-1] or len(a) < 2 or not same_given(a[0], b[0]):
        return False
    middles = [[w for w in words[1:-1] if initial(w)] for words in (a, b)]
    if all(middles) and middles[0][0][0] != middles[1][0][0]:
        return False
    if entity.suffix != mention.suffix:  # "Joseph R. Biden Jr." is Joseph Biden, Donald Trump Jr. not Donald J. Trump
        junior, other = (a, b) if entity.suffix else (b, a)
        return a[0] != b[0] or len(junior) > len(other)
    return True


def heads(entity: Entity, words: tuple[str, ...]) -> bool:
    """Whether the words of a headline are an entity's name, in full or its end."""
    if entity.words[-len(words) :] == words:
        return True
    return (
        entity.kind is Kind.PERSON
        and len(words) == 2
        and entity.words[-1] == words[1]
        and same_given(entity.words[0], words[0])
    )


def is_tail(entity: Entity, mention: Mention) -> bool:
    """Whether a short form is the end of an entity's name: a surname, "the Times"."""
    return entity.words[-len(mention.words) :] == mention.words


def is_part(entity: Entity, mention: Mention) -> bool:
    """Whether a short form is another part of an entity's name: a given name, the first word of a body's."""
    if len(mention.words) == 1 and entity.kind is Kind.PERSON and same_given(entity.words[0], mention.words[0]):
        return True
    if entity.kind is Kind.BODY:
        named = entity.words[-1] in sections("bodies.txt")[""] or mention.run.words[0].text.isupper()
        if mention.kind is Kind.PLACE or (mention.speaks and not named):  # "Lee said" is not of "the Lee Train"
            return False
        if len(mention.words) == 1 and mention.run.words[0].text.isupper():
            return mention.words[0] == acronym(entity.words)
        return entity.words[: len(mention.words)] == mention.words
    thing = mention.kind is Kind.PLACE or any(map(str.isdigit, "".join(entity.words)))  # the Berlin Wall
    return len(mention.words) == 1 and mention.words[0] in entity.words and not thing


def acronym(words: Sequence[str]) -> str:
    """The initials of a body's name: "imf" for the International Monetary Fund."""
    return "".join(word[0] for word in words if len(word) > 3)


def agree(entity: Entity, mention: Mention) -> bool:
    """Whether nothing that a mention says of the person speaks against an entity."""
    if mention.gender and entity.gender and mention.gender != entity.gender:
        return False
    if mention.suffix and mention.suffix != entity.suffix:  # "Donald Jr." is not his father
        return False
    return not (mention.run.titled and entity.kind in {Kind.BODY, Kind.PLACE})
