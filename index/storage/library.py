"""The library: the text of record. Readings in; articles, passages, statements and speakers out, exactly as they were.

    library_engine  the file and its errors     library_tables  rows <-> values     library_reader  what can be asked
An article is there when `put` has returned, and gone when `remove` has. Does not know words or vectors, but keeps the
list of keys that they have yet to forget (`unsettled`), so that a kill at any point can be mended.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import NamedTuple

import sqlalchemy as sa

from index.errors import LibraryDamaged, LibraryMismatch
from index.storage import tables as t
from index.storage.database import Database
from index.storage.library_queries import Counts, Entry, Reader
from index.types import Reading, Speaker

__all__ = ["VERSION", "Counts", "Entry", "Keys", "Library", "Model"]

VERSION = 1


class Model(NamedTuple):
    """The embedding model that the vectors were made with. `digest` is SHA-256, `dim` the length of a vector."""

    name: str
    digest: str
    dim: int


class Keys(NamedTuple):
    """The keys from `first` to `last`, both included; `thorough` where their words must go for good."""

    first: int
    last: int
    thorough: bool


class Library(Reader):
    """Articles with their sentences, passages, statements and speakers, in one SQLite file.

    Any thread may read while one writes; what a call writes is seen at once and whole, or not at all.
    """

    def __init__(self, folder: Path | None) -> None:
        super().__init__(Database(folder))
        try:
            with self._database.writing() as connection:
                self._prepare(connection)
        except BaseException:
            self.close()
            raise

    @classmethod
    def open(cls, folder: Path) -> Library:
        """The library in a folder that exists; a new one where there is none.

        :raises LibraryMismatch: If a newer version made it.
        :raises LibraryDamaged: If the file cannot be read.
        :raises LibraryError: If it cannot be written.
        """
        return cls(folder)

    @classmethod
    def in_memory(cls) -> Library:
        """A library that is gone when it is closed."""
        return cls(None)

    def _prepare(self, connection: sa.Connection) -> None:
        t.metadata.create_all(connection)
        known = {row.name: row.value for row in connection.execute(sa.select(t.meta))}
        if not known:
            first = {"version": str(VERSION), "uid": uuid.uuid4().hex, "next_key": "1"}
            connection.execute(sa.insert(t.meta), [{"name": name, "value": value} for name, value in first.items()])
        elif not known.get("version", "").isdecimal() or not {"uid", "next_key"} <= known.keys():
            raise LibraryDamaged(f"{self._database.where} holds a database that is not a library of On the Record")
        elif int(known["version"]) > VERSION:
            raise LibraryMismatch(
                f"the library {self._database.where} was made by a newer On the Record "
                f"(its version is {known['version']}, this program's is {VERSION}); update the program"
            )
        for index in t.articles.indexes:  # a library of before may lack one
            index.create(connection, checkfirst=True)
        if "changes" not in known:
            connection.execute(sa.insert(t.meta).values(name="changes", value="0"))

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    # The embedding model, and the name that ties vectors to this library

    @property
    def uid(self) -> str:
        """A name no other library has."""
        return self._value("uid")

    @property
    def model(self) -> Model | None:
        """The model that the vectors were made with; None before the first."""
        name, digest, dim = (self._value(key) for key in ("model_name", "model_digest", "model_dim"))
        return Model(name, digest, int(dim)) if dim else None

    @model.setter
    def model(self, model: Model) -> None:
        values = {"model_name": model.name, "model_digest": model.digest, "model_dim": str(model.dim)}
        with self._database.writing() as connection:
            for name, value in values.items():
                connection.execute(sa.delete(t.meta).where(t.meta.c.name == name))
                connection.execute(sa.insert(t.meta).values(name=name, value=value))

    def _value(self, name: str) -> str:
        with self._database.reading() as connection:
            return connection.scalar(sa.select(t.meta.c.value).where(t.meta.c.name == name)) or ""

    # Changing what exists

    def reserve(self, count: int) -> Keys:
        """Keys for `count` new passages, never given before; they are unsettled until `put` uses them.

        :raises ValueError: If `count` is less than 1.
        """
        if count < 1:
            raise ValueError(f"keys are reserved for one passage at least, not {count}")
        with self._database.writing() as connection:
            first = int(connection.scalar(sa.select(t.meta.c.value).where(t.meta.c.name == "next_key")) or 0)
            keys = Keys(first, first + count - 1, thorough=False)
            connection.execute(sa.update(t.meta).where(t.meta.c.name == "next_key").values(value=str(keys.last + 1)))
            connection.execute(sa.insert(t.unsettled).values(keys._asdict()))
        return keys

    def put(self, readings: Sequence[Reading], keys: Keys | None = None, instead_of: Collection[str] = ()) -> None:
        """Store readings, all or none of them; stored articles of the same id are replaced.

        :param keys: What `reserve` gave for all their passages, in order; None to reserve them here.
        :param instead_of: Ids of other articles that go in the same step.
        """
        count = sum(len(reading.passages) for reading in readings)
        if keys is None and count:
            keys = self.reserve(count)
        with self._database.writing() as connection:
            self._drop(connection, {*instead_of, *(reading.article.id for reading in readings)}, thorough=False)
            self._insert(connection, readings, keys.first if keys else 0)
            self._count_change(connection)
            if keys:
                self._settle(connection, [keys])

    def remove(self, ids: Collection[str]) -> tuple[str, ...]:
        """Take articles out. Their text stays in the file until `scrub`.

        :return: The ids that there were, sorted.
        """
        with self._database.writing() as connection:
            self._count_change(connection)
            return self._drop(connection, set(ids), thorough=True)

    def unsettled(self) -> tuple[Keys, ...]:
        """Keys whose words and vectors may be there although no passage has them; see `settle`."""
        query = sa.select(*[t.unsettled.c[name] for name in Keys._fields]).order_by(t.unsettled.c.row)
        with self._database.reading() as connection:
            return tuple(Keys(*row) for row in connection.execute(query))

    def settle(self, keys: Collection[Keys]) -> None:
        """Note that words and vectors have forgotten these."""
        with self._database.writing() as connection:
            self._settle(connection, keys)

    def scrub(self) -> None:
        """Write the file anew, so that not a byte of what was removed is left."""
        self._database.scrub()

    def _settle(self, connection: sa.Connection, every: Collection[Keys]) -> None:
        for keys in every:
            same = (t.unsettled.c.first == keys.first) & (t.unsettled.c.last == keys.last)
            connection.execute(sa.delete(t.unsettled).where(same))

    def _count_change(self, connection: sa.Connection) -> None:
        """Note, in the step that changes it, that the library is not what it was; see `derived`."""
        more = sa.cast(sa.cast(t.meta.c.value, sa.Integer) + 1, sa.Text)
        connection.execute(sa.update(t.meta).where(t.meta.c.name == "changes").values(value=more))

    def _drop(self, connection: sa.Connection, ids: set[str], thorough: bool) -> tuple[str, ...]:
        which = sa.select(t.articles.c.id, t.articles.c.row).where(t.articles.c.id.in_(ids))
        here: dict[str, int] = {found.id: found.row for found in connection.execute(which)}
        for row in here.values():
            keys = connection.scalars(sa.select(t.passages.c.key).where(t.passages.c.article == row)).all()
            if keys:
                stale = Keys(min(keys), max(keys), thorough)
                connection.execute(sa.insert(t.unsettled).values(stale._asdict()))
            connection.execute(sa.delete(t.articles).where(t.articles.c.row == row))
        return tuple(sorted(here))

    def _insert(self, connection: sa.Connection, readings: Sequence[Reading], key: int) -> None:
        article = connection.scalar(sa.select(sa.func.max(t.articles.c.row))) or 0
        voice = connection.scalar(sa.select(sa.func.max(t.speakers.c.row))) or 0
        rows: dict[sa.Table, list[dict[str, object]]] = {
            table: [] for table in (t.articles, t.passages, t.speakers, t.statements)
        }
        for reading in readings:
            article += 1
            rows[t.articles].append({"row": article, **t.article_row(reading.article, reading.sentences)})
            for passage in reading.passages:
                rows[t.passages].append({"key": key, **t.passage_row(passage, article)})
                key += 1
            voices: dict[Speaker, int] = {}
            for statement in reading.statements:
                speaker = statement.speaker
                if speaker is not None and speaker not in voices:
                    voice += 1
                    voices[speaker] = voice
                    rows[t.speakers].append({"row": voice, **t.speaker_row(speaker, article)})
                number = None if speaker is None else voices[speaker]
                rows[t.statements].append(t.statement_row(statement, article, number))
        for table, values in rows.items():
            if values:
                connection.execute(sa.insert(table), values)
