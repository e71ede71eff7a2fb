"""Where somebody is quoted, counted article by article: what a list or a plot of many needs, without their statements.

Knows the tables. Does not write.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from index.storage import tables as t


@dataclass(frozen=True, slots=True)
class Appearance:
    """That a speaker is quoted in an article: the number of the first statement there, and how many there are."""

    article: str
    title: str
    published: dt.date | None
    first: int
    count: int


def appearances(connection: sa.Connection, keys: Collection[str]) -> dict[str, tuple[Appearance, ...]]:
    """Where each of these speakers is quoted; see `Reader.appearances`."""
    query = (
        sa.select(
            t.speakers.c.key,
            t.articles.c.id,
            t.articles.c.title,
            t.articles.c.published,
            sa.func.min(t.statements.c.number),
            sa.func.count(),
        )
        .join_from(t.speakers, t.statements, t.statements.c.speaker == t.speakers.c.row)
        .join(t.articles, t.articles.c.row == t.speakers.c.article)
        .where(t.speakers.c.key.in_(list(keys)), t.speakers.c.key != "")
        .group_by(t.speakers.c.key, t.articles.c.row)
        .order_by(t.articles.c.published.desc(), t.articles.c.row)
    )
    found: dict[str, list[Appearance]] = {key: [] for key in keys}
    for key, *fields in connection.execute(query):
        found[key].append(Appearance(*fields))
    return {key: tuple(each) for key, each in found.items()}
