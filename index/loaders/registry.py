"""The registry of loaders: takes a suffix or a media type, gives the loader that reads such documents.

One entry of `LOADERS` is all that a new format needs: folders, uploads, the web, progress and the texts that name the
formats take it from here. A loader gets a `Document` and yields its articles; see `index/loaders/text.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from index.errors import UnreadableArticle
from index.loaders import html, jsonlines, markdown, text
from index.loaders.documents import Document
from index.types import Article


def one_article(_path: Path) -> int:
    """How many articles a file of most formats has."""
    return 1


@dataclass(frozen=True, slots=True)
class Loader:
    """How one format is read.

    `name` is what a user calls the format, in the middle of a sentence; `suffixes` are those of its files, in lower
    case with their dot; `media_types` are those that servers send it as. A format whose documents may give an id has no
    media type: what a server sends must not take the place of another article. `count` tells about how many articles a
    file has without reading it into memory.
    """

    name: str
    suffixes: tuple[str, ...]
    media_types: tuple[str, ...]
    read: Callable[[Document], Iterator[Article | UnreadableArticle]]
    count: Callable[[Path], int] = one_article


LOADERS: tuple[Loader, ...] = (
    Loader("text", (".txt",), ("text/plain",), text.read),
    Loader("Markdown", (".md",), (), markdown.read),
    Loader("HTML", (".html", ".htm"), ("text/html", "application/xhtml+xml"), html.read),
    Loader("JSON lines", (".jsonl",), (), jsonlines.read, jsonlines.count),
)


def for_suffix(suffix: str) -> Loader | None:
    """The loader of files with that suffix, in whichever case; None where there is none."""
    return next((one for one in LOADERS if suffix.lower() in one.suffixes), None)


def for_media_type(media_type: str) -> Loader | None:
    """The loader of what servers send as that media type (in lower case); None where there is none."""
    return next((one for one in LOADERS if media_type in one.media_types), None)


def suffixes() -> tuple[str, ...]:
    """Every suffix that is read."""
    return tuple(suffix for one in LOADERS for suffix in one.suffixes)


def media_types() -> tuple[str, ...]:
    """Every media type that is read from the web."""
    return tuple(media_type for one in LOADERS for media_type in one.media_types)


def listed(conjunction: str) -> str:
    """The formats as a sentence begins with them: "Text, Markdown, HTML or JSON lines"."""
    *others, last = (one.name for one in LOADERS)
    words = f"{', '.join(others)} {conjunction} {last}"
    return words[:1].upper() + words[1:]
