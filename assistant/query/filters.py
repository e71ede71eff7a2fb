"""Filters: what a user has said, besides the question, about where to look.

The fields of `Filters` are the one registry of filters. Python, the command line, the page's form, the endpoints and
the retriever read from it which filters there are, how each is written and how it is shown. `resolution` turns each
filter into a scope. This module does not know the library.
"""

from __future__ import annotations

import datetime as dt
import inspect
from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields
from typing import Any

from assistant.query import given
from index.errors import QuestionError

AS_A_DAY = "a day, written as 2024-05-03"


def _entry(label: str, what: str, flag: str) -> dict[str, str]:
    """A filter's entry: its name for readers, a sentence on what it does, and its option on the command line."""
    return {"label": label, "what": what, "flag": flag}


@dataclass(frozen=True, slots=True)
class Filters:
    """What a user has chosen; an empty field does not restrict. A new field goes to the end: callers go by position."""

    said_by: str = field(
        default="", metadata=_entry("Speaker", "Only what this speaker said: a name, or a role.", "--said-by")
    )
    about: str = field(
        default="", metadata=_entry("About", "Only passages that hold these words, or stand under them.", "--about")
    )
    published_after: dt.date | None = field(
        default=None, metadata=_entry("From", f"Only articles published since {AS_A_DAY}.", "--after")
    )
    published_before: dt.date | None = field(
        default=None, metadata=_entry("Until", f"Only articles published until {AS_A_DAY}.", "--before")
    )
    publisher: str = field(default="", metadata=_entry("Publisher", "Only articles of this publisher.", "--publisher"))
    articles: tuple[str, ...] = field(
        default=(), metadata=_entry("Article", "Only the articles with these ids.", "--article")
    )
    author: str = field(
        default="", metadata=_entry("Author", "Only articles by this author: a name, or a part of it.", "--author")
    )

    @classmethod
    def read(cls, given: Mapping[str, object]) -> Filters:
        """Filters as a form, a flag or JSON gives them, by name: text, days as text or as days, ids in a list.

        :raises TypeError: If a name is no filter's.
        :raises QuestionError: If a day is none, or a text or an id is no text.
        """
        if unknown := sorted(given.keys() - NAMES):
            raise TypeError(f"there is no filter {', '.join(unknown)}; there are {', '.join(NAMES)}")
        values: dict[str, Any] = {name: _read(one, given[name]) for name, one in BY_NAME.items() if name in given}
        return cls(**values)

    def check_days(self) -> None:
        """Check that there is a day between the two.

        :raises QuestionError: If the first day is after the last.
        """
        first, last = self.published_after, self.published_before
        if first and last and first > last:
            raise QuestionError(f"no day is after {first} and before {last}; change one of the dates")

    def given(self) -> dict[str, Any]:
        """All fields by name, as `Assistant.ask` takes them."""
        return {name: getattr(self, name) for name in NAMES}


BY_NAME: dict[str, Field[Any]] = {one.name: one for one in fields(Filters)}
NAMES = tuple(BY_NAME)
DAY_FILTERS = frozenset(name for name, one in BY_NAME.items() if one.default is None)
LIST_FILTERS = frozenset(name for name, one in BY_NAME.items() if one.default == ())


def _read(one: Field[Any], value: Any) -> object:  # noqa: ANN401 - whatever a caller gives
    if one.name in LIST_FILTERS:
        return given.ids(value or ())
    if one.name in DAY_FILTERS:
        return given.day(value, one.name)
    return given.words("" if value is None else value, one.name).strip()


def with_filters(function: Callable[..., Any], annotation: Callable[[Field[Any]], Any]) -> None:
    """Show a parameter for each filter in a function's signature, in the place of its `*values` and `**filters`.

    :param annotation: The type of a filter's parameter; a day is given as text.
    """
    signature = inspect.signature(function, eval_str=True)
    kept = [one for one in signature.parameters.values() if one.kind not in {one.VAR_KEYWORD, one.VAR_POSITIONAL}]
    at = 1 + next(place for place, one in enumerate(kept) if one.name == "question")
    new = [
        inspect.Parameter(
            name,
            inspect.Parameter.POSITIONAL_OR_KEYWORD,
            default=[] if name in LIST_FILTERS else "",
            annotation=annotation(one),
        )
        for name, one in BY_NAME.items()
    ]
    function.__signature__ = signature.replace(parameters=[*kept[:at], *new, *kept[at:]])  # type: ignore[attr-defined]
    hints = {one.name: one.annotation for one in (*kept, *new)}
    function.__annotations__ = {**hints, "return": signature.return_annotation}
