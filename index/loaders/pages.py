"""Pages: one page's HTML in, what is on it out, within a time and a memory that no page can exceed.

A page of a few hundred kilobytes can keep an HTML library busy for minutes (one element with 100,000 attributes), and
no thread can be stopped. So extraction has a process of its own, which is started at the first page, serves all of
them, and is ended when a page takes too long.
"""

from __future__ import annotations

import json
import subprocess
import threading
from types import TracebackType
from typing import Self

from index.loaders.characters import NotText
from index.runtime.processes import ours

SECONDS = 30.0  # for one page; an ordinary one takes a tenth of one


class Pages:
    """What is on pages; a context manager, which ends the process if one was started."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._end()

    def extract(self, page: str, url: str = "") -> dict[str, str]:
        """The text of a page and its fields, as `index.loaders.extract.extract` gives them.

        :raises NotText: If there is no readable text, or the page cannot be read within the time and memory.
        """
        process = self._process = self._process or _started()
        late = threading.Event()

        def stop() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(self._seconds, stop)
        timer.daemon = True
        timer.start()
        try:
            line = _exchange(process, json.dumps({"page": page, "url": url}))
        finally:
            timer.cancel()
        if not line.endswith("\n"):
            self._end()
            if late.is_set():
                raise NotText(
                    f"the page could not be read in {self._seconds:g} seconds; its HTML is no ordinary page's"
                )
            raise NotText("the page brought its reader down; its HTML is out of the ordinary")
        answer = json.loads(line)
        if "failed" in answer:
            raise NotText(f"the page's HTML cannot be read ({answer['failed']})")
        found: dict[str, str] = answer["found"]
        if not found:
            raise NotText("the page has no readable text")
        return found

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()


def _started() -> subprocess.Popen[str]:
    return subprocess.Popen(
        **ours("index.loaders.extract"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="ascii",
    )


def _exchange(process: subprocess.Popen[str], line: str) -> str:
    """The answer to a line; without a line end if the process ended before it was whole."""
    assert process.stdin is not None and process.stdout is not None
    try:
        process.stdin.write(line + "\n")
        process.stdin.flush()
    except OSError:
        return ""
    return process.stdout.readline()
