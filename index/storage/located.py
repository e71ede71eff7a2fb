"""Found passages with what belongs to each: its article, its statement, and the statements beside that one.

What a search needs of the library, in three queries however many statements the articles have. Knows the tables. Does
not write.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from index.storage import tables as t
from index.types import Article, Passage, Span, Speaker, Statement


@dataclass(frozen=True, slots=True)
class Located:
    """A passage in its article. `statement` is the one it holds; `within` are all that lie in it, in order."""

    passage: Passage
    article: Article
    statement: Statement | None
    within: tuple[Statement, ...]


def located(connection: sa.Connection, keys: Collection[int]) -> dict[int, Located]:
    """The passages with those keys; see `Reader.located`."""
    wanted = t.passages.c.key.in_(list(keys))
    columns = [column for column in t.articles.c if column.name != "sentences"]
    holding = t.articles.c.row.in_(sa.select(t.passages.c.article).where(wanted))
    articles = {row.row: t.article_of(row) for row in connection.execute(sa.select(*columns).where(holding))}
    said = _within(connection, wanted)
    found = {}
    for row in connection.execute(sa.select(t.passages).where(wanted)):
        article = articles[row.article]
        passage = Passage(article.id, row.number, Span(row.start, row.end), row.statement)
        here = [t.statement_of(one, article.id, _speaker(one)) for one in said[row.key]]
        own = next((one for one in here if one.number == passage.statement), None)
        found[row.key] = Located(passage, article, own, tuple(one for one in here if one.extent in passage.extent))
    return found


def _within(connection: sa.Connection, wanted: sa.ColumnElement[bool]) -> dict[int, list[sa.Row[Any]]]:
    """The rows of the statements that a passage holds or that lie in it, with their speakers, by the passage's key."""
    starts, ends = (sa.func.json_extract(t.statements.c.extent, f"$[{place}]") for place in (0, 1))
    inside = (starts >= t.passages.c.start) & (ends <= t.passages.c.end)
    voice = [t.speakers.c[name].label(f"voice_{name}") for name in ("id", "name", "description", "aliases", "key")]
    query = (
        sa.select(t.passages.c.key, t.statements, *voice)
        .join_from(t.passages, t.statements, t.statements.c.article == t.passages.c.article)
        .outerjoin(t.speakers, t.speakers.c.row == t.statements.c.speaker)
        .where(wanted, inside | (t.statements.c.number == t.passages.c.statement))
        .order_by(t.statements.c.row)
    )
    found: dict[int, list[sa.Row[Any]]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.key].append(row)
    return found


def _speaker(row: sa.Row[Any]) -> Speaker | None:
    if row.speaker is None:
        return None
    return Speaker(row.voice_id, row.voice_name, row.voice_description, tuple(row.voice_aliases), row.voice_key)
