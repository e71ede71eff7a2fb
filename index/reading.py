"""Reading: articles in; sentences, statements and passages out, article by article.

Where the parts of `index` that understand an article meet. Does not know storage or encoders.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import tee
from typing import TYPE_CHECKING

from index.passages import passages
from index.sentences import sentences
from index.statements import find_statements
from index.types import Article, Reading

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from index.parser import Parser


def read(articles: Iterable[Article], parser: Parser) -> Iterator[Reading]:
    """Read articles as a stream, in order; few are held in memory at a time."""
    ahead, behind = tee(articles)
    for article, doc in zip(behind, parser.parse(one.text for one in ahead), strict=True):
        yield understand(article, doc)


def understand(article: Article, doc: Doc) -> Reading:
    """What one parsed article says.

    :param doc: The parse of `article.text`.
    """
    whole = sentences(doc)
    said = find_statements(article, doc, whole)
    return Reading(article, whole, passages(article, whole, said), said)
