"""Takes an entity of an article; gives the `Speaker` that the rest of the program knows."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from index.attribution.people.entities import Entities
from index.attribution.people.entity import Entity
from index.attribution.people.mentions import Kind, Mention
from index.language.names import speaker_key, without_byline
from index.language.wordlists import sections
from index.types import Article, Span, Speaker

if TYPE_CHECKING:
    from index.attribution.people.descriptions import Descriptions

# Trailing modifiers that are taken off a name: a relative clause, members of a group, when a report was made.
_MADE = "released|published|issued|conducted|posted|broadcast|aired"
_REACHED = "when (?:asked|contacted|reached)|asked|contacted|reached|citing|speaking"
_ADDED = re.compile(
    rf", (?=(?:who|whose|whom|which|including|{_MADE}|{_REACHED})\b)"
    rf"| (?=(?:{_MADE}) (?:in|on|at|last|this|earlier|late|early|yesterday)\b)"
)
# A clause that tells which one is meant is part of the name, unless it makes it longer than anybody reads.
_BEFORE_RELATIVE_CLAUSE = re.compile(r" (?=(?:that|who|whose|whom|which|where)\b)")
# What is left where a phrase was cut in its middle: "experts with no part in it but with".
_CUT_OFF = re.compile(r" (?:and|but|or)(?: (?:with|of|for|to|from|by|at))*$")
_EVEN = re.compile(r"^(?:not )?even ", re.IGNORECASE)
_LONGEST_SPEAKER_NAME = 80  # characters
_OWNER = re.compile(r"(?:[A-Z][\w.-]* ){0,2}[A-Z][\w.-]*['’]s? $")


class Speakers:
    """The speakers of one article; the same one for the same entity each time."""

    def __init__(self, article: Article, entities: Entities, descriptions: Descriptions) -> None:
        self._article = article
        self._entities = entities
        self._descriptions = descriptions
        self._made: dict[int, Speaker] = {}

    def of(self, entity: Entity) -> Speaker:
        """The speaker that an entity is."""
        if id(entity) not in self._made:
            self._made[id(entity)] = self._make(entity)
        return self._made[id(entity)]

    def joint(self, numbers: Sequence[int]) -> Speaker:
        """The speaker that mentions name; several persons together are one speaker with all their names."""
        every = list(dict.fromkeys(self._by_mention(i) for i in numbers))
        if len(every) == 1:
            return every[0]
        names = [one.name for one in every]
        name = ", ".join(names[:-1]) + " and " + names[-1]
        return Speaker(speaker_key(name), name, "", (), speaker_key(name))

    def described(self, span: Span) -> Speaker:
        """One who is only described, as printed but for what is added to it."""
        name = _EVEN.sub("", self._without_added(span))
        return Speaker(name.casefold(), name)

    def body(self, span: Span) -> Speaker:
        """A body that is called by a name and a noun: "the Trump campaign"."""
        name = re.sub(r"^(?:the|The) ", "", self._without_added(span))
        return Speaker(speaker_key(name), name, "", (), speaker_key(name))

    def _without_added(self, span: Span) -> str:
        name = _CUT_OFF.sub("", _ADDED.split(_one_line(span.cut(self._article.text)))[0])
        return _BEFORE_RELATIVE_CLAUSE.split(name)[0] if len(name) > _LONGEST_SPEAKER_NAME else name

    def author(self) -> Speaker:
        """The one who signed the article."""
        name = without_byline(self._article.author)
        name = name.title() if name.isupper() else name
        return Speaker(speaker_key(name), name, "author", (), speaker_key(name))

    def named_at(self, entity: Entity, near: Span) -> Span:
        """The mention of an entity that stands nearest before a place, else its first."""
        at = bisect_right(entity.mentions, near.start, key=lambda i: self._entities.mentions[i].run.start)
        return self._entities.mentions[entity.mentions[max(0, at - 1)]].span

    def _by_mention(self, i: int) -> Speaker:
        entity = self._entities.of[i]
        if entity is not None:
            return self.of(entity)
        name = self._printed(self._entities.mentions[i])
        return Speaker(name.casefold(), name)

    def _make(self, entity: Entity) -> Speaker:
        every = [self._entities.mentions[i] for i in entity.mentions]
        every = [m for m in every if not m.heading or m.words == entity.words] or every
        forms = list(dict.fromkeys(self._printed(m) for m in every))
        fullest = max(
            every, key=lambda m: (len(m.words), bool(m.suffix), not m.heading, not self._printed(m).isupper())
        )
        name = self._owned(fullest)
        if name.isupper() and entity.kind is Kind.PERSON and len(name) > 1:
            name = name.title()
        key = speaker_key(name)
        aliases = tuple(form for form in forms if form != name)
        return Speaker(key or name, name, self._descriptions.of(entity), aliases, key)

    def _owned(self, mention: Mention) -> str:
        """A name as printed; a body's with its owner, for there is more than one: "Norland's Defense Ministry"."""
        name = self._printed(mention)
        before = self._article.text[max(0, mention.run.start - 60) : mention.run.start]
        owner = _OWNER.search(before)
        if owner and len(mention.words) > 1 and mention.words[-1] in sections("bodies.txt")[""]:
            return f"{_one_line(owner.group())} {name}"
        return name

    def _printed(self, mention: Mention) -> str:
        return _one_line(mention.span.cut(self._article.text))


def _one_line(text: str) -> str:
    return " ".join(text.split())
