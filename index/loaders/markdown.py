"""Markdown: takes a document, gives one article; front matter is taken off, the rest kept as printed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.loaders import fields
from index.loaders.characters import NotText, first_line
from index.loaders.documents import Document
from index.types import Article

_FRONT = re.compile(r"---[ \t]*\n(?:(.*?)\n)??(?:---|\.\.\.)[ \t]*(?:\n|\Z)\n*", re.DOTALL)
_FIELD = re.compile(r"([A-Za-z_][\w-]*)[ \t]*:[ \t]*(.*)")
_ALSO = {"date": "published"}


def read(document: Document) -> Iterator[Article]:
    """The article of a Markdown document.

    Front matter is lines of "field: words" between two lines of "---" at the very top; `date` stands for `published`.
    Unknown fields are left out with one notice. Without a title the first line is the title, without its "#".

    :raises UnreadableArticle: If the document cannot be read.
    :raises NotText: If it does not hold a text, or its front matter makes no sense.
    """
    text = document.text()
    given: dict[str, str] = {}
    if front := _FRONT.match(text):
        given = _fields(front[1] or "")
        text = text[front.end() :]
    if unknown := sorted(given.keys() - set(fields.KNOWN)):
        document.notice(f"{document.name}: kept out what an article has no place for: {', '.join(unknown)[:200]}")
    known = {name: value for name, value in given.items() if name in fields.KNOWN}
    known.setdefault("title", first_line(text).lstrip("#").strip())
    yield fields.article(known, text, fallback_id=document.fallback_id, source=document.source)


def _fields(front: str) -> dict[str, str]:
    """The fields of front matter; a list below a field ("- one" on each line) is joined with commas."""
    given: dict[str, str] = {}
    name = ""
    for line in front.split("\n"):
        if field := _FIELD.fullmatch(line):
            name = _ALSO.get(field[1].lower(), field[1].lower())
            if name in given:
                raise NotText(f"its front matter has {name!r} twice")
            given[name] = _unquoted(field[2].strip())
        elif line.strip().startswith("- ") and name:
            given[name] = ", ".join(filter(None, (given[name], _unquoted(line.strip()[2:].strip()))))
        elif line.strip() and not line.startswith((" ", "\t", "#")):
            raise NotText(f"its front matter has a line that is not 'field: words': {line[:40]!r}")
    return given


def _unquoted(words: str) -> str:
    return words[1:-1] if len(words) > 1 and words[0] == words[-1] and words[0] in "\"'" else words
