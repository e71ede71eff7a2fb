"""Fit how certain a speaker is on statements whose speakers are known, and show how true such probabilities are.

    python benchmarks/certainty.py ARTICLES.jsonl GOLD.jsonl [--write] [--check ARTICLES.jsonl GOLD.jsonl]

GOLD has one statement or quotation a line: article, start, end (code points), speaker (a name, or null). Weights are
those of a logistic regression, drawn towards zero; the reliability that is printed for GOLD itself is cross-validated
by article. `--write` puts the weights into index/attribution/linking/certainty.toml. Fit on data with a licence only.
"""

from __future__ import annotations

import argparse
import itertools
import json
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from index.attribution.statements import link_statements
from index.language.names import fold, same_given, speaker_key
from index.language.parser import Parser
from index.language.sentences import sentences
from index.types import Article, Statement

PULL = 0.3  # inverse strength of the pull towards zero
BINS = (0.0, 0.5, 0.7, 0.85, 0.9, 0.95, 0.97, 0.99, 1.001)
WEIGHTS = Path(__file__).parent.parent / "index" / "attribution" / "linking" / "certainty.toml"


@dataclass
class Judged:
    """A statement of ours that meets one of the gold ones: its features, and whether the speaker is right."""

    article: str
    features: dict[str, float]
    right: bool


def main() -> None:
    """Read, fit, show, and write where asked."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("articles", type=Path)
    options.add_argument("gold", type=Path)
    options.add_argument("--write", action="store_true")
    options.add_argument("--check", nargs=2, type=Path, metavar=("ARTICLES", "GOLD"), action="append", default=[])
    given = options.parse_args()
    judged = judge(given.articles, given.gold)
    names = sorted({name for one in judged for name in one.features})
    rows, right = table(judged, names), np.array([one.right for one in judged])
    model = LogisticRegression(C=PULL, fit_intercept=False, max_iter=2000)
    groups = [one.article for one in judged]
    held_out = cross_val_predict(model, rows, right, groups=groups, cv=GroupKFold(10), method="predict_proba")[:, 1]
    print(f"{given.gold}: {len(judged)} statements that name somebody, {right.mean():.1%} right (cross-validated)")
    reliability(held_out, right)
    model.fit(rows, right)
    for articles, gold in given.check:
        others = judge(articles, gold)
        truth = np.array([one.right for one in others])
        print(f"{gold}: {len(others)} statements that name somebody, {truth.mean():.1%} right")
        reliability(model.predict_proba(table(others, names))[:, 1], truth)
    if given.write:
        lines = [f'"{name}" = {weight:.3f}\n' for name, weight in zip(names, model.coef_[0], strict=True)]
        head = "# Fitted by benchmarks/certainty.py; do not edit by hand.\n\n[weights]\n"
        WEIGHTS.write_text(head + "".join(lines), encoding="utf-8")


def judge(articles: Path, gold: Path) -> list[Judged]:
    """Every statement of ours that holds at least half of a gold one and names somebody, judged."""
    by_article: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in gold.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        by_article[record["article"]].append(record)
    records = [json.loads(line) for line in articles.read_text(encoding="utf-8").splitlines()]
    texts = [Article(one["id"], one.get("title", ""), one["text"], author=one.get("author") or "") for one in records]
    found: list[Judged] = []
    for article, doc in zip(texts, Parser().parse(one.text for one in texts), strict=True):
        for linked in link_statements(article, doc, sentences(doc))[1]:
            known = meeting(linked.statement, by_article[article.id])
            if known is not None and linked.statement.speaker is not None:
                found.append(Judged(article.id, linked.features, is_right(linked.statement, known)))
    return found


def meeting(said: Statement, gold: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The gold statement that shares most characters with ours, if that is half of the shorter one."""
    best, most = None, 0.0
    size = sum(len(span) for span in said.content)
    for one in gold:
        shared = sum(max(0, min(span.end, one["end"]) - max(span.start, one["start"])) for span in said.content)
        share = shared / min(size, one["end"] - one["start"])
        if share > most:
            best, most = one, share
    return best if most >= 0.5 else None


def is_right(said: Statement, gold: dict[str, Any]) -> bool:
    """Whether a statement has the right speaker: nobody's name where the gold one has none, else that name."""
    assert said.speaker is not None
    if not gold["speaker"]:
        return not said.speaker.key
    accepted = [gold["speaker"], *gold.get("speaker_aliases", ()), *gold.get("also_accept", ())]
    return any(same_name(said.speaker.name, name) for name in accepted if name)


def same_name(ours: str, theirs: str) -> bool:
    """Whether two names may be one's: one holds the other, or the last words are alike and no first names differ."""
    one, two = ([fold(word) for word in re.findall(r"\w[\w.'’-]*", name)] for name in (ours, theirs))
    if any(len(few) > 1 and f" {' '.join(few)} " in f" {' '.join(many)} " for few, many in ((one, two), (two, one))):
        return True
    plain = [speaker_key(name).split() for name in (ours, theirs)]
    if not all(plain) or plain[0][-1] != plain[1][-1]:
        return False
    return min(map(len, plain)) == 1 or same_given(plain[0][0], plain[1][0])


def table(judged: list[Judged], names: list[str]) -> NDArray[np.float64]:
    """The features as rows, in the order of the names."""
    return np.array([[one.features.get(name, 0.0) for name in names] for one in judged])


def reliability(probabilities: NDArray[np.float64], right: NDArray[np.bool_]) -> None:
    """Print how many are right of those that were given a probability in each range."""
    print("  probability       n   mean   right")
    for low, high in itertools.pairwise(BINS):
        inside = (probabilities >= low) & (probabilities < high)
        if inside.any():
            print(
                f"  {low:.2f} to {min(high, 1):.2f}  {inside.sum():5}  "
                f"{probabilities[inside].mean():.3f}   {right[inside].mean():.3f}"
            )


if __name__ == "__main__":
    main()
