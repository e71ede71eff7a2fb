"""The library, which is the text of record: takes readings, gives them back exactly as they were.

    database  the file and its errors     migrations  older files     tables  rows <-> values     library_queries
An article is stored when `put` has returned, and gone when `remove` has. Does not know full text or vectors, but keeps
the list of keys that these have yet to remove (`unsettled`), so that a kill at any point can be made good.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import sqlalchemy as sa

from index.storage import tables as t
from index.storage.database import Database
from index.storage.library_queries import LibraryQueries
from index.storage.migrations import prepare
from index.types import Reading, Speaker


class EmbeddingModel(NamedTuple):
    """The model that made the vectors. `digest` is SHA-256 in hexadecimal digits, `dim` the length of a vector."""

    name: str
    digest: str
    dim: int


class KeyRange(NamedTuple):
    """The keys from `first` to `last`, both included; `thorough` if their words must leave the files, too."""

    first: int
    last: int
    thorough: bool


class Library(LibraryQueries):
    """Articles with their sentences, passages, statements and speakers, in one SQLite file.

    Any thread may read while one writes; what a call writes is seen at once and whole, or not at all.
    """

    def __init__(self, folder: Path | None) -> None:
        super().__init__(Database(folder))
        try:
            with self._database.writing() as connection:
                prepare(connection, self._database.where)
        except BaseException:
            self.close()
            raise

    @classmethod
    def open(cls, folder: Path) -> Library:
        """The library in a folder that exists; a new one where there is none, an older one in this version's form.

        :raises LibraryMismatch: If a newer version made it.
        :raises LibraryDamaged: If the file cannot be read.
        :raises LibraryError: If it cannot be written.
        """
        return cls(folder)

    @classmethod
    def in_memory(cls) -> Library:
        """A library without a file; closing it deletes it."""
        return cls(None)

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    # The embedding model, and the name that ties vectors to this library

    @property
    def uid(self) -> str:
        """A name that no other library has."""
        return self._value("uid")

    @property
    def model(self) -> EmbeddingModel | None:
        """The model that made the vectors; None before there are any."""
        name, digest, dim = (self._value(key) for key in ("model_name", "model_digest", "model_dim"))
        return EmbeddingModel(name, digest, int(dim)) if dim else None

    @model.setter
    def model(self, model: EmbeddingModel) -> None:
        self._note({"model_name": model.name, "model_digest": model.digest, "model_dim": str(model.dim)})

    # The rules that its articles were read by

    @property
    def advised(self) -> int:
        """The version of the rules that the library's user was last advised to update its articles to; 0 for none."""
        return int(self._value("advised") or 0)

    @advised.setter
    def advised(self, rules: int) -> None:
        self._note({"advised": str(rules)})

    def confirm(self, ids: Collection[str], rules: int) -> None:
        """Note that these articles, read again by those rules, gave what is stored."""
        with self._database.writing() as connection:
            connection.execute(sa.update(t.articles).where(t.articles.c.id.in_(list(ids))).values(rules=rules))

    def _note(self, values: Mapping[str, str]) -> None:
        with self._database.writing() as connection:
            for name, value in values.items():
                connection.execute(sa.delete(t.meta).where(t.meta.c.name == name))
                connection.execute(sa.insert(t.meta).values(name=name, value=value))

    def _value(self, name: str) -> str:
        with self._database.reading() as connection:
            return connection.scalar(sa.select(t.meta.c.value).where(t.meta.c.name == name)) or ""

    # Changing what exists

    def reserve(self, count: int) -> KeyRange:
        """Keys for `count` new passages, never used before; they are unsettled until `put` uses them.

        :raises ValueError: If `count` is less than 1.
        """
        if count < 1:
            raise ValueError(f"keys are reserved for one passage at least, not {count}")
        with self._database.writing() as connection:
            first = int(connection.scalar(sa.select(t.meta.c.value).where(t.meta.c.name == "next_key")) or 0)
            keys = KeyRange(first, first + count - 1, thorough=False)
            connection.execute(sa.update(t.meta).where(t.meta.c.name == "next_key").values(value=str(keys.last + 1)))
            connection.execute(sa.insert(t.unsettled).values(keys._asdict()))
        return keys

    def put(self, readings: Sequence[Reading], keys: KeyRange | None = None, instead_of: Collection[str] = ()) -> None:
        """Store all of these readings, or none; stored articles with the same ids are replaced.

        :param keys: The keys that `reserve` gave for all their passages, in order; None to reserve them here.
        :param instead_of: Ids of other articles that are removed in the same step.
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
        """Remove articles. Their text stays in the file until `scrub`.

        :return: The removed ids, sorted.
        """
        with self._database.writing() as connection:
            self._count_change(connection)
            return self._drop(connection, set(ids), thorough=True)

    def unsettled(self) -> tuple[KeyRange, ...]:
        """Keys that the full text and the vectors may hold although no passage has them; see `settle`."""
        query = sa.select(*[t.unsettled.c[name] for name in KeyRange._fields]).order_by(t.unsettled.c.row)
        with self._database.reading() as connection:
            return tuple(KeyRange(*row) for row in connection.execute(query))

    def settle(self, keys: Collection[KeyRange]) -> None:
        """Note that the full text and the vectors no longer hold these."""
        with self._database.writing() as connection:
            self._settle(connection, keys)

    def scrub(self) -> None:
        """Rewrite the file, so that not a byte of a removed article is left."""
        self._database.scrub()

    def _settle(self, connection: sa.Connection, every: Collection[KeyRange]) -> None:
        for keys in every:
            same = (t.unsettled.c.first == keys.first) & (t.unsettled.c.last == keys.last)
            connection.execute(sa.delete(t.unsettled).where(same))

    def _count_change(self, connection: sa.Connection) -> None:
        """Count a change of the library, within the transaction that makes it; see `derived`."""
        more = sa.cast(sa.cast(t.meta.c.value, sa.Integer) + 1, sa.Text)
        connection.execute(sa.update(t.meta).where(t.meta.c.name == "changes").values(value=more))

    def _drop(self, connection: sa.Connection, ids: set[str], thorough: bool) -> tuple[str, ...]:
        which = sa.select(t.articles.c.id, t.articles.c.row).where(t.articles.c.id.in_(ids))
        here: dict[str, int] = {found.id: found.row for found in connection.execute(which)}
        for row in here.values():
            keys = connection.scalars(sa.select(t.passages.c.key).where(t.passages.c.article == row)).all()
            if keys:
                stale = KeyRange(min(keys), max(keys), thorough)
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
            rows[t.articles].append({"row": article, **t.article_row(reading)})
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
