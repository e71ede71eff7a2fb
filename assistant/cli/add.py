"""Adding with a bar: paths in, a progress bar while it runs, and a summary at the end."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from index.build import Progress, Summary


def add_with_bar(assistant: Assistant, paths: Sequence[str]) -> bool:
    """Add, show how it goes, and say what was done.

    :return: Whether anything failed.
    """
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    from index.articles import count

    console = Console(stderr=True)
    bar = Bar(
        TextColumn("{task.percentage:3.0f}%"),
        BarColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        console=console,
        transient=True,
    )
    with bar:
        task = bar.add_task("", total=count(paths), rate="reading")
        began = time.monotonic()

        def watch(done: Progress) -> None:
            seconds = max(time.monotonic() - began, 0.001)
            rate = f"{done.articles / seconds:.1f} articles, {done.passages / seconds:.0f} passages a second"
            bar.update(task, completed=done.seen, rate=rate)

        summary = assistant.add(paths, watch, lambda sentence: console.print(sentence, markup=False, highlight=False))
    typer.echo(summed(summary))
    return bool(summary.failed)


def summed(summary: Summary) -> str:
    """What was done, in a line, and a line for each input that failed."""
    counts = [
        f"{len(ids)} {what}"
        for what, ids in (
            ("added", summary.added),
            ("unchanged", summary.unchanged),
            ("updated", summary.updated),
            ("failed", summary.failed),
        )
    ]
    return "\n".join([", ".join(counts), *(f"  failed: {failure}" for failure in summary.failed)])
