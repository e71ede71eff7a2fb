"""The tree of errors: everything that On the Record raises on purpose.

    OnTheRecordError
      UnreadableArticle     one file, line or URL is not an article that can be read; the others are not touched
      LibraryError          the library as a whole cannot be used
        LibraryBusy           another process owns it
        LibraryMismatch       it was made by another version or with another embedding model
        LibraryDamaged        its files contradict each other or cannot be read
        UnknownArticle        no article has that id
      MissingExtra          an optional package is not installed
      SettingsError         a setting is unknown or has a value that makes no sense
      QuestionError         the question cannot be asked (empty, far too long)
      ModelError            the chat model gave no usable reply
      CutError              a hit does not fit the article's text; nothing is shown

Each message is one sentence for the user: what is wrong with which input, and what to do.
"""

from __future__ import annotations


class OnTheRecordError(Exception):
    """The root of the tree: whoever catches it catches all of it."""


class UnreadableArticle(OnTheRecordError):
    """One input is not an article that can be read; nothing of it was added.

    :param where: The file, line or URL, as a user would name it.
    :param why: What is wrong and what to do, in a clause.
    """

    def __init__(self, where: str, why: str) -> None:
        super().__init__(f"{where}: {why}")
        self.where = where
        self.why = why


class LibraryError(OnTheRecordError):
    """The library as a whole cannot be used; its data is as it was."""


class LibraryBusy(LibraryError):
    """Another process owns the library."""


class LibraryMismatch(LibraryError):
    """The library was made by another version or with another embedding model."""


class LibraryDamaged(LibraryError):
    """The library's files contradict each other or cannot be read."""


class UnknownArticle(LibraryError):
    """No article in the library has that id."""

    def __init__(self, article_id: str) -> None:
        super().__init__(f"no article has the id {article_id!r}; `ontherecord articles` lists them")
        self.article_id = article_id


class MissingExtra(OnTheRecordError):
    """An optional package is not installed; the message names the extra to install."""

    def __init__(self, package: str, extra: str) -> None:
        super().__init__(f"{package} is not installed; run: pip install 'ontherecord[{extra}]'")
        self.package = package
        self.extra = extra


class SettingsError(OnTheRecordError):
    """A setting is unknown or has a value that makes no sense."""


class QuestionError(OnTheRecordError):
    """The question cannot be asked."""


class ModelError(OnTheRecordError):
    """The chat model gave no usable reply; the answer is made without it."""


class CutError(OnTheRecordError):
    """A hit does not fit the article's text; nothing is shown."""


def panicked(error: BaseException) -> bool:
    """Whether code in Rust panicked; what it raises then is no `Exception` and cannot be imported."""
    return type(error).__module__ == "pyo3_runtime"


def one_line(error: BaseException) -> str:
    """The message of another library's error, on one line of at most 200 characters, as part of a sentence."""
    return " ".join(str(error).split())[:200]
