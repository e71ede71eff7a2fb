"""The full text: takes the words of passages, gives the passages that hold a question's words, best first (BM25).

It is derived from the library and can be rebuilt from it at any time. It holds keys, labels and words, and no text; the
words of a removed passage stay in its files until `rebuild`. This is the only home of tantivy.
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
from index.storage.keys import FilterBounds, FilterLabels, ScoredPassage, filter_bounds
from index.types import Scope

if TYPE_CHECKING:
    from tantivy import Document, Query, Schema, TextAnalyzer

# The weight of a word in the passage itself, and in its context (speaker, title, the sentence before).
TEXT_WEIGHT = 1.0
CONTEXT_WEIGHT = 0.5

_PHRASE = re.compile(r"[\"“”„«»]([^\"“”„«»]+)[\"“”„«»]")
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}")  # "E.U." is the word "EU"
_LONGEST_TERM = 60
_TOKENIZER = "english, abbreviations without dots"  # an index that has another one is rebuilt
_HEAP_BYTES = 50_000_000
_FACETS = ("article", "publisher", "speaker", "day")


class IndexedPassage(NamedTuple):
    """What the full text is given of a passage: its labels, its own words and those of its context."""

    labels: FilterLabels
    text: str
    context: str


class FullText:
    """The index of all passages' words, in a folder or in memory. Any thread may search while one writes.

    :param folder: Created if needed; None for an index in memory.
    :raises LibraryDamaged: If the folder holds a broken index, or none.
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
            self._writer.garbage_collect_files()  # a commit that was killed left files whose names the next one uses

    def put(self, entries: Iterable[IndexedPassage]) -> None:
        """Add passages; they are found once this has returned. Their keys must be new."""
        with self._writing, self._committed():
            for entry in entries:
                self._writer.add_document(self._document(entry))

    def remove(self, first: int, last: int) -> None:
        """Forget the passages with keys from `first` to `last`, both included; harmless where there are none."""
        with self._writing, self._committed():
            self._writer.delete_documents_by_query(self._range_query("key", first, last))

    def rebuild(self, entries: Iterable[IndexedPassage]) -> None:
        """Replace all passages by these, in one step; not a byte of the old words is left."""
        from tantivy import Query

        with self._writing, self._committed():
            # `delete_all_documents` would reset the number of changes, so that the next deletion would not count.
            self._writer.delete_documents_by_query(Query.all_query())
            for entry in entries:
                self._writer.add_document(self._document(entry))
        with self._writing, self._errors():
            self._writer.garbage_collect_files()

    def search(self, query: str, k: int, scope: Scope = Scope()) -> tuple[ScoredPassage, ...]:  # noqa: B008 - frozen
        """The passages that hold the query's words, in any form, best first.

        :param query: Plain words; words in quotation marks are a phrase that must occur as it stands.
        :param k: The most passages to return.
        :return: BM25 scores, highest first; empty where no word is found.
        """
        from tantivy import Occur, Query

        parsed = self._parsed(query)
        if parsed is None or k < 1:
            return ()
        limits = [
            (Occur.Must, Query.const_score_query(limit, 0.0)) for limit in self._scope_queries(filter_bounds(scope))
        ]
        return self._search(Query.boolean_query([*limits, (Occur.Must, parsed)]), k)

    def keys_within(self, scope: Scope, most: int) -> tuple[int, ...]:
        """The keys of at most `most` passages in a scope that restricts something, in no order."""
        from tantivy import Occur, Query

        limits = [
            (Occur.Must, Query.const_score_query(limit, 0.0)) for limit in self._scope_queries(filter_bounds(scope))
        ]
        return tuple(hit.key for hit in self._search(Query.boolean_query(limits), most))

    def stems(self, text: str) -> list[str]:
        """The stems of a text's words, in order: the form in which words are compared."""
        return self._analyzer.analyze(undotted(text))

    def document_frequency(self, stem: str) -> int:
        """The number of passages in which a stem occurs."""
        with self._errors():
            return int(self._tantivy.searcher().doc_freq("text", stem))

    def all_keys(self) -> set[int]:
        """The keys of all passages."""
        from tantivy import Query

        return {hit.key for hit in self._search(Query.all_query(), max(1, self.count()))}

    def count(self) -> int:
        """How many passages there are."""
        return int(self._tantivy.searcher().num_docs)

    def damaged(self) -> tuple[str, ...]:
        """The names of the index's files that are missing, or whose bytes have changed since they were written."""
        listed = Path(self._where, ".managed.json")
        names = json.loads(listed.read_bytes()) if listed.exists() else []
        files = [listed.with_name(name) for name in sorted(names) if not name.endswith(".json")]
        return tuple(path.name for path in files if not _is_as_written(path))

    def close(self) -> None:
        """Finish what runs in the background and let go of the folder."""
        with self._writing, self._errors():
            self._writer.wait_merging_threads()

    def _search(self, query: Query, k: int) -> tuple[ScoredPassage, ...]:
        with self._errors():
            searcher = self._tantivy.searcher()
            hits = searcher.search(query, limit=k, count=False).hits
            keys = searcher.fast_field_values("key", [address for _, address in hits])
            return tuple(ScoredPassage(int(key or 0), float(score)) for (score, _), key in zip(hits, keys, strict=True))

    def _document(self, entry: IndexedPassage) -> Document:
        from tantivy import Document

        document = Document()
        document.add_unsigned("key", entry.labels.key)
        for facet, value in entry.labels.present.items():
            document.add_unsigned(facet, value)
        document.add_text("text", undotted(entry.text))
        document.add_text("context", undotted(entry.context))
        return document

    def _parsed(self, query: str) -> Query | None:
        """A query for passages with every phrase and any of the words; None where the text has neither."""
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

    def _scope_queries(self, bounds: FilterBounds) -> Iterator[Query]:
        from tantivy import Query

        for facet, values in bounds.any_of.items():
            yield Query.term_set_query(self._schema, facet, values)
        if bounds.first_day is not None or bounds.last_day is not None:
            yield self._range_query("day", bounds.first_day, bounds.last_day)

    def _range_query(self, field: str, first: int | None, last: int | None) -> Query:
        from tantivy import FieldType, Query

        return Query.range_query(self._schema, field, FieldType.Unsigned, first, last)

    @contextlib.contextmanager
    def _committed(self) -> Iterator[None]:
        """What is written within the block is stored as a whole, or not at all."""
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
        """Within the block, tantivy's exceptions become ours."""
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


def _is_as_written(path: Path) -> bool:
    """Whether a file of the index has the checksum in its footer, which is JSON, its length, and a magic number."""
    try:
        data = path.read_bytes()
        ends = len(data) - 8 - int.from_bytes(data[-8:-4], "little")
        return ends >= 0 and bool(json.loads(data[ends:-8])["crc"] == zlib.crc32(data[:ends]))
    except (OSError, ValueError, KeyError, TypeError):
        return False


def undotted(text: str) -> str:
    """A text without the dots of its abbreviations: "E.U." becomes "EU"."""
    return _DOTTED.sub(lambda match: match.group().replace(".", ""), text)


def _analyzer() -> TextAnalyzer:
    """Splits a text into runs of letters and digits, and removes case, accents and English endings."""
    from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

    builder = TextAnalyzerBuilder(Tokenizer.simple())
    for step in (Filter.remove_long(_LONGEST_TERM), Filter.lowercase(), Filter.ascii_fold()):
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
