"""Words: passages' words in, the passages that hold a question's words out, best first (BM25).

Derived from the library and rebuilt from it at any time. Knows keys, labels and words; keeps no text beyond the words
themselves, and those of a removed passage only until `rebuild`. Only home of the full-text index.
"""

from __future__ import annotations

import contextlib
import json
import re
import threading
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from index.errors import LibraryDamaged, LibraryError, one_line, panicked
from index.storage.keys import Bounds, Labels, Near, bounds
from index.types import Scope

if TYPE_CHECKING:
    from tantivy import Document, Query, Schema, TextAnalyzer

# How much a word counts that stands in the passage itself, or in what it can also be found by (speaker, title, the
# sentence before).
TEXT_WEIGHT = 1.0
CONTEXT_WEIGHT = 0.5

_PHRASE = re.compile(r"[\"“”„«»]([^\"“”„«»]+)[\"“”„«»]")
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}")  # "E.U." is the word "EU"
_LONGEST_WORD = 60
_TOKENIZER = "english, abbreviations without dots"  # an index made in another way is not opened, but made anew
_HEAP_BYTES = 50_000_000
_FACETS = ("article", "publisher", "speaker", "day")


class Entry(NamedTuple):
    """What is kept of a passage: its labels, its own words and its context's."""

    labels: Labels
    text: str
    context: str


class Words:
    """The words of all passages, in a folder or in memory. Any thread may search while one writes.

    :param folder: Made where there is none; None for an index in memory.
    :raises LibraryDamaged: If the folder holds something else, or a broken index.
    :raises LibraryError: If it cannot be written.
    """

    def __init__(self, folder: Path | None) -> None:
        self._where = str(folder or "memory")
        self._writing = threading.Lock()
        import tantivy

        with self._errors():
            if folder:
                folder.mkdir(exist_ok=True)
            self._analyzer = _analyzer()
            self._schema = _schema()
            self._tantivy = tantivy.Index(self._schema, path=str(folder) if folder else None)
            self._tantivy.register_tokenizer(_TOKENIZER, self._analyzer)
            self._writer = self._tantivy.writer(heap_size=_HEAP_BYTES, num_threads=1)
            self._writer.garbage_collect_files()  # of a commit that was killed: the next one takes the same names

    def put(self, entries: Iterable[Entry]) -> None:
        """Add passages; they are found once this has returned. Their keys must be new."""
        with self._writing, self._committed():
            for entry in entries:
                self._writer.add_document(self._document(entry))

    def remove(self, first: int, last: int) -> None:
        """Forget the passages with keys from `first` to `last`, both included; harmless where there are none."""
        with self._writing, self._committed():
            self._writer.delete_documents_by_query(self._between("key", first, last))

    def rebuild(self, entries: Iterable[Entry]) -> None:
        """Hold these passages and no others, in one step; not a byte of the others' words is left."""
        from tantivy import Query

        with self._writing, self._committed():
            # Not `delete_all_documents`: it turns the clock of changes back, and what is deleted next stays.
            self._writer.delete_documents_by_query(Query.all_query())
            for entry in entries:
                self._writer.add_document(self._document(entry))
        with self._writing, self._errors():
            self._writer.garbage_collect_files()

    def search(self, query: str, k: int, scope: Scope = Scope()) -> tuple[Near, ...]:  # noqa: B008 - frozen
        """The passages that hold the query's words, in any form, best first.

        :param query: Plain words; "words in quotation marks" are a phrase that must occur as it stands.
        :param k: At most so many.
        :return: BM25 scores, highest first; empty where no word is found.
        """
        from tantivy import Occur, Query

        asked = self._asked(query)
        if asked is None or k < 1:
            return ()
        limits = [(Occur.Must, Query.const_score_query(limit, 0.0)) for limit in self._limits(bounds(scope))]
        return self._found(Query.boolean_query([*limits, (Occur.Must, asked)]), k)

    def within(self, scope: Scope, most: int) -> tuple[int, ...]:
        """The keys of the passages in a scope that restricts something, in no order; at most so many."""
        from tantivy import Occur, Query

        limits = [(Occur.Must, Query.const_score_query(limit, 0.0)) for limit in self._limits(bounds(scope))]
        return tuple(near.key for near in self._found(Query.boolean_query(limits), most))

    def stems(self, text: str) -> list[str]:
        """The words of a text in the form in which they are compared, in order."""
        return self._analyzer.analyze(plain(text))

    def spread(self, stem: str) -> int:
        """In how many passages a stem occurs."""
        with self._errors():
            return int(self._tantivy.searcher().doc_freq("text", stem))

    def all_keys(self) -> set[int]:
        """The keys of all passages."""
        from tantivy import Query

        return {near.key for near in self._found(Query.all_query(), max(1, self.count()))}

    def count(self) -> int:
        """How many passages there are."""
        return int(self._tantivy.searcher().num_docs)

    def damaged(self) -> tuple[str, ...]:
        """The names of the index's files that are gone, or whose bytes are not those that were written."""
        listed = Path(self._where, ".managed.json")
        names = json.loads(listed.read_bytes()) if listed.exists() else []
        files = [listed.with_name(name) for name in sorted(names) if not name.endswith(".json")]
        return tuple(path.name for path in files if not _as_written(path))

    def close(self) -> None:
        """Finish what runs in the background and let go of the folder."""
        with self._writing, self._errors():
            self._writer.wait_merging_threads()

    def _found(self, query: Query, k: int) -> tuple[Near, ...]:
        with self._errors():
            searcher = self._tantivy.searcher()
            hits = searcher.search(query, limit=k, count=False).hits
            keys = searcher.fast_field_values("key", [address for _, address in hits])
            return tuple(Near(int(key or 0), float(score)) for (score, _), key in zip(hits, keys, strict=True))

    def _document(self, entry: Entry) -> Document:
        from tantivy import Document

        document = Document()
        document.add_unsigned("key", entry.labels.key)
        for facet, value in entry.labels.facets.items():
            document.add_unsigned(facet, value)
        document.add_text("text", plain(entry.text))
        document.add_text("context", plain(entry.context))
        return document

    def _asked(self, query: str) -> Query | None:
        """The words any of which will do, and the phrases each of which must occur; None where there is neither."""
        from tantivy import Occur, Query

        phrases = [words for match in _PHRASE.findall(query) if (words := self.stems(match))]
        loose = dict.fromkeys(self.stems(_PHRASE.sub(" ", query)))
        clauses = [(Occur.Must, self._phrase(words)) for words in phrases]
        clauses += [(Occur.Should, self._phrase([word])) for word in loose]
        return Query.boolean_query(clauses) if clauses else None

    def _phrase(self, words: list[str]) -> Query:
        """These words in a row, in the passage or in its context."""
        from tantivy import Occur, Query

        either = []
        for field, weight in (("text", TEXT_WEIGHT), ("context", CONTEXT_WEIGHT)):
            if len(words) == 1:
                found = Query.term_query(self._schema, field, words[0], index_option="freq")
            else:
                found = Query.phrase_query(self._schema, field, list(words))
            either.append((Occur.Should, Query.boost_query(found, weight)))
        return Query.boolean_query(either)

    def _limits(self, bounds: Bounds) -> Iterator[Query]:
        from tantivy import Query

        for facet, values in bounds.any_of.items():
            yield Query.term_set_query(self._schema, facet, values)
        if bounds.first_day is not None or bounds.last_day is not None:
            yield self._between("day", bounds.first_day, bounds.last_day)

    def _between(self, field: str, first: int | None, last: int | None) -> Query:
        from tantivy import FieldType, Query

        return Query.range_query(self._schema, field, FieldType.Unsigned, first, last)

    @contextlib.contextmanager
    def _committed(self) -> Iterator[None]:
        """All that is written within it is kept and found afterwards, or none of it."""
        with self._errors():
            try:
                yield
                self._writer.commit()
            except BaseException:
                self._writer.rollback()
                self._writer.garbage_collect_files()
                raise
            self._tantivy.reload()

    @contextlib.contextmanager
    def _errors(self) -> Iterator[None]:
        """The index's exceptions end here, ours begin."""
        try:
            yield
        except BaseException as error:
            if not isinstance(error, (ValueError, OSError)) and not panicked(error):
                raise
            if "No space left" in str(error):
                why = f"the disk that holds {self._where} is full; free some space and try again, nothing was lost"
                raise LibraryError(why) from error
            if "Permission denied" in str(error) or "Read-only" in str(error):
                raise LibraryError(f"{self._where} cannot be written; check its permissions") from error
            what = f"the word index {self._where} cannot be used ({one_line(error)})"
            raise LibraryDamaged(f"{what}; run `ontherecord check --repair`") from error


