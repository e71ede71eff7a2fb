"""Choose the weights of ranking and of refusing on a set of questions, and show what they are worth on others.

    python benchmarks/weights.py QUESTIONS.jsonl LIBRARY [--write]

QUESTIONS has gold answers (see docs/evaluation.md), LIBRARY holds the articles they are about. The weights of ranking
are those of a softmax over each question's passages (ListNet: Cao et al., ICML 2007), those of refusing of a logistic
regression, both drawn towards zero. Refusing is learnt from the unanswerable questions and from the answerable ones
with the articles that answer them taken away. `--write` puts them into
assistant/retrieval/weights.toml; without it nothing changes.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant import evaluation
from assistant.query.filters import Filters
from assistant.query.resolution import resolve
from assistant.retrieval.search import Candidate, find_candidates
from assistant.retrieval.search_terms import SearchTerms, search_terms
from assistant.selection.answerability import answer_features
from assistant.selection.cut import cut
from assistant.types import Refusal
from index.storage.store import Store

FOLDS = 10
ANSWERED = 0.99  # of the answerable questions, to be answered
Array = NDArray[np.float64]


@dataclass
class Case:
    """One question: its passages' features, which of them are right, and whether the articles answer it at all."""

    name: str
    answerable: bool
    features: Array
    right: NDArray[np.bool_]
    terms: SearchTerms
    found: list[Candidate]
    sources: frozenset[str]


