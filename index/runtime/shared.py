"""Sharing: what many threads use at once, and one now and then exchanges for another.

Knows threads. Does not know what is shared.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator


class Shared:
    """Any number of threads use a thing within `used`; within `alone` nobody does, and those who want to wait.

    Who waits to be alone is let in before those who come later. Neither may be entered within the other.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._users = 0
        self._exchanging = False

    @contextlib.contextmanager
    def used(self) -> Iterator[None]:
        """Use the thing beside others."""
        with self._changed:
            self._changed.wait_for(lambda: not self._exchanging)
            self._users += 1
        try:
            yield
        finally:
            with self._changed:
                self._users -= 1
                self._changed.notify_all()

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Exchange the thing: nobody uses it meanwhile."""
        with self._changed:
            self._changed.wait_for(lambda: not self._exchanging)
            self._exchanging = True
            self._changed.wait_for(lambda: not self._users)
        try:
            yield
        finally:
            with self._changed:
                self._exchanging = False
                self._changed.notify_all()
