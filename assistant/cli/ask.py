"""Asking: answers to standard output, one or a file of them."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from assistant.render import as_json, as_text
from assistant.render.json import dumps
from assistant.render.wording import told
from index.errors import QuestionError

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from assistant.types import Answer


def ask_and_show(assistant: Assistant, question: str, filters: Mapping[str, Any], as_record: bool) -> None:
    """Ask one question and print the answer: its quotes at once, then a chat model's sentences as they come."""
    if as_record:
        typer.echo(dumps(as_json(assistant.ask(question, **filters))))
        return
    printed: list[str] = []

    def tell(lines: Sequence[str]) -> None:
        for line in lines:
            if line not in printed:
                typer.echo(line)
                printed.append(line)

    def watch(answer: Answer) -> None:
        if answer.remarks:
            tell(told(answer)[:-1])  # all but that a model wrote them, which is told below the last
        else:
            typer.echo(as_text(answer, styled=sys.stdout.isatty()))
            printed.extend(told(answer))

    tell(told(assistant.ask(question, watch=watch, **filters)))


def answer_file(assistant: Assistant, path: Path, filters: Mapping[str, Any], as_records: bool) -> None:
    """Answer a file of questions, in its order; with JSON one line each, with the question's `id`.

    :raises QuestionError: If the file or one of its lines cannot be read; says which.
    """
    for record in read_questions(path):
        answer = assistant.ask(record["question"], **filters)
        typer.echo(dumps({"id": record["id"], **as_json(answer)}) if as_records else f"{as_text(answer)}\n")


def read_questions(path: Path) -> Iterator[dict[str, Any]]:
    """The questions of a JSON-lines file, each with `id` and `question`.

    :raises QuestionError: If the file or one of its lines cannot be read; says which.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionError(f"{path}: the questions cannot be read ({error}); check the path") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            if not isinstance(record["question"], str):
                raise TypeError("its question is no text")
            record.setdefault("id", str(number))
        except (ValueError, KeyError, TypeError) as error:
            raise QuestionError(f'{path}:{number}: this is no {{"id", "question"}} in JSON ({error})') from error
        yield record
