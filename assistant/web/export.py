"""Answers as files to keep: Markdown, JSON or CSV, each with offsets and links. Takes answers, gives names and text."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from assistant.render import as_csv, as_json, as_markdown
from assistant.types import Answer

_FILE_WORD = re.compile(r"[^\W_]+")


class File(NamedTuple):
    """A file for the browser to save."""

    name: str
    type: str
    text: str


def _markdown(answers: Sequence[Answer]) -> str:
    return "\n".join(map(as_markdown, answers))


def _json(answers: Sequence[Answer]) -> str:
    return json.dumps([as_json(answer) for answer in answers], ensure_ascii=True, allow_nan=False, indent=1) + "\n"


FORMS: Mapping[str, tuple[str, Callable[[Sequence[Answer]], str]]] = {
    "md": ("text/markdown;charset=utf-8", _markdown),
    "json": ("application/json", _json),
    "csv": ("text/csv;charset=utf-8", as_csv),
}


def export(answers: Sequence[Answer], form: str, turn: int = 0) -> File:
    """One turn of a chat (counted from 1), or all of it (0).

    :param form: "md", "json" or "csv".
    :raises KeyError: If there is no such form.
    :raises IndexError: If there is no such turn.
    """
    kind, write = FORMS[form]
    chosen = [answers[turn - 1]] if turn > 0 else list(answers)
    words = _FILE_WORD.findall(chosen[0].question.lower())[:6] if turn > 0 else ["chat"]
    return File(f"{'-'.join(['on-the-record', *words])[:80]}.{form}", kind, write(chosen))
