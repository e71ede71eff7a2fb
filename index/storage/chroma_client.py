"""The Chroma client: takes a folder or a server's URL, gives a client; retries queries and translates errors.

Does not know what is stored. This module and index/storage/vectors.py are the only home of chromadb.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast
from urllib.parse import urlsplit

from index.errors import LibraryDamaged, LibraryError, SettingsError, one_line, panicked

if TYPE_CHECKING:
    from chromadb.api.client import Client

_TRIES = 6
_REMOVED_MEANWHILE = ("Error finding id", "Error getting embedding")
_REFUSED = ("readonly", "read-only", "permission denied", "unable to open")

Answered = TypeVar("Answered")


def connect(where: Path | str) -> Client:
    """A client of a folder, which is created if needed, or of a server.

    :param where: A folder, or `http://host:port`.
    :raises SettingsError: If a string is no such address. Chroma's own errors are left to `chroma_errors`.
    """
    import chromadb
    from chromadb.api.shared_system_client import SharedSystemClient
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False)
    if isinstance(where, Path):
        where.mkdir(exist_ok=True)
        try:
            return cast("Client", chromadb.PersistentClient(path=str(where), settings=settings))
        except BaseException:  # Chroma would keep what failed to open, and return it at the next try
            SharedSystemClient._identifier_to_system.pop(str(where), None)
            raise
    url = urlsplit(where)
    if url.scheme not in ("http", "https") or not url.hostname:
        raise SettingsError(f"{where!r} is no address of a vector server; write it as http://host:port")
    port = url.port or (443 if url.scheme == "https" else 8000)
    return cast("Client", chromadb.HttpClient(url.hostname, port, ssl=url.scheme == "https", settings=settings))


def disconnect(client: Client) -> None:
    """Close a client, and its connections to a server, which Chroma's `close` leaves open."""
    servers = (client._server, getattr(client._admin_client, "_server", None))
    client.close()
    for server in servers:
        session = getattr(server, "_session", None)
        if session is not None:
            session.close()


def ask_again(ask: Callable[[], Answered]) -> Answered:
    """The result of a query, which is asked again, a few times, if a removal made it fail.

    A server first finds ids and then looks them up, and it fails if one was removed between the two (`query_embedding`
    in its rust/segment/src/local_hnsw.rs).
    """
    from chromadb.errors import ChromaError

    for _ in range(_TRIES - 1):
        try:
            return ask()
        except ChromaError as error:
            if not any(words in str(error) for words in _REMOVED_MEANWHILE):
                raise
    return ask()


@contextlib.contextmanager
def chroma_errors(where: str) -> Iterator[None]:
    """Within the block, Chroma's exceptions become ours.

    :param where: The folder or the server, for the message.
    :raises LibraryError: If the folder cannot be written, or the server cannot be reached.
    :raises LibraryDamaged: If the stored vectors cannot be read.
    """
    import httpx
    from chromadb.errors import ChromaError

    try:
        yield
    except (httpx.HTTPError, ConnectionError) as error:
        why = f"the vector server {where} does not answer ({error}); start it, or check the address"
        raise LibraryError(why) from error
    except BaseException as error:
        if not isinstance(error, (ChromaError, ValueError, RuntimeError, OSError)) and not panicked(error):
            raise
        raise _library_error(error, where) from error


def _library_error(error: BaseException, where: str) -> LibraryError:
    text = str(error).lower()
    if "could not connect" in text:
        return LibraryError(f"the vector server {where} does not answer; start it, or check the address")
    if "disk is full" in text or "no space left" in text:
        return LibraryError(f"the disk that holds {where} is full; free some space and try again, nothing was lost")
    if isinstance(error, FileNotFoundError) or any(words in text for words in _REFUSED):
        return LibraryError(f"the vectors {where} cannot be written; check that their folder is there and is yours")
    return LibraryDamaged(f"the vectors {where} cannot be used ({one_line(error)}); run `ontherecord check --repair`")
