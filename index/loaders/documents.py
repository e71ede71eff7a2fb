"""A document: takes a file, or what a server sent; gives its bytes to a loader, and what its article is known by.

Knows paths and where bytes come from. Does not know formats.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

from index.errors import UnreadableArticle
from index.loaders import characters, fields
from index.loaders.files import open_file, printable
from index.loaders.pages import PageExtractor

Notice = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Document:
    """What a loader reads.

    `name` is the file or URL as a user would name it, in one printable line; `source` is what the article keeps of it.
    `fallback_id` is the id of an article that gives none itself. `notice` is told in a sentence what was read otherwise
    than it was given; `pages` extracts the text of HTML. `charset` is what a server calls the encoding, and `url` where
    the document was found on the web; both are empty for a file.
    """

    name: str
    source: str
    fallback_id: str
    open: Callable[[], AbstractContextManager[BinaryIO]]
    notice: Notice
    pages: PageExtractor
    charset: str = ""
    url: str = ""

    def remark(self, words: str) -> None:
        """Tell something about the document as a whole: the words follow its name."""
        self.notice(f"{self.name} {words}")

    def contents(self, most: int) -> bytes:
        """All its bytes.

        :raises UnreadableArticle: If they cannot be read, or are more than `most`.
        """
        with self.open() as file:
            data = file.read(most + 1)
        if len(data) > most:
            raise UnreadableArticle(self.name, f"it has more than {most:,} bytes, too long for one article; split it")
        return data

    def text(self) -> str:
        """Its characters, with every line end as a line feed.

        :raises UnreadableArticle: If they cannot be read, or are too many for one article.
        :raises NotText: If the bytes are no text.
        """
        data = self.contents(MOST_TEXT_BYTES)
        return characters.settle(characters.decode(data, self.remark, self.charset))


MOST_TEXT_BYTES = 4 * characters.LONGEST_TEXT + 4  # of a text; no encoding read here needs more


def of_file(path: Path, notice: Notice, pages: PageExtractor) -> Document:
    """A file as a document; it is opened only when it is read."""
    return Document(printable(path), printable(path.absolute()), file_id(path), partial(open_file, path), notice, pages)


def of_response(
    data: bytes, *, url: str, found_at: str, fallback_id: str, charset: str, notice: Notice, pages: PageExtractor
) -> Document:
    """What a server sent as a document; `url` is what was asked for, `found_at` where redirects led."""
    return Document(printable(url), url, fallback_id, partial(io.BytesIO, data), notice, pages, charset, found_at)


def file_id(path: Path) -> str:
    """The id of the article in a file that gives it none: the file's name and a digest of where it lies.

    It does not depend on what the file holds, so adding an edited file again updates its article; a file that is moved
    or renamed is another article.
    """
    real = Path(os.path.realpath(path))
    return fields.stable_id(real.stem, str(real))
