"""A client of Chroma: connected and let go, its queries asked again where that helps, its errors in our words.

Takes a folder or a server's URL. Does not know what is stored. With index/storage/vectors.py the only home of chromadb.
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
    """A client of a folder, which is made where there is none, or of a server.

    :param where: A folder, or `http://host:port`.
    :raises SettingsError: If a string is no such address. What Chroma raises is for `translating`.
    """
    import chromadb
    from chromadb.api.shared_system_client import SharedSystemClient
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False)
    if isinstance(where, Path):
        where.mkdir(exist_ok=True)
        try:
            return cast("Client", chromadb.PersistentClient(path=str(where), settings=settings))
        except BaseException:  # what could not be opened is kept, and would be given again at the next try
            SharedSystemClient._identifier_to_system.pop(str(where), None)
            raise
    url = urlsplit(where)
    if url.scheme not in ("http", "https") or not url.hostname:
        raise SettingsError(f"{where!r} is no address of a vector server; write it as http://host:port")
    port = url.port or (443 if url.scheme == "https" else 8000)
    return cast("Client", chromadb.HttpClient(url.hostname, port, ssl=url.scheme == "https", settings=settings))


def let_go(client: Client) -> None:
    """Close a client, and its connections to a server, which Chroma's `close` leaves open."""
    servers = (client._server, getattr(client._admin_client, "_server", None))
    client.close()
    for server in servers:
        session = getattr(server, "_session", None)
        if session is not None:
            session.close()


def answered(ask: Callable[[], Answered]) -> Answered:
    """What Chroma answers to `ask`. A server finds first, looks up then, and fails where something was removed between
    the two (`query_embedding` in its rust/segment/src/local_hnsw.rs): it is asked again, a few times.
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
def translating(where: str) -> Iterator[None]:
    """Chroma's exceptions end here, ours begin.

    :param where: The folder or the server, for the message.
    :raises LibraryError: If a folder cannot be written, or a server not be reached.
    :raises LibraryDamaged: If what is there cannot be read.
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
        raise _translated(error, where) from error


def _translated(error: BaseException, where: str) -> LibraryError:
    text = str(error).lower()
    if "could not connect" in text:
        return LibraryError(f"the vector server {where} does not answer; start it, or check the address")
    if "disk is full" in text or "no space left" in text:
        return LibraryError(f"the disk that holds {where} is full; free some space and try again, nothing was lost")
    if isinstance(error, FileNotFoundError) or any(words in text for words in _REFUSED):
        return LibraryError(f"the vectors {where} cannot be written; check that their folder is there and is yours")
    return LibraryDamaged(f"the vectors {where} cannot be used ({one_line(error)}); run `ontherecord check --repair`")
