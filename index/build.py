"""Building: takes articles, writes them to the library, the full text and the vectors.

    select (new, changed, the same?) -> read (in another process) -> encode -> vectors, full text -> library

A build may be killed at any point and run again. The library decides what exists: keys are reserved first, then vectors
and full text are written, and the library's commit makes them count. What the library does not know is swept before the
next build. This module does not know questions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from index.embedding.encoder import Matrix, TextEncoder
from index.embedding.passage_vectors import embed
from index.errors import UnreadableArticle
from index.language.parser import Parser
from index.passages import search_text
from index.reading import RULES
from index.reading_ahead import LIMIT, read_ahead
from index.storage.fulltext import FullText, IndexedPassage
from index.storage.keys import filter_labels, stable_hash
from index.storage.library import EmbeddingModel, Library
from index.storage.vectors import Vectors
from index.types import Article, Reading

# A batch is stored or lost as a whole when the process is killed, and a build holds two in memory. The first batch is
# smaller, so that encoding and the progress bar begin soon.
_FIRST_ARTICLES = 16
_BATCH_ARTICLES = 64
_BATCH_CHARACTERS = 400_000


class StoreParts(NamedTuple):
    """The parts of a store, and the most seconds that the reading of one article may take."""

    library: Library
    fulltext: FullText
    vectors: Vectors
    encoder: TextEncoder
    parser: Parser
    reading_limit: int = LIMIT


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a build is: the counts of inputs seen, and of articles and passages stored; `article` is the last id."""

    seen: int
    articles: int
    passages: int
    article: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build did, as ids of articles; `failed` has an error for each input that could not be read.

    `prose_only` are those of the added and updated that would have taken longer to read than the limit.
    """

    added: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    failed: tuple[UnreadableArticle, ...] = ()
    prose_only: tuple[str, ...] = ()


Watch = Callable[[Progress], None]


@dataclass
class _Selection:
    """Selects what a build has to read, and keeps account of it.

    `replaced` has, for each selected article, the ids of the stored articles that it replaces.
    """

    library: Library
    seen: int = 0
    added: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    failed: list[UnreadableArticle] = field(default_factory=list)
    prose_only: list[str] = field(default_factory=list)
    replaced: dict[str, list[str]] = field(default_factory=dict)
    _ids: dict[int, int] = field(default_factory=dict)
    _urls: dict[int, int] = field(default_factory=dict)

    def select(self, inputs: Iterable[Article | UnreadableArticle]) -> Iterator[Article]:
        """Yield the articles that are new or changed, and note the others."""
        for one in inputs:
            self.seen += 1
            if isinstance(one, UnreadableArticle):
                self.failed.append(one)
            elif why := self._why_refused(one):
                self.failed.append(UnreadableArticle(one.source or one.id, why))
            elif stable_hash(one.id) in self._ids:  # the same once more, in this run
                self.unchanged.append(one.id)
            else:
                self._ids[stable_hash(one.id)] = _fingerprint(one)
                if self._is_new(one):
                    yield one

    def _why_refused(self, article: Article) -> str:
        """Why an article cannot be stored, as a clause; empty where it can."""
        if not article.id:
            return "it has no id; give it one"
        texts = (article.id, article.title, article.text, article.publisher, article.author, article.url)
        if any("\ud800" <= letter <= "\udfff" for text in texts if not text.isascii() for letter in text):
            return "it holds half a character (a lone surrogate); save it as UTF-8 again"
        if self._ids.get(stable_hash(article.id), _fingerprint(article)) != _fingerprint(article):
            return f"another article in this run has the id {article.id!r} too, with other words; give each its own"
        if article.url and self._urls.setdefault(stable_hash(article.url), stable_hash(article.id)) != stable_hash(
            article.id
        ):
            return f"another article in this run has the URL {article.url} too; give each its own"
        return ""

    def _is_new(self, article: Article) -> bool:
        stored = self.library.replaced_by(article)
        if any(replace(one, source=article.source) == article for one in stored):
            self.unchanged.append(article.id)
            return False
        self.replaced[article.id] = [one.id for one in stored]
        return True

    def note_stored(self, readings: Sequence[Reading]) -> None:
        """Note that these are in the library now."""
        for reading in readings:
            changed = self.replaced.pop(reading.article.id)
            (self.updated if changed else self.added).append(reading.article.id)
            if reading.prose_only:
                self.prose_only.append(reading.article.id)

    @property
    def summary(self) -> Summary:
        """What the build did; to be asked at its end."""
        return Summary(
            tuple(self.added),
            tuple(self.unchanged),
            tuple(self.updated),
            tuple(self.failed),
            tuple(self.prose_only),
        )


def add(parts: StoreParts, inputs: Iterable[Article | UnreadableArticle], watch: Watch | None = None) -> Summary:
    """Add new articles, replace changed ones (same id, or same URL) in one step, and leave equal ones.

    :param inputs: Articles, and errors for what could not be read; a long stream is never held in memory as a whole.
    :param watch: Called after each batch that was stored.
    :raises LibraryError: If it cannot be written; what was stored before is safe, and running again does the rest.
    """
    sweep(parts)
    selection, passages = _Selection(parts.library), 0
    batches = _prepare_encoder(_batches(selection.select(inputs)), parts.encoder)
    for readings, vectors in _embed_each(read_ahead(batches, parts.parser, parts.reading_limit), parts.encoder):
        _store(parts, readings, vectors, [old for one in readings for old in selection.replaced[one.article.id]])
        selection.note_stored(readings)
        passages += sum(len(reading.passages) for reading in readings)
        if watch:
            watch(
                Progress(
                    selection.seen, len(selection.added) + len(selection.updated), passages, readings[-1].article.id
                )
            )
    return selection.summary


def update(parts: StoreParts, watch: Watch | None = None) -> Summary:
    """Read the articles again that older rules have read, from their stored texts.

    An article that gives what is stored is only noted as read by the new rules; another is replaced in one step. So
    running again after a kill does what is left. Nothing of an article itself is changed.

    :param watch: Called after each batch.
    :raises LibraryError: If it cannot be written; what was stored before is safe, and running again does the rest.
    """
    sweep(parts)
    unchanged: list[str] = []
    updated: list[str] = []
    prose_only: list[str] = []
    passages = 0
    outdated = map(parts.library.article, parts.library.outdated(RULES))
    batches = _prepare_encoder(_batches(outdated), parts.encoder)
    for readings in read_ahead(batches, parts.parser, parts.reading_limit):
        changed = [one for one in readings if one != replace(parts.library.reading(one.article.id), rules=one.rules)]
        if changed:
            _store(parts, changed, embed(parts.encoder, changed), ())
        same = [one.article.id for one in readings if one not in changed]
        parts.library.confirm(same, RULES)
        updated += [one.article.id for one in changed]
        unchanged += same
        prose_only += [one.article.id for one in readings if one.prose_only]
        passages += sum(len(one.passages) for one in changed)
        if watch:
            done = len(updated) + len(unchanged)
            watch(Progress(done, done, passages, readings[-1].article.id))
    return Summary(unchanged=tuple(unchanged), updated=tuple(updated), prose_only=tuple(prose_only))


def remove(parts: StoreParts, ids: Iterable[str]) -> tuple[str, ...]:
    """Remove articles, so that none of their words is left in any file.

    :return: The removed ids.
    :raises UnknownArticle: If one of the ids is no article's; then none is removed.
    """
    chosen = set(ids)
    for one in sorted(chosen):
        parts.library.article(one)
    gone = parts.library.remove(chosen)
    sweep(parts)
    return gone


def sweep(parts: StoreParts) -> None:
    """Remove from the full text and the vectors what the library does not hold, or no longer holds."""
    every = parts.library.unsettled()
    for keys in every:
        parts.vectors.remove(keys.first, keys.last)
        parts.fulltext.remove(keys.first, keys.last)
    if any(keys.thorough for keys in every):
        parts.fulltext.rebuild(indexed_passages(parts.library))
        parts.vectors.renew()
        parts.library.scrub()
    if every:
        parts.library.settle(every)


def indexed_passages(library: Library) -> Iterator[IndexedPassage]:
    """All that the full text holds of a library."""
    for listed in library.articles():
        reading = library.reading(listed.id)
        yield from _indexed(reading, library.keys(listed.id))


def _fingerprint(article: Article) -> int:
    """A hash of all fields of an article but its source."""
    return stable_hash(repr(replace(article, source="")))


def _indexed(reading: Reading, keys: Sequence[int]) -> Iterator[IndexedPassage]:
    for passage, key in zip(reading.passages, keys, strict=True):
        yield IndexedPassage(filter_labels(reading, passage, key), *search_text(reading, passage))


def _store(parts: StoreParts, readings: Sequence[Reading], vectors: Matrix, instead_of: Sequence[str]) -> None:
    """Write vectors and full text first, then commit to the library, then sweep what was replaced."""
    keys = None
    if len(vectors):
        if parts.library.model is None:
            parts.library.model = EmbeddingModel(parts.encoder.name, parts.encoder.digest, parts.encoder.dim)
        keys = parts.library.reserve(len(vectors))
        every = iter(range(keys.first, keys.last + 1))
        own = [[next(every) for _ in reading.passages] for reading in readings]
        kept = [entry for reading, numbers in zip(readings, own, strict=True) for entry in _indexed(reading, numbers)]
        parts.vectors.put([entry.labels for entry in kept], vectors)
        parts.fulltext.put(kept)
    parts.library.put(readings, keys, instead_of)
    if parts.library.unsettled():
        sweep(parts)


def _prepare_encoder(batches: Iterable[list[Article]], encoder: TextEncoder) -> Iterator[list[Article]]:
    """Yield the batches, and have the encoder load while the first one is read."""
    for batch in batches:
        encoder.prepare()
        yield batch


def _embed_each(every: Iterator[list[Reading]], encoder: TextEncoder) -> Iterator[tuple[list[Reading], Matrix]]:
    """Yield each batch of readings with its vectors.

    The next batch is fetched before this one is yielded, so that the one after it is read while this one is stored.
    """
    readings = next(every, None)
    while readings is not None:
        vectors = embed(encoder, readings)
        following = next(every, None)
        yield readings, vectors
        readings = following


def _batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    """Group articles into batches that are limited in number and in characters."""
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
