"""HTML: takes a page, gives one article: its text without menus and the like, title, author, date and site."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from index.loaders import characters, fields
from index.loaders.characters import NotText
from index.loaders.documents import Document
from index.loaders.pages import PageExtractor
from index.types import Article

MOST_PAGE_BYTES = 10_000_000
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)


def read(document: Document) -> Iterator[Article]:
    """The article of an HTML document.

    :raises UnreadableArticle: If the document cannot be read.
    :raises NotText: If the page has no article that can be read.
    """
    page = decode(document.contents(MOST_PAGE_BYTES), document.remark, document.charset)
    known_by = {"fallback_id": document.fallback_id, "source": document.source, "url": document.url}
    yield article(page, document.pages, **known_by)


def article(page: str, pages: PageExtractor, *, fallback_id: str, source: str, url: str = "") -> Article:
    """The article on a page. `url` is where the page was found; where it is empty, the page's own statement counts.

    :raises NotText: If there is no readable text, or it cannot be kept.
    """
    found = pages.extract(page, url)
    text = found.pop("text")
    if url:
        found["url"] = url
    return fields.article(found, text, fallback_id=fallback_id, source=source)


def decode(data: bytes, remark: Callable[[str], None], charset: str = "") -> str:
    """A page's characters; `charset` is the encoding that its server states.

    :raises NotText: If the encoding is not known.
    """
    said = _META_CHARSET.search(data[:4096])
    page = characters.decode(data, remark, charset or (said[1].decode("ascii", "replace") if said else ""))
    if "\0" in page:
        raise NotText("it holds NUL characters, so it is not a page (or UTF-16 without a byte order mark)")
    return page
