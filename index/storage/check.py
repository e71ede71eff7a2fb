"""Checking whether everything in a store fits together, and making words and vectors anew where it does not.

The text of record is only read. Knows all parts of a store. Does not know questions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

import numpy as np

from index.build import Parts, Progress, Watch, entries
from index.embedding.passage_vectors import embed
from index.storage.keys import labels
from index.storage.library import Library, Model
from index.types import Reading

# Vectors that are encoded again and compared: one article in so many.
_SAMPLED = 50
# The least cosine of a vector with itself encoded again: batches of other sizes round otherwise, in the sixth digit.
_SAME = 0.999
_BATCH_PASSAGES = 4000


def check(parts: Parts) -> Iterator[str]:
    """Read everything; one sentence for each thing that does not fit.

    Texts against digests, spans against texts, words and vectors against keys, and a sample of vectors against texts.
    """
    yield from parts.library.damages()
    known, kept = parts.library.all_keys(), {"vectors": parts.vectors.all_keys()}
    if damaged := parts.words.damaged():
        yield f"{len(damaged)} files of the word index are not as they were written; ontherecord check --repair"
    else:
        kept["words"] = parts.words.all_keys()
    for what, keys in kept.items():
        if missing := len(known - keys):
            yield f"{missing} of {len(known)} passages have no {what}; make them anew: ontherecord check --repair"
        if unknown := len(keys - known):
            yield f"{unknown} {what} belong to no passage; make them anew: ontherecord check --repair"
    fits = kept["vectors"] == known
    for place, listed in enumerate(parts.library.articles()):
        reading = parts.library.readable(listed.id)
        if isinstance(reading, str):
            yield reading
        elif wrong := list(_spans(reading)):
            yield from wrong
        elif fits:
            yield from _vectors(parts, reading, sampled=place % _SAMPLED == 0)


def repair(parts: Parts, watch: Watch | None = None) -> None:
    """Make words and vectors anew from the text of record; it may be killed, and is then to be run again."""
    parts.vectors.clear()
    parts.words.rebuild(entries(parts.library))
    parts.library.model = Model(parts.encoder.name, parts.encoder.digest, parts.encoder.dim)
    complete(parts, parts.library.all_keys(), watch)


def complete(parts: Parts, missing: Set[int], watch: Watch | None = None) -> None:
    """Make the vectors from the text of record that are not there.

    :param missing: The keys of the passages that have none.
    """
    articles = passages = 0
    for readings in _batches(parts.library, missing):
        keys = [key for reading in readings for key in parts.library.keys(reading.article.id)]
        places = [(reading, passage) for reading in readings for passage in reading.passages]
        every = [labels(reading, passage, key) for (reading, passage), key in zip(places, keys, strict=True)]
        new = [row for row, key in enumerate(keys) if key in missing]
        parts.vectors.put([every[row] for row in new], embed(parts.encoder, readings)[new])
        articles, passages = articles + len(readings), passages + len(new)
        if watch:
            watch(Progress(articles, articles, passages, readings[-1].article.id))


def _batches(library: Library, missing: Set[int]) -> Iterator[Sequence[Reading]]:
    """The readings of the articles that lack a vector, a few at a time."""
    batch: list[Reading] = []
    for listed in library.articles():
        if missing.isdisjoint(library.keys(listed.id)):
            continue
        batch.append(library.reading(listed.id))
        if sum(len(reading.passages) for reading in batch) >= _BATCH_PASSAGES:
            yield batch
            batch = []
    if batch:
        yield batch


def _spans(reading: Reading) -> Iterator[str]:
    """Spans that end after the text, and passages whose statement is not there."""
    end, name = len(reading.article.text), reading.article.id
    extents = [*reading.sentences, *(p.extent for p in reading.passages), *(s.extent for s in reading.statements)]
    named = [s.antecedent for s in reading.statements if s.antecedent]
    if any(span.end > end for span in (*extents, *named)):
        yield f"an offset in {name!r} lies after its text; remove the article and add it again"
    if any(p.statement is not None and p.statement >= len(reading.statements) for p in reading.passages):
        yield f"a passage of {name!r} holds a statement that is not there; remove the article and add it again"


def _vectors(parts: Parts, reading: Reading, sampled: bool) -> Iterator[str]:
    """Vectors that are not of length 1, or (in a sample) not those of their texts."""
    keys = parts.library.keys(reading.article.id)
    if not keys:
        return
    stored = parts.vectors.stored(keys)
    rows = np.array([stored[key] for key in keys])
    wrong = np.abs(np.linalg.norm(rows, axis=1) - 1) > 1 - _SAME
    if sampled and not wrong.any():
        fresh = embed(parts.encoder, [reading])
        wrong = (rows * fresh).sum(axis=1) < _SAME if rows.shape == fresh.shape else ~wrong
    if wrong.any():
        yield f"{wrong.sum()} vectors of {reading.article.id!r} are not those of its text; ontherecord check --repair"
