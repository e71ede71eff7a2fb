"""Choose the weights of ranking, of rereading and of refusing on a set of questions, and show what they are worth.

    python benchmarks/weights.py QUESTIONS.jsonl LIBRARY [--tables rank reread decide] [--write]

QUESTIONS has gold answers (see docs/evaluation.md), LIBRARY holds the articles they are about. The weights of ranking
and of rereading are those of a softmax over each question's passages (ListNet: Cao et al., ICML 2007), those of
refusing of a logistic regression, all drawn towards zero. `reread` is chosen on the passages that are read, and must
see no question that the reader was trained on (docs/reader.md). Refusing is learnt from the set's own near misses,
and from questions with the articles that answer them taken away.
`--write` puts the tables that are asked for into assistant/retrieval/weights.toml; without it nothing changes.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.model_selection import GroupKFold

from assistant import evaluation
from assistant.query.filters import Filters
from assistant.query.resolution import resolve
from assistant.retrieval.ranking import weighted_sum, weights
from assistant.retrieval.reader import PassageReader
from assistant.retrieval.rereading import READ, reread
from assistant.retrieval.search import Candidate, find_candidates
from assistant.retrieval.search_terms import SearchTerms, search_terms
from assistant.selection.answerability import answer_features
from assistant.selection.cut import cut
from assistant.types import Refusal
from index.storage.store import Store

FOLDS = 10
UNWEIGHTED = ("says", "touched", "counted", "answers")  # features that serve refusing alone
Array = NDArray[np.float64]


@dataclass
class Choice:
    """Passages to rank: a row of features for each, and which of them are right."""

    features: Array
    right: NDArray[np.bool_]


@dataclass
class Case(Choice):
    """One question: the passages found, and whether the articles answer it at all."""

    name: str
    answerable: bool
    terms: SearchTerms
    found: list[Candidate]
    sources: frozenset[str]

    def of(self, found: Sequence[Candidate], names: Sequence[str]) -> Case:
        """The same question with these of its passages, measured by these features."""
        right = {one.key: bool(is_right) for one, is_right in zip(self.found, self.right, strict=True)}
        features = np.array([[one.features[name] for name in names] for one in found])
        return replace(self, found=list(found), right=np.array([right[one.key] for one in found]), features=features)


def main() -> None:
    """Read, collect, fit, show."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("questions", type=Path)
    options.add_argument("library", type=Path)
    options.add_argument("--tables", nargs="+", choices=("rank", "reread", "decide"), default=["rank", "decide"])
    options.add_argument("--write", action="store_true")
    options.add_argument("--drop", nargs="*", default=[], help="features to leave out, to see what they bring")
    given = options.parse_args()
    questions = [json.loads(line) for line in given.questions.read_text(encoding="utf-8").splitlines()]
    with Store.open(given.library) as store:
        cases = collect(questions, store)
    dropped = {*given.drop, *UNWEIGHTED}
    tables = {table: dict(weights(table)) for table in ("rank", "reread", "decide")}
    if "rank" in given.tables:
        tables["rank"] = ranking(cases, dropped)
    if "reread" in given.tables:
        tables["reread"] = ranking(read_again(cases, tables["rank"]), dropped)
    if "decide" in given.tables:
        tables["decide"] = deciding(cases, tables["rank"])
    text = toml(tables)
    print(text)
    if given.write:
        place = Path(__file__).parent.parent / "assistant" / "retrieval" / "weights.toml"
        head = [line for line in place.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
        place.write_text("\n".join(head) + "\n\n" + text, encoding="utf-8")


def collect(questions: Sequence[Mapping[str, object]], store: Store) -> list[Case]:
    """Search for each question, and mark the passages that hit a gold passage with the right bounds."""
    cases: list[Case] = []
    for question in questions:
        known = evaluation.gold_question(question)
        query = resolve(known.question, Filters(), store)
        if isinstance(query, Refusal) or query.unquoted:
            continue
        terms = search_terms(query, store)
        found = find_candidates(terms, store)
        quotes = [cut(one.article, one.passage, one.statement) for one in found]
        right = np.array([any(evaluation.hits(quote, gold) for gold in known.gold) for quote in quotes])
        sources = frozenset(gold.article for gold in known.gold)
        cases.append(Case(np.zeros((0, 0)), right, known.id, bool(known.gold), terms, found, sources))
    return cases


def read_again(cases: Sequence[Case], table: Mapping[str, float]) -> list[Case]:
    """The cases with the passages that are read, and what the reader says of them."""
    reader = PassageReader()
    again = []
    for case in cases:
        best = sorted(((weighted_sum(one.features, table), one) for one in case.found), key=lambda pair: -pair[0])
        read = [one for _, one in reread(case.terms.question.text, best[:READ], reader)]
        again.append(case.of(read, ()))
    return again


def ranking(cases: Sequence[Case], dropped: Set[str]) -> dict[str, float]:
    """The weights of ranking; prints what they are worth held out and fitted."""
    names = [name for name in cases[0].found[0].features if name not in dropped]
    cases = [case.of(case.found, names) for case in cases]
    answerable = [case for case in cases if case.answerable]
    whole, held = fit_ranking(cases), dict.fromkeys((1, 3, 5), 0)
    for fold in range(FOLDS):
        fitted = fit_ranking([case for i, case in enumerate(cases) if i % FOLDS != fold])
        for k in held:
            held[k] += sum(at(case, fitted, k) for case in cases[fold::FOLDS] if case.answerable)
    found = np.mean([case.right.any() for case in answerable])
    print(f"{len(answerable)} answerable questions; a right passage is among those weighed for {found:.3f}")
    for k, count in held.items():
        fitted_share = np.mean([at(case, whole, k) for case in answerable])
        print(f"passage@{k}   held out {count / len(answerable):.3f}   fitted {fitted_share:.3f}")
    return dict(zip(names, map(float, whole), strict=True))


def fit_ranking(cases: Sequence[Choice], pull: float = 0.03, rounds: int = 400, rate: float = 0.05) -> Array:
    """Weights that give the right passages of each question the greatest share of the softmax.

    Fitted on features divided by their deviation, so that `pull` draws all alike; steps as in RMSProp.
    """
    usable = [case for case in cases if case.right.any() and not case.right.all()]
    deviation = np.concatenate([case.features for case in usable]).std(axis=0) + 1e-9
    size = len(usable), max(len(case.right) for case in usable)
    features, right, there = np.zeros((*size, len(deviation))), np.zeros(size), np.zeros(size, dtype=bool)
    for row, case in enumerate(usable):
        features[row, : len(case.right)] = case.features / deviation
        right[row, : len(case.right)], there[row, : len(case.right)] = case.right, True
    weights, mean_square = np.zeros(len(deviation)), np.full(len(deviation), 1e-8)
    for _ in range(rounds):
        share = softmax(np.where(there, features @ weights, -np.inf))
        target = share * right
        target /= target.sum(axis=1, keepdims=True)
        slope = pull * weights + np.einsum("ij,ijk->k", share - target, features, optimize=True) / len(usable)
        mean_square = 0.9 * mean_square + 0.1 * slope**2
        weights -= rate * slope / np.sqrt(mean_square)
        rate *= 0.995
    return np.asarray(weights / deviation)


def softmax(scores: Array) -> Array:
    """Shares that sum to 1 in each row."""
    power = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(power / power.sum(axis=-1, keepdims=True))


def order(case: Case, weights: Array) -> NDArray[np.intp]:
    """The passages of a question, best first."""
    return np.argsort(-(case.features @ weights), kind="stable")


def at(case: Case, weights: Array, k: int) -> bool:
    """Whether a right passage is among the first k."""
    return bool(case.right[order(case, weights)[:k]].any())


def deciding(cases: Sequence[Case], table: Mapping[str, float]) -> dict[str, float]:
    """The weights of refusing; prints what they are worth on the near misses, held out.

    Learnt from the questions and their near misses, and, at half the weight, from the answerable ones with the articles
    that answer them taken away, so that what is off the topic is refused as well.
    """
    read = read_again(cases, table)
    away = [replace(case, found=[one for one in case.found if one.article.id not in case.sources]) for case in cases]
    read += [replace(case, answerable=False) for case in read_again([one for one in away if one.answerable], table)]
    names = list(answer_features(read[0].terms, read[0].found))
    rows = np.array([[answer_features(case.terms, case.found)[name] for name in names] for case in read])
    truth = np.array([float(case.answerable) for case in read])
    weigh = np.where(np.arange(len(read)) < len(cases), 1.0, 0.5)
    parts = np.array([case.name.rsplit("-q", 1)[0] for case in read])
    chances = np.zeros(len(read))
    for _, out in GroupKFold(5).split(rows, truth, parts):
        kept = np.setdiff1d(np.arange(len(read)), out)
        chances[out] = 1 / (1 + np.exp(-rows[out] @ fit_deciding(rows[kept], truth[kept], weigh[kept], names)))
    asked = weigh == 1
    for limit in (0.2, 0.3, 0.4, 0.5):
        given = chances >= limit
        answered, refused = given[asked & (truth == 1)].mean(), 1 - given[asked & (truth == 0)].mean()
        print(f"at {limit}: answered {answered:.3f}, refused {refused:.3f} (held out, before the plain signs)")
    return dict(zip(names, map(float, fit_deciding(rows, truth, weigh, names)), strict=True))


def fit_deciding(rows: Array, truth: Array, weigh: Array, names: Sequence[str], pull: float = 1.0) -> Array:
    """Logistic regression in which no feature counts against its meaning; all but the constant are drawn to zero."""
    deviation = np.where(rows.std(axis=0) > 0, rows.std(axis=0), 1.0)
    scaled, drawn = rows / deviation, np.array([name != "constant" for name in names])
    free, against = {"constant", "asks_speaker"}, {"not_by_speaker"}
    bounds = [(None, None) if one in free else (None, 0.0) if one in against else (0.0, None) for one in names]

    def loss(weights: Array) -> tuple[float, Array]:
        scores = scaled @ weights
        wrong = weigh * (1 / (1 + np.exp(-scores)) - truth)
        cost = (weigh * np.logaddexp(0, np.where(truth > 0, -scores, scores))).sum()
        return cost + pull / 2 * (drawn * weights**2).sum(), scaled.T @ wrong + pull * drawn * weights

    return np.asarray(minimize(loss, np.zeros(len(names)), jac=True, bounds=bounds, method="L-BFGS-B").x / deviation)


def toml(tables: Mapping[str, Mapping[str, float]]) -> str:
    """Tables of numbers as TOML."""
    lines = {name: "".join(f"{key} = {value:.3f}\n" for key, value in table.items()) for name, table in tables.items()}
    return "\n".join(f"[{name}]\n{values}" for name, values in lines.items())


if __name__ == "__main__":
    main()
