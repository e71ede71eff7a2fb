"""What a reader brings: ranking with and without it, on sets that `collect.py` wrote, and what tells an answer.

    python benchmarks/reader/measure.py WEIGHTS.safetensors --fit corpus.jsonl --on broad.jsonl [qa.jsonl ...]

The weights of ranking are chosen on the stories that the reader was not trained on (held_out.txt), for the first
passages of each question; on those stories themselves they are chosen without the story that is judged. Prints, for each
set, passage@1, @3, @5 and gold_coverage@5 without the reader, with it, and by it alone, and the AUC with which the best
passage's scores tell answerable questions from others. No joining and no refusing, so figures differ from `evaluate`.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parent.parent))
from weights import softmax

from assistant.retrieval import ranking
from assistant.retrieval.reader import PassageReader, as_read

Array = NDArray[np.float64]
FIRST = 15
HELD_OUT = Path(__file__).parent / "held_out.txt"
NEIGHBOURS = 0.5


class Set:
    """Questions with the first passages of each: features, the reader's scores, which golds each hits."""

    def __init__(self, path: Path, reader: PassageReader | None, cache: Path, only: frozenset[str] | None) -> None:
        self.name = path.stem
        table = ranking.weights("rank")
        scores = json.loads(cache.read_text()) if cache.exists() else {}
        self.rows: list[dict[str, Any]] = []
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if only is not None and row["story"] not in only:
                continue
            found = sorted(row["found"], key=lambda one: -ranking.weighed(one["features"], table))[:FIRST]
            if row["id"] not in scores and reader:
                scores[row["id"]] = reader.scores(row["question"], [as_seen(one) for one in found])
            self.rows.append({**row, "found": found, "scores": np.array(scores[row["id"]]).reshape(-1, 2)})
        cache.write_text(json.dumps(scores))
        self.names = list(self.rows[0]["found"][0]["features"])

    def features(self, row: Mapping[str, Any], reads: bool) -> Array:
        plain = np.array([[one["features"][name] for name in self.names] for one in row["found"]])
        return np.hstack([plain, row["scores"]]) if reads else plain


def as_seen(one: Mapping[str, Any]) -> str:
    day = dt.date.fromisoformat(one["date"]) if one["date"] else None
    return as_read(one["text"], one["title"], day, one["speaker"], one["role"])


def fit(cases: Sequence[tuple[Array, NDArray[np.bool_]]], pull: float, rounds: int = 300) -> Array:
    usable = [(features, right) for features, right in cases if right.any() and not right.all()]
    deviation = np.concatenate([features for features, _ in usable]).std(axis=0) + 1e-9
    weights, square, rate = np.zeros(len(deviation)), np.full(len(deviation), 1e-8), 0.05
    for _ in range(rounds):
        slope = pull * weights
        for features, right in usable:
            share = softmax(features / deviation @ weights)
            target = share * right
            slope += (share - target / target.sum()) @ (features / deviation) / len(usable)
        square = 0.9 * square + 0.1 * slope**2
        weights -= rate * slope / np.sqrt(square)
        rate *= 0.99
    return np.asarray(weights / deviation)


def hits(row: Mapping[str, Any]) -> NDArray[np.bool_]:
    return np.array([bool(one["gold"]) for one in row["found"]])


def shown(row: Mapping[str, Any], scores: Array) -> list[Mapping[str, Any]]:
    kept: list[Mapping[str, Any]] = []
    for place in np.argsort(-scores, kind="stable"):
        one = row["found"][place]
        if not any(neighbours(one, other) for other in kept):
            kept.append(one)
    return kept[:5]


def neighbours(one: Mapping[str, Any], two: Mapping[str, Any]) -> bool:
    both = min(one["end"], two["end"]) - max(one["start"], two["start"])
    shorter = min(one["end"] - one["start"], two["end"] - two["start"])
    return bool(one["article"] == two["article"] and both > NEIGHBOURS * shorter)


def figures(rows: Sequence[Mapping[str, Any]], scored: Mapping[str, Array]) -> tuple[float, ...]:
    n = np.zeros(5)
    for row in rows:
        if row["gold"]:
            quotes = shown(row, scored[row["id"]])
            ranks = [rank for rank, one in enumerate(quotes) if one["gold"]]
            first = ranks[0] if ranks else 9
            covered = len({gold for one in quotes for gold in one["gold"]})
            n += [first < 1, first < 3, first < 5, covered, row["gold"]]
    answerable = sum(bool(row["gold"]) for row in rows)
    return (*(n[:3] / answerable), n[3] / n[4])


def auc(rows: Sequence[Mapping[str, Any]], value: Mapping[str, float]) -> float:
    """The chance that an answerable question has a higher value than one that is not."""
    yes = np.array([value[row["id"]] for row in rows if row["gold"]])
    no = np.array([value[row["id"]] for row in rows if not row["gold"]])
    above = (yes[:, None] > no).mean() + 0.5 * (yes[:, None] == no).mean()
    return float(above) if len(no) else float("nan")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("weights", type=Path)
    options.add_argument("--fit", type=Path, required=True)
    options.add_argument("--on", type=Path, nargs="*", default=[])
    options.add_argument("--pull", type=float, default=0.03)
    given = options.parse_args()
    reader = PassageReader(given.weights)
    held_out = frozenset(HELD_OUT.read_text().split())
    cache = given.weights.with_suffix("")
    own = Set(given.fit, reader, cache.with_name(cache.name + "-" + given.fit.stem + ".json"), held_out)
    others = [Set(path, reader, cache.with_name(cache.name + "-" + path.stem + ".json"), None) for path in given.on]
    for reads in (False, True):
        cases = {row["id"]: (own.features(row, reads), hits(row)) for row in own.rows}
        whole = fit(list(cases.values()), given.pull)
        scored = {}
        for story in sorted(held_out):
            inside = {row["id"] for row in own.rows if row["story"] == story}
            weights = fit([case for name, case in cases.items() if name not in inside], given.pull)
            scored |= {name: cases[name][0] @ weights for name in inside}
        print("with the reader" if reads else "without", "   @1 @3 @5 coverage")
        show("held-out stories", own, scored)
        for one in others:
            show(one.name, one, {row["id"]: one.features(row, reads) @ whole for row in one.rows})
        if reads:
            print({name: round(value, 2) for name, value in zip([*own.names, "reads", "answers"], whole, strict=True)})
    print("reads alone")
    for one in (own, *others):
        show(one.name, one, {row["id"]: row["scores"][:, 0] for row in one.rows})


def show(name: str, one: Set, scored: Mapping[str, Array]) -> None:
    answers = {row["id"]: float(row["scores"][np.argmax(scored[row["id"]]), 1]) for row in one.rows}
    most = {row["id"]: float(row["scores"][:, 1].max()) for row in one.rows}
    cosine = {row["id"]: row["found"][int(np.argmax(scored[row["id"]]))]["features"]["cosine"] for row in one.rows}
    told = " ".join(f"{value:.3f}" for value in figures(one.rows, scored))
    print(f"  {name:18} {told}   AUC of answers {auc(one.rows, answers):.3f}, of the most {auc(one.rows, most):.3f}, of the cosine {auc(one.rows, cosine):.3f}")


if __name__ == "__main__":
    main()
