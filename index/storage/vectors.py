"""Vectors: takes unit vectors of passages, gives the passages nearest to a question's vector (by cosine).

They are derived from the library and can be rebuilt from it at any time. Knows keys, labels and vectors, and no text.
They are in a folder, which one process at a time may use (see lock.py), or in a server (see chroma_client.py).
"""

from __future__ import annotations

import contextlib
import os
import shutil
import struct
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

from index.runtime.read_write_lock import ReadWriteLock
from index.storage.chroma_client import ask_again, chroma_errors, connect, disconnect
from index.storage.keys import FilterLabels, ScoredPassage, filter_bounds
from index.types import Scope

if TYPE_CHECKING:
    from chromadb.api.collection_configuration import CreateCollectionConfiguration
    from chromadb.api.models.Collection import Collection

# The search looks at more neighbours than by default, so that it finds the nearest among a million, too.
_HNSW = {"space": "cosine", "ef_construction": 100, "ef_search": 128, "max_neighbors": 16, "sync_threshold": 2000}
_PAGE = 10_000


class Vectors:
    """The vectors of all passages. Any thread may search while one writes.

    :param where: A folder, or the URL of a server (`http://host:port`).
    :param uid: The uid of their library; one server may hold the vectors of several.
    :raises LibraryError: If the folder cannot be written, or the server cannot be reached.
    :raises LibraryDamaged: If the folder holds broken vectors, or something else.
    """

    def __init__(self, where: Path | str, uid: str) -> None:
        self._where = str(where)
        self._folder = where if isinstance(where, Path) else None
        self._uid = uid
        self._name = f"passages-{uid}"
        self._lock = ReadWriteLock()
        with self._errors():
            if self._folder:
                _settle_exchange(self._folder)
            self._open()
            self._most_at_once = self._client.get_max_batch_size()

    def _open(self) -> None:
        self._client = connect(self._folder or self._where)
        try:
            self._collection = self._get_collection()
        except BaseException:
            disconnect(self._client)
            raise

    def put(self, labels: Sequence[FilterLabels], vectors: NDArray[np.float32]) -> None:
        """Add passages; they are found once this has returned. Their keys must be new.

        :param vectors: float32, shape (len(labels), dim), row i for labels[i].
        :raises ValueError: If the lengths differ.
        """
        if len(labels) != len(vectors):
            raise ValueError(f"{len(labels)} labels need as many vectors, not {len(vectors)}")
        with self._errors():
            for first in range(0, len(labels), self._most_at_once):
                some = labels[first : first + self._most_at_once]
                self._collection.add(
                    ids=[str(one.key) for one in some],
                    embeddings=vectors[first : first + self._most_at_once],
                    metadatas=[one.present for one in some],
                )

    def remove(self, first: int, last: int) -> None:
        """Remove the passages with keys from `first` to `last`, both included; harmless where there are none.

        They are no longer found, but their vectors stay in the files until `renew`.
        """
        with self._errors():
            for start in range(first, last + 1, self._most_at_once):
                self._collection.delete(
                    ids=[str(key) for key in range(start, min(start + self._most_at_once, last + 1))]
                )

    def renew(self) -> None:
        """Copy all passages into a new folder, which then replaces the old one, as Chroma only marks what is removed.

        Nothing may be put or removed meanwhile; searches go on. The files of a server are its own affair.
        """
        if self._folder:
            self._exchange(self._folder, sorted(self.all_keys()))

    def clear(self) -> None:
        """Remove all passages, even if they are broken."""
        from chromadb.errors import NotFoundError

        if self._folder:
            self._exchange(self._folder, [])
            return
        with self._errors():
            with contextlib.suppress(NotFoundError):
                self._client.delete_collection(self._name)
            self._collection = self._get_collection()

    def _exchange(self, folder: Path, keys: Sequence[int]) -> None:
        """Replace the folder by one with only these passages; `_settle_exchange` clears away what a kill leaves."""
        new, old = _exchange_folders(folder)
        fresh = Vectors(new, self._uid)
        try:
            for first in range(0, len(keys), self._most_at_once):
                some = [str(key) for key in keys[first : first + self._most_at_once]]
                with self._errors():
                    found = self._collection.get(ids=some, include=["embeddings", "metadatas"])
                    fresh._collection.add(found["ids"], found["embeddings"], found["metadatas"])
        finally:
            fresh.close()
        with self._lock.writing(), chroma_errors(self._where):
            disconnect(self._client)
            folder.rename(old)
            new.rename(folder)
            self._open()
            self._collection.count()  # Chroma writes the files of its index only now
            _blank_free_slots(folder)
            shutil.rmtree(old)

    def nearest(self, vector: NDArray[np.float32], k: int, scope: Scope = Scope()) -> tuple[ScoredPassage, ...]:  # noqa: B008 - frozen
        """The passages of a scope whose vectors are nearest to a vector, best first.

        :param vector: float32, shape (dim,), of length 1.
        :param k: The most passages to return.
        :return: Cosines, highest first.
        """
        if k < 1:
            return ()
        with self._errors():
            options: dict[str, Any] = {"n_results": k, "where": _chroma_filter(scope), "include": ["distances"]}
            found = ask_again(partial(self._collection.query, vector[np.newaxis], **options))
        distances = (found["distances"] or [[]])[0]
        return tuple(
            ScoredPassage(int(key), 1.0 - float(far)) for key, far in zip(found["ids"][0], distances, strict=True)
        )

    def stored(self, keys: Sequence[int]) -> dict[int, NDArray[np.float32]]:
        """The vectors of passages by their keys; a key without a vector is left out."""
        vectors: dict[int, NDArray[np.float32]] = {}
        with self._errors():
            for first in range(0, len(keys), _PAGE):
                ids = [str(key) for key in keys[first : first + _PAGE]]
                found = ask_again(partial(self._collection.get, ids=ids, include=["embeddings"]))
                rows = np.asarray(found["embeddings"], dtype=np.float32)
                vectors.update(zip(map(int, found["ids"]), rows, strict=True))
        return vectors

    def all_keys(self) -> set[int]:
        """The keys of all passages."""
        keys: set[int] = set()
        with self._errors():
            for first in range(0, self._collection.count(), _PAGE):
                keys.update(map(int, self._collection.get(limit=_PAGE, offset=first, include=[])["ids"]))
        return keys

    def count(self) -> int:
        """How many passages there are."""
        with self._errors():
            return int(self._collection.count())

    def close(self) -> None:
        """Disconnect from the folder or the server."""
        disconnect(self._client)

    def _get_collection(self) -> Collection:
        return self._client.get_or_create_collection(
            self._name, configuration=cast("CreateCollectionConfiguration", {"hnsw": _HNSW}), embedding_function=None
        )

    @contextlib.contextmanager
    def _errors(self) -> Iterator[None]:
        """Within the block, the collection is not exchanged, and Chroma's exceptions become ours."""
        with self._lock.reading(), chroma_errors(self._where):
            yield


