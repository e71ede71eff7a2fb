"""Migrations: takes the tables of an older library, gives them the form that this version of the program uses.

A library records the number of its form. All migrations that it lacks run in the transaction that opens it, so that a
kill leaves either the old form or the new one. A migration never changes after its release, and so it names tables and
columns itself. What only reading an article again can give is no migration: see `index.build.update`.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable

import sqlalchemy as sa

from index.errors import LibraryDamaged, LibraryMismatch
from index.storage import tables as t


def _count_changes(connection: sa.Connection) -> None:
    """1 to 2: the number of changes is counted, and articles are found by publisher, day and URL."""
    for column in ("publisher", "published", "url"):
        connection.exec_driver_sql(f"CREATE INDEX IF NOT EXISTS ix_articles_{column} ON articles ({column})")
    connection.exec_driver_sql("INSERT OR IGNORE INTO meta (name, value) VALUES ('changes', '0')")


def _record_rules(connection: sa.Connection) -> None:
    """2 to 3: an article knows the version of the rules that read it; 0 stands for those before they were counted."""
    connection.exec_driver_sql("ALTER TABLE articles ADD COLUMN rules INTEGER DEFAULT 0 NOT NULL")
    connection.exec_driver_sql("CREATE INDEX ix_articles_rules ON articles (rules)")


def _record_certainty(connection: sa.Connection) -> None:
    """3 to 4: a statement has the probability of its speaker, and candidates; until it is read again, 0 and none."""
    connection.exec_driver_sql("ALTER TABLE statements ADD COLUMN certainty FLOAT DEFAULT '0' NOT NULL")
    connection.exec_driver_sql("ALTER TABLE statements ADD COLUMN candidates JSON DEFAULT '[]' NOT NULL")


def _mark_prose(connection: sa.Connection) -> None:
    """4 to 5: an article that took too long to read is marked as kept without statements; none was so before."""
    connection.exec_driver_sql("ALTER TABLE articles ADD COLUMN prose_only BOOLEAN DEFAULT 0 NOT NULL")


MIGRATIONS: tuple[Callable[[sa.Connection], None], ...] = (
    _count_changes,
    _record_rules,
    _record_certainty,
    _mark_prose,
)
VERSION = len(MIGRATIONS) + 1


def prepare(connection: sa.Connection, where: str) -> None:
    """Make the tables of a new library, or bring those of an older one into this version's form.

    :param connection: Within a transaction that writes.
    :param where: The library's folder, for the messages.
    :raises LibraryMismatch: If a newer version of the program made it.
    :raises LibraryDamaged: If it is no library.
    """
    if not sa.inspect(connection).has_table(t.meta.name):
        t.metadata.create_all(connection)
        first = {"version": str(VERSION), "uid": uuid.uuid4().hex, "next_key": "1", "changes": "0"}
        connection.execute(sa.insert(t.meta), [{"name": name, "value": value} for name, value in first.items()])
        return
    made_by = _version(connection, where)
    if made_by > VERSION:
        raise LibraryMismatch(
            f"the library {where} was made by a newer On the Record "
            f"(its version is {made_by}, this program's is {VERSION}); update the program"
        )
    for migrate in MIGRATIONS[made_by - 1 :]:
        migrate(connection)
    if made_by < VERSION:
        connection.execute(sa.update(t.meta).where(t.meta.c.name == "version").values(value=str(VERSION)))


def _version(connection: sa.Connection, where: str) -> int:
    """The number of a library's form, from 1."""
    known = {row.name: row.value for row in connection.execute(sa.select(t.meta))}
    version = known.get("version", "")
    if not version.isdecimal() or int(version) < 1 or not {"uid", "next_key"} <= known.keys():
        raise LibraryDamaged(f"{where} holds a database that is not a library of On the Record")
    return int(version)
