"""Vectors: unit vectors of passages in, the passages nearest to a question's vector out (cosine).

Derived from the library and rebuilt from it at any time. Knows keys, labels and vectors; is given no text at all.
In a folder (one process at a time: see lock.py) or in a server, by the same code: see chroma_client.py.
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

from index.runtime.shared import Shared
from index.storage.chroma_client import answered, connect, let_go, translating
from index.storage.keys import Labels, Near, bounds
from index.types import Scope

if TYPE_CHECKING:
    from chromadb.api.collection_configuration import CreateCollectionConfiguration
    from chromadb.api.models.Collection import Collection

# More neighbours than the default are looked at, so that the nearest are found among a million, too.
_HNSW = {"space": "cosine", "ef_construction": 100, "ef_search": 128, "max_neighbors": 16, "sync_threshold": 2000}
_PAGE = 10_000


class Vectors:
    """The vectors of all passages. Any thread may search while one writes.

    :param where: A folder, or the URL of a server (`http://host:port`).
    :param uid: The library they belong to: one server may hold several.
    :raises LibraryError: If the folder cannot be written, or the server not be reached.
    :raises LibraryDamaged: If the folder holds something else, or broken vectors.
    """

    def __init__(self, where: Path | str, uid: str) -> None:
        self._where = str(where)
        self._folder = where if isinstance(where, Path) else None
        self._uid = uid
        self._name = f"passages-{uid}"
        self._shared = Shared()
        with self._errors():
            if self._folder:
                _settle(self._folder)
            self._open()
            self._most = self._client.get_max_batch_size()

    def _open(self) -> None:
        self._client = connect(self._folder or self._where)
        try:
            self._collection = self._made()
        except BaseException:
            let_go(self._client)
            raise

    def put(self, labels: Sequence[Labels], vectors: NDArray[np.float32]) -> None:
        """Add passages; they are found once this has returned. Their keys must be new.

        :param vectors: float32, shape (len(labels), dim), row i for labels[i].
        :raises ValueError: If the lengths differ.
        """
        if len(labels) != len(vectors):
            raise ValueError(f"{len(labels)} labels need as many vectors, not {len(vectors)}")
        with self._errors():
            for first in range(0, len(labels), self._most):
                some = labels[first : first + self._most]
                self._collection.add(
                    ids=[str(one.key) for one in some],
                    embeddings=vectors[first : first + self._most],
                    metadatas=[one.facets for one in some],
                )

    def remove(self, first: int, last: int) -> None:
        """Forget the passages with keys from `first` to `last`, both included; harmless where there are none.

        They are not found any more; their vectors are gone from the files only after `renew`.
        """
        with self._errors():
            for start in range(first, last + 1, self._most):
                self._collection.delete(ids=[str(key) for key in range(start, min(start + self._most, last + 1))])

    def renew(self) -> None:
        """Write all that is there into a new folder, which then takes the old one's place: Chroma marks what is removed
        and keeps its vectors. Nothing may be put or removed meanwhile; searches go on. A server's files are its own.
        """
        if self._folder:
            self._exchange(self._folder, sorted(self.all_keys()))

    def clear(self) -> None:
        """Forget all passages, whatever is there, broken or not."""
        from chromadb.errors import NotFoundError

        if self._folder:
            self._exchange(self._folder, [])
            return
        with self._errors():
            with contextlib.suppress(NotFoundError):
                self._client.delete_collection(self._name)
            self._collection = self._made()

    def _exchange(self, folder: Path, keys: Sequence[int]) -> None:
        """Put a folder with only these passages in this one's place; see `_settle` for what a kill leaves."""
        new, old = _beside(folder)
        fresh = Vectors(new, self._uid)
        try:
            for first in range(0, len(keys), self._most):
                some = [str(key) for key in keys[first : first + self._most]]
                with self._errors():
                    found = self._collection.get(ids=some, include=["embeddings", "metadatas"])
                    fresh._collection.add(found["ids"], found["embeddings"], found["metadatas"])
        finally:
            fresh.close()
        with self._shared.alone(), translating(self._where):
            let_go(self._client)
            folder.rename(old)
            new.rename(folder)
            self._open()
            self._collection.count()  # Chroma writes the files of its index only now
            _blank(folder)
            shutil.rmtree(old)

    def nearest(self, vector: NDArray[np.float32], k: int, scope: Scope = Scope()) -> tuple[Near, ...]:  # noqa: B008 - frozen
        """The passages whose vectors point most nearly the same way, best first.

        :param vector: float32, shape (dim,), of length 1.
        :param k: At most so many.
        :return: Cosines, highest first.
        """
        if k < 1:
            return ()
        with self._errors():
            asked: dict[str, Any] = {"n_results": k, "where": _where(scope), "include": ["distances"]}
            found = answered(partial(self._collection.query, vector[np.newaxis], **asked))
        distances = (found["distances"] or [[]])[0]
        return tuple(Near(int(key), 1.0 - float(far)) for key, far in zip(found["ids"][0], distances, strict=True))

    def stored(self, keys: Sequence[int]) -> dict[int, NDArray[np.float32]]:
        """The vectors of those passages, as they are kept; a key that has none is left out."""
        vectors: dict[int, NDArray[np.float32]] = {}
        with self._errors():
            for first in range(0, len(keys), _PAGE):
                wanted = [str(key) for key in keys[first : first + _PAGE]]
                found = answered(partial(self._collection.get, ids=wanted, include=["embeddings"]))
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
        """Let go of the folder or the server."""
        let_go(self._client)

    def _made(self) -> Collection:
        return self._client.get_or_create_collection(
            self._name, configuration=cast("CreateCollectionConfiguration", {"hnsw": _HNSW}), embedding_function=None
        )

    @contextlib.contextmanager
    def _errors(self) -> Iterator[None]:
        """The collection is used in here, and the foreign exceptions end."""
        with self._shared.used(), translating(self._where):
            yield


