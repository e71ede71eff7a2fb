"""Evaluating: a file of questions with gold answers in, a table of figures out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from assistant.cli.ask import read_questions
from assistant.evaluation import figures, gold_question
from assistant.render.json import dumps

if TYPE_CHECKING:
    from assistant.assistant import Assistant


def evaluate_file(assistant: Assistant, path: Path, as_record: bool) -> str:
    """Ask every question and say how many answers are right, as a table or as one JSON object.

    :raises QuestionError: If the file or one of its lines cannot be read; says which.
    """
    questions = [gold_question(record) for record in read_questions(path)]
    shares = figures((question, assistant.ask(question.question)) for question in questions)
    if as_record:
        return dumps({"questions": len(questions), **shares})
    return "\n".join([f"{len(questions)} questions", *(f"{name:30} {share:.4f}" for name, share in shares.items())])
