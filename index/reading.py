"""Reading: takes articles, gives the sentences, statements and passages of each.

Here the parts of `index` that understand an article meet. They are given every kind of space as a plain one; offsets
stay those of the article's own text. Does not know storage or encoders.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import tee
from typing import TYPE_CHECKING

from index.attribution.statements import find_statements
from index.language.prose import blanked, pieces, unreadable
from index.language.sentences import sentences
from index.passages import passages
from index.types import Article, Reading

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from index.language.parser import Parser

# The version of the rules by which articles are read. It is raised once between two releases, as soon as any article is
# read otherwise than by the release before; libraries then know which of their articles to read again.
RULES = 1

# Spaces of another width, or at which no line breaks (Unicode's class Zs); the parser is given plain spaces.
_SPACES = dict.fromkeys([0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ")


def read(articles: Iterable[Article], parser: Parser) -> Iterator[Reading]:
    """Read a stream of articles, in order; only a few are in memory at a time."""
    ahead, behind = tee(articles)
    for article, doc in zip(behind, parser.parse(map(_prose, ahead)), strict=True):
        yield understand(article, doc)


def _prose(article: Article) -> str:
    """The text with plain spaces, and spaces only in place of what is no prose."""
    text = article.text.translate(_SPACES)
    return blanked(text, unreadable(text))


def understand(article: Article, doc: Doc) -> Reading:
    """The reading of one article.

    :param doc: The parse of `article.text`, with plain spaces, and spaces only in place of what is no prose: in there
        nobody says anything, and its pieces stand for sentences.
    """
    plain = replace(article, text=doc.text)
    prose = sentences(doc)
    said = find_statements(plain, doc, prose)
    others = [piece for stretch in unreadable(article.text) for piece in pieces(article.text, stretch)]
    whole = tuple(sorted([*prose, *others]))
    return Reading(article, whole, passages(plain, whole, said), said, RULES)
