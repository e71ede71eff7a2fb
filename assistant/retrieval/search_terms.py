"""Search terms: takes a question that was read; gives its vector, and its words with their weights.

The fewer passages hold a word, the more it weighs. Knows the store. Does not know how passages are found.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from assistant.query.question import Question
from assistant.query.resolution import Query
from assistant.retrieval.similarity import SEARCH_WORD
from index.language.names import fold, of_a_person
from index.language.word_forms import calling
from index.language.wordlists import words
from index.storage.fulltext import undotted

if TYPE_CHECKING:
    from index.storage.store import Store


class RoleTerms(NamedTuple):
    """How a question describes a speaker: the weights of its stems, and the surname where it is a person's name."""

    stems: Mapping[str, float]
    surname: str


@dataclass(frozen=True, slots=True)
class SearchTerms:
    """What is searched for: the question's vector, and the weights of its stems, those in names, its words; its roles.

    `matter` are the stems of what is asked about, without those who are asked; `topic` all words without those.
    `unknown_names` counts the names in it that stand nowhere in the library.
    """

    query: Query
    vector: NDArray[np.float32]
    stems: Mapping[str, float]
    matter: Mapping[str, float]
    names: Mapping[str, float]
    words: Mapping[str, float]
    topic: Mapping[str, float]
    roles: Sequence[RoleTerms]
    unknown_names: int

    @property
    def question(self) -> Question:
        """The question as it was read."""
        return self.query.question

    def certainty(self, key: str) -> float:
        """How surely a speaker is one whose words are asked for, in 0..1."""
        return max((match.keys.get(key, 0.0) for match in self.query.named), default=0.0)


def search_terms(query: Query, store: Store) -> SearchTerms:
    """Encode a question and weigh its words: a word weighs the more, the fewer passages hold it."""
    text = f"{query.question.text} {query.about}".strip()
    total = store.fulltext.count()
    speakers = {stem for match in query.named for stem in store.fulltext.stems(match.name)}
    words = [match.group().lower() for match in SEARCH_WORD.finditer(undotted(text))]
    stems = {word: stem for word in words for stem in store.fulltext.stems(word)}
    spread = {stem: store.fulltext.document_frequency(stem) for stem in stems.values()}
    rarity = {stem: log((1 + total) / (1 + count)) for stem, count in spread.items()}
    names = {stem for name in query.question.names for stem in store.fulltext.stems(name)} & rarity.keys() - speakers
    matter = {stem for word in query.question.matter for stem in store.fulltext.stems(word)} & rarity.keys() - speakers
    weights = {word: rarity.get(stems.get(word, ""), 0.0) for word in words}
    return SearchTerms(
        query=query,
        vector=store.encoder.encode([text])[0],
        stems={stem: weight for stem, weight in rarity.items() if stem not in speakers},
        matter={stem: weight for stem, weight in rarity.items() if stem in matter},
        names={stem: weight for stem, weight in rarity.items() if stem in names},
        words=weights,
        topic={word: weight for word, weight in weights.items() if stems.get(word) not in speakers},
        roles=[_role_terms(role, rarity, store) for role in query.question.roles],
        unknown_names=sum(spread[stem] == 0 for stem in names),
    )


def _role_terms(role: str, rarity: Mapping[str, float], store: Store) -> RoleTerms:
    typed = SEARCH_WORD.findall(role)
    stems = {
        called: rarity[stem]
        for word in typed
        for stem in store.fulltext.stems(word)
        if stem in rarity
        for called in store.fulltext.stems(calling(word))
    }
    return RoleTerms(stems, fold(typed[-1]) if of_a_person(typed[-2:]) or of_a_person(typed[-3:]) else "")


def required_words(about: str) -> list[str]:
    """The words of a topic given beside a question that a passage, its title or its speaker must hold."""
    typed = (word for word in SEARCH_WORD.findall(undotted(about)) if len(word) > 1 or word.isdigit())
    return [word for word in typed if word.casefold() not in words("function_words.txt")]
