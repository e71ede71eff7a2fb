"""Reading ahead: takes batches of articles, gives their readings; the next batch is read while the caller works.

To read an article is work for one processor, and it holds Python's lock. So where there is more than one batch, or a
long one, a process of its own reads it while the caller encodes. No article holds up the others: where one takes longer
than a limit, even within one call of a library, that process ends itself; the article is kept as prose, and a new
process goes on. Knows articles and readings. Does not know storage.
"""

from __future__ import annotations

import contextlib
import faulthandler
import os
import pickle
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from types import TracebackType
from typing import BinaryIO, Self

from index.errors import LibraryError
from index.language.parser import Parser
from index.reading import as_prose, fits, read
from index.runtime.processes import own_process
from index.types import Article, Reading

LIMIT = 30  # seconds for one article
_SHORT = 100_000  # characters; a batch of no more is read in seconds, whatever stands in it
_OVER_LIMIT = 1  # the exit status of a process that `faulthandler` ends


class _OverLimit(Exception):
    """The process that reads has ended itself, as an article took too long."""


def read_ahead(batches: Iterable[list[Article]], parser: Parser, limit: int = LIMIT) -> Iterator[list[Reading]]:
    """The readings of each batch, in order; the next batch is read while the caller has one.

    :param limit: The most seconds that the reading of one article may take; one that takes longer is kept as prose
        (`Reading.prose_only`).
    :raises LibraryError: If the process that reads ends before its work is done.
    """
    stream = iter(batches)
    batch, following = next(stream, None), next(stream, None)
    if batch is None:
        return
    if following is None and sum(len(one.text) for one in batch) <= _SHORT:  # not worth the start of a process
        yield list(read(batch, parser))
        return
    with _ReadingProcess(parser.pipeline, limit) as reader:
        reader.give(batch)
        while following is not None:
            readings = reader.take()
            reader.give(following)  # after what it gave was taken: neither waits for the other
            yield readings
            following = next(stream, None)
        yield reader.take()


class _ReadingProcess:
    """A process that reads one batch at a time; it ends with the `with` block."""

    def __init__(self, pipeline: str, limit: int) -> None:
        self._pipeline = pipeline
        self._limit = limit
        self._given: list[Article] = []
        self._process = self._started()

    def _started(self) -> subprocess.Popen[bytes]:
        module = "index.reading_ahead"
        return subprocess.Popen(
            **own_process(module, self._pipeline, str(self._limit), OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1"),
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
        self._given = batch
        with _ended_process_is_an_error():
            pickle.dump(batch, self._process.stdin)
            self._process.stdin.flush()

    def take(self) -> list[Reading]:
        """The readings of the batch that was given last; waits for them.

        Where an article of the batch took too long, each is read by itself, which shows the one that did.
        """
        batch = self._given
        try:
            return self._received()
        except _OverLimit:
            self._process.communicate()
            self._process = self._started()
        return [as_prose(batch[0])] if len(batch) == 1 else [self._alone(article) for article in batch]

    def _alone(self, article: Article) -> Reading:
        self.give([article])
        return self.take()[0]

    def _received(self) -> list[Reading]:
        """What the process sends.

        :raises _OverLimit: If it has ended itself.
        """
        assert self._process.stdout is not None
        with _ended_process_is_an_error():
            try:
                found: list[Reading] | Exception = pickle.load(self._process.stdout)
            except EOFError:
                if self._process.wait() == _OVER_LIMIT:
                    raise _OverLimit from None
                raise
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


def serve(pipeline: str, limit: int, given: BinaryIO, taken: BinaryIO) -> None:
    """Read batches until there are no more; an error is sent back in the place of the readings."""
    parser = Parser(pipeline)
    while True:
        try:
            batch: list[Article] = pickle.load(given)
        except EOFError:
            return
        found: list[Reading] | Exception
        try:
            found = list(_each_within(limit, batch, parser))
        except Exception as error:  # raised again in the process that sent the batch
            found = error
        pickle.dump(found, taken)
        taken.flush()


def _each_within(limit: int, batch: Sequence[Article], parser: Parser) -> Iterator[Reading]:
    """The readings of a batch; this process ends where one takes longer than the limit (seconds).

    A thread that needs no lock of Python's watches the time, so that it ends within a call of a library, too.
    """
    fitting = [fits(one, limit) for one in batch]
    if any(fitting):
        parser.load()
    readings = read((one for one, may in zip(batch, fitting, strict=True) if may), parser)
    for article, may in zip(batch, fitting, strict=True):
        if not may:
            yield as_prose(article)
            continue
        faulthandler.dump_traceback_later(limit, exit=True)
        try:
            reading = next(readings)
        finally:
            faulthandler.cancel_dump_traceback_later()
        yield reading


if __name__ == "__main__":
    output = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    sys.stdout = sys.stderr  # what a library prints must not come between the readings
    serve(sys.argv[1], int(sys.argv[2]), sys.stdin.buffer, output)
