"""Articles: files and folders in, articles out; whatever cannot be read comes out as its reason, and the rest goes on.

The only door: everything that enters the library is read here, and no character changes afterwards. Knows which loader
reads what. Does not know the library.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from index.errors import UnreadableArticle
from index.loaders import html, jsonlines, markdown, text
from index.loaders.characters import NotText
from index.loaders.files import shown, why
from index.loaders.pages import Pages
from index.types import Article

Notice = Callable[[str], None]

SUFFIXES = (".txt", ".md", ".html", ".htm", ".jsonl")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")


def read_paths(paths: Iterable[str | Path], *, notice: Notice) -> Iterator[Article | UnreadableArticle]:
    """The articles at these paths, in order, each as soon as it is read.

    A folder stands for the .txt, .md, .html, .htm and .jsonl files in it and in its folders, sorted by name, without
    hidden ones. A file that is reached twice is read once. What cannot be read comes out as an `UnreadableArticle`,
    which says where and why; nothing is raised. `notice` is given a sentence about what was read otherwise than given.
    """
    seen: set[str] = set()
    with Pages() as pages:
        for given in paths:
            if _SCHEME.match(str(given)):
                yield UnreadableArticle(str(given), "addresses are not read yet")
                continue
            for path in _files(Path(given)):
                if isinstance(path, UnreadableArticle):
                    yield path
                elif (real := os.path.realpath(path)) not in seen:
                    seen.add(real)
                    yield from _read(path, notice, pages)


def _read(path: Path, notice: Notice, pages: Pages) -> Iterator[Article | UnreadableArticle]:
    try:
        match path.suffix.lower():
            case ".txt":
                yield from text.read(path, notice)
            case ".md":
                yield from markdown.read(path, notice)
            case ".html" | ".htm":
                yield from html.read(path, notice, pages)
            case ".jsonl":
                yield from jsonlines.read(path, notice)
            case _:
                yield UnreadableArticle(shown(path), f"it is none of {', '.join(SUFFIXES)}; save it as one of these")
    except UnreadableArticle as error:
        yield error
    except NotText as error:
        yield UnreadableArticle(shown(path), str(error))


def _files(given: Path) -> Iterator[Path | UnreadableArticle]:
    """The files that a path stands for: itself, or a folder's; a folder that leads back to itself is entered once."""
    folders = [given]
    entered: set[tuple[int, int]] = set()
    while folders:
        folder = folders.pop()
        try:
            status = folder.stat()
            if not stat.S_ISDIR(status.st_mode):
                yield folder
                continue
            if (status.st_dev, status.st_ino) in entered:
                continue
            entered.add((status.st_dev, status.st_ino))
            entries = sorted(e.name for e in os.scandir(folder) if not e.name.startswith("."))
        except (OSError, ValueError) as error:
            yield UnreadableArticle(shown(folder), why(error))
            continue
        below = [folder / name for name in entries]
        folders.extend(path for path in reversed(below) if path.is_dir() or path.suffix.lower() in SUFFIXES)
