"""Resolves a question to speakers and a search scope, or to a refusal.

Where a question's grammar meets what the library holds: mentions become speakers, words become days and publishers.
Knows the library. Does not know how passages are found.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from assistant.query.casing import restore_capitals
from assistant.query.directory import Directory, MatchedBy, SpeakerMatch
from assistant.query.filters import Filters
from assistant.query.periods import Period
from assistant.query.question import Question, understand
from assistant.query.speakers_asked import AskedSpeaker
from assistant.query.verbs_of_speech import with_say
from assistant.types import NO_ARTICLES, Reason, Refusal
from index.language.wordlists import words
from index.types import Scope

if TYPE_CHECKING:
    from index.storage.library import Library
    from index.storage.library_queries import ArticleEntry
    from index.storage.store import Store

PRINTED = re.compile(r"\b[Ii]n (?:the )?(?P<name>[A-Z][\w.&’'-]*(?: [A-Z][\w.&’'-]*)*)")
_NAME_WORD = r"(?!in )[\w.&’'-]+"
ENDING = re.compile(rf"\bin (?:the )?(?P<name>{_NAME_WORD}(?: {_NAME_WORD}){{0,4}})\s*[?.!]*$")  # however it is typed


class LibraryFacts(NamedTuple):
    """What a question is read against: everybody who is quoted, the publishers, and the last day there is."""

    people: Directory
    publishers: tuple[str, ...]
    newest: dt.date | None


def library_facts(library: Library) -> LibraryFacts:
    """What is known of a library as it is now; kept as long as it does not change."""
    return library.derived(_gather_facts)


def _gather_facts(library: Library) -> LibraryFacts:
    return LibraryFacts(Directory(library.speakers()), library.publishers(), library.newest())


@dataclass(frozen=True, slots=True)
class Query:
    """A question as understood: the speakers of the library that it names, and where to look.

    `about` are words that a passage must be found by; `notices` tell what was taken as something else than was typed.
    `unquoted` are the names of those whose words are asked for, where none of them is quoted in any article.
    """

    question: Question
    scope: Scope
    about: str = ""
    named: tuple[SpeakerMatch, ...] = ()
    notices: tuple[str, ...] = ()
    unquoted: tuple[str, ...] = ()


def resolve(text: str, filters: Filters, store: Store) -> Query | Refusal:
    """Understand a question that stands alone.

    :return: A refusal where nothing can be looked through: no articles, or none that fits the filters.
    """
    library = store.library
    if not library.has_articles(Scope()):
        return Refusal(Reason.NO_ARTICLES, NO_ARTICLES)
    people, publishers, newest = library_facts(library)
    scope, printed, text = _take_publisher(text, given_scope(filters), () if filters.publisher else publishers)
    text = with_say(text)
    asks = (
        restore_capitals(text, people.knows_name) + "?" * text[-1:].isalnum()
    )  # the parse wants to see that it is a question
    question = replace(understand(next(iter(store.parser.parse([asks]))), newest), text=text)
    if filters.publisher:
        scope = replace(scope, publishers=match_publishers(filters.publisher, publishers))
        if not scope.publishers:
            return _refuse_scope(f"no article here was published by {filters.publisher}")
    if filters.author:
        written = match_authors(filters.author, library)
        written = written & scope.articles if scope.articles else written
        if not written:
            return _refuse_scope(f"no article here was written by {filters.author}")
        scope = replace(scope, articles=written)
    if filters.said_by:
        question = replace(question, said_by=(AskedSpeaker(filters.said_by),))
        meant = people.find(filters.said_by)
        scope = replace(scope, speakers=frozenset(meant.keys if meant else ()))
    scope, notices = _take_period(question.period, scope)
    if not scope.everywhere and not library.has_articles(replace(scope, speakers=frozenset())):
        return _refuse_scope(f"no article here is {_scope_in_words(scope)}", *printed, *notices)
    found = [(mention, people.find(mention.text)) for mention in question.said_by]
    unquoted = tuple(
        mention.text
        for mention, match in found
        if match is None and (filters.said_by or (mention.proper and people.is_unknown(mention.text)))
    )
    notices += printed + [
        f"“{typed.text}” was taken as {match.name}."
        for typed, match in found
        if match and match.matched_by is MatchedBy.MISSPELT
    ]
    named = tuple(match for _, match in found if match)
    if len(unquoted) < len(found):  # of some there are words
        unquoted = ()
    return Query(question, scope, filters.about, named, tuple(notices), unquoted)


def match_publishers(typed: str, known: Iterable[str]) -> frozenset[str]:
    """The publishers that a name may mean: the same but for case, else those that hold all its words."""
    wanted = _words(typed)
    every = {one: _words(one) for one in known}
    same = frozenset(one for one, words in every.items() if words == wanted)
    return same or frozenset(one for one, words in every.items() if wanted and set(wanted) <= set(words))


def given_scope(filters: Filters) -> Scope:
    """The part of the scope that needs no library: days and articles."""
    return Scope(
        articles=frozenset(filters.articles),
        published_after=filters.published_after,
        published_before=filters.published_before,
    )


def match_authors(typed: str, library: Library) -> frozenset[str]:
    """The ids of the articles whose author line holds all words of a name, whatever their case."""
    wanted = set(_words(typed))
    return frozenset(
        one.id for one in library.derived(_entries) if wanted and wanted <= set(_words(one.author.replace(",", " ")))
    )


def _entries(library: Library) -> tuple[ArticleEntry, ...]:
    return library.articles()


def _take_publisher(text: str, scope: Scope, known: Collection[str]) -> tuple[Scope, list[str], str]:
    """The scope with the publisher that the question names ("in the Times"), unless one was given beside it.

    :return: Also what is told of it, and the question without these words: they are not what it is about.
    """
    for match in () if scope.publishers else (*PRINTED.finditer(text), *ENDING.finditer(text)):
        name, typed = _words(match["name"].strip(".’'")), match.group().rstrip(" ?.!")
        if not name or (match.re is ENDING and len(name) < 2 and " the " not in typed):
            continue  # "people who believe in nature"
        size = len(name) if match.re is PRINTED else 0  # however it is typed: all of the name
        if meant := frozenset(one for one in known if _words(one)[-size:] == name):
            told = f"“{typed}” was taken as published by {' or '.join(sorted(meant))}."
            return replace(scope, publishers=meant), [told], _without(match)
        last = not text[match.end("name") :].strip(" ?.!")
        if match.re is PRINTED and last and name[-1] in words("papers.txt"):
            return scope, [f"“{typed}” names no publisher of these articles: all were looked through."], _without(match)
    return scope, [], text


def _without(match: re.Match[str]) -> str:
    """The question without some of its words."""
    before, behind = match.string[: match.start()].rstrip(" ,"), match.string[match.end("name") :]
    return f"{before}{behind if before else behind.lstrip(' ,')}".strip() or match.string


def _words(name: str) -> list[str]:
    return [word for word in name.casefold().split() if word != "the"]


def _take_period(period: Period | None, scope: Scope) -> tuple[Scope, list[str]]:
    """The scope with the question's own days, unless days were given beside it."""
    if period is None or scope.published_after or scope.published_before:
        return scope, []
    narrower = replace(scope, published_after=period.first, published_before=period.last)
    return narrower, [f"“{period.words}” was taken as published {_days_in_words(period.first, period.last)}."]


def _days_in_words(first: dt.date | None, last: dt.date | None) -> str:
    return " ".join(part for part in (first and f"from {first}", last and f"to {last}") if part)


def _scope_in_words(scope: Scope) -> str:
    """In words what part of the library a scope is, but for speakers."""
    by = f"by {' or '.join(sorted(scope.publishers))}" if scope.publishers else ""
    printed = " ".join(filter(None, [by, _days_in_words(scope.published_after, scope.published_before)]))
    parts = [f"published {printed}" if printed else "", "one of those with the ids given" if scope.articles else ""]
    return " and ".join(filter(None, parts))


def _refuse_scope(why: str, *taken: str) -> Refusal:
    """The refusal, with what words of the question were taken as, and how to look through all."""
    without = ["Ask without these words to look through all."] if taken else []
    return Refusal(
        Reason.FILTER_MATCHES_NOTHING, " ".join([f"Nothing could be looked through: {why}.", *taken, *without])
    )
