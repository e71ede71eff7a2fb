"""What the chat is narrowed to, as the page holds it. Takes the form's values, gives arguments for `ask`, and chips."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from assistant.render.wording import day, label
from assistant.web.markup import element, escape
from index.errors import QuestionError

FIELDS = ("said_by", "publisher", "published_after", "published_before", "articles")


@dataclass(frozen=True, slots=True)
class Filters:
    """What a user has chosen; an empty field does not restrict."""

    said_by: str = ""
    publisher: str = ""
    published_after: dt.date | None = None
    published_before: dt.date | None = None
    articles: tuple[str, ...] = ()

    @classmethod
    def read(
        cls,
        said_by: str | None,
        publisher: str | None,
        after: str | None,
        before: str | None,
        articles: Sequence[str] | None,
    ) -> Filters:
        """Read the form.

        :raises QuestionError: If a date is none, or the first is after the last.
        """
        first, last = date(after), date(before)
        if first and last and first > last:
            raise QuestionError(f"no day is after {day(first)} and before {day(last)}; change one of the dates")
        return cls((said_by or "").strip(), (publisher or "").strip(), first, last, tuple(articles or ()))

    def arguments(self) -> dict[str, Any]:
        """As `ask` takes them."""
        return {name: getattr(self, name) for name in FIELDS}

    def chips(self, titles: dict[str, str]) -> str:
        """What is chosen, each with a way to drop it. `titles` gives the articles' titles by id."""
        shown: list[tuple[str, str, str]] = []
        if self.said_by:
            shown.append(("said_by", "Speaker", label(self.said_by)))
        if self.publisher:
            shown.append(("publisher", "Publisher", label(self.publisher)))
        if self.published_after:
            shown.append(("published_after", "From", day(self.published_after)))
        if self.published_before:
            shown.append(("published_before", "Until", day(self.published_before)))
        shown += [("articles", "Article", label(titles.get(one) or one)) for one in self.articles]
        ids = iter(self.articles)
        chips = [_chip(field, name, value, next(ids) if field == "articles" else "") for field, name, value in shown]
        return element("ul", "".join(chips), class_="otr-chips", aria_label="Filters in force") if chips else ""


def date(text: str | None) -> dt.date | None:
    """A day as the form gives it, 2024-05-03; None for nothing.

    :raises QuestionError: If it is something else.
    """
    if not text or not text.strip():
        return None
    try:
        return dt.date.fromisoformat(text.strip()[:10])
    except ValueError as error:
        raise QuestionError(f"{text!r} is not a day; write it as 2024-05-03") from error


def _chip(field: str, name: str, value: str, article: str) -> str:
    words = f"{element('span', name)} {element('bdi', escape(value))}"
    cross = element("span", "×", aria_hidden="true")
    spoken = f"Drop the filter {name}: {value}"
    data = {"data_do": "drop", "data_field": field, "data_value": article}
    return element("li", element("button", words + cross, type="button", class_="otr-chip", aria_label=spoken, **data))
