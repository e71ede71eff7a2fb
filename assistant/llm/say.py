"""Saying: writes the prompt that shows a question and numbered quotes; reads remarks from the reply as it grows.

Each remark is tied to the numbers that it cites. All is pure. A remark is not yet fit to be shown:
`remarks.objection` judges it. The quotes themselves are never taken from a reply.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from assistant.llm.numbered import LONGEST_QUESTION, passages, shown
from assistant.llm.replies import fields, numbers_of, spoken
from assistant.types import Quote, Remark
from index.errors import ModelError
from prompts import Prompt, fill

MOST_SENTENCES = 3
LONGEST_SENTENCE = 400

REMARKS_FORM: dict[str, Any] = {
    "title": "remarks",
    "description": "One to three sentences on what the quotes say, each with the numbers of the quotes it rests on.",
    "type": "object",
    "properties": {
        "sentences": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "text": {"type": "string"},
                    "numbers": {"type": "array", "items": {"type": "integer"}},
                },
                "required": ["text", "numbers"],
                "additionalProperties": False,
            },
        }
    },
    "required": ["sentences"],
    "additionalProperties": False,
}

_CITED = re.compile(r"((?:\s*\[\s*[0-9]+(?:\s*[,;]\s*[0-9]+)*\s*\])+)([.!?]?)")
_BULLET = re.compile(r"^\s*(?:[-*•–]|[0-9]{1,2}[.)])\s+")
_REMARK_END = re.compile(r"[.!?…][\"”’')]*$")


def say_prompt(question: str, quotes: Sequence[Quote], fence: str) -> Prompt:
    """Number the quotes from 1 and ask what they say.

    :raises ValueError: If there are no quotes, or the fence occurs in what is offered.
    """
    if not quotes:
        raise ValueError("there is nothing to say without quotes")
    return fill("say.v1", question=shown(question, LONGEST_QUESTION), passages=passages(quotes, fence), fence=fence)


def drafts(reply: str | Mapping[str, object], *, whole: bool) -> list[object]:
    """The sentences of a reply that is still growing that are complete: those a later word can't change.

    :param reply: All of it so far: lines of text, or the object that was asked for.
    :param whole: Whether this is all of it.
    :return: What `read_remarks` reads, one by one: lines, or parts of the object. A longer reply never changes these,
        only adds more.
    """
    if isinstance(reply, Mapping):
        sentences = reply.get("sentences")
        parts: list[object] = [*sentences] if isinstance(sentences, list) else [reply]
        return parts if whole else parts[:-1]
    text = spoken(reply)
    if text.lstrip().startswith("{"):
        return drafts(fields(text.strip()) or {}, whole=True) if whole else []
    lines = text.split("\n")
    kept = [line for line in (lines if whole else lines[:-1]) if line.strip() and not line.startswith("```")]
    return list[object]([] if len(kept) == 1 and re.fullmatch(r"\W*none\W*", kept[0], re.IGNORECASE) else kept)


def read_remarks(draft: object, offered: int) -> tuple[Remark, ...]:
    """The remarks in one line ("The union doubts it. [2]", several may share it) or one part of the object.

    :param offered: How many quotes were offered, numbered from 1.
    :raises ModelError: If words are left that cite nothing, a number was not offered, or a sentence is far too long.
    """
    pairs = _of_line(draft) if isinstance(draft, str) else _of_object(draft)
    found = []
    for text, numbers in pairs:
        if not text or len(text) > LONGEST_SENTENCE:
            raise ModelError(f"a sentence was empty or longer than {LONGEST_SENTENCE} characters")
        cited = numbers_of(numbers, offered)
        if not cited:
            raise ModelError("a sentence cited no number")
        found.append(Remark(text, cited))
    return tuple(found)


def _of_object(draft: object) -> list[tuple[str, object]]:
    if not isinstance(draft, Mapping) or set(draft) != {"text", "numbers"} or not isinstance(draft["text"], str):
        raise ModelError('a sentence did not hold "text" and "numbers" and nothing else')
    text = draft["text"].strip()
    if "\n" in text:
        raise ModelError("a sentence held a line break")
    return [(_CITED.sub(r"\2", text), draft["numbers"])]


def _of_line(line: str) -> list[tuple[str, object]]:
    """Cut a line after each citation that ends a sentence; one within a sentence counts for the whole of it."""
    line = _BULLET.sub("", line.strip())
    pairs: list[tuple[str, object]] = []
    text, numbers, at = "", list[str](), 0
    for cited in _CITED.finditer(line):
        text += line[at : cited.start()]
        numbers += re.findall(r"[0-9]+", cited[1])
        ends, text = bool(cited[2] or _REMARK_END.search(text)), text + cited[2]
        at = cited.end()
        if ends:
            pairs.append((text.strip(), numbers))
            text, numbers = "", []
    text += line[at:]
    if numbers:
        pairs.append((text.strip(), numbers))
    elif text.strip():
        raise ModelError("a sentence cited no number")
    return pairs
