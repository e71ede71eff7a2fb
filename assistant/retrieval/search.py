"""Search: takes a question that was read; gives the passages that may answer it, each with its features.

Words and vectors are both searched, inside the scope; where the question names a speaker, his or her passages are
searched once more by themselves. The lists are fused by rank (reciprocal rank fusion: Cormack, Clarke and Büttcher,
SIGIR 2009), and the best get the features that ranking.py weighs. Knows the store. Does not know what an answer looks
like.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from math import log
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from assistant.query.directory import MatchedBy
from assistant.retrieval.search_terms import SearchTerms, required_words
from assistant.retrieval.similarity import SEARCH_WORD, counted_similarity, word_similarity
from index.language.amounts import holds
from index.language.names import fold
from index.language.word_forms import calling
from index.passages import by_same_speaker
from index.storage.keys import ScoredPassage
from index.storage.nearest import nearest, nearest_among
from index.types import Article, Manner, Passage, Resolution, Statement

if TYPE_CHECKING:
    from index.storage.located_passages import LocatedPassage
    from index.storage.store import Store

DEPTH = 100  # passages taken of each list
HOLDING = 500  # passages that hold the words of a topic, of which the nearest are taken
CANDIDATES = 80  # passages measured, the first of the fused list
SUBJECT = 40  # the nearest passages, which tell what the question is about
NEAREST = 3  # passages of an article that tell how near it is
AROUND = 200  # characters before and after a passage that tell what it is about
FUSION = 60  # the constant of reciprocal rank fusion, as in the paper


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that may answer, its article and statement, and the features that speak for it, by name.

    `within` are the statements that lie in the passage. `topic_share` is how much of what is asked stands in it or near
    it, in 0..1, by the weight of the words.
    """

    key: int
    passage: Passage
    article: Article
    statement: Statement | None
    within: tuple[Statement, ...]
    features: Mapping[str, float]
    topic_share: float


def find_candidates(terms: SearchTerms, store: Store) -> list[Candidate]:
    """The passages that may answer, the first of the fused lists first, each with its features."""
    text, scope = terms.question.text, terms.query.scope
    if must := required_words(terms.query.about):
        holding = store.fulltext.search(" ".join([text, *(f'"{word}"' for word in must)]), HOLDING, scope)
        lists = [holding, nearest_among(store.vectors, [near.key for near in holding], terms.vector, DEPTH)]
        return _with_features(terms, store, [near.key for near in fuse(lists)[:CANDIDATES]])
    lists = [
        nearest(store.fulltext, store.vectors, terms.vector, DEPTH, scope),
        store.fulltext.search(text, DEPTH, scope),
    ]
    speakers = frozenset(key for match in terms.query.named for key in match.keys)
    if speakers and not scope.speakers:
        theirs = replace(scope, speakers=speakers)
        lists += [
            nearest(store.fulltext, store.vectors, terms.vector, DEPTH, theirs),
            store.fulltext.search(text, DEPTH, theirs),
        ]
    fused = fuse(lists)[:CANDIDATES]
    return _with_features(terms, store, [near.key for near in fused])


def fuse(lists: Iterable[Sequence[ScoredPassage]]) -> list[ScoredPassage]:
    """One list from several, best first, by the ranks and not the scores that a passage has in each."""
    scores: dict[int, float] = defaultdict(float)
    for one in lists:
        for rank, near in enumerate(one):
            scores[near.key] += 1 / (FUSION + 1 + rank)
    return [ScoredPassage(key, score) for key, score in sorted(scores.items(), key=lambda item: (-item[1], item[0]))]


def _with_features(terms: SearchTerms, store: Store, keys: Sequence[int]) -> list[Candidate]:
    places = store.library.locate(keys)
    passages = {key: place.passage for key, place in places.items()}
    vectors = store.vectors.stored(sorted({near for key in keys for near in (key - 1, key)}))
    keys = [key for key in keys if key in passages and key in vectors]  # what is just being replaced is passed over
    texts = [passages[key].extent.cut(places[key].article.text) for key in keys]
    alike = word_similarity(terms.words, texts, store.encoder)
    said = [
        _speech(places[key]) if terms.query.named else "" for key in keys
    ]  # it counts where somebody is asked about
    says = word_similarity(terms.topic, said, store.encoder)
    matter = terms.question.matter if terms.query.named and len(terms.matter) == 1 else ()
    touched = word_similarity({word.lower(): 1.0 for word in matter}, texts, store.encoder)
    counted = counted_similarity(terms.question.counts, texts, store.encoder)
    likeness = _likeness(terms, keys, passages, vectors)
    found = []
    for rank, key in enumerate(keys):
        passage, article, statement = passages[key], places[key].article, places[key].statement
        stems = frozenset(store.fulltext.stems(texts[rank]))
        named = stems.union(store.fulltext.stems(_heading(article, statement)))
        features = {
            **likeness[rank],
            "alike": alike[rank],
            "says": says[rank],
            "touched": touched[rank],
            "counted": counted[rank],
            **_content_features(terms, stems, named, texts[rank], passage, article),
            **_voice_features(terms, statement),
            "role": _role(terms, store, article, statement),
        }
        topic_share = share(terms.matter, named.union(store.fulltext.stems(_surroundings(passage, article))))
        found.append(Candidate(key, passage, article, statement, places[key].within, features, topic_share))
    return found


