"""Plain text: a .txt file in, one article out; the whole text is kept, and its first line is the title too."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from index.loaders import characters, fields
from index.loaders.files import contents, shown
from index.types import Article

MOST_BYTES = 4 * characters.LONGEST_TEXT + 4  # no encoding read here needs more


def read(path: Path, notice: Callable[[str], None]) -> Iterator[Article]:
    """The article of a .txt file.

    :raises UnreadableArticle: If the file cannot be read.
    :raises NotText: If it does not hold a text.
    """
    text = decoded(path, notice)
    yield fields.article({}, text, fallback_id=file_id(path), source=source(path))


def decoded(path: Path, notice: Callable[[str], None]) -> str:
    """A file's characters with settled line ends; raises as `read` does."""
    data = contents(path, MOST_BYTES)
    return characters.settle(characters.decode(data, lambda words: notice(f"{shown(path)} {words}")))


def file_id(path: Path) -> str:
    """The id of the article in a file that gives it none: the file's name and a digest of where it lies.

    It does not depend on what the file holds, so adding an edited file again updates its article; a file that is moved
    or renamed is another article.
    """
    real = Path(os.path.realpath(path))
    return fields.stable_id(real.stem, str(real))


def source(path: Path) -> str:
    """A file as an article's `source`: its whole path, printable."""
    return shown(path.absolute())
