"""A follow-up to a question that stands alone: the turns to a prompt; a model's reply to a question.

Both pure. The reply may move names and words about; it may bring in no name and no figure that was not there, so that
nothing an article says, and nothing a model dreams of, becomes part of what is searched for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from assistant.offered import LONGEST_QUESTION, hidden, shown
from assistant.replies import fields, only, plain
from assistant.types import Answer
from index.errors import ModelError
from prompts import Prompt, fill

LAST_TURNS = 6
LONGEST_REWRITE = 400

FORM: dict[str, Any] = {
    "title": "standalone",
    "description": "The last question, rewritten so that it can be understood alone.",
    "type": "object",
    "properties": {"question": {"type": "string"}},
    "required": ["question"],
    "additionalProperties": False,
}

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# Words that a question may begin with, or need, though nobody said them before.
_FREE = frozenset(
    "what who whom whose when where why which how did does do is are was were has have had will would can "
    "could should in on at by to of for from about and or the a an according".split()
)


def standalone_prompt(turns: Sequence[Answer], question: str, fence: str) -> Prompt:
    """Ask for the question as it would be asked alone. Shows the last six turns, each with the speakers quoted in it.

    :raises ValueError: If the fence occurs in what is shown.
    """
    lines = "\n".join(f"- {line}" for turn in turns[-LAST_TURNS:] for line in [_turn(turn)])
    asked = shown(question, LONGEST_QUESTION)
    if fence in lines or fence in asked:
        raise ValueError("the fence occurs in a turn; draw another")
    return fill("standalone.v1", turns=lines or "(none)", question=asked, fence=fence)


def _turn(turn: Answer) -> str:
    named = dict.fromkeys(quote.speaker.name for quote in turn.quotes if quote.speaker and quote.speaker.key)
    asked = shown(turn.standalone_question, LONGEST_QUESTION // 4)
    return f"{asked} (quoted: {'; '.join(shown(name, 80) for name in named)})" if named else asked


def read_standalone(reply: str, turns: Sequence[Answer], question: str) -> str:
    """The rewritten question.

    :raises ModelError: If it is not one short line of visible characters, or holds a name or a figure that stands in
        neither the turns nor the question; says why.
    """
    text = plain(reply)
    values = fields(text)
    if values is not None:
        asked = only(values, "question")
        text = asked.strip() if isinstance(asked, str) else ""
    if not text or len(text) > LONGEST_REWRITE or len(text.splitlines()) != 1:
        raise ModelError(f"it was not one line of at most {LONGEST_REWRITE} characters")
    if any(hidden(character) for character in text):
        raise ModelError("it held characters that cannot be seen")
    known = " ".join([question, *(_turn(turn) for turn in turns[-LAST_TURNS:])])
    for word in _new(text, known):
        raise ModelError(f"it brought in {word!r}, which nobody had asked about")
    return text


def _new(text: str, known: str) -> list[str]:
    """Names and figures of the text that are not known: words with a capital, a digit, or a script without capitals."""
    heard = {_bare(word) for word in _WORD.findall(known)} | _FREE
    names = (w for w in _WORD.findall(text) if not (w.islower() and w.isalpha()))
    return [w for w in names if _bare(w) not in heard]


def _bare(word: str) -> str:
    return re.sub(r"['’]s$", "", word.casefold())
