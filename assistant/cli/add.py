"""Adding with a bar: takes paths, shows a progress bar while it runs, and says at the end what was done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from assistant.cli.progress import progress_bar

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from index.build import Summary


def add_with_bar(assistant: Assistant, paths: Sequence[str], anyway: bool) -> bool:
    """Add, show how it goes, and say what was done.

    :return: Whether anything failed.
    """
    from index.articles import count

    with progress_bar(count(paths, anyway=anyway)) as (watch, notice):
        summary = assistant.add(paths, watch, notice, anyway=anyway)
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
    failed = (f"  failed: {failure}" for failure in summary.failed)
    return "\n".join([", ".join(counts), *failed, *(prose_notice(one) for one in summary.prose_only)])


def prose_notice(article: str) -> str:
    """The line that says that an article has no statements, as it would have taken too long to read."""
    return f"  kept as prose, without statements, as it takes too long to read (see reading_limit): {article}"
