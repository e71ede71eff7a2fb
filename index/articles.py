"""Articles: files, folders and URLs in, articles out, and a reason for each that cannot be read; the rest goes on.

The only door: everything that enters the library is read here, and no character changes afterwards. Knows which loader
reads what. Does not know the library.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from index.errors import UnreadableArticle
from index.loaders import folders, html, jsonlines, markdown, text, urls
from index.loaders.characters import NotText
from index.loaders.files import shown
from index.loaders.pages import Pages
from index.loaders.urls import Web
from index.types import Article

Notice = Callable[[str], None]

SUFFIXES = (".txt", ".md", ".html", ".htm", ".jsonl")
PUBLIC_WEB = Web()
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_LOGIN = re.compile(r"//[^/?#]*@")


def read_paths(
    paths: str | Path | Iterable[str | Path], *, notice: Notice, anyway: bool = False, web: Web = PUBLIC_WEB
) -> Iterator[Article | UnreadableArticle]:
    """The articles at a path or several, in order, each as soon as it is read; a path may be an http or https URL.

    A folder stands for the .txt, .md, .html, .htm and .jsonl files in it and in its folders, sorted by name, without
    hidden ones and without links that lead out of it. A file that is reached twice is read once. What cannot be read
    comes out as an `UnreadableArticle`, which says where and why; nothing is raised. `notice` is given a sentence about
    what was read otherwise than given.

    :param anyway: Whether the root of a file system and the home folder are read too; else they are refused.
    """
    seen: set[str] = set()
    with Pages() as pages:
        for given in _several(paths):
            if _SCHEME.match(str(given)):
                yield _read_url(str(given), notice, web, pages)
                continue
            for path in folders.files(Path(given), SUFFIXES, anyway=anyway):
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
        for path in folders.files(Path(given), SUFFIXES, anyway=anyway):
            if isinstance(path, Path) and path.suffix.lower() == ".jsonl":
                total += jsonlines.count(path)
            else:
                total += 1
    return total


def _several(paths: str | Path | Iterable[str | Path]) -> Iterable[str | Path]:
    return [paths] if isinstance(paths, str | Path) else paths


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


def _read_url(url: str, notice: Notice, web: Web, pages: Pages) -> Article | UnreadableArticle:
    try:
        return urls.read(url, notice, web, pages)
    except NotText as error:
        return UnreadableArticle(shown(_LOGIN.sub("//", url[: urls.LONGEST_URL])), str(error))
