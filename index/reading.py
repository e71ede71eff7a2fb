"""Reading: articles in; sentences, statements and passages out, article by article.

Where the parts of `index` that understand an article meet. They read each kind of space as a plain one; offsets stay
those of the article's own text. Does not know storage or encoders.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import tee
from typing import TYPE_CHECKING

from index.attribution.statements import find_statements
from index.language.sentences import sentences
from index.passages import passages
from index.types import Article, Reading

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from index.language.parser import Parser


# Spaces that no line breaks at, or of another width (Unicode's class Zs): a space, for whoever reads.
_SPACES = dict.fromkeys([0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ")


def read(articles: Iterable[Article], parser: Parser) -> Iterator[Reading]:
    """Read articles as a stream, in order; few are held in memory at a time."""
    ahead, behind = tee(articles)
    for article, doc in zip(behind, parser.parse(one.text.translate(_SPACES) for one in ahead), strict=True):
        yield understand(article, doc)


def understand(article: Article, doc: Doc) -> Reading:
    """What one parsed article says.

    :param doc: The parse of `article.text`, with plain spaces.
    """
    plain = replace(article, text=doc.text)
    whole = sentences(doc)
    said = find_statements(plain, doc, whole)
    return Reading(article, whole, passages(plain, whole, said), said)
