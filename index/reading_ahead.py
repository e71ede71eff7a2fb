"""Reading ahead: takes batches of articles, gives their readings; the next batch is read while the caller works.

To read an article is work for one processor, and it holds Python's lock. So where there is more than one batch, a
process of its own reads them while the caller encodes. Knows articles and readings. Does not know storage.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import subprocess
import sys
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import BinaryIO, Self

from index.errors import LibraryError
from index.language.parser import Parser
from index.reading import read
from index.runtime.processes import own_process
from index.types import Article, Reading


def read_ahead(batches: Iterable[list[Article]], parser: Parser) -> Iterator[list[Reading]]:
    """The readings of each batch, in order; the next batch is read while the caller has one.

    :raises LibraryError: If the process that reads ends before its work is done.
    """
    stream = iter(batches)
    batch, following = next(stream, None), next(stream, None)
    if batch is None:
        return
    if following is None:  # one batch is not worth the start of a process
        yield list(read(batch, parser))
        return
    with _ReadingProcess(parser.pipeline) as reader:
        reader.give(batch)
        while following is not None:
            readings = reader.take()
            reader.give(following)  # after what it gave was taken: neither waits for the other
            yield readings
            following = next(stream, None)
        yield reader.take()


class _ReadingProcess:
    """A process that reads one batch at a time; it ends with the `with` block."""

    def __init__(self, pipeline: str) -> None:
        self._process = subprocess.Popen(
            **own_process("index.reading_ahead", pipeline, OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.kill()
        self._process.communicate()

    def give(self, batch: list[Article]) -> None:
        """Send a batch to be read; the one before must have been taken."""
        assert self._process.stdin is not None
        with _ended_process_is_an_error():
            pickle.dump(batch, self._process.stdin)
            self._process.stdin.flush()

    def take(self) -> list[Reading]:
        """The readings of the batch that was given last; waits for them."""
        assert self._process.stdout is not None
        with _ended_process_is_an_error():
            found: list[Reading] | Exception = pickle.load(self._process.stdout)
        if isinstance(found, Exception):
            raise found
        return found


@contextlib.contextmanager
def _ended_process_is_an_error() -> Iterator[None]:
    try:
        yield
    except (EOFError, OSError, pickle.UnpicklingError) as error:
        raise LibraryError(
            "the process that reads the articles has ended, perhaps for want of memory; "
            "add them again, what was stored before is safe"
        ) from error


def serve(pipeline: str, given: BinaryIO, taken: BinaryIO) -> None:
    """Read batches until there are no more; an error is sent back in the place of the readings."""
    parser = Parser(pipeline)
    while True:
        try:
            batch: list[Article] = pickle.load(given)
        except EOFError:
            return
        found: list[Reading] | Exception
        try:
            found = list(read(batch, parser))
        except Exception as error:  # raised again in the process that sent the batch
            found = error
        pickle.dump(found, taken)
        taken.flush()


if __name__ == "__main__":
    output = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    sys.stdout = sys.stderr  # what a library prints must not come between the readings
    serve(sys.argv[1], sys.stdin.buffer, output)
