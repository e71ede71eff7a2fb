"""Checking: takes the parts of a store, gives a sentence for each thing that does not fit, and rebuilds derived parts.

The text of record is only read. Knows all parts of a store. Does not know questions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

import numpy as np

from index.build import Progress, StoreParts, Watch, indexed_passages
from index.embedding.passage_vectors import embed
from index.storage.keys import filter_labels
from index.storage.library import EmbeddingModel, Library
from index.types import Reading

# The vectors of one article in this many are encoded again and compared.
_SAMPLED = 50
# The least cosine of a stored vector with one that is encoded again: batches of another size differ in the sixth digit.
_LEAST_COSINE = 0.999
_BATCH_PASSAGES = 4000


def check(parts: StoreParts) -> Iterator[str]:
    """Read everything, and yield one sentence for each thing that does not fit.

    Compared are texts with digests, spans with texts, full text and vectors with keys, and a sample of vectors with
    their texts.
    """
    yield from parts.library.damages()
    known, kept = parts.library.all_keys(), {"vectors": parts.vectors.all_keys()}
    if damaged := parts.fulltext.damaged():
        yield f"{len(damaged)} files of the word index are not as they were written; ontherecord check --repair"
    else:
        kept["words"] = parts.fulltext.all_keys()
    for what, keys in kept.items():
        if missing := len(known - keys):
            yield f"{missing} of {len(known)} passages have no {what}; make them anew: ontherecord check --repair"
        if unknown := len(keys - known):
            yield f"{unknown} {what} belong to no passage; make them anew: ontherecord check --repair"
    fits = kept["vectors"] == known
    for place, listed in enumerate(parts.library.articles()):
        reading = parts.library.reading_or_damage(listed.id)
        if isinstance(reading, str):
            yield reading
        elif wrong := list(_check_spans(reading)):
            yield from wrong
        elif fits:
            yield from _check_vectors(parts, reading, sampled=place % _SAMPLED == 0)


def repair(parts: StoreParts, watch: Watch | None = None) -> None:
    """Rebuild full text and vectors from the text of record; after a kill, run it again."""
    parts.vectors.clear()
    parts.fulltext.rebuild(indexed_passages(parts.library))
    parts.library.model = EmbeddingModel(parts.encoder.name, parts.encoder.digest, parts.encoder.dim)
    add_missing_vectors(parts, parts.library.all_keys(), watch)


def add_missing_vectors(parts: StoreParts, missing: Set[int], watch: Watch | None = None) -> None:
    """Encode the vectors that are missing, from the text of record.

    :param missing: The keys of the passages that have none.
    """
    articles = passages = 0
    for readings in _batches(parts.library, missing):
        keys = [key for reading in readings for key in parts.library.keys(reading.article.id)]
        places = [(reading, passage) for reading in readings for passage in reading.passages]
        every = [filter_labels(reading, passage, key) for (reading, passage), key in zip(places, keys, strict=True)]
        new = [row for row, key in enumerate(keys) if key in missing]
        parts.vectors.put([every[row] for row in new], embed(parts.encoder, readings)[new])
        articles, passages = articles + len(readings), passages + len(new)
        if watch:
            watch(Progress(articles, articles, passages, readings[-1].article.id))


def _batches(library: Library, missing: Set[int]) -> Iterator[Sequence[Reading]]:
    """The readings of the articles that lack a vector, in batches."""
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


def _check_spans(reading: Reading) -> Iterator[str]:
    """One sentence for an article with spans after its text, or with passages whose statement does not exist."""
    end, name = len(reading.article.text), reading.article.id
    extents = [*reading.sentences, *(p.extent for p in reading.passages), *(s.extent for s in reading.statements)]
    named = [s.antecedent for s in reading.statements if s.antecedent]
    if any(span.end > end for span in (*extents, *named)):
        yield f"an offset in {name!r} lies after its text; remove the article and add it again"
    if any(p.statement is not None and p.statement >= len(reading.statements) for p in reading.passages):
        yield f"a passage of {name!r} holds a statement that is not there; remove the article and add it again"


def _check_vectors(parts: StoreParts, reading: Reading, sampled: bool) -> Iterator[str]:
    """One sentence for an article with vectors not of length 1 or, in the sample, not those of its text."""
    keys = parts.library.keys(reading.article.id)
    if not keys:
        return
    stored = parts.vectors.stored(keys)
    rows = np.array([stored[key] for key in keys])
    wrong = np.abs(np.linalg.norm(rows, axis=1) - 1) > 1 - _LEAST_COSINE
    if sampled and not wrong.any():
        fresh = embed(parts.encoder, [reading])
        wrong = (rows * fresh).sum(axis=1) < _LEAST_COSINE if rows.shape == fresh.shape else ~wrong
    if wrong.any():
        yield f"{wrong.sum()} vectors of {reading.article.id!r} are not those of its text; ontherecord check --repair"
