"""Files: takes a path, gives the open file; what is no ordinary file is refused.

Knows paths and the operating system. Does not know formats or articles.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from index.errors import UnreadableArticle

_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def printable(path: str | Path) -> str:
    """A path as one printable line that can be stored: other characters become backslash escapes."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in str(path))


@contextmanager
def open_file(path: Path) -> Iterator[BinaryIO]:
    """Open an ordinary file for reading; a pipe or a device is refused without waiting for it.

    :raises UnreadableArticle: If it is not an ordinary file (what is in /proc is none), or the system refuses
        to open or read it.
    """
    try:
        _refuse_special(path, path.stat().st_mode)
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with open(handle, "rb") as file:  # noqa: PTH123
            status = os.fstat(handle)  # it may have been replaced meanwhile
            _refuse_special(path, status.st_mode)
            if not status.st_size and _gives(handle):
                raise UnreadableArticle(printable(path), "the system makes it up while it is read, so it is not a file")
            yield file
    except (OSError, ValueError) as error:
        raise UnreadableArticle(printable(path), system_reason(error)) from error


def system_reason(error: OSError | ValueError) -> str:
    """The system's message, as a clause."""
    words = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return words[:1].lower() + words[1:]


def _gives(handle: int) -> bool:
    """Whether there is anything to read, now or when waited for, as in /proc, where a file tells no size."""
    try:
        return os.read(handle, 1) != b""
    except BlockingIOError:
        return True


def _refuse_special(path: Path, mode: int) -> None:
    if not stat.S_ISREG(mode):
        kind = next((name for test, name in _KINDS if test(mode)), "something else")
        raise UnreadableArticle(printable(path), f"it is {kind}, not a file")
