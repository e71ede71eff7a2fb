"""Reading: takes articles, gives the sentences, statements and passages of each.

Here the parts of `index` that understand an article meet. They are given every kind of space as a plain one; offsets
stay those of the article's own text. Does not know storage or encoders.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import tee
from typing import TYPE_CHECKING

from index.attribution.statements import find_statements
from index.language.sentences import printed_sentences, sentences
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
# The most words and marks that are parsed in a second. Where a text has more than fit into the limit of seconds, its
# reading is not begun. An article of 1,000,000 characters has about 240,000, if it is English.
_FASTEST = 9_000
_WORD_OR_MARK = re.compile(r"\w+|[^\w\s]")


def read(articles: Iterable[Article], parser: Parser) -> Iterator[Reading]:
    """Read a stream of articles, in order; only a few are in memory at a time."""
    ahead, behind = tee(articles)
    for article, doc in zip(behind, parser.parse(one.text.translate(_SPACES) for one in ahead), strict=True):
        yield understand(article, doc)


def understand(article: Article, doc: Doc) -> Reading:
    """The reading of one article.

    :param doc: The parse of `article.text`, with plain spaces.
    """
    plain = replace(article, text=doc.text)
    whole = sentences(doc)
    said = find_statements(plain, doc, whole)
    return Reading(article, whole, passages(plain, whole, said), said, RULES)


def as_prose(article: Article) -> Reading:
    """The reading of an article that would take too long: its sentences as printed, all the reporter's prose."""
    whole = printed_sentences(article.text.translate(_SPACES))
    return Reading(article, whole, passages(article, whole, ()), (), RULES, prose_only=True)


def fits(article: Article, limit: int) -> bool:
    """Whether an article may be read within a limit (seconds), going by how many words and marks it has."""
    most = limit * _FASTEST
    return len(article.text) <= most or sum(1 for _ in _WORD_OR_MARK.finditer(article.text)) <= most
