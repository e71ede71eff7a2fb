"""Building: articles in; library, words and vectors out. Safe to run again, and to be killed at any point.

    decide (new, changed, the same?) -> read (in a process beside) -> encode -> vectors, words -> library

The library decides what exists. Keys are reserved first, words and vectors go in next, the library's commit makes them
count; what it does not know is swept before the next build. Does not know questions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from index.embedding.encoder import Encodes, Matrix
from index.embedding.passage_vectors import embed
from index.errors import UnreadableArticle
from index.language.parser import Parser
from index.passages import search_words
from index.reading_ahead import read_ahead
from index.storage.fulltext import Entry, Words
from index.storage.keys import labels, number
from index.storage.library import Library, Model
from index.storage.vectors import Vectors
from index.types import Article, Reading

# Articles that are kept or lost together when the process is killed; also the memory that a build needs. The first are
# fewer, so that encoding and being told begin soon.
_FIRST_ARTICLES = 16
_BATCH_ARTICLES = 64
_BATCH_CHARACTERS = 400_000


class Parts(NamedTuple):
    """What a store is made of."""

    library: Library
    words: Words
    vectors: Vectors
    encoder: Encodes
    parser: Parser


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a build is: inputs `seen` and articles and passages `stored` so far; `article` is the latest one's id."""

    seen: int
    articles: int
    passages: int
    article: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build did, as ids of articles; `failed` says of each input that could not be read why."""

    added: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    failed: tuple[UnreadableArticle, ...] = ()


Watch = Callable[[Progress], None]


@dataclass
class _Run:
    """What one build has decided so far."""

    library: Library
    seen: int = 0
    added: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    failed: list[UnreadableArticle] = field(default_factory=list)
    replaced: dict[str, list[str]] = field(default_factory=dict)
    _ids: dict[int, int] = field(default_factory=dict)
    _urls: dict[int, int] = field(default_factory=dict)

    def wanted(self, inputs: Iterable[Article | UnreadableArticle]) -> Iterator[Article]:
        """The articles that are new or changed; of the others, a note is made."""
        for one in inputs:
            self.seen += 1
            if isinstance(one, UnreadableArticle):
                self.failed.append(one)
            elif why := self._unfit(one):
                self.failed.append(UnreadableArticle(one.source or one.id, why))
            elif number(one.id) in self._ids:  # the same once more, in this run
                self.unchanged.append(one.id)
            else:
                self._ids[number(one.id)] = _fingerprint(one)
                if self._is_new(one):
                    yield one

    def _unfit(self, article: Article) -> str:
        """Why an article cannot be taken; empty where it can."""
        if not article.id:
            return "it has no id; give it one"
        texts = (article.id, article.title, article.text, article.publisher, article.author, article.url)
        if any("\ud800" <= letter <= "\udfff" for text in texts if not text.isascii() for letter in text):
            return "it holds half a character (a lone surrogate); save it as UTF-8 again"
        if self._ids.get(number(article.id), _fingerprint(article)) != _fingerprint(article):
            return f"another article in this run has the id {article.id!r} too, with other words; give each its own"
        if article.url and self._urls.setdefault(number(article.url), number(article.id)) != number(article.id):
            return f"another article in this run has the URL {article.url} too; give each its own"
        return ""

    def _is_new(self, article: Article) -> bool:
        stored = self.library.alike(article)
        if any(replace(one, source=article.source) == article for one in stored):
            self.unchanged.append(article.id)
            return False
        self.replaced[article.id] = [one.id for one in stored]
        return True

    def stored(self, readings: Sequence[Reading]) -> None:
        """Note that these are in the library now."""
        for reading in readings:
            changed = self.replaced.pop(reading.article.id)
            (self.updated if changed else self.added).append(reading.article.id)

    @property
    def summary(self) -> Summary:
        """What was done, when all is done."""
        return Summary(tuple(self.added), tuple(self.unchanged), tuple(self.updated), tuple(self.failed))


def add(parts: Parts, inputs: Iterable[Article | UnreadableArticle], watch: Watch | None = None) -> Summary:
    """Take articles in: new ones are added, changed ones (same id, or same URL) replaced in one step, equal ones left.

    :param inputs: Articles and what could not be read; taken in one by one, so that a long stream needs no memory.
    :param watch: Called after each batch that was stored.
    :raises LibraryError: If it cannot be written; what was stored before is safe, and running again does the rest.
    """
    sweep(parts)
    run, passages = _Run(parts.library), 0
    batches = _announced(_batches(run.wanted(inputs)), parts.encoder)
    for readings, vectors in _embedded(read_ahead(batches, parts.parser), parts.encoder):
        _store(parts, readings, vectors, [old for one in readings for old in run.replaced[one.article.id]])
        run.stored(readings)
        passages += sum(len(reading.passages) for reading in readings)
        if watch:
            watch(Progress(run.seen, len(run.added) + len(run.updated), passages, readings[-1].article.id))
    return run.summary


def remove(parts: Parts, ids: Iterable[str]) -> tuple[str, ...]:
    """Take articles out, so that none of their words is left in any file.

    :return: The ids that there were.
    :raises UnknownArticle: If there is no article of one of the ids; then none is removed.
    """
    wanted = set(ids)
    for one in sorted(wanted):
        parts.library.article(one)
    gone = parts.library.remove(wanted)
    sweep(parts)
    return gone


def sweep(parts: Parts) -> None:
    """Let words and vectors forget what the library does not know (any more)."""
    every = parts.library.unsettled()
    for keys in every:
        parts.vectors.remove(keys.first, keys.last)
        parts.words.remove(keys.first, keys.last)
    if any(keys.thorough for keys in every):
        parts.words.rebuild(entries(parts.library))
        parts.vectors.renew()
        parts.library.scrub()
    if every:
        parts.library.settle(every)


def entries(library: Library) -> Iterator[Entry]:
    """What the word index holds of the whole library."""
    for listed in library.articles():
        reading = library.reading(listed.id)
        yield from _entries(reading, library.keys(listed.id))


def _fingerprint(article: Article) -> int:
    """A number that stands for all of an article but where it was read from."""
    return number(repr(replace(article, source="")))


def _entries(reading: Reading, keys: Sequence[int]) -> Iterator[Entry]:
    for passage, key in zip(reading.passages, keys, strict=True):
        yield Entry(labels(reading, passage, key), *search_words(reading, passage))


def _store(parts: Parts, readings: Sequence[Reading], vectors: Matrix, instead_of: Sequence[str]) -> None:
    """Words and vectors first; the library's commit decides; then what was replaced is swept."""
    keys = None
    if len(vectors):
        if parts.library.model is None:
            parts.library.model = Model(parts.encoder.name, parts.encoder.digest, parts.encoder.dim)
        keys = parts.library.reserve(len(vectors))
        every = iter(range(keys.first, keys.last + 1))
        own = [[next(every) for _ in reading.passages] for reading in readings]
        kept = [entry for reading, numbers in zip(readings, own, strict=True) for entry in _entries(reading, numbers)]
        parts.vectors.put([entry.labels for entry in kept], vectors)
        parts.words.put(kept)
    parts.library.put(readings, keys, instead_of)
    if parts.library.unsettled():
        sweep(parts)


def _announced(batches: Iterable[list[Article]], encoder: Encodes) -> Iterator[list[Article]]:
    """The batches; with the first, the encoder learns that it will be needed: it loads while the batch is read."""
    for batch in batches:
        encoder.prepare()
        yield batch


def _embedded(every: Iterator[list[Reading]], encoder: Encodes) -> Iterator[tuple[list[Reading], Matrix]]:
    """Readings with their vectors; the next are taken first, so that those after are read while these are stored."""
    readings = next(every, None)
    while readings is not None:
        vectors = embed(encoder, readings)
        following = next(every, None)
        yield readings, vectors
        readings = following


def _batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    """The articles in groups that are neither too many nor too long."""
    batch: list[Article] = []
    size, most = 0, _FIRST_ARTICLES
    for article in articles:
        batch.append(article)
        size += len(article.text)
        if len(batch) == most or size >= _BATCH_CHARACTERS:
            yield batch
            batch, size, most = [], 0, min(2 * most, _BATCH_ARTICLES)
    if batch:
        yield batch
