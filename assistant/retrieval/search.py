"""Search: a question that was read in, the passages that may answer it out, with what speaks for each.

Words and vectors are both searched, inside the scope; where the question names a speaker, his or her passages are
searched for once more by themselves. The lists are fused by rank (reciprocal rank fusion: Cormack, Clarke and Büttcher,
SIGIR 2009), and the best are measured by the features that `rank` weighs. Knows the store. Does not know what an answer
looks like.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from math import log
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from assistant.query.directory import How
from assistant.retrieval.search_terms import Query, held
from assistant.retrieval.similarity import WORD, counts_alike, says_alike
from index.language.amounts import holds
from index.language.names import fold
from index.language.word_forms import calling
from index.passages import voice
from index.storage.keys import Near
from index.storage.nearest import among, nearest
from index.types import Article, Manner, Passage, Resolution, Statement

if TYPE_CHECKING:
    from index.storage.located import Located
    from index.storage.store import Store

DEPTH = 100  # passages taken of each list
HOLDING = 500  # passages that hold the words of a topic, of which the nearest are taken
KEPT = 80  # passages measured, the first of the fused list
SUBJECT = 40  # the nearest passages, which tell what the question is about
NEAREST = 3  # passages of an article that tell how near it is
AROUND = 200  # characters before and after a passage that tell what it is about
FUSION = 60  # the constant of reciprocal rank fusion, as in the paper


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that may answer, its article and statement, and the features that speak for it, by name.

    `beside` are the statements that lie in the passage; `near` is how much of what is asked stands in it or near it, in
    0..1, by the weight of the words.
    """

    key: int
    passage: Passage
    article: Article
    statement: Statement | None
    beside: tuple[Statement, ...]
    features: Mapping[str, float]
    near: float


def find(wanted: Query, store: Store) -> list[Found]:
    """The passages that may answer, the first of the fused lists first, each with its features."""
    text, scope = wanted.question.text, wanted.asked.scope
    if must := held(wanted.asked.about):
        holding = store.words.search(" ".join([text, *(f'"{word}"' for word in must)]), HOLDING, scope)
        lists = [holding, among(store.vectors, [near.key for near in holding], wanted.vector, DEPTH)]
        return _measured(wanted, store, [near.key for near in fuse(lists)[:KEPT]])
    lists = [nearest(store.words, store.vectors, wanted.vector, DEPTH, scope), store.words.search(text, DEPTH, scope)]
    speakers = frozenset(key for match in wanted.asked.named for key in match.keys)
    if speakers and not scope.speakers:
        theirs = replace(scope, speakers=speakers)
        lists += [
            nearest(store.words, store.vectors, wanted.vector, DEPTH, theirs),
            store.words.search(text, DEPTH, theirs),
        ]
    fused = fuse(lists)[:KEPT]
    return _measured(wanted, store, [near.key for near in fused])


def fuse(lists: Iterable[Sequence[Near]]) -> list[Near]:
    """One list from several, best first, by the ranks and not the scores that a passage has in each."""
    scores: dict[int, float] = defaultdict(float)
    for one in lists:
        for rank, near in enumerate(one):
            scores[near.key] += 1 / (FUSION + 1 + rank)
    return [Near(key, score) for key, score in sorted(scores.items(), key=lambda item: (-item[1], item[0]))]


def _measured(wanted: Query, store: Store, keys: Sequence[int]) -> list[Found]:
    places = store.library.located(keys)
    passages = {key: place.passage for key, place in places.items()}
    vectors = store.vectors.stored(sorted({near for key in keys for near in (key - 1, key)}))
    keys = [key for key in keys if key in passages and key in vectors]  # what is just being replaced is passed over
    texts = [passages[key].extent.cut(places[key].article.text) for key in keys]
    alike = says_alike(wanted.words, texts, store.encoder)
    said = [_said(places[key]) if wanted.asked.named else "" for key in keys]  # it counts where somebody is asked about
    says = says_alike(wanted.topic, said, store.encoder)
    matter = wanted.question.matter if wanted.asked.named and len(wanted.matter) == 1 else ()
    touched = says_alike({word.lower(): 1.0 for word in matter}, texts, store.encoder)
    counted = counts_alike(wanted.question.counts, texts, store.encoder)
    likeness = _likeness(wanted, keys, passages, vectors)
    found = []
    for rank, key in enumerate(keys):
        passage, article, statement = passages[key], places[key].article, places[key].statement
        stems = frozenset(store.words.stems(texts[rank]))
        named = stems.union(store.words.stems(_over(article, statement)))
        features = {
            **likeness[rank],
            "alike": alike[rank],
            "says": says[rank],
            "touched": touched[rank],
            "counted": counted[rank],
            **_content_features(wanted, stems, named, texts[rank], passage, article),
            **_voice_features(wanted, statement),
            "role": _role(wanted, store, article, statement),
        }
        near = share(wanted.matter, named.union(store.words.stems(_around(passage, article))))
        found.append(Found(key, passage, article, statement, places[key].within, features, near))
    return found


