"""Articles: takes files, folders and URLs; gives their articles, and a reason for each that cannot be read.

The only door: everything that enters the library is read here, and no character changes afterwards. Which loader reads
what is told by `index.loaders.registry`. Does not know the library.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from index.errors import UnreadableArticle
from index.loaders import registry, urls
from index.loaders.characters import NotText
from index.loaders.documents import Notice, of_file
from index.loaders.files import printable, system_reason
from index.loaders.pages import PageExtractor
from index.loaders.urls import Web
from index.types import Article

PUBLIC_WEB = Web()
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_LOGIN = re.compile(r"//[^/?#]*@")


def read_paths(
    paths: Iterable[str | Path], *, notice: Notice, web: Web = PUBLIC_WEB
) -> Iterator[Article | UnreadableArticle]:
    """The articles at these paths, in order, each as soon as it is read; a path may be an http or https URL.

    A folder stands for the files in it and in its folders that a loader reads, sorted by name, without hidden ones. A
    file that is reached twice is read once. What cannot be read comes out as an `UnreadableArticle`, which says where
    and why; nothing is raised. `notice` is given a sentence about what was read otherwise than given.
    """
    seen: set[str] = set()
    with PageExtractor() as pages:
        for given in paths:
            if _SCHEME.match(str(given)):
                yield from _read_url(str(given), notice, web, pages)
                continue
            for path in _files(Path(given)):
                if isinstance(path, UnreadableArticle):
                    yield path
                elif (real := os.path.realpath(path)) not in seen:
                    seen.add(real)
                    yield from _read(path, notice, pages)


def count(paths: Iterable[str | Path]) -> int:
    """About how many articles and reasons `read_paths` gives for these, to tell how far it is; nothing is read into
    memory, and no server asked.
    """
    total = 0
    for given in paths:
        if _SCHEME.match(str(given)):
            total += 1
            continue
        for path in _files(Path(given)):
            loader = registry.for_suffix(path.suffix) if isinstance(path, Path) else None
            total += loader.count(path) if loader and isinstance(path, Path) else 1
    return total


def _read(path: Path, notice: Notice, pages: PageExtractor) -> Iterator[Article | UnreadableArticle]:
    loader = registry.for_suffix(path.suffix)
    if loader is None:
        known = ", ".join(registry.suffixes())
        yield UnreadableArticle(printable(path), f"it is none of {known}; save it as one of these")
        return
    try:
        yield from loader.read(of_file(path, notice, pages))
    except UnreadableArticle as error:
        yield error
    except NotText as error:
        yield UnreadableArticle(printable(path), str(error))


def _read_url(url: str, notice: Notice, web: Web, pages: PageExtractor) -> Iterator[Article | UnreadableArticle]:
    try:
        yield from urls.read(url, notice, web, pages)
    except UnreadableArticle as error:
        yield error
    except NotText as error:
        yield UnreadableArticle(printable(_LOGIN.sub("//", url[: urls.LONGEST_URL])), str(error))


def _files(given: Path) -> Iterator[Path | UnreadableArticle]:
    """The files that a path stands for: itself, or a folder's; a folder that leads back to itself is entered once."""
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
            names = sorted(name for name in os.listdir(path) if not name.startswith("."))  # noqa: PTH208  # names only
        except (OSError, ValueError) as error:
            found = True
            yield UnreadableArticle(printable(path), system_reason(error))
            continue
        below = (path / name for name in reversed(names))
        waiting.extend(path for path in below if registry.for_suffix(path.suffix) or path.is_dir())
    if not found:
        yield UnreadableArticle(
            printable(given), f"the folder has no file that is one of {', '.join(registry.suffixes())}"
        )
