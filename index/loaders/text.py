"""Plain text: takes a document, gives one article: the whole text, whose first line is the title too."""

from __future__ import annotations

from collections.abc import Iterator

from index.loaders import fields
from index.loaders.documents import Document
from index.types import Article


def read(document: Document) -> Iterator[Article]:
    """The article of a plain text.

    :raises UnreadableArticle: If the document cannot be read.
    :raises NotText: If it does not hold a text.
    """
    given = {"url": document.url}
    yield fields.article(given, document.text(), fallback_id=document.fallback_id, source=document.source)
