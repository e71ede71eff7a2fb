"""What each part of the search brings: a question set's figures with one part after the other switched off.

usage: ablation.py QUESTIONS.jsonl LIBRARY [PART ...]

QUESTIONS has gold answers (see docs/evaluation.md), LIBRARY holds the articles they are about; it is copied, and stays
as it is. Without PART all are tried. The weights stay those that were chosen with every part there.
"""

from __future__ import annotations

import argparse
import contextlib
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest.mock import patch

from assistant import answer, evaluation
from assistant.assistant import Assistant
from assistant.cli.ask import read_questions
from assistant.query import resolution
from assistant.retrieval import ranking, rereading
from assistant.selection import answerability, speaker_filter
from index.embedding import passage_vectors

SHOWN = ("passage_and_speaker@1", "passage@1", "passage@5", "gold_coverage@5", "speaker_accuracy_on_hits",
         "answered_when_answerable", "abstained_when_unanswerable")  # fmt: skip
Off = Callable[[Assistant], contextlib.AbstractContextManager[object]]


def without(*features: str) -> Off:
    """Ranking and refusing without some features."""
    known = {table: ranking.weights(table) for table in ("rank", "reread", "decide")}

    def weights(table: str) -> dict[str, float]:
        return {name: weight for name, weight in known[table].items() if name not in features}

    @contextlib.contextmanager
    def off(_: Assistant) -> Iterator[None]:
        with contextlib.ExitStack() as stack:
            for module in (ranking, rereading, answerability):
                stack.enter_context(patch.object(module, "weights", weights))
            yield

    return off


def unmixed(constant: str) -> Off:
    """Vectors made anew without what a constant adds to them, and put back afterwards."""

    @contextlib.contextmanager
    def off(assistant: Assistant) -> Iterator[None]:
        with patch.object(passage_vectors, constant, 0.0):
            assistant.store.repair()
            yield
        assistant.store.repair()

    return off


PARTS: dict[str, Off] = {
    "nothing": lambda _: contextlib.nullcontext(),
    "search by vectors": lambda a: patch.object(a.store.vectors, "nearest", lambda *_: ()),
    "search by words": lambda a: patch.object(a.store.fulltext, "search", lambda *_: ()),
    "the passage's nearness": without("cosine", "apart"),
    "nearness apart from the subject": without("apart"),
    "the article's nearness": without("article"),
    "the passage before": without("before"),
    "like words": without("alike"),
    "the same words": without("coverage", "names"),
    "who speaks": without("asked", "other", "voiced", "told", "role", "direct", "unnamed"),
    "kind and place": without("length", "headline", "place", "number"),
    "the reader": without("reads"),
    "speakers in vectors": unmixed("SPEAKER"),
    "titles in vectors": unmixed("TITLE"),
    "neighbours in vectors": unmixed("LEAN"),
    "those asked about ahead": lambda _: patch.object(speaker_filter, "SPEAKER_ASKED_BONUS", 0.0),
    "answering without others": lambda _: patch.object(answer, "only", lambda best, _: best),
    "names typed without capitals": lambda _: patch.object(resolution, "with_names", lambda text, _: text),
    "statements shown whole": lambda _: patch.object(ranking, "WHOLE", 0),
    "joined quotes": lambda _: patch.object(ranking, "TOGETHER", 0),
    "whose word a fact is": lambda _: patch.object(answer, "whose_word", lambda one, _: one),
    "refusing numbers of something else": lambda _: patch.object(answerability, "_has_number_asked", lambda *_: True),
    "refusing where nothing said is near": lambda _: patch.multiple(answerability, ON_THIS=-2.0, TOUCHED=0.0),
    "refusing what was found": lambda _: patch.object(answer, "answers", lambda _, best: bool(best)),
}


def main() -> None:
    """Ask every question once for each part, and print a table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("questions", type=Path)
    options.add_argument("library", type=Path)
    options.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    given = options.parse_args()
    if unknown := set(given.parts) - PARTS.keys():
        options.error(f"there is no part {', '.join(sorted(unknown))}; the parts are: {', '.join(PARTS)}")
    questions = [evaluation.gold_question(record) for record in read_questions(given.questions)]
    print("| without | " + " | ".join(SHOWN) + " |\n" + "|---" * (len(SHOWN) + 1) + "|")
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copytree(given.library, Path(folder) / "library"))
        with Assistant.open(copy) as assistant:
            for part in given.parts or PARTS:
                with PARTS[part](assistant):
                    shares = evaluation.figures((one, assistant.ask(one.question)) for one in questions)
                print(f"| {part} | " + " | ".join(f"{shares.get(name, 0.0):.3f}" for name in SHOWN) + " |", flush=True)


if __name__ == "__main__":
    main()
