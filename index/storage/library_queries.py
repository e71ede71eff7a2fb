"""Queries of the library: takes ids, keys or a scope, gives articles, passages, statements and speakers as stored.

Knows the tables. Does not write.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Self, TypeVar

import sqlalchemy as sa

from index.errors import LibraryDamaged, UnknownArticle
from index.storage import tables as t
from index.storage.appearances import Appearance, appearances
from index.storage.database import Database
from index.storage.located_passages import LocatedPassage, locate
from index.types import Article, KnownSpeaker, Passage, Reading, Scope, Statement

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ArticleEntry:
    """An article without its text; `words` and `statements` are counts, `prose_only` is that of its reading."""

    id: str
    title: str
    publisher: str
    author: str
    published: dt.date | None
    url: str
    source: str
    words: int
    statements: int
    prose_only: bool


class LibraryCounts(NamedTuple):
    """How much the library holds."""

    articles: int
    passages: int
    statements: int


class LibraryQueries:
    """Reads a library. Each call sees one state of it; within `snapshot`, all calls of a thread see the same state."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._deriving = threading.RLock()
        self._derived: dict[object, tuple[int, Any]] = {}

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[None]:
        """Within the block, this thread reads one state of the library, whatever is added or removed meanwhile."""
        with self._database.reading():
            yield

    def derived(self, make: Callable[[Self], T]) -> T:
        """What a function makes of the library; the value is kept until an article is added or removed.

        It is made from the state that the caller sees (within `snapshot`, the snapshot's), once for all threads.

        :param make: A function that only reads; callers share its value and must not change it.
        """
        with self._database.reading() as connection:
            changes = int(connection.scalar(sa.select(t.meta.c.value).where(t.meta.c.name == "changes")) or 0)
            with self._deriving:
                at, value = self._derived.get(make, (-1, None))
                if at == changes:
                    return value  # type: ignore[no-any-return]  # what this function made
                made = make(self)
                if at < changes:  # the value of an older state does not replace that of a newer one
                    self._derived[make] = changes, made
                return made

    def article(self, article_id: str) -> Article:
        """The article with that id.

        :raises UnknownArticle: If there is none.
        """
        with self._database.reading() as connection:
            return t.article_of(self._article_row(connection, article_id))

    def articles(self, scope: Scope = Scope()) -> tuple[ArticleEntry, ...]:  # noqa: B008 - frozen
        """The articles of the library, or of a part of it, in the order of adding."""
        said = sa.select(sa.func.count()).where(t.statements.c.article == t.articles.c.row).scalar_subquery()
        fields = tuple(ArticleEntry.__dataclass_fields__)
        query = sa.select(*[said if name == "statements" else t.articles.c[name] for name in fields]).where(
            *_conditions(scope)
        )
        query = query.order_by(t.articles.c.row)
        with self._database.reading() as connection:
            return tuple(ArticleEntry(**dict(zip(fields, row, strict=True))) for row in connection.execute(query))

    def has_articles(self, scope: Scope) -> bool:
        """Whether any article is in a scope."""
        with self._database.reading() as connection:
            return connection.scalar(sa.select(t.articles.c.row).where(*_conditions(scope)).limit(1)) is not None

    def newest(self) -> dt.date | None:
        """The latest day on which an article was published; None where none has a date."""
        with self._database.reading() as connection:
            day: dt.date | None = connection.scalar(sa.select(sa.func.max(t.articles.c.published)))
            return day

    def replaced_by(self, article: Article) -> tuple[Article, ...]:
        """The stored articles that this one would replace: those with its id, or with its URL if it has one."""
        same = t.articles.c.id == article.id
        if article.url:
            same = same | (t.articles.c.url == article.url)
        with self._database.reading() as connection:
            return tuple(map(t.article_of, connection.execute(sa.select(t.articles).where(same))))

    def reading(self, article_id: str) -> Reading:
        """The reading of an article, equal to the one that was put.

        :raises UnknownArticle: If there is none.
        """
        with self._database.reading() as connection:
            row = self._article_row(connection, article_id)
            passages = connection.execute(_passages().where(t.passages.c.article == row.row).order_by(t.passages.c.key))
            return Reading(
                article=t.article_of(row),
                sentences=t.spans(row.sentences),
                passages=tuple(map(t.passage_of, passages)),
                statements=self._statements(connection, t.statements.c.article == row.row),
                rules=row.rules,
                prose_only=row.prose_only,
            )

    def outdated(self, rules: int) -> tuple[str, ...]:
        """The ids of the articles that were read by rules older than those, in the order of adding."""
        query = sa.select(t.articles.c.id).where(t.articles.c.rules < rules).order_by(t.articles.c.row)
        with self._database.reading() as connection:
            return tuple(connection.scalars(query))

    def articles_with_statements(self, ids: Collection[str]) -> dict[str, tuple[Article, tuple[Statement, ...]]]:
        """Articles with their statements, by id; an unknown id is left out."""
        with self._database.reading() as connection:
            rows = connection.execute(sa.select(t.articles).where(t.articles.c.id.in_(list(ids)))).all()
            which = t.statements.c.article.in_([row.row for row in rows])
            said: dict[str, list[Statement]] = {row.id: [] for row in rows}
            for statement in self._statements(connection, which):
                said[statement.article_id].append(statement)
            return {row.id: (t.article_of(row), tuple(said[row.id])) for row in rows}

    def locate(self, keys: Collection[int]) -> dict[int, LocatedPassage]:
        """The passages with those keys, each with its article and statements; unknown keys are left out."""
        with self._database.reading() as connection:
            return locate(connection, keys)

    def passages(self, keys: Collection[int]) -> dict[int, Passage]:
        """The passages with those keys; a key that no passage has is left out."""
        with self._database.reading() as connection:
            rows = connection.execute(_passages().where(t.passages.c.key.in_(list(keys))))
            return {row.key: t.passage_of(row) for row in rows}

    def keys(self, article_id: str) -> tuple[int, ...]:
        """The keys of an article's passages, in the order of their numbers."""
        query = sa.select(t.passages.c.key).join(t.articles).where(t.articles.c.id == article_id)
        with self._database.reading() as connection:
            return tuple(connection.scalars(query.order_by(t.passages.c.key)))

    def all_keys(self) -> set[int]:
        """The keys of all passages."""
        with self._database.reading() as connection:
            return set(connection.scalars(sa.select(t.passages.c.key)))

    def statement(self, article_id: str, number: int) -> Statement:
        """One statement of an article.

        :raises UnknownArticle: If there is no such article.
        :raises LibraryDamaged: If the article has no statement of that number.
        """
        with self._database.reading() as connection:
            row = self._article_row(connection, article_id)
            here = (t.statements.c.article == row.row) & (t.statements.c.number == number)
            for statement in self._statements(connection, here):
                return statement
        raise LibraryDamaged(f"{article_id!r} has no statement {number}; run `ontherecord check`")

    def statements_by(self, key: str) -> tuple[Statement, ...]:
        """All statements of a speaker, article by article; none for the empty key."""
        if not key:
            return ()
        with self._database.reading() as connection:
            return self._statements(connection, t.speakers.c.key == key)

    def appearances(self, keys: Collection[str]) -> dict[str, tuple[Appearance, ...]]:
        """The articles in which each of these speakers is quoted, the latest first and undated ones last."""
        with self._database.reading() as connection:
            return appearances(connection, keys)

    def speakers(self) -> tuple[KnownSpeaker, ...]:
        """All speakers with a name, the most quoted first; each has the name and the role that are printed most."""
        voices = t.statements.c.speaker
        counted = sa.select(voices, sa.func.count()).where(voices.is_not(None)).group_by(voices)
        groups: dict[str, list[Any]] = defaultdict(list)
        with self._database.reading() as connection:
            said: dict[int, int] = {speaker: count for speaker, count in connection.execute(counted)}
            for row in connection.execute(sa.select(t.speakers).where(t.speakers.c.key != "")):
                groups[row.key].append(row)
        joined = [_joined(key, rows, sum(said.get(row.row, 0) for row in rows)) for key, rows in groups.items()]
        return tuple(sorted(joined, key=lambda one: (-one.statements, one.key)))

    def publishers(self) -> tuple[str, ...]:
        """The names of all publishers, sorted; the empty name is left out."""
        query = sa.select(t.articles.c.publisher).distinct().where(t.articles.c.publisher != "")
        with self._database.reading() as connection:
            return tuple(sorted(connection.scalars(query)))

    def counts(self) -> LibraryCounts:
        """How many articles, passages and statements there are."""
        tables = (t.articles, t.passages, t.statements)
        with self._database.reading() as connection:
            return LibraryCounts(
                *(connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0 for table in tables)
            )

    def damages(self) -> Iterator[str]:
        """One sentence for each damage to the file, or to an article's text."""
        with self._database.reading() as connection:
            for (found,) in connection.exec_driver_sql("PRAGMA integrity_check(1)").all():
                if found != "ok":
                    why = " ".join(found.split())
                    yield f"the library {self._database.where} is damaged ({why}); bring it back from a copy"
            for row in connection.execute(sa.select(t.articles)):
                if t.article_of(row).digest != row.digest:
                    yield f"the text of {row.id!r} is not the one that was read; remove the article and add it again"

    def reading_or_damage(self, article_id: str) -> Reading | str:
        """An article's reading, or one sentence about the damage to it."""
        try:
            return self.reading(article_id)
        except (ValueError, TypeError) as error:
            return f"what is stored of {article_id!r} makes no sense ({error}); remove the article and add it again"

    def _article_row(self, connection: sa.Connection, article_id: str) -> sa.Row[Any]:
        row = connection.execute(sa.select(t.articles).where(t.articles.c.id == article_id)).one_or_none()
        if row is None:
            raise UnknownArticle(article_id)
        return row

    def _statements(self, connection: sa.Connection, which: sa.ColumnElement[bool]) -> tuple[Statement, ...]:
        query = (
            sa.select(t.statements, t.articles.c.id.label("article_id"), t.speakers.c.row.label("speaker_row"))
            .join(t.articles, t.articles.c.row == t.statements.c.article)
            .outerjoin(t.speakers, t.speakers.c.row == t.statements.c.speaker)
            .where(which)
            .order_by(t.statements.c.row)
        )
        rows = connection.execute(query).all()
        needed = {row.speaker for row in rows if row.speaker is not None}
        found = connection.execute(sa.select(t.speakers).where(t.speakers.c.row.in_(needed)))
        speakers = {row.row: t.speaker_of(row) for row in found}
        return tuple(t.statement_of(row, row.article_id, speakers.get(row.speaker)) for row in rows)


