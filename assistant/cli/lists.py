"""Lists: what a library holds, a line each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from assistant.render import attributions_as_json, show
from assistant.render.json import dumps
from assistant.render.wording import label
from index.errors import UnreadableArticle
from index.types import Article

if TYPE_CHECKING:
    from index.storage.library import Library


def article_lines(library: Library, as_records: bool) -> Iterator[str]:
    """Every article: id, date, publisher, title."""
    for one in library.articles():
        record = {**asdict(one), "published": one.published.isoformat() if one.published else None}
        date = record["published"] or "no date"
        row = [one.id, date, one.publisher or "no publisher", one.title]
        row += ["kept as prose, without statements"] * one.prose_only
        yield dumps(record) if as_records else "\t".join(map(label, row))


def speaker_lines(library: Library, as_records: bool) -> Iterator[str]:
    """Everybody who is quoted by name, those with the most statements first."""
    for one in sorted(library.speakers(), key=lambda speaker: (-speaker.statements, speaker.name)):
        who = f"{one.name} ({one.description})" if one.description else one.name
        counts = f"{one.statements} statement{'s' * (one.statements != 1)} in {one.articles}"
        line = f"{label(who)}\t{counts} article{'s' * (one.articles != 1)}"
        yield dumps(asdict(one)) if as_records else line


def statement_lines(path: Path, pipeline: str, as_records: bool) -> Iterator[str]:
    """The statements of each article in a file; what cannot be read is told on standard error.

    :raises UnreadableArticle: If not one article could be read.
    """
    from index.articles import read_paths
    from index.language.parser import Parser
    from index.reading import read

    failed: list[UnreadableArticle] = []

    def articles() -> Iterator[Article]:
        for one in read_paths([path], notice=lambda sentence: typer.echo(sentence, err=True)):
            if isinstance(one, UnreadableArticle):
                typer.echo(f"failed: {one}", err=True)
                failed.append(one)
            else:
                yield one

    count = 0
    for reading in read(articles(), Parser(pipeline)):
        count += 1
        yield dumps(attributions_as_json(reading)) if as_records else show(reading)
    if failed and not count:
        raise failed[0]
