"""Lists as HTML tables: a heading row, so many rows, and a way to see more. Takes cells that are HTML already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.web.markup import button, element

ROWS = 50  # at a time, so that a library of 20,000 articles draws as fast as one of 20


def table(
    caption: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[str]],
    numbers: frozenset[int] = frozenset(),
    look: str = "",
) -> str:
    """A table that scrolls sideways where it must.

    :param caption: What it lists, for screen readers. :param numbers: The columns, from 0, that hold figures.
    :param look: A class of its own.
    """
    looks = [{"class_": "number"} if at in numbers else {} for at in range(len(heads))]
    top = "".join(element("th", head, scope="col", **look) for head, look in zip(heads, looks, strict=True))
    body = "".join(
        element("tr", "".join(element("td", cell, **look) for cell, look in zip(row, looks, strict=True)))
        for row in rows
    )
    inner = element("caption", caption) + element("thead", element("tr", top)) + element("tbody", body)
    return element(
        "div",
        element("table", inner),
        class_=f"otr-table {look}".strip(),
        tabindex=0,
        role="region",
        aria_label=caption,
    )


def more(total: int, shown: int, what: str, event: str, **data: object) -> str:
    """How many are shown of how many, and the button for the next ones.

    :param what: "articles", say. :param event: The name of the event that asks for more; `data` travels with it.
    """
    if total <= shown:
        return ""
    words = element("span", f"{shown:,} of {total:,} {what}")
    return element("p", words + button("Show more", event, look="main", rows=shown + ROWS, **data), class_="otr-more")
