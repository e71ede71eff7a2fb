"""A library of any size out of a small one, without parsing or encoding anything; and questions to ask of it.

    python benchmarks/grown.py ARTICLES FOLDER --passages 100000

Articles are read once, and then stored again and again as others. In each copy nine in ten of the words of four letters
or more are replaced by others of the same length and about the same frequency, names too, so that every offset stands
and no two copies say the same; vectors are turned to a cosine of about 0.7 with the article's own. Speakers, words and
vectors grow with the articles, as they would in an archive; what is said makes no sense.
"""

from __future__ import annotations

import argparse
import itertools
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np

from index.articles import read_paths
from index.embedding.encoder import Matrix
from index.language.names import speaker_key
from index.passages import search_words
from index.storage.fulltext import Entry
from index.storage.keys import labels
from index.storage.store import Store
from index.types import Reading, Speaker

WORD = re.compile(r"\b[A-Za-z][a-z]{3,}\b")
NEAR = 8  # ranks of frequency within which a word's replacement is drawn
REPLACED = 0.9  # of all words
NOISE = 1.0  # length of what is added to a unit vector
TOGETHER = 5_000  # passages written at once

Known = list[tuple[Reading, Matrix]]


class Swap(NamedTuple):
    """What becomes of the words in one copy."""

    words: dict[str, str]

    def __call__(self, text: str) -> str:
        return WORD.sub(lambda match: self.words.get(match.group(), match.group()), text)


def swaps(known: Known, seed: int) -> Swap:
    """Other words for most, drawn anew for each seed."""
    rng = random.Random(seed)
    counts = Counter(word for reading, _ in known for word in WORD.findall(reading.article.text))
    alike: dict[tuple[int, bool], list[str]] = defaultdict(list)
    for word, _ in counts.most_common():
        alike[len(word), word[0].isupper()].append(word)
    found: dict[str, str] = {}
    for words in alike.values():
        for first in range(0, len(words), NEAR):
            some = words[first : first + NEAR]
            others = rng.sample(some, len(some))
            found.update((one, other) for one, other in zip(some, others, strict=True) if rng.random() < REPLACED)
    return Swap(found)


def copied(reading: Reading, swap: Callable[[str], str], number: int) -> Reading:
    """A reading of another article, of the same shape."""
    name = f"{reading.article.id}-{number}"
    voices: dict[Speaker, Speaker] = {}
    for said in reading.statements:
        if said.speaker and said.speaker not in voices:
            one = said.speaker
            called = swap(one.name)
            voices[one] = Speaker(
                one.id,
                called,
                swap(one.description),
                tuple(map(swap, one.aliases)),
                speaker_key(called) if one.key else "",
            )
    article = reading.article
    return Reading(
        replace(article, id=name, title=swap(article.title), text=swap(article.text), url=""),
        reading.sentences,
        tuple(replace(one, article_id=name) for one in reading.passages),
        tuple(
            replace(one, article_id=name, speaker=voices[one.speaker] if one.speaker else None)
            for one in reading.statements
        ),
    )


def turned(vectors: Matrix, rng: np.random.Generator) -> Matrix:
    """Vectors near the given ones."""
    noise = rng.normal(scale=NOISE / np.sqrt(vectors.shape[1]), size=vectors.shape)
    rows = vectors + noise
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def originals(store: Store) -> Known:
    """The articles of a store with the vectors of their passages."""
    known: Known = []
    for entry in store.library.articles():
        keys = store.library.keys(entry.id)
        if keys:
            stored = store.vectors.stored(keys)
            known.append((store.library.reading(entry.id), np.stack([stored[key] for key in keys])))
    return known


def grow(store: Store, known: Known, passages: int, told: Callable[[int], None] = lambda _: None) -> None:
    """Store copies until there are so many passages.

    :param told: Called with how many there are, after each batch.
    """
    here = store.library.counts()
    count = here.passages
    batch: list[Reading] = []
    rows: list[Matrix] = []
    for reading, vectors in itertools.islice(_copies(known), here.articles, None):
        if count >= passages:
            break
        batch.append(reading)
        rows.append(vectors)
        count += len(reading.passages)
        if sum(map(len, rows)) >= TOGETHER or count >= passages:
            _put(store, batch, np.concatenate(rows))
            told(count)
            batch, rows = [], []


def _copies(known: Known) -> Iterator[tuple[Reading, Matrix]]:
    for number in itertools.count():
        swap, rng = swaps(known, number), np.random.default_rng(number)
        for reading, vectors in known:
            yield copied(reading, swap, number), turned(vectors, rng)


def _put(store: Store, readings: Sequence[Reading], vectors: Matrix) -> None:
    """Store readings with their vectors, in the order that `index.build` has."""
    keys = store.library.reserve(len(vectors))
    places = [(reading, passage) for reading in readings for passage in reading.passages]
    entries = [
        Entry(labels(reading, passage, key), *search_words(reading, passage))
        for key, (reading, passage) in enumerate(places, keys.first)
    ]
    store.vectors.put([entry.labels for entry in entries], vectors)
    store.words.put(entries)
    store.library.put(readings, keys)


def questions(store: Store, count: int, seed: int = 1) -> list[str]:
    """Questions about what is in a library, every second one about what a speaker said."""
    rng = random.Random(seed)
    entries = [one for one in store.library.articles() if one.statements]
    found: list[str] = []
    while len(found) < count:
        reading = store.library.reading(rng.choice(entries).id)
        said = rng.choice(reading.statements)
        words = sorted(WORD.findall(said.extent.cut(reading.article.text)), key=len)[-3:]
        if not words:
            continue
        if len(found) % 2:
            found.append(f"Who talked about {' and '.join(words)}?")
        elif said.speaker and said.speaker.key:
            found.append(f"What did {said.speaker.name} say about {' '.join(words)}?")
    return found


def read(articles: str, first: int | None, folder: Path) -> Known:
    """What is known of articles: read into a library in that folder, unless it holds one already."""
    with Store.open(folder) as store:
        if not store.library.counts().articles:
            store.add(itertools.islice(read_paths([articles], notice=print), first))
        return originals(store)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("articles", help="a file or a folder")
    options.add_argument("folder", type=Path, help="for two libraries: `small`, what was read, and `grown`")
    options.add_argument("--passages", type=int, default=100_000)
    options.add_argument("--first", type=int, default=None, help="articles that are read")
    given = options.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    known = read(given.articles, given.first, given.folder / "small")
    with Store.open(given.folder / "grown") as store:
        grow(store, known, given.passages, lambda count: print(f"{count:,} passages", flush=True))
        print(store.library.counts())


if __name__ == "__main__":
    main()
