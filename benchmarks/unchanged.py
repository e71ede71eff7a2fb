"""Shows that a change of structure changes no behaviour: writes all that the product makes of articles and questions.

    python benchmarks/unchanged.py OUT.jsonl --articles ARTICLES.jsonl [--questions QUESTIONS.jsonl] [--against BEFORE]

OUT gets one line for every statement of every article and one for the answer to every question, with all their fields
and in a fixed order. No path, time or folder is in it, so two runs of the same behaviour write the same bytes.
--against compares OUT with what an earlier run wrote, and prints how many lines differ and the first of them.

Exit codes: 0 where nothing was compared or nothing differs, 1 where a line differs, 2 where the run could not be made.
"""

from __future__ import annotations

import argparse
import difflib
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from assistant import Assistant, Settings
from assistant.render import as_json, dumps
from index.errors import OnTheRecordError
from index.types import Span, Statement

SHOWN = 6  # differing lines that are printed
WIDTH = 500  # characters of each


def behaviour(articles: Path, questions: Path | None) -> Iterator[str]:
    """The lines of one run, made in a library of its own with the default settings.

    :raises OnTheRecordError: If an article or a question cannot be read; says which.
    """
    with tempfile.TemporaryDirectory() as folder, Assistant.open(folder, Settings()) as assistant:
        for failure in assistant.add([articles]).failed:
            raise failure
        library = assistant.store.library
        for article in sorted(entry.id for entry in library.articles()):
            for said in library.reading(article).statements:
                yield dumps({"article": article, **statement_as_json(said)})
        for record in records(questions) if questions else ():
            yield dumps({"id": record.get("id"), **as_json(assistant.ask(record["question"]))})


def statement_as_json(said: Statement) -> dict[str, Any]:
    """Everything a statement holds, spans as [start, end] in code points."""
    speaker = said.speaker
    return {
        "number": said.number,
        "content": [span(piece) for piece in said.content],
        "cue": span(said.cue),
        "source": span(said.source),
        "speaker": [speaker.id, speaker.name, speaker.description, list(speaker.aliases), speaker.key]
        if speaker
        else None,
        "manner": said.manner,
        "resolution": said.resolution,
        "extent": span(said.extent),
        "antecedent": span(said.antecedent),
        "flags": sorted(said.flags),
    }


def span(one: Span | None) -> list[int] | None:
    """A span as [start, end]."""
    return [one.start, one.end] if one else None


def records(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON-lines file."""
    for line in path.read_bytes().splitlines():
        if line.strip():
            yield json.loads(line)


def compare(before: Path, after: Path) -> int:
    """Print the difference of two runs.

    :return: How many lines differ: those that only one of the two has, or that stand in another order.
    """
    old, new = (path.read_text(encoding="ascii").splitlines() for path in (before, after))
    found = [line for line in difflib.unified_diff(old, new, n=0, lineterm="") if line[0] in "-+"][2:]
    print(f"{len(found)} lines differ ({len(old)} lines before, {len(new)} now)")
    for line in found[:SHOWN]:
        print(f"  {line[:WIDTH]}")
    return len(found)


def main() -> None:
    """Read the command line, write the run, and compare."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("out", type=Path)
    options.add_argument("--articles", type=Path, required=True)
    options.add_argument("--questions", type=Path)
    options.add_argument("--against", type=Path)
    given = options.parse_args()
    try:
        with given.out.open("w", encoding="ascii", newline="\n") as out:
            out.writelines(f"{line}\n" for line in behaviour(given.articles, given.questions))
        differs = compare(given.against, given.out) if given.against else 0
    except (OnTheRecordError, OSError) as error:
        print(error, file=sys.stderr)
        raise SystemExit(2) from None
    raise SystemExit(1 if differs else 0)


if __name__ == "__main__":
    main()
