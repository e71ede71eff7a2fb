"""What a reader brings: ranking with and without it, on sets that `collect.py` wrote, and how well it tells an answer.

    python benchmarks/reader/measure.py WEIGHTS.safetensors --fit corpus.jsonl --on broad.jsonl [qa.jsonl ...]

The weights of rereading are chosen on the stories that the reader was not trained on (held_out.txt); on those stories
themselves without the story that is judged. Prints, for each set, passage@1, @3, @5 and gold_coverage@5 without the
reader, with it, and by it alone; and the AUC with which scores tell answerable questions from the others. Nothing is
joined and nothing refused, so that figures differ from those of `evaluate`. Scores are kept beside WEIGHTS.
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
from weights import UNWEIGHTED, Array, Choice, fit_ranking, toml

from assistant.retrieval.ranking import NEIGHBOURS, weighted_sum, weights
from assistant.retrieval.reader import PassageReader, as_read
from assistant.retrieval.rereading import READ, standard

HELD_OUT = Path(__file__).parent / "held_out.txt"
Row = Mapping[str, Any]


class Questions:
    """The questions of a set, with the passages of each that are read, and the reader's scores.

    :param only: The stories that are looked at; None for all.
    """

    def __init__(self, path: Path, place: Path, only: frozenset[str] | None = None) -> None:
        reader, table = PassageReader(place), weights("rank")
        kept = place.with_name(f"{place.stem}-{path.stem}.json")
        scores = json.loads(kept.read_text()) if kept.exists() else {}
        self.name, self.rows = path.stem, list[Row]()
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if only is None or row["story"] in only:
                row["found"] = sorted(row["found"], key=lambda one: -weighted_sum(one["features"], table))[:READ]
                if row["id"] not in scores:
                    scores[row["id"]] = reader.scores(row["question"], [as_seen(one) for one in row["found"]])
                self.rows.append({**row, "scores": np.array(scores[row["id"]])})
        kept.write_text(json.dumps(scores))
        self.names = [name for name in self.rows[0]["found"][0]["features"] if name not in UNWEIGHTED]

    def choices(self, reads: bool) -> dict[str, Choice]:
        """For each question its passages' features, with the reader's or without, and which are right."""
        made = {}
        for row in self.rows:
            features = np.array([[one["features"][name] for name in self.names] for one in row["found"]])
            if reads:
                features = np.column_stack([features, standard(row["scores"][:, 0])])
            made[row["id"]] = Choice(features, np.array([bool(one["gold"]) for one in row["found"]]))
        return made

    def show(self, scored: Mapping[str, Array]) -> None:
        """Print the figures of an order, given by each question's scores."""
        told = " ".join(f"{value:.3f}" for value in figures(self.rows, scored))
        first = {row["id"]: row["scores"][np.argmax(scored[row["id"]]), 1] for row in self.rows}
        most = {row["id"]: row["scores"][:, 1].max() for row in self.rows}
        print(
            f"  {self.name:8} {told}   AUC of the first {auc(self.rows, first):.3f}, of all {auc(self.rows, most):.3f}"
        )


def as_seen(one: Row) -> str:
    """A collected passage as the reader sees it."""
    day = dt.date.fromisoformat(one["date"]) if one["date"] else None
    return as_read(one["text"], one["title"], day, one["speaker"], one["role"])


def shown(row: Row, scores: Array) -> list[Row]:
    """The first five passages that are not neighbours."""
    kept: list[Row] = []
    for place in np.argsort(-scores, kind="stable"):
        one = row["found"][place]
        if not any(neighbours(one, other) for other in kept):
            kept.append(one)
    return kept[:5]


def neighbours(one: Row, two: Row) -> bool:
    """Whether two passages are one to a reader, as in ranking."""
    both = min(one["end"], two["end"]) - max(one["start"], two["start"])
    shorter = min(one["end"] - one["start"], two["end"] - two["start"])
    return bool(one["article"] == two["article"] and both > NEIGHBOURS * shorter)


def figures(rows: Sequence[Row], scored: Mapping[str, Array]) -> NDArray[np.float64]:
    """passage@1, @3, @5 and gold_coverage@5 of the answerable questions."""
    hits, gold = np.zeros(4), 0
    answerable = [row for row in rows if row["gold"]]
    for row in answerable:
        quotes = shown(row, scored[row["id"]])
        first = next((rank for rank, one in enumerate(quotes) if one["gold"]), len(quotes))
        hits += [first < 1, first < 3, first < len(quotes), len({number for one in quotes for number in one["gold"]})]
        gold += row["gold"]
    return np.asarray(hits / [*[len(answerable)] * 3, gold])


def auc(rows: Sequence[Row], value: Mapping[str, float]) -> float:
    """The chance that an answerable question has a higher value than one that is not."""
    yes = np.array([value[row["id"]] for row in rows if row["gold"]])
    no = np.array([value[row["id"]] for row in rows if not row["gold"]])
    return float((yes[:, np.newaxis] > no).mean() + 0.5 * (yes[:, np.newaxis] == no).mean())


def main() -> None:
    """Score, fit, show."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("weights", type=Path)
    options.add_argument("--fit", type=Path, required=True)
    options.add_argument("--on", type=Path, nargs="*", default=[])
    given = options.parse_args()
    held_out = frozenset(HELD_OUT.read_text().split())
    own = Questions(given.fit, given.weights, held_out)
    others = [Questions(path, given.weights) for path in given.on]
    for reads in (False, True):
        print("with the reader" if reads else "without it")
        choices, scored = own.choices(reads), {}
        for story in sorted(held_out):
            inside = {row["id"] for row in own.rows if row["story"] == story}
            fitted = fit_ranking([one for name, one in choices.items() if name not in inside])
            scored |= {name: choices[name].features @ fitted for name in inside}
        own.show(scored)
        whole = fit_ranking(list(choices.values()))
        table = dict(zip([*own.names, "reads"], map(float, whole), strict=False))
        for one in others:
            one.show({name: choice.features @ whole for name, choice in one.choices(reads).items()})
    print(toml({"reread": table}))
    print("by the reader alone")
    for one in (own, *others):
        one.show({row["id"]: row["scores"][:, 0] for row in one.rows})


if __name__ == "__main__":
    main()
