"""Folders: a path in, the files that it stands for out.

Knows paths and the operating system. Does not know formats or articles; which names count is told by the caller.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from index.errors import UnreadableArticle
from index.loaders.files import shown, why


def files(given: Path, suffixes: tuple[str, ...], *, anyway: bool = False) -> Iterator[Path | UnreadableArticle]:
    """The files that a path stands for: itself, or those in the folder and in its folders, sorted by name.

    Hidden ones are left out. A folder that leads back to itself is entered once. A link is followed where it stays in
    the folder that was given; one that leads out comes out as an `UnreadableArticle`.

    :param suffixes: The ends of the names that count in a folder, in small letters, as ".txt".
    :param anyway: Whether the root of a file system and the home folder are read too; else they are refused.
    """
    waiting = [given]
    entered: set[tuple[int, int]] = set()
    found = False
    while waiting:
        path = waiting.pop()
        try:
            status = path.stat()
            if not stat.S_ISDIR(status.st_mode):
                found = True
                yield path
                continue
            if (status.st_dev, status.st_ino) in entered:
                continue
            entered.add((status.st_dev, status.st_ino))
            if path is given and not anyway:
                _refuse_far_too_much(path)
            below = _below(path, suffixes)
        except (OSError, ValueError) as error:
            found = True
            yield UnreadableArticle(shown(path), why(error))
            continue
        except UnreadableArticle as error:
            yield error
            return
        waiting.extend(path for path in below if _inside(path, given))
        for path in below:
            if not _inside(path, given):
                found = True
                yield UnreadableArticle(shown(path), "it is a link that leads out of the folder; add what it leads to")
    if not found:
        yield UnreadableArticle(shown(given), f"the folder has no file that is one of {', '.join(suffixes)}")


def _below(folder: Path, suffixes: tuple[str, ...]) -> list[Path]:
    """What counts in a folder, the last name first."""
    names = sorted(name for name in os.listdir(folder) if not name.startswith("."))  # noqa: PTH208  # names only
    paths = (folder / name for name in reversed(names))
    return [path for path in paths if path.suffix.lower() in suffixes or path.is_dir()]


def _inside(path: Path, folder: Path) -> bool:
    """Whether a path, its links followed, lies in a folder."""
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def _refuse_far_too_much(folder: Path) -> None:
    """Refuse a folder that nobody means as articles.

    :raises UnreadableArticle: If it is the root of a file system, the home folder, or a folder that holds the home.
    """
    real = Path(os.path.realpath(folder))
    if real == Path(real.anchor):
        what = "the root of a file system"
    elif Path(os.path.realpath(Path("~").expanduser())).is_relative_to(real):
        what = "your home folder, or holds it"
    else:
        return
    raise UnreadableArticle(
        shown(folder), f"it is {what}; name a folder in it, or use --anyway (in Python anyway=True) to read all of it"
    )