def _beside(folder: Path) -> tuple[Path, Path]:
    """The folders that exist while one is exchanged: the one that is made, and the one that was."""
    return folder.with_name(f"{folder.name}.new"), folder.with_name(f"{folder.name}.old")


def _blank(folder: Path) -> None:
    """Overwrite the slots of an index that no vector fills yet: they are written to the files as the memory was given,
    with whatever lay in it before, a removed vector, too. (hnswlib's hnswalg.h has their layout: `saveIndex`.)
    """
    for header in folder.glob("*/header.bin"):
        _version, _offset, _most, filled, size = struct.unpack_from("<iQQQQ", header.read_bytes())
        for name, each in (("data_level0.bin", size), ("length.bin", 4)):
            with header.with_name(name).open("r+b") as slots:
                rest = slots.seek(0, os.SEEK_END) - filled * each
                slots.seek(filled * each)
                slots.write(bytes(max(0, rest)))


def _settle(folder: Path) -> None:
    """Clear away what an exchange left that was killed; where the old folder was already gone, it comes back."""
    new, old = _beside(folder)
    if old.exists() and not folder.exists():
        old.rename(folder)
    for rest in (new, old):
        if rest.exists():
            shutil.rmtree(rest)


def _where(scope: Scope) -> dict[str, Any] | None:
    """A scope as Chroma's filter; None where nothing is restricted."""
    limits = bounds(scope)
    parts: list[dict[str, Any]] = [{facet: {"$in": values}} for facet, values in limits.any_of.items()]
    if limits.first_day is not None:
        parts.append({"day": {"$gte": limits.first_day}})
    if limits.last_day is not None:
        parts.append({"day": {"$lte": limits.last_day}})
    if len(parts) > 1:
        return {"$and": parts}
    return parts[0] if parts else None
