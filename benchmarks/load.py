"""Fifty users at once, each asking one question after the other of a served library, for five minutes, on loopback.

    python benchmarks/load.py LIBRARY --users 50 --minutes 5

The server is `ontherecord serve`, in a process of its own; users call the page's `ask` endpoint over HTTP, as any
program would. No two ask the same: a reply that tells of another question than was asked is somebody else's. The
server's memory is read every second. Make a large library with grown.py. Writes benchmarks/out/load.md, .json, .svg.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import psutil
from grown import questions
from measured import OUT, machine, percentile, resident

from index.storage.store import Store

PATIENCE_S = 300


@dataclass
class Seen:
    """What happened: seconds of each reply, errors by kind, and the server's memory over time."""

    waits: list[float] = field(default_factory=list)
    wrong: Counter[str] = field(default_factory=Counter)
    answered: int = 0
    memory: list[tuple[float, float]] = field(default_factory=list)


@contextlib.contextmanager
def server(library: Path) -> Iterator[tuple[str, psutil.Process]]:
    """A served library: its address, and the process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = Path(sys.executable).with_name("ontherecord")
    with subprocess.Popen([program, "serve", "--library", library, "--port", str(port)]) as process:
        try:
            url = f"http://127.0.0.1:{port}"
            _wait_for(url, process)
            yield url, psutil.Process(process.pid)
        finally:
            process.terminate()


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(PATIENCE_S):
        with contextlib.suppress(httpx.HTTPError):
            if httpx.get(f"{url}/gradio_api/info", timeout=10).is_success:
                return
        if process.poll() is not None:
            break
        time.sleep(1)
    raise RuntimeError("the server did not start")


async def ask(client: httpx.AsyncClient, question: str) -> dict[str, Any]:
    """One question over the page's endpoint.

    :raises RuntimeError: If the server says that it failed.
    """
    begun = await client.post("/gradio_api/call/ask", json={"data": [question, "", "", "", "", "", []]})
    begun.raise_for_status()
    event = ""
    async with client.stream("GET", f"/gradio_api/call/ask/{begun.json()['event_id']}") as replies:
        replies.raise_for_status()
        async for line in replies.aiter_lines():
            kind, _, value = line.partition(": ")
            if kind == "event":
                event = value
            elif kind == "data" and event == "complete":
                answer: dict[str, Any] = json.loads(value)[0]
                return answer
            elif kind == "data" and event == "error":
                raise RuntimeError(f"the server failed: {value}")
    raise RuntimeError("the reply ended early")


async def user(url: str, mine: list[str], until: float, seen: Seen) -> None:
    """Ask until the time is over, each question when the last one is answered."""
    async with httpx.AsyncClient(base_url=url, timeout=PATIENCE_S) as client:
        turn = 0
        while time.monotonic() < until:
            question, start = mine[turn % len(mine)], time.monotonic()
            turn += 1
            try:
                answer = await ask(client, question)
            except (httpx.HTTPError, RuntimeError) as error:
                seen.wrong[f"{type(error).__name__}: {error}"] += 1
                continue
            seen.waits.append(time.monotonic() - start)
            seen.answered += answer["answered"]
            seen.wrong["another's answer"] += answer["question"] != question


async def watch(process: psutil.Process, start: float, until: float, seen: Seen) -> None:
    """Read the server's memory every second."""
    while time.monotonic() < until:
        seen.memory.append((time.monotonic() - start, resident(process)))
        await asyncio.sleep(1)


async def crowd(url: str, process: psutil.Process, asked: list[list[str]], minutes: float) -> Seen:
    """All users at once."""
    seen, start = Seen(), time.monotonic()
    until = start + 60 * minutes
    await asyncio.gather(watch(process, start, until, seen), *(user(url, mine, until, seen) for mine in asked))
    return seen


def report(seen: Seen, users: int, minutes: float, passages: int) -> dict[str, Any]:
    """The figures; memory is the mean of each tenth of the time."""
    tenths = np.array_split([value for _, value in seen.memory], 10)
    return {
        "passages": passages,
        "users": users,
        "minutes": minutes,
        "questions": len(seen.waits),
        "a second": len(seen.waits) / (60 * minutes),
        "p50, s": percentile(seen.waits, 0.5),
        "p95, s": percentile(seen.waits, 0.95),
        "longest, s": max(seen.waits),
        "answered with quotes": seen.answered,
        "errors and others' answers": seen.wrong.total(),
        "memory in each tenth of the time, MB": ", ".join(f"{tenth.mean():,.0f}" for tenth in tenths),
    }


def _printed(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:,.2f}" if isinstance(value, float) else f"{value:,}"


def plot(seen: Seen, about: str, file: Path) -> None:
    """The server's memory over time."""
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(7, 3), layout="constrained")
    axes.plot([at for at, _ in seen.memory], [value for _, value in seen.memory])
    axes.set(xlabel="seconds", ylabel="MB", ylim=(0, None))
    axes.set_title(f"memory of the server; {about}", fontsize=8)
    figure.savefig(file)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("library", type=Path)
    options.add_argument("--users", type=int, default=50)
    options.add_argument("--minutes", type=float, default=5)
    options.add_argument("--each", type=int, default=200, help="questions of each user, and then again from the first")
    given = options.parse_args()
    with Store.open(given.library) as store:
        passages = store.library.counts().passages
        every = list(dict.fromkeys(questions(store, given.users * given.each)))
    asked = [every[first :: given.users] for first in range(given.users)]
    with server(given.library) as (url, process):
        asyncio.run(crowd(url, process, [["What was said about the election?"]], 0.1))
        seen = asyncio.run(crowd(url, process, asked, given.minutes))
    figures = report(seen, given.users, given.minutes, passages)
    about = machine()
    lines = [f"| {name} | {_printed(value)} |" for name, value in figures.items()]
    text = "\n".join([about, "", "| figure | value |", "|---|---|", *lines]) + "\n"
    OUT.mkdir(exist_ok=True)
    (OUT / "load.json").write_text(json.dumps({"about": about, **figures, "wrong": seen.wrong}, indent=2))
    (OUT / "load.md").write_text(text, encoding="utf-8")
    plot(seen, about, OUT / "load.svg")
    print(text, *(f"{count} x {what}" for what, count in seen.wrong.items() if count), sep="\n")


if __name__ == "__main__":
    main()
