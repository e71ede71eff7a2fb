"""Checking a library, and making its words and vectors anew."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from assistant.settings import Settings
from index.storage.store import Store


def check_library(folder: Path, settings: Settings, repair: bool, say: Callable[[str], None]) -> bool:
    """Report whatever does not fit, and mend what can be mended if that is asked for.

    :return: Whether all fits in the end.
    """
    where = {"embedding_model": settings.embedding_model, "vectors_url": settings.vectors_url}
    with Store.open(folder, pipeline=settings.pipeline, mending=True, anew=repair, **where) as store:
        wrong = store.check()
        for sentence in wrong:
            say(sentence)
        if repair:
            say("making words and vectors anew")
            store.repair()
            wrong = store.check()
            for sentence in wrong:
                say(sentence)
        counts = store.library.counts()
    if not wrong:
        say(f"all fits: {counts.articles} articles, {counts.passages} passages, {counts.statements} statements")
    return not wrong
