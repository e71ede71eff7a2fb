"""Checking a library, and making its words and vectors anew."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from assistant.cli.update import advice
from assistant.settings import Settings
from index.storage.store import Store


def check_library(folder: Path, settings: Settings, repair: bool, say: Callable[[str], None]) -> bool:
    """Report whatever does not fit, and mend what can be mended if that is asked for.

    :return: Whether all fits in the end.
    """
    with Store.open(
        folder,
        embedding_model=settings.embedding_model,
        pipeline=settings.pipeline,
        vectors_url=settings.vectors_url,
        mending=True,
        anew=repair,
    ) as store:
        wrong = store.check()
        for sentence in wrong:
            say(sentence)
        if repair:
            say("making words and vectors anew")
            store.repair()
            wrong = store.check()
            for sentence in wrong:
                say(sentence)
        counts, outdated = store.library.counts(), advice(store.library)
    if not wrong:
        say(f"all fits: {counts.articles} articles, {counts.passages} passages, {counts.statements} statements")
    if outdated:
        say(outdated)
    return not wrong
