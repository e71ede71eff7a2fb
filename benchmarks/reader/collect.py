"""Collect what the search finds for each question of a set, with everything that the reader sees of a passage.

    python benchmarks/reader/collect.py QUESTIONS.jsonl ARTICLES.jsonl LIBRARY OUT.jsonl

LIBRARY holds the articles. OUT has a line for each question: its story, and the passages found, in the order of the
fused search, each with its features, its parts (title, date, speaker, role, text) and the numbers of the gold passages
that it hits. `near` tells that it shares a character with a gold passage; such a one is never taught as wrong. `missed`
are passages that hit a gold passage and were not found. What the program refuses before it searches is left out.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant import evaluation
from assistant.evaluation import Gold
from assistant.query.filters import Filters
from assistant.query.resolution import resolve
from assistant.retrieval.search import find_candidates
from assistant.retrieval.search_terms import search_terms
from assistant.selection.cut import cut
from assistant.types import Refusal
from index.errors import CutError
from index.storage.store import Store
from index.types import Article, Passage, Statement

STORIES = Path(__file__).parent / "stories.txt"


def main() -> None:
    """Read, search, write."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("questions", "articles", "library", "out"):
        options.add_argument(name, type=Path)
    given = options.parse_args()
    told = stories(lines(given.articles))
    left_out = 0
    with Store.open(given.library) as store, given.out.open("w", encoding="utf-8") as out:
        for record in lines(given.questions):
            row = collected(record, told, store)
            left_out += row is None
            if row:
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
    print(f"{left_out} questions were refused before the search")


def lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON-lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def stories(articles: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """For each article's id the name of its story, the id of an article of it."""
    same: dict[str, str] = {}
    for line in STORIES.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        part, *runs = line.split()
        bounds = [(run.split("-")[0], run.split("-")[-1]) for run in runs]
        ids = [f"{part}-{n:03}" for first, last in bounds for n in range(int(first), int(last) + 1)]
        same |= dict.fromkeys(ids, ids[0])
    for one in articles:
        first = one.get("story") or same.get(one.get("copy_of") or one["id"], one.get("copy_of") or one["id"])
        same.setdefault(one["id"], first)
    return same


def collected(record: Mapping[str, Any], told: Mapping[str, str], store: Store) -> dict[str, Any] | None:
    """What was found for a question; None where it is refused before the search."""
    known = evaluation.gold_question(record)
    query = resolve(known.question, Filters(), store)
    if isinstance(query, Refusal) or query.unquoted:
        return None
    found = find_candidates(search_terms(query, store), store)
    rows = []
    for one in found:
        row = seen(one.article, one.passage, one.statement, known.gold)
        rows.append({**row, "features": {name: round(value, 4) for name, value in one.features.items()}})
    have = {(one.article.id, one.passage.number) for one in found}
    home = known.id.rsplit("-q", 1)[0]
    return {
        "id": known.id,
        "story": told.get(home, home),
        "question": known.question,
        "gold": len(known.gold),
        "found": rows,
        "missed": list(missed(known.gold, have, store)),
    }


def missed(gold: Sequence[Gold], have: set[tuple[str, int]], store: Store) -> Iterable[dict[str, Any]]:
    """The passages that hit a gold passage, but for those that were found."""
    for article in sorted({one.article for one in gold}):
        reading = store.library.reading(article)
        for passage in reading.passages:
            if (article, passage.number) not in have:
                statement = None if passage.statement is None else reading.statements[passage.statement]
                row = seen(reading.article, passage, statement, gold)
                if row["gold"]:
                    yield row


def seen(article: Article, passage: Passage, statement: Statement | None, gold: Sequence[Gold]) -> dict[str, Any]:
    """What the reader sees of a passage, where it stands, and which gold passages it hits."""
    speaker = statement.speaker if statement else None
    try:
        quote = cut(article, passage, statement)
        hit = [number for number, one in enumerate(gold) if evaluation.hits(quote, one)]
    except CutError:
        hit = []
    return {
        "article": article.id,
        "start": passage.extent.start,
        "end": passage.extent.end,
        "title": article.title,
        "date": article.published.isoformat() if article.published else "",
        "speaker": speaker.name if speaker else "",
        "role": speaker.description if speaker else "",
        "text": passage.extent.cut(article.text),
        "gold": hit,
        "near": any(one.article == article.id and one.span.overlaps(passage.extent) for one in gold),
    }


if __name__ == "__main__":
    main()
