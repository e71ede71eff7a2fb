"""The store: takes a folder, opens the library in it with its full text and vectors, as their only owner.

    build  how articles are added and removed      check  whether all parts fit together
Knows how the parts are opened and closed together. Does not know questions.
"""

from __future__ import annotations

import contextlib
import logging
import shutil
import threading
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType

from index import build
from index.build import StoreParts, Summary, Watch
from index.embedding.encoder import Encoder, TextEncoder
from index.errors import LibraryDamaged, LibraryError, LibraryMismatch, UnreadableArticle
from index.language.parser import Parser
from index.reading_ahead import LIMIT
from index.storage import check
from index.storage.database import FILE
from index.storage.fulltext import FullText
from index.storage.library import Library
from index.storage.lock import Lock
from index.storage.probe import probe
from index.storage.vectors import Vectors
from index.types import Article

_log = logging.getLogger(__name__)
_LEAST_BYTES = 512  # SQLite takes a smaller file for a new one


class Store:
    """An open library, with all that is needed to search it and to change it.

    Any thread may search while another adds; changes wait for each other.
    """

    def __init__(self, parts: StoreParts, lock: Lock, closing: contextlib.ExitStack) -> None:
        self.library, self.fulltext, self.vectors, self.encoder, self.parser, self.reading_limit = parts
        self.lock = lock
        self._parts = parts
        self._closing = closing
        self._changing = threading.Lock()

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        embedding_model: str = "",
        pipeline: str = "en_core_web_sm",
        vectors_url: str = "",
        mending: bool = False,
        anew: bool = False,
        reading_limit: int = LIMIT,
    ) -> Store:
        """Open the library in a folder as its only owner; a new one where there is none.

        :param embedding_model: Empty for the packaged model; else the folder of one.
        :param vectors_url: A Chroma server; empty for a folder in the library's folder.
        :param mending: Open it even if full text or vectors do not fit, for `check` and `repair`.
        :param anew: Replace unreadable full text or vectors by empty ones, for `repair`.
        :param reading_limit: The most seconds that the reading of one article may take; see `read_ahead`.
        :raises LibraryBusy: If another process owns it.
        :raises LibraryMismatch: If it was made with another model, or by a newer version.
        :raises LibraryDamaged: If its parts cannot be read or do not belong together.
        :raises LibraryError: If it cannot be written.
        """
        parts = Encoder(embedding_model), Parser(pipeline)
        return cls.assembled(folder, *parts, vectors_url, mending, anew, reading_limit)

    @classmethod
    def assembled(
        cls,
        folder: Path,
        encoder: TextEncoder,
        parser: Parser,
        vectors_url: str = "",
        mending: bool = False,
        anew: bool = False,
        reading_limit: int = LIMIT,
    ) -> Store:
        """Open it with a given encoder and parser."""
        _make_folder(folder)
        with contextlib.ExitStack() as undo:
            lock = Lock(folder)
            undo.callback(lock.release)
            library = Library.open(folder)
            undo.callback(library.close)
            if not mending:
                _check_model(folder, library, encoder)
            words = _open_fulltext(folder / "words", anew or not mending)
            undo.callback(words.close)
            killed = not (mending or vectors_url) and bool(library.unsettled())
            if killed or (mending and not vectors_url):
                _probe_vectors(folder / "vectors", library.uid, anew or killed)
            vectors = Vectors(vectors_url or folder / "vectors", library.uid)
            undo.callback(vectors.close)
            parts = StoreParts(library, words, vectors, encoder, parser, reading_limit)
            if killed:
                _restore_vectors(folder, parts)
            build.sweep(parts)
            if not mending:
                passages = library.counts().passages
                _check_count(folder, parts, passages)
                _refill_fulltext(folder, parts, passages)
            return cls(parts, lock, undo.pop_all())

    def add(self, inputs: Iterable[Article | UnreadableArticle], watch: Watch | None = None) -> Summary:
        """Add articles; see `build.add`."""
        with self._changing:
            return build.add(self._parts, inputs, watch)

    def update(self, watch: Watch | None = None) -> Summary:
        """Read the articles again that older rules have read; see `build.update`."""
        with self._changing:
            return build.update(self._parts, watch)

    def remove(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Remove articles, so that none of their words is left in any file; see `build.remove`."""
        with self._changing:
            return build.remove(self._parts, ids)

    def check(self) -> tuple[str, ...]:
        """Read everything; the result has one sentence for each thing that does not fit."""
        with self._changing:
            return tuple(check.check(self._parts))

    def repair(self, watch: Watch | None = None) -> None:
        """Rebuild full text and vectors from the text of record, with this store's embedding model."""
        with self._changing:
            check.repair(self._parts, watch)

    def close(self) -> None:
        """Close all parts and release the folder; harmless when done twice."""
        self._closing.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        others = [one for one in folder.iterdir() if not one.name.startswith("owner.")]
    except OSError as error:
        raise LibraryError(f"{folder} cannot be used as a library ({error.strerror}); give another folder") from error
    file = folder / FILE
    if others and not file.exists():
        raise LibraryError(f"{folder} holds {others[0].name} and no library; give an empty folder, or a new one")
    if len(others) > 1 and file.stat().st_size < _LEAST_BYTES:
        why = "bring it back from a copy, or add the articles anew, to a new folder"
        raise LibraryDamaged(f"{file} cannot be read (all but its first bytes are gone); {why}")


def _check_model(folder: Path, library: Library, encoder: TextEncoder) -> None:
    made = library.model
    if made is not None and made.digest != encoder.digest:
        raise LibraryMismatch(
            f"the library {folder} was made with the embedding model {made.name}, not with {encoder.name}; "
            "use that one, or make its vectors anew: ontherecord check --repair"
        )


def _open_fulltext(folder: Path, anew: bool) -> FullText:
    try:
        return FullText(folder)
    except LibraryDamaged:
        if not anew:
            raise
    shutil.rmtree(folder)
    return FullText(folder)


def _probe_vectors(folder: Path, uid: str, anew: bool) -> None:
    try:
        probe(folder, uid)
    except LibraryDamaged:
        if not anew:
            raise
        shutil.rmtree(folder)


def _restore_vectors(folder: Path, parts: StoreParts) -> None:
    """Encode again the vectors that a killed run broke, as Chroma writes its files in place.

    This happens before that run's leftovers are swept, so that a kill at this point is made good the next time.
    """
    if missing := parts.library.all_keys() - parts.vectors.all_keys():
        _log.warning("%s: a run that was killed broke %d vectors; they are made anew", folder, len(missing))
        check.add_missing_vectors(parts, missing)


def _check_count(folder: Path, parts: StoreParts, passages: int) -> None:
    if (count := parts.vectors.count()) != passages:
        raise LibraryDamaged(
            f"the vectors of {folder} do not belong to its articles ({count} for {passages} passages); "
            "make them anew: ontherecord check --repair"
        )


def _refill_fulltext(folder: Path, parts: StoreParts, passages: int) -> None:
    """Rebuild the full text from the text of record if it does not hold all passages; that takes seconds."""
    if parts.fulltext.count() != passages:
        _log.warning("%s: the word index was broken, or made by another version; it is made anew", folder)
        parts.fulltext.rebuild(build.indexed_passages(parts.library))
