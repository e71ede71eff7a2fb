"""Catalogue: takes the library; gives the lists of the page, and what can be searched in them. No HTML.

The lists are made once for each state of the library, so that a keystroke or a page load reads no 20,000 articles.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from assistant.render.wording import day, label

if TYPE_CHECKING:
    from index.storage.library import Library
    from index.storage.library_queries import ArticleEntry
    from index.types import Article, KnownSpeaker, Statement

T = TypeVar("T")
OFFERED = 300  # speakers, or articles, in a list to choose from; others are typed, or chosen in their own tabs


class Offered(NamedTuple):
    """What a filter can be chosen from; articles as pairs of title and id."""

    speakers: tuple[str, ...]
    publishers: tuple[str, ...]
    articles: tuple[tuple[str, str], ...]


def articles(library: Library, words: str = "") -> list[ArticleEntry]:
    """The articles, the latest first; those alone whose title, publisher, author or date holds the words."""
    return _holding(library.derived(_articles), words)


def speakers(library: Library, words: str = "") -> list[KnownSpeaker]:
    """Everybody quoted, the most quoted first; those alone whose name or role holds the words."""
    return _holding(library.derived(_speakers), words)


def offered(library: Library) -> Offered:
    """What the filters offer: the most quoted, all publishers, the latest articles."""
    return library.derived(_offered)


def said(library: Library, key: str, most: int) -> list[tuple[Article, Statement]]:
    """A speaker's statements in the latest articles, as many of these as hold so many of them, whole."""
    read: list[str] = []
    for at in library.appearances([key])[key]:
        if most <= 0:
            break
        read.append(at.article)
        most -= at.count
    whole = library.articles_with_statements(read)
    every = (whole[one] for one in read if one in whole)
    return [(article, one) for article, each in every for one in each if one.speaker and one.speaker.key == key]


def _holding(every: Iterable[tuple[str, T]], words: str) -> list[T]:
    wanted = words.casefold().split()
    return [one for searched, one in every if all(word in searched for word in wanted)]


def _articles(library: Library) -> tuple[tuple[str, ArticleEntry], ...]:
    every = sorted(library.articles(), key=lambda one: one.title)
    every.sort(key=lambda one: (one.published is not None, one.published), reverse=True)
    return tuple((_words(one.title, one.publisher, one.author, one.published or "", day(one.published)), one)
                 for one in every)  # fmt: skip


def _speakers(library: Library) -> tuple[tuple[str, KnownSpeaker], ...]:
    return tuple((_words(one.name, one.description, *one.aliases), one) for one in library.speakers())


def _offered(library: Library) -> Offered:
    latest = tuple((label(one.title) or label(one.id), one.id) for one in articles(library)[:OFFERED])
    return Offered(tuple(one.name for one in speakers(library)[:OFFERED]), library.publishers(), latest)


def _words(*fields: object) -> str:
    return " ".join(map(str, fields)).casefold()
