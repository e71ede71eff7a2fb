"""The store: one folder, one owner, and in it a library with its words and its vectors.

    build  how articles get in and out      check  whether all of it fits together
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
from index.build import Parts, Summary, Watch
from index.embedding.encoder import Encoder, Encodes
from index.errors import LibraryDamaged, LibraryError, LibraryMismatch, UnreadableArticle
from index.language.parser import Parser
from index.storage import check
from index.storage.database import FILE
from index.storage.fulltext import Words
from index.storage.library import Library
from index.storage.lock import Lock
from index.storage.probe import probe
from index.storage.vectors import Vectors
from index.types import Article

_log = logging.getLogger(__name__)
_LEAST_BYTES = 512  # of a file that SQLite does not take for a new one


class Store:
    """A library that is open, with all that is needed to search it and to add to it.

    Any thread may search while another adds; adding and removing wait for each other.
    """

    def __init__(self, parts: Parts, lock: Lock, closing: contextlib.ExitStack) -> None:
        self.library, self.words, self.vectors, self.encoder, self.parser = parts
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
    ) -> Store:
        """Own the library in a folder, a new one where there is none.

        :param embedding_model: Empty for the packaged model; else the folder of one.
        :param vectors_url: A Chroma server; empty for a folder beside the library.
        :param mending: Open it although words or vectors do not fit, for `check` and `repair`.
        :param anew: Put empty words or vectors in the place of what cannot be read, for `repair`.
        :raises LibraryBusy: If another process owns it.
        :raises LibraryMismatch: If it was made with another model, or by a newer version.
        :raises LibraryDamaged: If its parts cannot be read or do not belong together.
        :raises LibraryError: If it cannot be written.
        """
        return cls.assembled(folder, Encoder(embedding_model), Parser(pipeline), vectors_url, mending, anew)

    @classmethod
    def assembled(
        cls,
        folder: Path,
        encoder: Encodes,
        parser: Parser,
        vectors_url: str = "",
        mending: bool = False,
        anew: bool = False,
    ) -> Store:
        """The same with an encoder and a parser of one's own."""
        _make(folder)
        with contextlib.ExitStack() as undo:
            lock = Lock(folder)
            undo.callback(lock.release)
            library = Library.open(folder)
            undo.callback(library.close)
            if not mending:
                _same_model(folder, library, encoder)
            words = _words(folder / "words", anew or not mending)
            undo.callback(words.close)
            killed = not (mending or vectors_url) and bool(library.unsettled())
            if killed or (mending and not vectors_url):
                _probe(folder / "vectors", library.uid, anew or killed)
            vectors = Vectors(vectors_url or folder / "vectors", library.uid)
            undo.callback(vectors.close)
            parts = Parts(library, words, vectors, encoder, parser)
            if killed:
                _recover(folder, parts)
            build.sweep(parts)
            if not mending:
                passages = library.counts().passages
                _belong_together(folder, parts, passages)
                _refill(folder, parts, passages)
            return cls(parts, lock, undo.pop_all())

    def add(self, inputs: Iterable[Article | UnreadableArticle], watch: Watch | None = None) -> Summary:
        """Take articles in; see `build.add`."""
        with self._changing:
            return build.add(self._parts, inputs, watch)

    def remove(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Take articles out, so that none of their words is left in any file; see `build.remove`."""
        with self._changing:
            return build.remove(self._parts, ids)

    def check(self) -> tuple[str, ...]:
        """Read everything; one sentence for each thing that does not fit, none where all is well."""
        with self._changing:
            return tuple(check.check(self._parts))

    def repair(self, watch: Watch | None = None) -> None:
        """Make words and vectors anew from the text of record, with this store's embedding model."""
        with self._changing:
            check.repair(self._parts, watch)

    def close(self) -> None:
        """Let go of the folder; harmless when done twice."""
        self._closing.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _make(folder: Path) -> None:
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


def _same_model(folder: Path, library: Library, encoder: Encodes) -> None:
    made = library.model
    if made is not None and made.digest != encoder.digest:
        raise LibraryMismatch(
            f"the library {folder} was made with the embedding model {made.name}, not with {encoder.name}; "
            "use that one, or make its vectors anew: ontherecord check --repair"
        )


def _words(folder: Path, anew: bool) -> Words:
    try:
        return Words(folder)
    except LibraryDamaged:
        if not anew:
            raise
    shutil.rmtree(folder)
    return Words(folder)


def _probe(folder: Path, uid: str, anew: bool) -> None:
    try:
        probe(folder, uid)
    except LibraryDamaged:
        if not anew:
            raise
        shutil.rmtree(folder)


def _recover(folder: Path, parts: Parts) -> None:
    """Make vectors anew that a run broke which was killed: Chroma writes its files in place.

    Before what that run left is swept: who is killed here, too, finds it there the next time.
    """
    if missing := parts.library.all_keys() - parts.vectors.all_keys():
        _log.warning("%s: a run that was killed broke %d vectors; they are made anew", folder, len(missing))
        check.complete(parts, missing)


def _belong_together(folder: Path, parts: Parts, passages: int) -> None:
    if (count := parts.vectors.count()) != passages:
        raise LibraryDamaged(
            f"the vectors of {folder} do not belong to its articles ({count} for {passages} passages); "
            "make them anew: ontherecord check --repair"
        )


def _refill(folder: Path, parts: Parts, passages: int) -> None:
    """Make the words anew from the text of record if they are not those of its articles: it takes seconds."""
    if parts.words.count() != passages:
        _log.warning("%s: the word index was broken, or made by another version; it is made anew", folder)
        parts.words.rebuild(build.entries(parts.library))
