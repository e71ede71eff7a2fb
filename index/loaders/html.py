"""Pages: HTML in, one article out: its text without menus and the like, title, author, date and site.

Only home of trafilatura.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from index.loaders import fields
from index.loaders.characters import NotText
from index.loaders.files import contents
from index.loaders.text import file_id, source
from index.types import Article

MOST_BYTES = 10_000_000
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)


def read(path: Path, notice: Callable[[str], None]) -> Iterator[Article]:
    """The article of an .html file.

    :raises UnreadableArticle: If the file cannot be read.
    :raises NotText: If the page has no article that can be read.
    """
    yield article(decode(contents(path, MOST_BYTES)), fallback_id=file_id(path), source=source(path))


def article(page: str, *, fallback_id: str, source: str, url: str = "") -> Article:
    """The article on a page."""
    import trafilatura
    from trafilatura.settings import Document

    found = trafilatura.bare_extraction(page, url=url or None, with_metadata=True, include_comments=False)
    if not isinstance(found, Document) or not found.text:
        raise NotText("the page has no readable text")
    known = {"title": found.title, "publisher": found.sitename, "author": found.author, "published": found.date}
    known["url"] = url or found.url
    given = {name: value for name, value in known.items() if value}
    return fields.article(given, found.text, fallback_id=fallback_id, source=source)


def decode(data: bytes, charset: str = "") -> str:
    """A page's characters: by its byte order mark, else the given charset (a server's), else its own, else UTF-8."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    said = _CHARSET.search(data[:4096])
    for name in (charset, said[1].decode("ascii") if said else "", "utf-8"):
        try:
            return data.decode(name)
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    return data.decode("cp1252", "replace")
