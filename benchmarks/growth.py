"""How opening, a question, memory and disk grow with the library: from 10,000 to 1,000,000 vectors.

    python benchmarks/growth.py ../shared/attribution/train.jsonl --first 128 --folder /tmp/growth

The library is grown in steps (see grown.py) in `--folder`, where a later run goes on. At each size a new process opens
it, answers a first question, then others, whole, and then the parts of a question by themselves. Clock times are
medians and 95th percentiles; processor times stand beside them, and on a busy machine are the ones to trust.
Writes benchmarks/out/growth.md, .json and .svg after each size.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
from grown import grow, questions, read
from measured import OUT, machine, percentile, resident, size, watched

SIZES = (10_000, 30_000, 100_000, 300_000, 1_000_000)
ASKED = 60  # questions
DEPTH = 100  # passages that a search is asked for
COLUMNS = {
    "passages": "vectors",
    "opening": "open, s",
    "ready": "start to first answer, s",
    "question p50": "question p50, ms",
    "question p95": "p95, ms",
    "processor p50": "processor p50, ms",
    "processor p95": "p95, ms",
    "vectors": "vectors, ms",
    "vectors of a speaker": "of a speaker, ms",
    "words": "words, ms",
    "known": "known anew, ms",
    "memory": "memory, MB",
    "disk": "disk, MB",
}


def timed(act: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds on the clock and of the processor, all threads of this process."""
    wall, processor = time.perf_counter(), time.process_time()
    act()
    return 1000 * (time.perf_counter() - wall), 1000 * (time.process_time() - processor)


def measure(folder: Path) -> dict[str, Any]:
    """The figures of one library, in this process."""
    from assistant import Assistant
    from assistant.settings import Settings

    start = time.perf_counter()
    with Assistant.open(folder, Settings()) as assistant:
        found: dict[str, Any] = {"opening": time.perf_counter() - start}
        assistant.ask("What was said about the election?")
        found["answered"] = time.time()
        asked = questions(assistant.store, ASKED)
        times = [timed(lambda question=question: assistant.ask(question)) for question in asked]  # type: ignore[misc]
        for name, values in zip(("question", "processor"), zip(*times, strict=True), strict=True):
            found |= {f"{name} p50": percentile(values, 0.5), f"{name} p95": percentile(values, 0.95)}
        found |= {"memory": resident(psutil.Process()), **assistant.store.library.counts()._asdict()}
        return found | parts(assistant)


def parts(assistant: Any) -> dict[str, float]:  # noqa: ANN401
    """Milliseconds of processor that the searches take, and what is made anew after each change of the library."""
    from assistant.query.resolution import LibraryFacts, library_facts
    from index.storage.nearest import nearest
    from index.types import Scope

    store = assistant.store
    people = [one.key for one in store.library.speakers()]
    asked = questions(store, ASKED, seed=2)
    vectors = list(store.encoder.encode(asked))
    few = [Scope(speakers=frozenset({key})) for key in people[:: max(1, len(people) // ASKED)]]

    def median(act: Callable[[Any], object], over: list[Any]) -> float:
        return percentile([timed(lambda one=one: act(one))[1] for one in over], 0.5)  # type: ignore[misc]

    store.library._derived.clear()
    return {
        "vectors": median(lambda vector: store.vectors.nearest(vector, DEPTH), vectors),
        "vectors of a speaker": median(
            lambda scope: nearest(store.fulltext, store.vectors, vectors[0], DEPTH, scope), few
        ),
        "words": median(lambda question: store.fulltext.search(question, DEPTH), asked),
        "known": timed(lambda: isinstance(library_facts(store.library), LibraryFacts))[1],
    }


def table(found: list[dict[str, Any]], about: str) -> str:
    """The figures as Markdown, a row for each size."""
    lines = [about, "", f"| {' | '.join(COLUMNS.values())} |", "|---" * len(COLUMNS) + "|"]
    for one in found:
        cells = (f"{one[name]:,.1f}" if isinstance(one[name], float) else f"{one[name]:,}" for name in COLUMNS)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def plot(found: list[dict[str, Any]], about: str, file: Path) -> None:
    """Times and memory over the number of vectors, both axes logarithmic."""
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot

    figure, (left, right) = pyplot.subplots(1, 2, figsize=(9, 3.8), layout="constrained")
    sizes = [one["passages"] for one in found]
    shown = ("processor p95", "processor p50", "vectors", "vectors of a speaker", "words", "known")
    for name in shown:
        left.plot(sizes, [one[name] for one in found], marker="o", label=COLUMNS[name] if name == "known" else name)
    left.set(title="a question and its parts, ms of processor", xscale="log", yscale="log", xlabel="vectors")
    left.legend(fontsize=7)
    for name in ("memory", "disk"):
        right.plot(sizes, [one[name] for one in found], marker="o", label=COLUMNS[name])
    right.set(title="memory while asking, and disk", xscale="log", yscale="log", xlabel="vectors")
    right.legend(fontsize=7)
    figure.suptitle(about, fontsize=8)
    figure.savefig(file)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("articles", help="a file or a folder")
    options.add_argument("--first", type=int, default=None, help="articles that are read")
    options.add_argument("--folder", type=Path, default=None, help="where the libraries are, or are made")
    options.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    options.add_argument("--measure", action="store_true", help="only this, in this process")
    given = options.parse_args()
    if given.measure:
        print(json.dumps(measure(given.folder)))
        return
    with tempfile.TemporaryDirectory() as temporary:
        steps(given, given.folder or Path(temporary))


def steps(given: argparse.Namespace, folder: Path) -> None:
    """Grow and measure, size by size."""
    from index.storage.store import Store

    folder.mkdir(parents=True, exist_ok=True)
    OUT.mkdir(exist_ok=True)
    known = read(given.articles, given.first, folder / "small")
    found: list[dict[str, Any]] = []
    for passages in sorted(given.sizes):
        start = time.process_time()
        with Store.open(folder / "grown") as store:
            before = store.library.counts().passages
            grow(store, known, passages)
        added = {"growing, s of processor": time.process_time() - start, "before": before}
        started = time.time()
        command = [sys.executable, __file__, given.articles, "--measure", "--folder", str(folder / "grown")]
        one = json.loads(watched(command)[0].splitlines()[-1])
        found.append(one | added | {"ready": one["answered"] - started, "disk": size(folder / "grown")})
        about = machine()
        (OUT / "growth.json").write_text(json.dumps({"about": about, "sizes": found}, indent=2), encoding="utf-8")
        (OUT / "growth.md").write_text(table(found, about), encoding="utf-8")
        plot(found, about, OUT / "growth.svg")
        print(table(found[-1:], about), flush=True)


if __name__ == "__main__":
    main()
