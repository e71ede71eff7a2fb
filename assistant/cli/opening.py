"""Opening: takes the folder that a user gives, opens the library in it for a verb of the command line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from index.errors import LibraryError

if TYPE_CHECKING:
    from assistant.assistant import Assistant


@contextmanager
def open_library(
    library: Path | None, settings: Path | None = None, *, new: bool = False, advise: bool = True, **overrides: object
) -> Iterator[Assistant]:
    """Open the library that a verb works on.

    :param new: Whether one is made where there is none; else that is an error, as a mistyped path would find nothing.
    :param advise: Whether the user is told, once, that older rules have read some of its articles.
    """
    from assistant.assistant import Assistant
    from assistant.cli.update import advise_once
    from assistant.settings import load

    if not new:
        there(library)
    with Assistant.open(library, load(settings, **overrides)) as assistant:
        if advise:
            advise_once(assistant.store.library, partial(typer.echo, err=True))
        yield assistant


def there(library: Path | None) -> Path:
    """The folder of a library that exists.

    :raises LibraryError: If there is none.
    """
    from assistant.settings import default_library
    from index.storage.database import FILE

    folder = library or default_library()
    if not (folder / FILE).exists():
        where = f" --library {folder}" if library else ""
        raise LibraryError(f"there is no library in {folder}; make one with: ontherecord add PATH{where}")
    return folder
