"""Replies: takes what a model sent; gives a JSON object or lines of text, and is strict about both.

Pure. Knows how models wrap a reply (a fence of backticks, thoughts before it); does not know what was asked.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from index.errors import ModelError

LONGEST_REPLY = 4_000  # characters; three sentences, or twenty numbers, take far fewer

_THOUGHT = re.compile(r"\A\s*<think>.*?</think>", re.DOTALL)
_FENCED = re.compile(r"\A```[a-z]*\n(.*?)\n?```\Z", re.DOTALL)


def plain(reply: str) -> str:
    """The reply without thoughts before it, a fence of backticks round it, or spaces at its ends.

    :raises ModelError: If nothing is left, or far too much.
    """
    text = spoken(reply).strip()
    fenced = _FENCED.match(text)
    text = fenced.group(1).strip() if fenced else text
    if not text:
        raise ModelError("it was empty")
    if len(text) > LONGEST_REPLY:
        raise ModelError(f"it was longer than {LONGEST_REPLY} characters")
    return text


def spoken(reply: str) -> str:
    """The reply without the thoughts that some models print before it; nothing while they still think."""
    return "" if re.match(r"\s*<think>(?!.*</think>)", reply, re.DOTALL) else _THOUGHT.sub("", reply)


def fields(text: str) -> Mapping[str, object] | None:
    """The JSON object that the text is, or None where it is no JSON object (it may still be plain text).

    :raises ModelError: If it begins like one and cannot be read, or is nested absurdly.
    """
    if not text.startswith("{"):
        return None
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        raise ModelError("it was not JSON that can be read") from None
    return value if isinstance(value, dict) else None


def only(values: Mapping[str, object], name: str) -> object:
    """The value of the one field that was asked for.

    :raises ModelError: If it is missing or others stand beside it.
    """
    if set(values) != {name}:
        raise ModelError(f'it did not hold "{name}" and nothing else')
    return values[name]


def numbers_of(values: object, offered: int) -> tuple[int, ...]:
    """Numbers that were offered, each once, in the order given.

    :param values: A list of whole numbers, or of their digits.
    :param offered: How many passages were offered, numbered from 1.
    :raises ModelError: If it is no list of numbers, or one of them was not offered.
    """
    if not isinstance(values, list | tuple):
        raise ModelError("its numbers were not a list")
    found: list[int] = []
    for value in values:
        if isinstance(value, bool) or not re.fullmatch(r"[0-9]{1,6}", str(value)):
            raise ModelError("it held something that is not a number")
        number = int(str(value))
        if not 1 <= number <= offered:
            raise ModelError(f"it held the number {number}, and only 1 to {offered} were offered")
        found.append(number)
    return tuple(dict.fromkeys(found))
