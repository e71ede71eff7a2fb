"""Answers as a table for spreadsheets: one row a quote, one row for a refusal.

A cell that a spreadsheet could take for a formula gets an apostrophe before it, the mark by which spreadsheets know
text; `unguard` takes it off again, so nothing of the passage is lost. Unseen characters stand as in `wording.visible`.
Who needs the text itself, untouched, takes JSON.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

from assistant.render.wording import visible
from assistant.types import Answer, Quote

COLUMNS = (
    *("question", "standalone_question", "number", "speaker", "description", "mention", "manner", "resolution", "text"),
    *("title", "publisher", "author", "published", "url", "article_id", "start", "end", "also_in", "differs_in"),
    "flags",
    "certainty",
    "candidates",
    *("refusal", "detail"),
)
# What opens a formula (OWASP, CSV Injection), the full-width forms and leading white space included; and any number of
# apostrophes before it, so that a guarded cell is never taken for an unguarded one.
_FORMULA = re.compile(r"['\s]*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


def as_csv(answers: Iterable[Answer]) -> str:
    """The answers as CSV (RFC 4180) with a header; `start` and `end` are code points of the article's text."""
    out = io.StringIO(newline="")
    table = csv.writer(out)
    table.writerow(COLUMNS)
    for answer in answers:
        asked: tuple[str, str] = (guard(answer.question), guard(answer.standalone_question))
        for number, quote in enumerate(answer.quotes, 1):
            table.writerow([*asked, number, *_cells(quote), "", ""])
        if answer.refusal is not None:
            blank = [""] * (len(COLUMNS) - 4)
            table.writerow([*asked, *blank, str(answer.refusal.reason), guard(answer.refusal.detail)])
    return out.getvalue()


def guard(cell: str) -> str:
    """The cell as text that no spreadsheet computes."""
    shown = visible(cell)
    return f"'{shown}" if _FORMULA.match(shown) else shown


def unguard(cell: str) -> str:
    """Take the guard off: for every text, `reveal(unguard(guard(text))) == text`."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _cells(quote: Quote) -> list[str | int]:
    article, speaker = quote.article, quote.speaker
    words = (
        speaker.name if speaker else "",
        speaker.description if speaker else "",
        quote.mention or "",
        quote.manner,
        quote.resolution,
        quote.text,
        article.title,
        article.publisher,
        article.author,
        article.published.isoformat() if article.published else "",
        article.url,
        article.id,
    )
    copies = [" ".join(c.article.id for c in quote.copies if c.differs is differs) for differs in (False, True)]
    said = quote.statement
    flags = " ".join(said.flags) if said else ""
    certainty = f"{said.certainty:.3f}" if said else ""
    candidates = "; ".join(f"{one.name} {one.probability:.2f}" for one in said.candidates) if said else ""
    return [
        *map(guard, words),
        quote.span.start,
        quote.span.end,
        *map(guard, copies),
        flags,
        certainty,
        guard(candidates),
    ]