def _likeness(
    terms: SearchTerms, keys: Sequence[int], passages: Mapping[int, Passage], vectors: Mapping[int, NDArray[np.float32]]
) -> list[dict[str, float]]:
    """How near each passage's vector is to the question's, by itself and in company.

    The nearest are about the question's subject. `apart` is the cosine after the part that they have in
    common is taken off. `article` is the mean of the three nearest of the article,
    `before` that of the passage before, which often names what "it" and "that" are.
    """
    if not keys:
        return []
    cosines = {key: float(vector @ terms.vector) for key, vector in vectors.items()}
    nearest = sorted(keys, key=lambda key: -cosines[key])[:SUBJECT]
    shared = np.mean([vectors[key] for key in nearest], axis=0)
    ask = unit(terms.vector - shared)
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
    terms: SearchTerms, stems: Set[str], named: Set[str], text: str, passage: Passage, article: Article
) -> dict[str, float]:
    """What the passage's own words say; a name may stand in the title or be the speaker's, too (`named`)."""
    return {
        "coverage": share(terms.stems, stems),
        "names": share(terms.names, named),
        "length": log(1 + len(stems)),
        "headline": float(passage.extent.start == 0),
        "place": passage.extent.start / max(1, len(article.text)),
        "number": float(terms.question.amount is not None and holds(text, terms.question.amount)),
    }


def _speech(place: LocatedPassage) -> str:
    """What the speaker of a passage says in it, with the words that tell so; nothing where nobody speaks."""
    every = by_same_speaker(place.statement, place.within)
    pieces = {piece for one in every for piece in (*one.content, *([one.cue] if one.cue else []))}
    return " ".join(piece.cut(place.article.text) for piece in sorted(pieces))


def _surroundings(passage: Passage, article: Article) -> str:
    """What stands right before a passage and right after it."""
    first, last = passage.extent.start, passage.extent.end
    return f"{article.text[max(0, first - AROUND) : first]} {article.text[last : last + AROUND]}"


def _heading(article: Article, statement: Statement | None) -> str:
    """The title, and the speaker as the article has him or her."""
    speaker = statement.speaker if statement else None
    return f"{article.title} {speaker.name} {speaker.description}" if speaker else article.title


def share(weights: Mapping[str, float], held: Set[str]) -> float:
    """How much of all the weight is of what is held, in 0..1; 1 where nothing has weight."""
    total = sum(weights.values())
    return sum(weight for one, weight in weights.items() if one in held) / total if total else 1.0


def _role(terms: SearchTerms, store: Store, article: Article, statement: Statement | None) -> float:
    """How much of the question's description of a speaker the article's has, in 0..1.

    A person's name describes nobody else: not "Bo Chen, who voted for Ann Lee", and not "Ann Lee supporters".
    """
    if statement is None or not terms.roles:
        return 0.0
    speaker = statement.speaker
    printed = statement.source.cut(article.text) if statement.source else ""
    named = (speaker.name, *speaker.aliases) if speaker else (printed,)
    ends = {fold(words[-1]) for words in map(SEARCH_WORD.findall, named) if words}
    described = f"{' '.join(named)} {speaker.description} {printed}" if speaker else printed
    stems = set(store.fulltext.stems(" ".join(calling(word) for word in SEARCH_WORD.findall(described))))
    fitting = (role.stems for role in terms.roles if role.stems and (not role.surname or role.surname in ends))
    return max((share(weights, stems) for weights in fitting), default=0.0)


def _voice_features(terms: SearchTerms, statement: Statement | None) -> dict[str, float]:
    """Who speaks, and whether the question asks for it."""
    key = statement.speaker.key if statement and statement.speaker else ""
    named = any(match.matched_by is not MatchedBy.ROLE for match in terms.query.named)
    right = terms.certainty(key) if key else 0.0
    said = terms.question.by_whom or bool(terms.question.said_by)
    spoken = statement is not None and statement.resolution is not Resolution.SIGNED
    return {
        "asked": right,
        "other": float(named and bool(statement) and right == 0.0),
        "voiced": float(said and statement is not None),
        "told": float(not said and statement is not None),
        "direct": float(spoken and statement is not None and statement.manner is not Manner.INDIRECT),
        "unnamed": float(statement is not None and not key),
    }