def _exchange_folders(folder: Path) -> tuple[Path, Path]:
    """The names of the new and of the old folder during an exchange."""
    return folder.with_name(f"{folder.name}.new"), folder.with_name(f"{folder.name}.old")


def _blank_free_slots(folder: Path) -> None:
    """Overwrite the free slots of an index with zeros.

    hnswlib writes them to the file as the memory happened to be, which may hold a removed vector (for their layout see
    `saveIndex` in its hnswalg.h).
    """
    for header in folder.glob("*/header.bin"):
        _version, _offset, _most, filled, size = struct.unpack_from("<iQQQQ", header.read_bytes())
        for name, each in (("data_level0.bin", size), ("length.bin", 4)):
            with header.with_name(name).open("r+b") as slots:
                rest = slots.seek(0, os.SEEK_END) - filled * each
                slots.seek(filled * each)
                slots.write(bytes(max(0, rest)))


def _settle_exchange(folder: Path) -> None:
    """Clear away what a killed exchange left; if the old folder had been moved away already, it is moved back."""
    new, old = _exchange_folders(folder)
    if old.exists() and not folder.exists():
        old.rename(folder)
    for rest in (new, old):
        if rest.exists():
            shutil.rmtree(rest)


def _chroma_filter(scope: Scope) -> dict[str, Any] | None:
    """A scope as Chroma's filter; None where nothing is restricted."""
    limits = filter_bounds(scope)
    parts: list[dict[str, Any]] = [{facet: {"$in": values}} for facet, values in limits.any_of.items()]
    if limits.first_day is not None:
        parts.append({"day": {"$gte": limits.first_day}})
    if limits.last_day is not None:
        parts.append({"day": {"$lte": limits.last_day}})
    if len(parts) > 1:
        return {"$and": parts}
    return parts[0] if parts else None
