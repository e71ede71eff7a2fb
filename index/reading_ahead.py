"""Beside: batches of articles in, their readings out; while the caller works on one batch, the next is being read.

Understanding an article is work for one processor and holds Python's lock; so from the second batch on it is done in a
process of its own, beside the encoder, which uses all the others. Knows articles and readings. Does not know storage.
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
from index.runtime.processes import ours
from index.types import Article, Reading


def read_ahead(batches: Iterable[list[Article]], parser: Parser) -> Iterator[list[Reading]]:
    """The readings of each batch, in order; of the next batch while the caller has one.

    :raises LibraryError: If the process that reads ends before its work is done.
    """
    stream = iter(batches)
    batch, following = next(stream, None), next(stream, None)
    if batch is None:
        return
    if following is None:  # one batch is not worth the start of a process
        yield list(read(batch, parser))
        return
    with _Reader(parser.pipeline) as reader:
        reader.give(batch)
        while following is not None:
            readings = reader.take()
            reader.give(following)  # after what it gave was taken: neither waits for the other
            yield readings
            following = next(stream, None)
        yield reader.take()


class _Reader:
    """A process that reads batches, one at a time; a context manager, which ends it."""

    def __init__(self, pipeline: str) -> None:
        self._process = subprocess.Popen(
            **ours("index.reading_ahead", pipeline, OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1"),
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
        """Have these read; the batch before must have been taken."""
        assert self._process.stdin is not None
        with _gone():
            pickle.dump(batch, self._process.stdin)
            self._process.stdin.flush()

    def take(self) -> list[Reading]:
        """The readings of the batch that was given last; waits for them."""
        assert self._process.stdout is not None
        with _gone():
            found: list[Reading] | Exception = pickle.load(self._process.stdout)
        if isinstance(found, Exception):
            raise found
        return found


@contextlib.contextmanager
def _gone() -> Iterator[None]:
    try:
        yield
    except (EOFError, OSError, pickle.UnpicklingError) as error:
        raise LibraryError(
            "the process that reads the articles has ended, perhaps for want of memory; "
            "add them again, what was stored before is safe"
        ) from error


def serve(pipeline: str, given: BinaryIO, taken: BinaryIO) -> None:
    """Read batches until there are no more; what goes wrong is given back instead of the readings."""
    parser = Parser(pipeline)
    while True:
        try:
            batch: list[Article] = pickle.load(given)
        except EOFError:
            return
        found: list[Reading] | Exception
        try:
            found = list(read(batch, parser))
        except Exception as error:  # it is raised again where the batch came from
            found = error
        pickle.dump(found, taken)
        taken.flush()


if __name__ == "__main__":
    output = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    sys.stdout = sys.stderr  # what a library prints must not come between the readings
    serve(sys.argv[1], sys.stdin.buffer, output)
