"""A session's chat: its turns, the answer that is under way and how to stop it, and what the browser keeps of it.

What is kept over a reload are citations (see `assistant.history`): each quote is cut from the library again. Knows the
assistant. Does not know the page.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from typing import TYPE_CHECKING

from assistant.history import answer_from, record_of
from assistant.types import Answer
from index.errors import LibraryError

if TYPE_CHECKING:
    from index.storage.library import Library

VERSION = 1


class Halted(Exception):
    """The reader wants no more of this answer."""


class Asking:
    """An answer that is being given, in a thread of its own.

    :param ask: Gives the answer, and tells the function it is given how far it is.
    """

    def __init__(self, ask: Callable[[Callable[[Answer], None]], Answer]) -> None:
        self._arriving: SimpleQueue[Answer | None] = SimpleQueue()
        self.halted = False
        self._over = False
        worker = ThreadPoolExecutor(1)
        self._done: Future[Answer] = worker.submit(ask, self._watch)
        self._done.add_done_callback(lambda _: self._arriving.put(None))
        worker.shutdown(wait=False)

    def halt(self) -> None:
        """Let it be: what it is so far is all there will be, and no more is asked of a chat model."""
        self.halted = True
        self._arriving.put(None)

    def growing(self) -> Iterator[Answer]:
        """The answer again and again as it grows; at the end, unless it was halted, the whole of it.

        :raises OnTheRecordError: If there is no answer.
        """
        try:
            yield from iter(self._arriving.get, None)
            if not self.halted:
                yield self._done.result()
        finally:  # it came to its end, was halted, or nobody looks at it any more
            self._over = True

    def _watch(self, answer: Answer) -> None:
        if self.halted or self._over:
            raise Halted  # through the answering, so that a model's reply is closed on the way
        self._arriving.put(answer)


class Talk:
    """One session's chat; `turns` are its answers, oldest first."""

    def __init__(self, turns: Iterable[Answer] = ()) -> None:
        self.turns = list(turns)
        self.asking: Asking | None = None

    def halt(self) -> None:
        """Stop the answer that is under way, if any."""
        if self.asking:
            self.asking.halt()

    def kept(self) -> str:
        """The turns as text for the browser to keep; empty for none."""
        return json.dumps({"version": VERSION, "turns": [*map(record_of, self.turns)]}) if self.turns else ""


def restored(kept: str, library: Library) -> tuple[Talk, int]:
    """The chat that a browser kept, and how many of its answers cite what is no longer there and are left out.

    What is no such chat (the browser's owner can write there what he likes) counts as none.
    """
    talk, lost = Talk(), 0
    try:
        record = json.loads(kept)
        for turn in record["turns"] if record["version"] == VERSION else ():
            try:
                talk.turns.append(answer_from(turn, library))
            except LibraryError:
                lost += 1
    except (ValueError, KeyError, TypeError, AttributeError):
        return Talk(), 0
    return talk, lost
