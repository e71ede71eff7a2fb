"""Libraries as release 0.1.0 left them: the tables of that release, with the articles of a library of today."""

import sqlite3
from pathlib import Path

from index.storage.database import FILE

TABLES_OF_0_1_0 = (Path(__file__).parent / "data" / "library-0.1.0.sql").read_text(encoding="utf-8")


def make_old(folder):
    """Give a library that nobody has open the tables of release 0.1.0, in which its articles and the like stay.

    Its direct quotations lose their cues, as if older rules had not found them.
    """
    today = sqlite3.connect(folder / FILE)
    old = sqlite3.connect(folder / "old.sqlite")
    old.executescript(TABLES_OF_0_1_0)
    for (table,) in old.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        columns = [row[1] for row in old.execute(f"PRAGMA table_info({table})")]
        names, marks = ", ".join(f'"{name}"' for name in columns), ", ".join("?" * len(columns))
        rows = today.execute(f"SELECT {names} FROM {table}").fetchall()
        old.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)
    old.execute("UPDATE meta SET value = '1' WHERE name = 'version'")
    old.execute("UPDATE statements SET cue = '[]' WHERE manner = 'direct'")
    old.commit()
    for connection in (today, old):
        connection.close()
    for name in (FILE, f"{FILE}-wal", f"{FILE}-shm"):
        (folder / name).unlink(missing_ok=True)
    (folder / "old.sqlite").rename(folder / FILE)
