"""Choosing: writes the prompt that shows a question and numbered quotes; reads the numbers in the model's reply.

Both are pure. A model can only pick numbers of quotes that are there: no word of its reply is kept.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from assistant.llm.numbered import LONGEST_QUESTION, passages, shown
from assistant.llm.replies import fields, numbers_of, only, plain
from assistant.types import Quote
from index.errors import ModelError
from prompts import Prompt, fill

MOST_OFFERED = 40

CHOICE_FORM: dict[str, Any] = {
    "title": "choice",
    "description": "The numbers of the passages that answer the question, best first; empty when none does.",
    "type": "object",
    "properties": {"numbers": {"type": "array", "items": {"type": "integer"}}},
    "required": ["numbers"],
    "additionalProperties": False,
}


def choice_prompt(question: str, quotes: Sequence[Quote], fence: str) -> Prompt:
    """Number the quotes from 1 and ask which of them answer.

    :param quotes: At most 40.
    :param fence: A code that occurs in none of them (see `offered.draw_fence`).
    :raises ValueError: If there are none or too many, or the fence occurs in what is offered.
    """
    if not 1 <= len(quotes) <= MOST_OFFERED:
        raise ValueError(f"1 to {MOST_OFFERED} quotes can be offered, not {len(quotes)}")
    return fill("choose.v1", question=shown(question, LONGEST_QUESTION), passages=passages(quotes, fence), fence=fence)


def read_choice(reply: str, offered: int) -> tuple[int, ...]:
    """The numbers a model picked, best first, each once; none where it says that none answers.

    Reads `{"numbers": [4, 1]}`, `4, 1`, `[4], [1]`, `0` and `none`, and nothing else: never a number out of a sentence.

    :param offered: How many quotes were offered.
    :raises ModelError: If the reply is anything else, or names a number that was not offered; says why.
    """
    text = plain(reply)
    values = fields(text)
    if values is not None:
        return numbers_of(only(values, "numbers"), offered)
    if re.fullmatch(r"(?:0|\[\]|none)\.?", text, re.IGNORECASE):
        return ()
    if not re.fullmatch(r"\[?[0-9]+\]?(?:[\s,;]+\[?[0-9]+\]?)*\.?", text):
        raise ModelError("it was not only numbers parted by commas")
    return numbers_of(re.findall(r"[0-9]+", text), offered)
