"""A chat: questions in that may follow up on one another, answers out, and a history that can be kept.

Rules rewrite a follow-up so that it stands alone, or the chat model does where there is one; the answer says what the
question was taken as. A saved history holds each answer's citations: its quotes are cut anew, from the library, when it
is loaded. This module knows neither the page nor the class `Assistant`: whatever answers questions will do.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from assistant.history import answer_from, chat_record, saved_turns
from assistant.types import Answer
from index.errors import LibraryError

if TYPE_CHECKING:
    from index.storage.store import Store


class AnswersQuestions(Protocol):
    """What a chat needs: an open library's store, and `ask` as `Assistant` has it."""

    @property
    def store(self) -> Store:
        """The open library."""

    @property
    def ask(self) -> Callable[..., Answer]:
        """Answers a question."""


class Chat:
    """A conversation with one library; `turns` are its answers, oldest first."""

    def __init__(self, assistant: AnswersQuestions) -> None:
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
    def load(cls, path: str | Path, assistant: AnswersQuestions) -> Chat:
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