def _passages() -> sa.Select[Any]:
    return sa.select(t.passages, t.articles.c.id.label("article_id")).join(t.articles)


def _conditions(scope: Scope) -> Iterator[sa.ColumnElement[bool]]:
    """The conditions that an article in a scope fulfils; for speakers, that one of them is quoted in it."""
    if scope.articles:
        yield t.articles.c.id.in_(scope.articles)
    if scope.publishers:
        yield t.articles.c.publisher.in_(scope.publishers)
    if scope.published_after:
        yield t.articles.c.published >= scope.published_after
    if scope.published_before:
        yield t.articles.c.published <= scope.published_before
    if scope.speakers:
        yield t.articles.c.row.in_(sa.select(t.speakers.c.article).where(t.speakers.c.key.in_(scope.speakers)))


def _joined(key: str, rows: Sequence[Any], statements: int) -> KnownSpeaker:
    """One speaker from the rows of several articles; of equally frequent names or roles, the longest is taken."""
    names = Counter(row.name for row in rows)
    roles = Counter(row.description for row in rows if row.description)
    name = max(names, key=lambda one: (names[one], len(one), one))
    forms = {form for row in rows for form in (row.name, *row.aliases)} - {name}
    return KnownSpeaker(
        key=key,
        name=name,
        description=max(roles, key=lambda one: (roles[one], len(one), one), default=""),
        aliases=tuple(sorted(forms)),
        statements=statements,
        articles=len({row.article for row in rows}),
    )
