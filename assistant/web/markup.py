"""Article text to HTML that shows it and nothing else. Takes strings and spans, gives HTML; knows no page.

Everything that comes from articles, users or file names passes through `shown` (or through `assistant.render`, which
makes unseen characters visible too, and then `escape`): it becomes text and can be no markup, script or template.
"""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from assistant.render import visible
from assistant.render.wording import visible_characters
from index.types import Span

_WEB_ADDRESS = re.compile(r"https?://[^\s\"'<>\\]+", re.IGNORECASE | re.ASCII)


def escape(text: object) -> str:
    """Text as HTML, safe in an element and in a quoted attribute; its characters stay as they are."""
    return html.escape(str(text))


def shown(text: object) -> str:
    """Raw text as HTML, with the characters that nobody sees made visible."""
    return html.escape(visible(str(text)))


def attributes(values: Mapping[str, object]) -> str:
    """Attributes with a blank before each; None and "" are left out, underscores in a name become hyphens."""
    kept = ((name.strip("_").replace("_", "-"), value) for name, value in values.items() if value not in (None, ""))
    return "".join(f' {name}="{escape(value)}"' for name, value in kept)


def element(tag: str, content: str = "", **values: object) -> str:
    """One element. `content` is HTML already; attribute values are escaped here (`class_` for class)."""
    return f"<{tag}{attributes(values)}>{content}</{tag}>"


def button(label: str, do: str, *, look: str = "quiet", **data: object) -> str:
    """A button that makes the page do something (see page.js).

    :param label: Text with nothing unseen in it.
    :param do: The name of the event; `data` travels with it.
    """
    given = {f"data_{name}": value for name, value in data.items() if not name.startswith("aria_")}
    spoken = {name: value for name, value in data.items() if name.startswith("aria_")}
    return element("button", escape(label), type="button", class_=f"otr-button {look}", data_do=do, **given, **spoken)


def link(url: str, label: str) -> str:
    """A link that opens elsewhere, if the address is one of the web; plain text for any other."""
    if not _WEB_ADDRESS.fullmatch(url):
        return shown(url)
    return element("a", shown(label), href=url, target="_blank", rel="noopener noreferrer nofollow")


def plural(number: int, what: str) -> str:
    """A count in words: "1 article", "1,204 articles"."""
    return f"{number:,} {what}{'s' if number != 1 else ''}"


@dataclass(frozen=True, slots=True)
class Highlight:
    """A span of text to be marked: with classes always, with attributes on its first stretch only where `once`."""

    span: Span
    classes: str
    attributes: Mapping[str, object] = field(default_factory=dict)
    once: Mapping[str, object] = field(default_factory=dict)


def marked(text: str, span: Span, marks: Iterable[Highlight]) -> str:
    """Cut `span` out of an article's text with the marks in it; they may overlap, the later one's attributes win.

    :return: HTML whose text is the cut, character for character but for what `visible` makes visible.
    """
    inside = [mark for mark in marks if mark.span.overlaps(span)]
    edges = {span.start, span.end}
    edges.update(edge for mark in inside for edge in (mark.span.start, mark.span.end) if edge in span)
    borders = sorted(edges)
    characters = visible_characters(span.cut(text))
    parts = []
    for start, end in itertools.pairwise(borders):
        here = [mark for mark in inside if mark.span.start <= start < mark.span.end]
        words = escape("".join(characters[start - span.start : end - span.start]))
        if not here:
            parts.append(words)
            continue
        values: dict[str, object] = {"class_": " ".join(mark.classes for mark in here)}
        for mark in here:
            values |= mark.attributes
            if start == max(mark.span.start, span.start) and mark.span.start >= span.start:
                values |= mark.once
        parts.append(element("span", words, **values))
    return "".join(parts)
