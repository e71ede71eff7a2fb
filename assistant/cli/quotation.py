"""Takes a quotation from the command line; gives its verdict, or ends with status 2 where nothing could be checked."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import typer

from assistant.cli.opening import open_library
from assistant.types import NO_ARTICLES
from index.errors import LibraryError, OnTheRecordError
from index.types import Scope

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.verification.types import Verdict

NOTHING_CHECKED = 2  # exit status, also that of wrong usage


def verdict_for(quotation: str, speaker: str, library: Path | None, settings: Path | None) -> Verdict:
    """Check a quotation in a library.

    :raises typer.Exit: With `NOTHING_CHECKED`, where the library is missing, locked or empty, or the quotation or the
        settings cannot be read; one sentence on standard error says why.
    """
    try:
        with open_library(library, settings) as assistant:
            if not assistant.store.library.has_articles(Scope()):
                raise LibraryError(NO_ARTICLES)
            return assistant.verify(quotation, speaker)
    except OnTheRecordError as error:
        sys.stderr.write(f"ontherecord: {error}\n")
        raise typer.Exit(NOTHING_CHECKED) from None
