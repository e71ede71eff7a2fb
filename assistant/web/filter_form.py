"""The filters in force, as chips. Takes `Filters`, gives HTML in which each filter has a way to drop it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from assistant.query.filters import BY_NAME, LIST_FILTERS, Filters
from assistant.render.wording import day, label
from assistant.web.markup import element, escape


def chips(filters: Filters, titles: Mapping[str, str]) -> str:
    """What is chosen, each with a way to drop it. `titles` gives the articles' titles by id."""
    shown = []
    for name, one in BY_NAME.items():
        value = getattr(filters, name)
        if name in LIST_FILTERS:
            shown += [_chip(name, one.metadata["label"], label(titles.get(each) or each), each) for each in value]
        elif value:
            words = day(value) if isinstance(value, dt.date) else label(value)
            shown.append(_chip(name, one.metadata["label"], words, ""))
    return element("ul", "".join(shown), class_="otr-chips", aria_label="Filters in force") if shown else ""


def _chip(field: str, name: str, value: str, article: str) -> str:
    words = f"{element('span', name)} {element('bdi', escape(value))}"
    cross = element("span", "×", aria_hidden="true")
    spoken = f"Drop the filter {name}: {value}"
    data = {"data_do": "drop", "data_field": field, "data_value": article}
    return element("li", element("button", words + cross, type="button", class_="otr-chip", aria_label=spoken, **data))
