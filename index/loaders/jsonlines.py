"""JSON lines: takes a document, gives an article for each line, with one line in memory at a time.

The `text` of a line is the article's text exactly, line ends included, so that offsets are those of the JSON's text.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO

from index.errors import UnreadableArticle
from index.loaders import characters, fields
from index.loaders.characters import NotText
from index.loaders.documents import Document
from index.loaders.files import open_file
from index.types import Article

LONGEST_LINE = 16_000_000  # bytes; enough for the longest text with every character escaped ("\\ud83d\\ude00")
_CHUNK = 1_000_000  # bytes
_UNKNOWN_SHOWN = 10


def read(document: Document) -> Iterator[Article | UnreadableArticle]:
    """The articles of a document, and an error for each line that is no article; blank lines are skipped.

    Fields: text (the only one that is required), id, title, publisher, author, published, url, all strings. A null
    counts as absent, and an id may be a whole number. Other fields are left out, with one notice for the document. A
    line without an id is known by its url, and without both by its text, so that an edited one is another article.

    :raises UnreadableArticle: If the document as a whole cannot be read.
    """
    name = document.name
    unknown: dict[str, None] = {}
    first_seen: dict[str, int] = {}
    with document.open() as file:
        for number, line in _lines(file, name):
            try:
                if line is None:
                    raise NotText(f"the line has more than {LONGEST_LINE:,} bytes, too long for one article; split it")
                article = _article(line, unknown, document.source)
                if (first := first_seen.setdefault(article.id, number)) != number:
                    raise NotText(f"it is known by the same id as line {first}, {article.id!r}; give each its own")
                yield article
            except NotText as error:
                yield UnreadableArticle(f"{name}:{number}", str(error))
    if unknown:
        names = ", ".join(list(unknown)[:_UNKNOWN_SHOWN])
        more = ", ..." if len(unknown) > _UNKNOWN_SHOWN else ""
        document.notice(f"{name}: kept out what an article has no place for: {names}{more}")


def count(path: Path) -> int:
    """How many lines the file has, blank ones included; 1 if it cannot be read."""
    try:
        with open_file(path) as file:
            chunks = iter(partial(file.read, _CHUNK), b"")
            return max(1, sum(chunk.count(b"\n") for chunk in chunks))
    except UnreadableArticle:
        return 1


def _lines(file: BinaryIO, name: str) -> Iterator[tuple[int, bytes | None]]:
    """The lines that are not blank, with their numbers from 1; None stands for a line that is too long."""
    number = 0
    while line := file.readline(LONGEST_LINE + 1):
        number += 1
        if number == 1:
            if line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
                raise UnreadableArticle(name, "it is in UTF-16; JSON lines must be UTF-8")
            line = line.removeprefix(codecs.BOM_UTF8)
        if len(line) > LONGEST_LINE and not line.endswith(b"\n"):
            while (rest := file.readline(_CHUNK)) and not rest.endswith(b"\n"):
                pass
            yield number, None
        elif not line.isspace() and line:
            yield number, line


def _article(line: bytes, unknown: dict[str, None], source: str) -> Article:
    given = _object(line)
    for name in given.keys() - {*fields.KNOWN, "text"}:
        if len(unknown) <= _UNKNOWN_SHOWN:
            unknown[_short_name(name)] = None
    known = {name: _words(given, name) for name in fields.KNOWN if given.get(name) is not None}
    if "text" not in given:
        raise NotText("it has no text")
    text = given["text"]
    if not isinstance(text, str):
        raise NotText(f"its text is not a string but {_kind(text)}")
    characters.check(text, "its text")
    title = known.get("title", "").strip() or characters.first_line(text)
    key = known.get("url", "").strip() or f"{title}\n{text}"
    return fields.article(known, text, fallback_id=fields.stable_id(title, key), source=source)


def _object(line: bytes) -> dict[str, object]:
    try:
        given = json.loads(line.decode("utf-8"), object_pairs_hook=_once)
    except UnicodeDecodeError as error:
        raise NotText(f"byte {error.start:,} of the line is not UTF-8; JSON lines must be UTF-8") from error
    except json.JSONDecodeError as error:
        raise NotText(f"it is not JSON: {error.msg} at character {error.pos + 1:,} of the line") from error
    except NotText:
        raise
    except (ValueError, RecursionError) as error:  # a number of too many digits, lists nested too deep
        raise NotText("it is not JSON that can be read: a number too long or nesting too deep") from error
    if not isinstance(given, dict):
        raise NotText(f"it is not a JSON object but {_kind(given)}")
    return given


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    given = dict(pairs)
    if len(given) < len(pairs):
        names = [name for name, _ in pairs]
        raise NotText(f"it has {next(name for name in names if names.count(name) > 1)[:40]!r} twice")
    return given


def _words(given: dict[str, object], name: str) -> str:
    value = given[name]
    if name == "id" and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise NotText(f"its {name} is not a string but {_kind(value)}")
    return value


def _kind(value: object) -> str:
    """The name of a value's type in JSON."""
    names = {dict: "an object", list: "a list", str: "a string", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")


def _short_name(name: str) -> str:
    return name[:40] if name.isprintable() else ascii(name[:40])