def _likeness(
    wanted: Query, keys: Sequence[int], passages: Mapping[int, Passage], vectors: Mapping[int, NDArray[np.float32]]
) -> list[dict[str, float]]:
    """How near each passage's vector is to the question's, by itself and in company.

    The nearest are about the question's subject. `apart` is the cosine when what they share is taken off: it tells what
    the question asks from what it is about. `article` is the mean of the three nearest of the article,
    `before` that of the passage before, which often names what "it" and "that" are.
    """
    if not keys:
        return []
    cosines = {key: float(vector @ wanted.vector) for key, vector in vectors.items()}
    nearest = sorted(keys, key=lambda key: -cosines[key])[:SUBJECT]
    shared = np.mean([vectors[key] for key in nearest], axis=0)
    ask = unit(wanted.vector - shared)
    of_article: dict[str, list[float]] = defaultdict(list)
    for key in keys:
        of_article[passages[key].article_id].append(cosines[key])
    likeliest = {one: float(np.mean(sorted(every)[-NEAREST:])) for one, every in of_article.items()}
    return [
        {
            "cosine": cosines[key],
            "apart": float(unit(vectors[key] - shared) @ ask),
            "article": likeliest[passages[key].article_id],
            "before": cosines.get(key - 1, 0.0) if passages[key].number else cosines[key],
        }
        for key in keys
    ]


def unit(vector: NDArray[np.float32]) -> NDArray[np.float32]:
    """The vector at length 1; zeros where it has none."""
    return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-9), dtype=np.float32)


def _content_features(
    wanted: Query, stems: Set[str], named: Set[str], text: str, passage: Passage, article: Article
) -> dict[str, float]:
    """What the passage's own words say; a name may stand in the title or be the speaker's, too (`named`)."""
    return {
        "coverage": share(wanted.stems, stems),
        "names": share(wanted.names, named),
        "length": log(1 + len(stems)),
        "headline": float(passage.extent.start == 0),
        "place": passage.extent.start / max(1, len(article.text)),
        "number": float(wanted.question.amount is not None and holds(text, wanted.question.amount)),
    }


def _said(place: Located) -> str:
    """What the speaker of a passage says in it, with the words that tell so; nothing where nobody speaks."""
    every = voice(place.statement, place.within)
    pieces = {piece for one in every for piece in (*one.content, *([one.cue] if one.cue else []))}
    return " ".join(piece.cut(place.article.text) for piece in sorted(pieces))


def _around(passage: Passage, article: Article) -> str:
    """What stands right before a passage and right after it."""
    first, last = passage.extent.start, passage.extent.end
    return f"{article.text[max(0, first - AROUND) : first]} {article.text[last : last + AROUND]}"


def _over(article: Article, statement: Statement | None) -> str:
    """The title, and the speaker as the article has him or her."""
    speaker = statement.speaker if statement else None
    return f"{article.title} {speaker.name} {speaker.description}" if speaker else article.title


def share(weights: Mapping[str, float], held: Set[str]) -> float:
    """How much of all the weight is of what is held, in 0..1; 1 where nothing has weight."""
    total = sum(weights.values())
    return sum(weight for one, weight in weights.items() if one in held) / total if total else 1.0


def _role(wanted: Query, store: Store, article: Article, statement: Statement | None) -> float:
    """How much of the question's description of a speaker the article's has, in 0..1.

    A person's name describes nobody else: not "Bo Chen, who voted for Ann Lee", and not "Ann Lee supporters".
    """
    if statement is None or not wanted.roles:
        return 0.0
    speaker = statement.speaker
    printed = statement.source.cut(article.text) if statement.source else ""
    named = (speaker.name, *speaker.aliases) if speaker else (printed,)
    ends = {fold(words[-1]) for words in map(WORD.findall, named) if words}
    described = f"{' '.join(named)} {speaker.description} {printed}" if speaker else printed
    stems = set(store.words.stems(" ".join(calling(word) for word in WORD.findall(described))))
    fitting = (role.stems for role in wanted.roles if role.stems and (not role.surname or role.surname in ends))
    return max((share(weights, stems) for weights in fitting), default=0.0)


def _voice_features(wanted: Query, statement: Statement | None) -> dict[str, float]:
    """Who speaks, and whether the question asks for it."""
    key = statement.speaker.key if statement and statement.speaker else ""
    named = any(match.how is not How.ROLE for match in wanted.asked.named)
    right = wanted.certainty(key) if key else 0.0
    said = wanted.question.by_whom or bool(wanted.question.said_by)
    spoken = statement is not None and statement.resolution is not Resolution.SIGNED
    return {
        "asked": right,
        "other": float(named and bool(statement) and right == 0.0),
        "voiced": float(said and statement is not None),
        "told": float(not said and statement is not None),
        "direct": float(spoken and statement is not None and statement.manner is not Manner.INDIRECT),
        "unnamed": float(statement is not None and not key),
    }
