"""Updating: reads again what older rules have read, and tells the user of a library that there is such."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from assistant.cli.add import prose_notice
from assistant.cli.progress import progress_bar
from index.reading import RULES

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from index.storage.library import Library


def update_with_bar(assistant: Assistant) -> str:
    """Update, show how it goes, and say in a line what was done."""
    outdated = assistant.store.library.outdated(RULES)
    if not outdated:
        return "nothing to do: this version's rules have read all articles"
    with progress_bar(len(outdated)) as (watch, _):
        summary = assistant.update(watch)
    done = f"{len(outdated)} read again: {len(summary.updated)} updated, {len(summary.unchanged)} unchanged"
    return "\n".join([done, *map(prose_notice, summary.prose_only)])


def advice(library: Library) -> str:
    """One sentence where older rules have read some of the articles; empty where none."""
    outdated, total = len(library.outdated(RULES)), library.counts().articles
    if not outdated:
        return ""
    return (
        f"articles read by the rules of an older version: {outdated} of {total}; "
        "read them again with: ontherecord update"
    )


def advise_once(library: Library, say: Callable[[str], None]) -> None:
    """Say it, unless it was said for these rules before; `ontherecord check` says it every time."""
    if library.advised < RULES and (sentence := advice(library)):
        library.advised = RULES
        say(sentence)
