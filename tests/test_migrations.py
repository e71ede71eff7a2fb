"""Old libraries: their tables are brought up to date in one step; a newer one is refused."""

import contextlib
import sqlite3
from dataclasses import replace

import pytest
import sqlalchemy as sa
from old_library import TABLES_OF_0_1_0, make_old
from storing import article, contents, open_store, whole

from index.errors import LibraryDamaged
from index.storage import migrations
from index.storage.database import FILE
from index.storage.library import Library
from index.storage.migrations import VERSION


@pytest.fixture
def old(tmp_path, parser):
    """The folder of a library that release 0.1.0 made, and what is in it."""
    with open_store(tmp_path, parser) as store:
        store.add([article("a", publisher="Wire"), article("b", "tunnel")])
        before = contents(store)
    make_old(tmp_path)
    return tmp_path, before


def form(folder):
    """The tables of a library with their columns, and the indexes."""
    with contextlib.closing(sqlite3.connect(folder / FILE)) as file:
        names = [name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        columns = {name: {row[1:] for row in file.execute(f"PRAGMA table_info({name})")} for name in names}
        indexes = {
            name: sorted(
                tuple(column for _, _, column in file.execute(f"PRAGMA index_info({row[1]})"))
                for row in file.execute(f"PRAGMA index_list({name})")
            )
            for name in names
        }
    return columns, indexes


def version(folder):
    with contextlib.closing(sqlite3.connect(folder / FILE)) as file:
        return file.execute("SELECT value FROM meta WHERE name = 'version'").fetchone()[0]


def test_an_old_library_gets_the_form_of_a_new_one(old, tmp_path_factory):
    folder, _ = old
    new = tmp_path_factory.mktemp("new")
    Library.open(new).close()
    assert form(folder) != form(new)
    Library.open(folder).close()
    assert form(folder) == form(new)
    assert version(folder) == version(new) == str(VERSION)


def test_an_old_library_without_its_later_indexes_gets_them(old, tmp_path_factory):
    folder, _ = old
    with contextlib.closing(sqlite3.connect(folder / FILE)) as file:
        for column in ("url", "published", "publisher"):
            file.execute(f"DROP INDEX ix_articles_{column}")
        file.execute("DELETE FROM meta WHERE name = 'changes'")
        file.commit()
    new = tmp_path_factory.mktemp("new")
    Library.open(new).close()
    library = Library.open(folder)
    assert library.derived(lambda reader: reader.counts().articles) == 2
    library.close()
    assert form(folder) == form(new)


def test_an_old_library_opens_with_all_that_was_in_it(old, parser):
    folder, before = old
    with open_store(folder, parser) as store:
        for one, reading in contents(store).items():
            unknown = [replace(said, certainty=0.0, candidates=()) for said in before[one].statements]
            without = [replace(said, cue=None) if said.manner == "direct" else said for said in unknown]
            assert reading == replace(before[one], statements=tuple(without), rules=0)
        whole(store)


def test_an_old_library_stays_as_it_was_when_a_migration_fails(old, monkeypatch):
    folder, _ = old

    def fails(connection: sa.Connection) -> None:
        connection.exec_driver_sql("DROP TABLE statements")
        raise KeyboardInterrupt

    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, fails))
    before = form(folder)
    with pytest.raises(KeyboardInterrupt):
        Library.open(folder)
    assert form(folder) == before
    assert version(folder) == "1"


def test_a_migration_is_done_once(old, monkeypatch):
    folder, _ = old
    done = []
    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, done.append))
    monkeypatch.setattr(migrations, "VERSION", VERSION + 1)
    Library.open(folder).close()
    Library.open(folder).close()
    assert len(done) == 1
    assert version(folder) == str(VERSION + 1)


@pytest.mark.parametrize("number", ["0", "-1", "one", ""])
def test_a_database_that_tells_no_version_is_no_library(tmp_path, number):
    with contextlib.closing(sqlite3.connect(tmp_path / FILE)) as file:
        file.executescript(TABLES_OF_0_1_0)
        file.executemany("INSERT INTO meta VALUES (?, ?)", [("version", number), ("uid", "u"), ("next_key", "1")])
        file.commit()
    with pytest.raises(LibraryDamaged, match="not a library of On the Record"):
        Library.open(tmp_path)
