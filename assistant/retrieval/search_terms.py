"""Wanted: a question that was read in, what is searched for out: its vector, and its words with their weights.

A word weighs the more, the fewer passages hold it. Knows the store. Does not know how passages are found.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from assistant.query.question import Question
from assistant.query.resolution import Asked
from assistant.retrieval.similarity import WORD
from index.language.names import fold, of_a_person
from index.language.word_forms import calling, listed
from index.storage.fulltext import plain

if TYPE_CHECKING:
    from index.storage.store import Store


class Role(NamedTuple):
    """How a question describes a speaker: the weights of its stems, and the surname where it is a person's name."""

    stems: Mapping[str, float]
    surname: str


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched for: the question's vector, and the weights of its stems, those in names, its words; its roles.

    `matter` are the stems of what is asked about, without those who are asked; `topic` all words without those.
    `strange` counts the names in it that stand nowhere in the library.
    """

    asked: Asked
    vector: NDArray[np.float32]
    stems: Mapping[str, float]
    matter: Mapping[str, float]
    names: Mapping[str, float]
    words: Mapping[str, float]
    topic: Mapping[str, float]
    roles: Sequence[Role]
    strange: int

    @property
    def question(self) -> Question:
        """The question as it was read."""
        return self.asked.question

    def certainty(self, key: str) -> float:
        """How surely a speaker is one whose words are asked for, in 0..1."""
        return max((match.keys.get(key, 0.0) for match in self.asked.named), default=0.0)


def query(asked: Asked, store: Store) -> Query:
    """Encode a question and weigh its words: a word weighs the more, the fewer passages hold it."""
    text = f"{asked.question.text} {asked.about}".strip()
    total = store.words.count()
    speakers = {stem for match in asked.named for stem in store.words.stems(match.name)}
    words = [match.group().lower() for match in WORD.finditer(plain(text))]
    stems = {word: stem for word in words for stem in store.words.stems(word)}
    spread = {stem: store.words.spread(stem) for stem in stems.values()}
    rarity = {stem: log((1 + total) / (1 + count)) for stem, count in spread.items()}
    names = {stem for name in asked.question.names for stem in store.words.stems(name)} & rarity.keys() - speakers
    matter = {stem for word in asked.question.matter for stem in store.words.stems(word)} & rarity.keys() - speakers
    weights = {word: rarity.get(stems.get(word, ""), 0.0) for word in words}
    return Query(
        asked=asked,
        vector=store.encoder.encode([text])[0],
        stems={stem: weight for stem, weight in rarity.items() if stem not in speakers},
        matter={stem: weight for stem, weight in rarity.items() if stem in matter},
        names={stem: weight for stem, weight in rarity.items() if stem in names},
        words=weights,
        topic={word: weight for word, weight in weights.items() if stems.get(word) not in speakers},
        roles=[_read_role(role, rarity, store) for role in asked.question.roles],
        strange=sum(spread[stem] == 0 for stem in names),
    )


def _read_role(role: str, rarity: Mapping[str, float], store: Store) -> Role:
    typed = WORD.findall(role)
    stems = {
        called: rarity[stem]
        for word in typed
        for stem in store.words.stems(word)
        if stem in rarity
        for called in store.words.stems(calling(word))
    }
    return Role(stems, fold(typed[-1]) if of_a_person(typed[-2:]) or of_a_person(typed[-3:]) else "")


def held(about: str) -> list[str]:
    """The words of a topic given beside a question that a passage must hold, or what stands over it."""
    words = (word for word in WORD.findall(plain(about)) if len(word) > 1 or word.isdigit())
    return [word for word in words if word.casefold() not in listed("function_words.txt")]
