"""The deadline: takes an iterator that may be slow; gives its parts as they come, or raises TimeoutError.

Knows threads. Does not know what the parts are.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Generator, Iterator, Mapping

ReplyPart = str | Mapping[str, object]


def within_deadline(parts: Callable[[], Iterator[ReplyPart]], seconds: float, longest: int) -> Generator[ReplyPart]:
    """The parts as they come, from a thread of their own: a provider may know no time-out.

    :param seconds: From now to the last part.
    :param longest: Characters of a text after which no more is waited for.
    :raises TimeoutError: When the time is over before the last part. The thread ends with its next part.
    """
    came: queue.SimpleQueue[tuple[ReplyPart | None, Exception | None]] = queue.SimpleQueue()
    stopped = threading.Event()

    def run() -> None:
        try:
            for part in parts():
                came.put((part, None))
                if stopped.is_set() or (isinstance(part, str) and len(part) >= longest):
                    break
            came.put((None, None))
        except Exception as error:  # raised again in the thread that waits
            came.put((None, error))

    threading.Thread(target=run, name="chat model", daemon=True).start()
    end = time.monotonic() + seconds
    try:
        while True:
            try:
                part, error = came.get(timeout=max(0.0, end - time.monotonic()))
            except queue.Empty:
                raise TimeoutError from None
            if error is not None:
                raise error
            if part is None:
                return
            yield part
    finally:
        stopped.set()
