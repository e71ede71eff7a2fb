"""A chat: questions in that may follow up on one another, answers out, and a history that can be kept.

A follow-up is made to stand alone by rules (`followup`), or by the chat model where there is one; what it was taken as
is part of the answer. A saved history holds each answer's citations: its quotes are cut anew, from the library, when it
is loaded. Does not know the page.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.history import answer_from, chat_record, saved_turns
from assistant.types import Answer
from index.errors import LibraryError

if TYPE_CHECKING:
    from assistant.assistant import Assistant


class Chat:
    """A conversation with one library; `turns` are its answers, oldest first."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self.turns: list[Answer] = []

    def ask(self, question: str, **filters: Any) -> Answer:  # noqa: ANN401 - as Assistant.ask has them
        """Answer a question, understood from the turns before; see `Assistant.ask` for the filters.

        :raises QuestionError: If the question is empty or far too long; the turns are as they were.
        """
        answer = self._assistant.ask(question, turns=tuple(self.turns), **filters)
        self.turns.append(answer)
        return answer

    def save(self, path: str | Path) -> None:
        """Write the turns to a JSON file.

        :raises LibraryError: If it cannot be written.
        """
        try:
            Path(path).write_text(json.dumps(chat_record(self.turns), indent=1), encoding="utf-8")
        except OSError as error:
            raise LibraryError(f"{path}: the chat cannot be saved ({error.strerror}); give another path") from error

    @classmethod
    def load(cls, path: str | Path, assistant: Assistant) -> Chat:
        """Read a saved chat; each quote is cut from the library again.

        :raises LibraryError: If the file is not a saved chat, a newer version saved it, or an article it cites is gone
            or has changed.
        """
        try:
            record = json.loads(Path(path).read_text(encoding="utf-8"))
            turns = [answer_from(turn, assistant.store.library) for turn in saved_turns(record)]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise LibraryError(
                f"{path}: this is not a saved chat that can be read ({error}); check the path"
            ) from error
        chat = cls(assistant)
        chat.turns = turns
        return chat
