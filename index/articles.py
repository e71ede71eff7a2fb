"""Articles: takes files, folders and URLs; gives their articles, and a reason for each that cannot be read.

The only door: everything that enters the library is read here, and no character changes afterwards. Which loader reads
what is told by `index.loaders.registry`. Does not know the library.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from index.errors import UnreadableArticle
from index.loaders import folders, registry, urls
from index.loaders.characters import NotText
from index.loaders.documents import Notice, of_file
from index.loaders.files import printable
from index.loaders.pages import PageExtractor
from index.loaders.urls import Web
from index.types import Article

PUBLIC_WEB = Web()
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_LOGIN = re.compile(r"//[^/?#]*@")


def read_paths(
    paths: str | Path | Iterable[str | Path], *, notice: Notice, anyway: bool = False, web: Web = PUBLIC_WEB
) -> Iterator[Article | UnreadableArticle]:
    """The articles at a path or several, in order, each as soon as it is read; a path may be an http or https URL.

    A folder stands for the files in it and in its folders that a loader reads, sorted by name, without hidden ones and
    without links that lead out of it. A file that is reached twice is read once. What cannot be read comes out as an
    `UnreadableArticle`, which says where and why; nothing is raised. `notice` is given a sentence about what was read
    otherwise than given.

    :param anyway: Whether the root of a file system and the home folder are read too; else they are refused.
    """
    seen: set[str] = set()
    with PageExtractor() as pages:
        for given in _several(paths):
            if _SCHEME.match(str(given)):
                yield from _read_url(str(given), notice, web, pages)
                continue
            for path in folders.files(Path(given), registry.suffixes(), anyway=anyway):
                if isinstance(path, UnreadableArticle):
                    yield path
                elif (real := os.path.realpath(path)) not in seen:
                    seen.add(real)
                    yield from _read(path, notice, pages)


def count(paths: str | Path | Iterable[str | Path], *, anyway: bool = False) -> int:
    """About how many articles and reasons `read_paths` gives for these, to tell how far it is; nothing is read into
    memory, and no server asked.
    """
    total = 0
    for given in _several(paths):
        if _SCHEME.match(str(given)):
            total += 1
            continue
        for path in folders.files(Path(given), registry.suffixes(), anyway=anyway):
            loader = registry.for_suffix(path.suffix) if isinstance(path, Path) else None
            total += loader.count(path) if loader and isinstance(path, Path) else 1
    return total


def _several(paths: str | Path | Iterable[str | Path]) -> Iterable[str | Path]:
    return [paths] if isinstance(paths, str | Path) else paths


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
