"""Standalone: writes the prompt that asks a model to complete a follow-up; reads the question in its reply.

Both are pure. The reply may move words about, but may add no content word that the conversation does not have, so that
nothing an article says, and nothing a model invents, becomes part of what is searched for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assistant.llm.numbered import LONGEST_QUESTION, hidden, shown
from assistant.llm.replies import fields, only, plain
from assistant.types import Answer
from index.errors import ModelError
from index.language.word_forms import WORD, bare, stem
from index.language.wordlists import words
from prompts import Prompt, fill

LAST_TURNS = 6
LONGEST_REWRITE = 400

STANDALONE_FORM: dict[str, Any] = {
    "title": "standalone",
    "description": "The last question, rewritten so that it can be understood alone.",
    "type": "object",
    "properties": {"question": {"type": "string"}},
    "required": ["question"],
    "additionalProperties": False,
}

# What may come new into a question besides words without content.
_FREE = frozenset({"what", "who", "whom", "whose", "when", "where", "why", "how", "say", "said", "according"})


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
    asked, *named = _known(turn)
    return f"{asked} (quoted: {'; '.join(named)})" if named else asked


def _known(turn: Answer) -> list[str]:
    """What a turn gives to speak of: its question, and the names of those quoted."""
    named = dict.fromkeys(quote.speaker.name for quote in turn.quotes if quote.speaker and quote.speaker.key)
    return [shown(turn.standalone_question, LONGEST_QUESTION // 4), *(shown(name, 80) for name in named)]


def read_standalone(reply: str, turns: Sequence[Answer], question: str) -> str:
    """The rewritten question.

    :raises ModelError: If it is not one short line of visible characters, or holds a word that stands in neither the
        turns nor the question; says why.
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
    known = " ".join([question, *(text for turn in turns[-LAST_TURNS:] for text in _known(turn))])
    if _new(text, known):  # the words themselves are not told: a notice would show them
        raise ModelError("it brought in words that nobody had asked about")
    return text


def _new(text: str, known: str) -> bool:
    """Whether a text holds a word, or a sign other than a question needs, that was not there before."""
    heard = {stem(word) for word in WORD.findall(known)} | {stem(word) for word in _FREE}
    strange = any(stem(w) not in heard and bare(w) not in words("function_words.txt") for w in WORD.findall(text))
    return strange or any(not (sign.isalnum() or sign.isspace() or sign in "?,.'’-" or sign in known) for sign in text)
