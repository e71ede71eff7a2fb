"""The tables of the library: takes articles, passages, speakers and statements, gives their rows, and back again.

Spans are stored as flat lists of offsets [start, end, start, end, ...]; an absent span is an empty list. Knows
SQLAlchemy's tables and our types. Does not know engines, files or transactions.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from index.types import Article, Flag, Manner, Passage, PossibleSpeaker, Reading, Resolution, Span, Speaker, Statement

metadata = sa.MetaData()


def _of_article() -> sa.Column[int]:
    """A reference to an article; its rows are deleted when the article is removed, replaced or read again.

    What people enter by hand must outlive that. It belongs in tables that name the article by its id and digest.
    """
    return sa.Column(
        "article", sa.Integer, sa.ForeignKey("articles.row", ondelete="CASCADE"), nullable=False, index=True
    )


meta = sa.Table("meta", metadata, sa.Column("name", sa.Text, primary_key=True), sa.Column("value", sa.Text))

articles = sa.Table(
    "articles",
    metadata,
    sa.Column("row", sa.Integer, primary_key=True),
    sa.Column("id", sa.Text, nullable=False, unique=True),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("publisher", sa.Text, nullable=False, index=True),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("published", sa.Date, index=True),
    sa.Column("url", sa.Text, nullable=False, index=True),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("words", sa.Integer, nullable=False),
    sa.Column("rules", sa.Integer, nullable=False, index=True, server_default=sa.text("0")),
    sa.Column("prose_only", sa.Boolean, nullable=False, server_default=sa.text("0")),
    sa.Column("sentences", sa.JSON, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
)

passages = sa.Table(
    "passages",
    metadata,
    sa.Column("key", sa.Integer, primary_key=True),
    _of_article(),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("end", sa.Integer, nullable=False),
    sa.Column("statement", sa.Integer),
)

speakers = sa.Table(
    "speakers",
    metadata,
    sa.Column("row", sa.Integer, primary_key=True),
    _of_article(),
    sa.Column("id", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("description", sa.Text, nullable=False),
    sa.Column("aliases", sa.JSON, nullable=False),
    sa.Column("key", sa.Text, nullable=False, index=True),
)

statements = sa.Table(
    "statements",
    metadata,
    sa.Column("row", sa.Integer, primary_key=True),
    _of_article(),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("content", sa.JSON, nullable=False),
    sa.Column("cue", sa.JSON, nullable=False),
    sa.Column("source", sa.JSON, nullable=False),
    sa.Column("speaker", sa.Integer, sa.ForeignKey("speakers.row", ondelete="CASCADE"), index=True),
    sa.Column("manner", sa.Text, nullable=False),
    sa.Column("resolution", sa.Text, nullable=False),
    sa.Column("extent", sa.JSON, nullable=False),
    sa.Column("antecedent", sa.JSON, nullable=False),
    sa.Column("flags", sa.JSON, nullable=False),
    sa.Column("certainty", sa.Float, nullable=False, server_default="0"),
    sa.Column("candidates", sa.JSON, nullable=False, server_default="[]"),
)

# Keys that the full text and the vectors may hold although no passage has them: noted before the library's own commit
# and cleared after it (see index/build.py). `thorough` if an article was removed: its words must leave the files, too.
unsettled = sa.Table(
    "unsettled",
    metadata,
    sa.Column("row", sa.Integer, primary_key=True),
    sa.Column("first", sa.Integer, nullable=False),
    sa.Column("last", sa.Integer, nullable=False),
    sa.Column("thorough", sa.Boolean, nullable=False),
)


def offsets(spans: Iterable[Span | None]) -> list[int]:
    """Spans as a flat list of offsets."""
    return [offset for span in spans if span is not None for offset in (span.start, span.end)]


def spans(flat: Sequence[int]) -> tuple[Span, ...]:
    """A flat list of offsets as spans."""
    return tuple(Span(start, end) for start, end in zip(flat[::2], flat[1::2], strict=True))


def span(flat: Sequence[int]) -> Span | None:
    """A list of two offsets as a span, an empty one as None."""
    return Span(*flat) if flat else None


def article_row(reading: Reading) -> dict[str, Any]:
    """An article with its sentences, and by which rules it was read, as a row of `articles`."""
    article = reading.article
    return {
        "id": article.id,
        "title": article.title,
        "publisher": article.publisher,
        "author": article.author,
        "published": article.published,
        "url": article.url,
        "source": article.source,
        "digest": article.digest,
        "words": len(article.text.split()),
        "rules": reading.rules,
        "prose_only": reading.prose_only,
        "sentences": offsets(reading.sentences),
        "text": article.text,
    }


def article_of(row: sa.Row[Any]) -> Article:
    """A row of `articles` as an article."""
    return Article(row.id, row.title, row.text, row.publisher, row.author, row.published, row.url, row.source)


def passage_row(passage: Passage, article: int) -> dict[str, Any]:
    """A passage as a row of `passages`, but for its key; `article` is the row of its article."""
    extent = passage.extent
    return {
        "article": article,
        "number": passage.number,
        "start": extent.start,
        "end": extent.end,
        "statement": passage.statement,
    }


def passage_of(row: sa.Row[Any]) -> Passage:
    """A row of `passages`, joined with its article's id as `article_id`, as a passage."""
    return Passage(row.article_id, row.number, Span(row.start, row.end), row.statement)


def speaker_row(speaker: Speaker, article: int) -> dict[str, Any]:
    """A speaker as a row of `speakers`; `article` is the row of its article."""
    return {
        "article": article,
        "id": speaker.id,
        "name": speaker.name,
        "description": speaker.description,
        "aliases": list(speaker.aliases),
        "key": speaker.key,
    }


def speaker_of(row: sa.Row[Any]) -> Speaker:
    """A row of `speakers` as a speaker."""
    return Speaker(row.id, row.name, row.description, tuple(row.aliases), row.key)


def statement_row(statement: Statement, article: int, speaker: int | None) -> dict[str, Any]:
    """A statement as a row of `statements`; `article` and `speaker` are the rows of its article and its speaker."""
    return {
        "article": article,
        "number": statement.number,
        "content": offsets(statement.content),
        "cue": offsets([statement.cue]),
        "source": offsets([statement.source]),
        "speaker": speaker,
        "manner": statement.manner.value,
        "resolution": statement.resolution.value,
        "extent": offsets([statement.extent]),
        "antecedent": offsets([statement.antecedent]),
        "flags": [flag.value for flag in statement.flags],
        "certainty": statement.certainty,
        "candidates": [[one.name, one.probability] for one in statement.candidates],
    }


def statement_of(row: sa.Row[Any], article_id: str, speaker: Speaker | None) -> Statement:
    """A row of `statements` as a statement."""
    return Statement(
        article_id=article_id,
        number=row.number,
        content=spans(row.content),
        cue=span(row.cue),
        source=span(row.source),
        speaker=speaker,
        manner=Manner(row.manner),
        resolution=Resolution(row.resolution),
        extent=Span(*row.extent),
        antecedent=span(row.antecedent),
        flags=tuple(map(Flag, row.flags)),
        certainty=row.certainty,
        candidates=tuple(PossibleSpeaker(name, probability) for name, probability in row.candidates),
    )