def main() -> None:
    """Read, collect, fit, show."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("questions", type=Path)
    options.add_argument("library", type=Path)
    options.add_argument("--write", action="store_true")
    options.add_argument("--drop", nargs="*", default=[], help="features to leave out, to see what they bring")
    given = options.parse_args()
    questions = [json.loads(line) for line in given.questions.read_text(encoding="utf-8").splitlines()]
    with Store.open(given.library) as store:
        cases, names = collect(questions, store)
    keep = [i for i, name in enumerate(names) if name not in given.drop]
    names = [names[i] for i in keep]
    for case in cases:
        case.features = case.features[:, keep]
    report(cases, names, given.write)


def collect(questions: Sequence[Mapping[str, object]], store: Store) -> tuple[list[Case], list[str]]:
    """Search for each question, and mark the passages that hit a gold passage with the right bounds."""
    cases: list[Case] = []
    names: list[str] = []
    for question in questions:
        known = evaluation.gold_question(question)
        query = resolve(known.question, Filters(), store)
        if isinstance(query, Refusal) or query.unquoted:
            continue
        terms = search_terms(query, store)
        found = find_candidates(terms, store)
        names = names or list(found[0].features)
        features = np.array([[one.features[name] for name in names] for one in found])
        quotes = [cut(one.article, one.passage, one.statement) for one in found]
        right = np.array([any(evaluation.hits(quote, gold) for gold in known.gold) for quote in quotes])
        sources = frozenset(gold.article for gold in known.gold)
        cases.append(Case(known.id, bool(known.gold), features, right, terms, found, sources))
    return cases, names


def fit_ranking(cases: Sequence[Case], pull: float = 0.06, rounds: int = 400, rate: float = 0.05) -> Array:
    """Weights that give the right passages of each question the greatest share of the softmax.

    Fitted on features divided by their deviation, so that `pull` draws all alike; steps as in RMSProp.
    """
    usable = [case for case in cases if case.right.any()]
    deviation = np.concatenate([case.features for case in usable]).std(axis=0) + 1e-9
    weights, mean_square = np.zeros(len(deviation)), np.full(len(deviation), 1e-8)
    for _ in range(rounds):
        slope = pull * weights
        for case in usable:
            share = softmax(case.features / deviation @ weights)
            target = share * case.right
            target /= target.sum()
            slope += (share - target) @ (case.features / deviation) / len(usable)
        mean_square = 0.9 * mean_square + 0.1 * slope**2
        weights -= rate * slope / np.sqrt(mean_square)
        rate *= 0.995
    return np.asarray(weights / deviation)


def softmax(scores: Array) -> Array:
    """Shares that sum to 1."""
    power = np.exp(scores - scores.max())
    return np.asarray(power / power.sum())


def fit_deciding(rows: Array, answerable: Array, pull: float = 0.01, rounds: int = 3000) -> Array:
    """Logistic regression in which answerable and unanswerable questions count the same in all."""
    weights = np.zeros(rows.shape[1])
    weigh = np.where(answerable > 0, 0.5 / answerable.sum(), 0.5 / (1 - answerable).sum())
    for _ in range(rounds):
        chance = 1 / (1 + np.exp(-rows @ weights))
        weights -= 1.0 * ((chance - answerable) * weigh @ rows + pull * weights * (np.arange(len(weights)) > 0))
    return weights


def order(case: Case, weights: Array) -> NDArray[np.intp]:
    """The passages of a question, best first."""
    return np.argsort(-(case.features @ weights), kind="stable")


def at(case: Case, weights: Array, k: int) -> bool:
    """Whether a right passage is among the first k."""
    return bool(case.right[order(case, weights)[:k]].any())


def report(cases: list[Case], names: list[str], write: bool) -> None:
    """Cross-validated figures, then the weights on everything."""
    answerable = [case for case in cases if case.answerable]
    held = {k: 0 for k in (1, 3, 5)}
    rows: list[list[float]] = []
    gold: list[float] = []
    for fold in range(FOLDS):
        weights = fit_ranking([case for i, case in enumerate(cases) if i % FOLDS != fold])
        for case in cases[fold::FOLDS]:
            for k in held if case.answerable else ():
                held[k] += at(case, weights, k)
            best = [case.found[i] for i in order(case, weights)]
            without = [one for one in best if one.article.id not in case.sources]
            for some, truth in ((best, case.answerable), *([(without, False)] if case.answerable and without else [])):
                rows.append(list(answer_features(case.terms, some).values()))
                gold.append(float(truth))
    whole = fit_ranking(cases)
    print(
        f"{len(answerable)} answerable questions; a right passage is among those found for "
        f"{np.mean([case.right.any() for case in answerable]):.3f}"
    )
    for k, count in held.items():
        fitted = np.mean([at(case, whole, k) for case in answerable])
        print(f"passage@{k}   held out {count / len(answerable):.3f}   fitted {fitted:.3f}")
    sign_names = list(answer_features(cases[0].terms, cases[0].found))
    table, truth = np.array(rows), np.array(gold)
    chances = np.zeros(len(truth))
    for fold in range(FOLDS):
        out = np.arange(len(truth)) % FOLDS == fold
        chances[out] = 1 / (1 + np.exp(-table[out] @ fit_deciding(table[~out], truth[~out])))
    limit = np.quantile(chances[truth == 1], 1 - ANSWERED)
    print(
        f"answered {np.mean(chances[truth == 1] >= limit):.3f}, refused {np.mean(chances[truth == 0] < limit):.3f} of"
    )
    print("the unanswerable and of the answerable with their articles taken away (held out, before any other rule)")
    deciding = fit_deciding(table, truth)
    deciding[0] -= np.log(limit / (1 - limit))  # so that 0.5 is the limit
    text = toml({"rank": dict(zip(names, whole, strict=True)), "decide": dict(zip(sign_names, deciding, strict=True))})
    print(text)
    if write:
        place = Path(__file__).parent.parent / "assistant" / "retrieval" / "weights.toml"
        head = [line for line in place.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
        place.write_text("\n".join(head) + "\n\n" + text, encoding="utf-8")


def toml(tables: Mapping[str, Mapping[str, float]]) -> str:
    """Tables of numbers as TOML."""
    lines = {name: "".join(f"{key} = {value:.3f}\n" for key, value in table.items()) for name, table in tables.items()}
    return "\n".join(f"[{name}]\n{values}" for name, values in lines.items())


if __name__ == "__main__":
    main()
