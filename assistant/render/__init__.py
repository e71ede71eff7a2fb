"""Answers, quotes and articles as text, Markdown, JSON and CSV. Takes values, gives strings; decides nothing."""

from assistant.render.commonmark import as_markdown, quote_as_markdown
from assistant.render.csv import as_csv
from assistant.render.json import as_json, attributions_as_json, dumps, quote_as_json, scope_as_json
from assistant.render.marked import show
from assistant.render.pieces import Piece, Role, pieces
from assistant.render.terminal import as_text, quote_as_text
from assistant.render.verdict import verdict_as_json, verdict_as_text
from assistant.render.wording import citation, reveal, visible

__all__ = [
    "Piece",
    "Role",
    "as_csv",
    "as_json",
    "as_markdown",
    "as_text",
    "attributions_as_json",
    "citation",
    "dumps",
    "pieces",
    "quote_as_json",
    "quote_as_markdown",
    "quote_as_text",
    "reveal",
    "scope_as_json",
    "show",
    "verdict_as_json",
    "verdict_as_text",
    "visible",
]
