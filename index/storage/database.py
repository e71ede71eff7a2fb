"""The library's file: opening it, transactions on it, and its errors as ours.

Knows SQLite's pragmas and error codes. Does not know what the tables hold.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.pool import QueuePool, StaticPool

from index.errors import LibraryBusy, LibraryDamaged, LibraryError

FILE = "library.sqlite"
_PATIENCE_S = 60


class Database:
    """An SQLite file (or none: in memory) with many readers and one writer at a time.

    Every transaction sees one state of the whole; what a writer does is seen when it has committed, at once.
    """

    def __init__(self, folder: Path | None) -> None:
        self.where = str(folder) if folder else "memory"
        self._file = folder / FILE if folder else None
        self._writer = threading.RLock()
        self._thread = threading.local()
        self._engine = _engine(self._file)

    @contextlib.contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A transaction that reads; inside one, the same one again."""
        held: sa.Connection | None = getattr(self._thread, "connection", None)
        if held is not None:
            yield held
            return
        alone = contextlib.nullcontext() if self._file else self._writer
        with alone, self.errors(), self._engine.begin() as connection:
            self._thread.connection = connection
            try:
                yield connection
            finally:
                self._thread.connection = None

    @contextlib.contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """A transaction that writes: all of it is kept, or nothing."""
        with self._writer, self.errors(), self._engine.begin() as connection:
            yield connection

    def scrub(self) -> None:
        """Write the file anew, so that nothing that was deleted is left in it or beside it."""
        with self._writer, self.errors(), self._engine.connect() as connection:
            raw = connection.connection.driver_connection
            assert raw is not None
            raw.execute("VACUUM")
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Give the file back; the database must not be used afterwards."""
        self._engine.dispose()

    @contextlib.contextmanager
    def errors(self) -> Iterator[None]:
        """SQLite's exceptions end here, ours begin."""
        try:
            yield
        except sa.exc.DBAPIError as error:
            raise translated(error.orig, self.where) from error
        except sqlite3.Error as error:
            raise translated(error, self.where) from error


def translated(error: BaseException | None, where: str) -> LibraryError:
    """SQLite's exception as one of ours, with one sentence for the user."""
    name = getattr(error, "sqlite_errorname", "") or ""
    if name.startswith("SQLITE_FULL"):
        return LibraryError(f"the disk that holds {where} is full; free some space and try again, nothing was lost")
    if name == "SQLITE_READONLY_DBMOVED":
        return LibraryError(f"the library {where} was moved or removed while it was open; stop and open it anew")
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return LibraryError(f"the library {where} cannot be written; check that its folder is there and is yours")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return LibraryBusy(f"the library {where} is being written by another program; stop it and try again")
    if name.startswith("SQLITE_IOERR"):
        return LibraryError(f"the disk that holds {where} does not read or write ({name}); check the disk")
    return LibraryDamaged(
        f"{where}/{FILE} cannot be read ({error}); bring it back from a copy, or add the articles anew"
    )


def _engine(file: Path | None) -> sa.Engine:
    if file is None:
        engine = sa.create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    else:
        url = sa.URL.create("sqlite", database=str(file))
        engine = sa.create_engine(
            url, poolclass=QueuePool, pool_size=8, max_overflow=-1, connect_args={"timeout": _PATIENCE_S}
        )
    sa.event.listen(engine, "connect", _on_connect)
    sa.event.listen(engine, "begin", _on_begin)
    return engine


def _on_connect(raw: sqlite3.Connection, _record: object) -> None:
    """Settings that SQLite keeps per connection; transactions are begun by us, so that reads share one too."""
    raw.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON", "temp_store=MEMORY"):
        raw.execute(f"PRAGMA {pragma}")


def _on_begin(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN")
