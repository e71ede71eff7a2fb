"""Kill a store at random instants, many times, and see that nothing that was acknowledged is lost, doubled or half.

    python benchmarks/kills.py --kills 200 --seed 1

Each round forks a process that adds, changes and removes articles and notes in a journal what it was told is done;
kills it (SIGKILL) at a random instant; opens the store again, compares every article with the journal, lets `check`
read everything, and does the interrupted step again. The encoder needs no model; the rest is the product.
"""

from __future__ import annotations

import argparse
import dataclasses
import hashlib
import importlib
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from index.embedding.encoder import Matrix
from index.language.parser import Parser
from index.storage import vectors
from index.storage.store import Store
from index.types import Article, Span

WORDS = "harbour tunnel lighthouse meadow quarry viaduct orchard reservoir".split()
IDS = [f"article-{n}" for n in range(12)]


_A_STEP_S = 0.4  # about what a step takes


class HashEncoder:
    """Vectors out of the texts' own digests: always the same for the same text."""

    name, digest, dim = "hash", "hash", 32

    def prepare(self) -> None:
        """Nothing to load."""

    def words(self, words: Sequence[str]) -> Matrix:
        return self.encode(words)

    def inside(self, texts: Sequence[str], parts: Sequence[Sequence[Span]]) -> list[Matrix]:
        return [self.encode([part.cut(text) for part in some]) for text, some in zip(texts, parts, strict=True)]

    def encode(self, texts: Sequence[str]) -> Matrix:
        seeds = [int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") for text in texts]
        rows = np.array([np.random.default_rng(seed).normal(size=self.dim) for seed in seeds], dtype=np.float32)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def article(article_id: str, rng: random.Random) -> Article:
    word, month = rng.choice(WORDS), rng.choice(["May", "June", "July"])
    text = (
        f"The {word} opens in {month}, the mayor of Eastport said.\n\n"
        f"“The {word} is safe,” said Bo Chen, an engineer, in {month}. “I would swim in the {word}.”"
    )
    return Article(article_id, f"News of the {word}", text)


class Journal:
    """What was asked and what was acknowledged, one JSON line each, on disk before it is acted on."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def note(self, kind: str, step: dict[str, str | None]) -> None:
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps([kind, step]) + "\n")
            file.flush()
            os.fsync(file.fileno())

    def lines(self) -> int:
        """How many notes there are."""
        return self.path.read_bytes().count(b"\n") if self.path.exists() else 0

    def state(self) -> tuple[dict[str, str | None], dict[str, str | None]]:
        """The text of each article as acknowledged (None: removed), and the step that was asked and not yet so."""
        done: dict[str, str | None] = {}
        asked: dict[str, str | None] = {}
        for line in self.path.read_text(encoding="utf-8").splitlines() if self.path.exists() else []:
            kind, step = json.loads(line)
            if kind == "asked":
                asked = step
            else:
                done.update(step)
                asked = {}
        return done, asked


def work(folder: Path, journal: Journal, parser: Parser, rng: random.Random) -> None:
    """Add, change and remove until killed."""
    with Store.assembled(folder, HashEncoder(), parser) as store:
        while True:
            here = [entry.id for entry in store.library.articles()]
            if here and rng.random() < 0.3:
                gone = rng.sample(here, min(len(here), rng.randint(1, 3)))
                journal.note("asked", dict.fromkeys(gone))
                store.remove(gone)
                journal.note("done", dict.fromkeys(gone))
            else:
                some = [article(one, rng) for one in rng.sample(IDS, rng.randint(1, 4))]
                journal.note("asked", {one.id: one.text for one in some})
                store.add(some)
                journal.note("done", {one.id: one.text for one in some})


def verify(folder: Path, journal: Journal, parser: Parser, rng: random.Random) -> None:
    """Everything acknowledged is there, whole and once; the interrupted step is done as a whole or not at all."""
    done, asked = journal.state()
    with Store.assembled(folder, HashEncoder(), parser) as store:
        here = {entry.id: store.library.article(entry.id).text for entry in store.library.articles()}
        for one in IDS:
            allowed = {done.get(one)} | ({asked[one]} if one in asked else set())
            assert here.get(one) in allowed, f"{one}: {here.get(one)!r} is none of {allowed}"
        damages = store.check()
        assert damages == (), damages
        assert store.library.unsettled() == ()
        store.add([dataclasses.replace(article(one, rng), text=text) for one, text in asked.items() if text])
        store.remove([one for one, text in asked.items() if text is None and one in here])
        assert store.check() == ()
    journal.note("done", asked)


def strike(worker: int, journal: Journal, rng: random.Random) -> bool:
    """Kill the worker at a random instant: one in four while it opens the store, the others within or between steps.

    :return: Whether it was the kill that ended it.
    """
    before, steps = journal.lines(), rng.randint(0, 3)
    while steps and journal.lines() < before + 2 * steps - 1:
        if os.waitpid(worker, os.WNOHANG)[0]:
            return False
        time.sleep(0.002)
    time.sleep(rng.uniform(0, _A_STEP_S))
    os.kill(worker, signal.SIGKILL)
    _, status = os.waitpid(worker, 0)
    return os.WIFSIGNALED(status)


def forked(act: Any, *arguments: object) -> int:  # noqa: ANN401
    """Run something in a process of its own; its process id."""
    sys.stdout.flush()
    if pid := os.fork():
        return pid
    try:
        act(*arguments)
    except BaseException as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr, flush=True)
        os._exit(1)
    os._exit(0)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--kills", type=int, default=200)
    arguments.add_argument("--seed", type=int, default=1)
    given = arguments.parse_args()
    rng = random.Random(given.seed)
    vectors._HNSW.update(sync_threshold=5, batch_size=5)
    for heavy in ("chromadb", "tantivy"):  # once, not in every process
        importlib.import_module(heavy)
    parser = Parser()
    list(parser.parse(["Load the pipeline, said Bo Chen."]))
    with tempfile.TemporaryDirectory() as temporary:
        folder, journal = Path(temporary) / "library", Journal(Path(temporary) / "journal")
        between = 0
        for kill in range(given.kills):
            worker = forked(work, folder, journal, parser, random.Random(rng.random()))
            if not strike(worker, journal, rng):
                sys.exit(f"round {kill}: the worker ended by itself")
            between += not journal.state()[1]
            _, status = os.waitpid(forked(verify, folder, journal, parser, random.Random(kill)), 0)
            if status:
                sys.exit(f"round {kill}: see above; the library is lost with this process")
        steps = journal.path.read_text(encoding="utf-8").count('"done"') - given.kills
        print(f"{given.kills} kills, {given.kills - between} of them within a step, {steps} steps done: nothing lost")


if __name__ == "__main__":
    main()
