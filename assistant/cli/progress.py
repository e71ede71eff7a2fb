"""A progress bar on standard error: takes how many inputs there are, gives what a build reports its progress to."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.build import Progress, Watch


@contextmanager
def progress_bar(total: int) -> Iterator[tuple[Watch, Callable[[str], None]]]:
    """Show a bar for as long as the block runs.

    :param total: About how many inputs there are.
    :return: What is told the progress, and what prints a sentence above the bar.
    """
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

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
        task = bar.add_task("", total=total, rate="reading")
        began = time.monotonic()

        def watch(done: Progress) -> None:
            seconds = max(time.monotonic() - began, 0.001)
            rate = f"{done.articles / seconds:.1f} articles, {done.passages / seconds:.0f} passages a second"
            bar.update(task, completed=done.seen, rate=rate)

        yield watch, lambda sentence: console.print(sentence, markup=False, highlight=False)
