"""How long the reader takes for fifteen passages, on one thread and on two.

    python benchmarks/reader/speed.py COLLECTED.jsonl

COLLECTED is what `collect.py` wrote; the first passages of fifty of its questions are read. Prints the median by the
clock and the processor's time, in milliseconds, and how many tokens a question and a passage have together.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
from itertools import islice
from pathlib import Path
from time import perf_counter, process_time
from unittest.mock import patch

from measure import as_seen

from assistant.retrieval import reader
from assistant.retrieval.rereading import READ
from index.embedding import minilm

QUESTIONS = 50


def main() -> None:
    """Read with one thread, then with two."""
    with Path(sys.argv[1]).open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in islice(file, QUESTIONS)]
    asked = [(row["question"], [as_seen(one) for one in row["found"][:READ]]) for row in rows]
    tokens = [len(ids) - 1 for question, passages in asked for ids in minilm.minilm().tokenized(passages)]
    print(f"{statistics.median(tokens):.0f} tokens a passage in the middle, {max(tokens)} at most")
    for threads in (1, 2):
        with patch.object(os, "cpu_count", lambda count=threads: count):
            minilm._load.cache_clear()
            reader._load.cache_clear()
            one = reader.PassageReader()
            one.scores(*asked[0])
            wall, begun = [], process_time()
            for question, passages in asked:
                start = perf_counter()
                one.scores(question, passages)
                wall.append(perf_counter() - start)
        processor = 1000 * (process_time() - begun) / len(asked)
        print(f"{threads} threads: {1000 * statistics.median(wall):.0f} ms by the clock, {processor:.0f} of processor")


if __name__ == "__main__":
    main()