def _as_written(path: Path) -> bool:
    """Whether a file of the index has the checksum that is noted at its end: JSON, its length, and a number."""
    try:
        data = path.read_bytes()
        ends = len(data) - 8 - int.from_bytes(data[-8:-4], "little")
        return ends >= 0 and bool(json.loads(data[ends:-8])["crc"] == zlib.crc32(data[:ends]))
    except (OSError, ValueError, KeyError, TypeError):
        return False


def plain(text: str) -> str:
    """A text with the dots of its abbreviations taken out."""
    return _DOTTED.sub(lambda match: match.group().replace(".", ""), text)


def _analyzer() -> TextAnalyzer:
    """Letters and digits, without case and accents, English endings taken off."""
    from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

    builder = TextAnalyzerBuilder(Tokenizer.simple())
    for step in (Filter.remove_long(_LONGEST_WORD), Filter.lowercase(), Filter.ascii_fold()):
        builder = builder.filter(step)
    return builder.filter(Filter.stemmer("english")).build()


def _schema() -> Schema:
    from tantivy import SchemaBuilder

    builder = SchemaBuilder()
    builder.add_unsigned_field("key", indexed=True, fast=True)
    for facet in _FACETS:
        builder.add_unsigned_field(facet, indexed=True, fast=facet == "day")
    for field in ("text", "context"):
        builder.add_text_field(field, tokenizer_name=_TOKENIZER, index_option="position")
    return builder.build()
