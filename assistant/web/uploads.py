"""What a user of the page adds: uploaded files, an address, pasted text; out come articles under names of their own.

A file that is uploaded again under its name updates its article, wherever the server kept the upload. Knows loaders and
articles. Does not know the page or the library.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from index.articles import read_paths
from index.errors import UnreadableArticle
from index.loaders import characters, fields
from index.loaders.text import file_id
from index.types import Article

ADDRESSES = ("http://", "https://")


@dataclass
class UploadReader:
    """Inputs, read one after the other, and notes of them: ids of articles by the name a user knows the input by."""

    articles: dict[str, list[str]] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)

    def files(self, paths: Iterable[str]) -> Iterator[Article | UnreadableArticle]:
        """The articles of uploaded files."""
        for path in map(Path, paths):
            name = path.name
            for one in read_paths([path], notice=partial(self._notice, path)):
                yield self._noted(name, _as_uploaded(one, path))

    def address(self, url: str) -> Iterator[Article | UnreadableArticle]:
        """The article at a web address; a path on the server is none."""
        url = url.strip()
        if not url.lower().startswith(ADDRESSES):
            yield self._noted(url, UnreadableArticle(url, "it is not a web address; one begins with https://"))
            return
        for one in read_paths([url], notice=self.notices.append):
            yield self._noted(url, one)

    def pasted(self, text: str, given: dict[str, str]) -> Iterator[Article | UnreadableArticle]:
        """Text that was pasted, with what the user says of it (fields as in JSON lines)."""
        name = given.get("title", "").strip() or "The pasted text"
        try:
            settled = characters.settle(text)
            key = fields.stable_id(
                given.get("title", "").strip() or characters.first_line(settled), f"pasted {settled}"
            )
            article = fields.article(given, settled, fallback_id=key, source="pasted")
        except characters.NotText as error:
            yield self._noted(name, UnreadableArticle(name, str(error)))
        else:
            yield self._noted(name, article)

    def _notice(self, path: Path, words: str) -> None:
        self.notices.append(_renamed(words, path))

    def _noted(self, name: str, one: Article | UnreadableArticle) -> Article | UnreadableArticle:
        self.articles.setdefault(name, [])
        if isinstance(one, Article):
            self.articles[name].append(one.id)
        return one


def _as_uploaded(one: Article | UnreadableArticle, path: Path) -> Article | UnreadableArticle:
    """The same under the file's own name: where the server put the file is nobody's business."""
    if isinstance(one, UnreadableArticle):
        return UnreadableArticle(_renamed(one.where, path), one.why)
    kept = one.id if one.id != file_id(path) else fields.stable_id(path.stem, f"uploaded {path.name}")
    return replace(one, id=kept, source=path.name)


def _renamed(words: str, path: Path) -> str:
    return words.replace(str(path.absolute()), path.name).replace(str(path), path.name)
