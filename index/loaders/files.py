"""Files: a path in, bytes out, never more than asked for and never from something that is not a file.

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


def shown(path: str | Path) -> str:
    """A path as one printable line that can be stored: line breaks, escapes and odd bytes as backslash escapes."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in str(path))


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """An ordinary file, open for reading; a pipe or a device is not waited for.

    :raises UnreadableArticle: If it is not an ordinary file (what is in /proc is none), or the system refuses
        to open or read it.
    """
    try:
        _refuse_special(path, path.stat().st_mode)
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with open(handle, "rb") as file:  # noqa: PTH123
            status = os.fstat(handle)  # it may have been exchanged since
            _refuse_special(path, status.st_mode)
            if not status.st_size and _gives(handle):
                raise UnreadableArticle(shown(path), "the system makes it up while it is read, so it is not a file")
            yield file
    except (OSError, ValueError) as error:
        raise UnreadableArticle(shown(path), why(error)) from error


def contents(path: Path, most: int) -> bytes:
    """All bytes of an ordinary file.

    :raises UnreadableArticle: If it cannot be read, or has more than `most` bytes.
    """
    with opened(path) as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise UnreadableArticle(shown(path), f"it has more than {most:,} bytes, too long for one article; split it")
    return data


def why(error: OSError | ValueError) -> str:
    """What the system says, as a clause."""
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
        raise UnreadableArticle(shown(path), f"it is {kind}, not a file")
