"""The source view: one whole article, every statement in its speaker's colour, the passage in question highlighted.

Takes a reading, gives HTML. Clicking a statement tells who said it and how we know; `explain` has the words for that.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping

from assistant.render import visible
from assistant.render.wording import label, said_by, warnings
from assistant.web.cards import badge, place
from assistant.web.markup import Highlight, button, element, escape, link, marked
from index.types import Manner, Reading, Resolution, Span, Statement

COLOURS = 8  # as many as page.css has; a ninth speaker has the first one's
_LINE = re.compile(r"[^\n]*\S[^\n]*")
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def source(reading: Reading, here: Span | None = None, number: int | None = None, visit: int = 0) -> str:
    """The article as HTML.

    :param here: The passage to highlight and scroll to. :param number: The statement to explain, if any.
    :param visit: Counts openings, so that opening the same passage twice scrolls to it twice.
    """
    colours = _colours(reading)
    said = next((one for one in reading.statements if one.number == number), None)
    here = here or (said.extent if said else None)
    marks = [*_here(here), *_statements(reading, colours, number), *_parts(said)]
    text = reading.article.text
    paragraphs = "".join(element("p", marked(text, line, marks), dir="auto") for line in _lines(text))
    body = element("div", paragraphs or element("p", "The article has no text."), class_="otr-text")
    return element(
        "article",
        _head(reading) + _panel(reading, said) + _legend(reading, colours) + body,
        class_="otr-source-article",
        data_visit=visit,
        data_article=reading.article.id,
    )


def explain(reading: Reading, said: Statement) -> str:
    """How we know who speaks, as one plain sentence."""
    text = reading.article.text
    printed = f"“{label(said.source.cut(text)).rstrip(',;: ')}”" if said.source else ""
    name = label(said.speaker.name) if said.speaker else ""
    if said.resolution is Resolution.UNRESOLVED:
        return f"{printed}: the article does not say who this is." if printed else "The article names nobody for this."
    if said.resolution is Resolution.DESCRIPTION:
        return f"{printed or f'“{name}”'}: the article describes who speaks and gives no name."
    if said.resolution is Resolution.SIGNED:
        return f"{name} signed this piece; the sentence itself names nobody who says it."
    where = f", named {_distance(reading, said)}" if said.antecedent else ""
    if not printed:
        return f"Taken as {name}{where}; the sentence itself names nobody."
    if said.antecedent is None and said.resolution is Resolution.NAMED:
        return f"Named in the sentence: {printed}."
    return f"{printed}, taken as {name}{where}."


def _distance(reading: Reading, said: Statement) -> str:
    """How far the antecedent stands from the source, in sentences."""
    if said.antecedent is None:
        return ""
    origin = said.source or said.content[0]
    steps = _sentence(reading, origin) - _sentence(reading, said.antecedent)
    if steps == 0:
        return "in the same sentence"
    count = _NUMBERS[abs(steps)] if abs(steps) < len(_NUMBERS) else str(abs(steps))
    return f"{count} sentence{'s' if abs(steps) > 1 else ''} {'before' if steps > 0 else 'after'}"


def _sentence(reading: Reading, span: Span) -> int:
    """The place of the last sentence that begins before the span's start or at it."""
    return max((at for at, one in enumerate(reading.sentences) if one.start <= span.start), default=0)


def _lines(text: str) -> Iterator[Span]:
    """Each line that holds something to see."""
    return (Span(hit.start(), hit.end()) for hit in _LINE.finditer(text))


def _colours(reading: Reading) -> dict[str, str]:
    """Speaker ids to CSS classes, in order of appearance."""
    named = dict.fromkeys(said.speaker.id for said in reading.statements if said.speaker)
    return {speaker: f"s{at % COLOURS}" for at, speaker in enumerate(named)}


def _colour(said: Statement, colours: Mapping[str, str]) -> str:
    return colours[said.speaker.id] if said.speaker else "s-unnamed"


def _here(here: Span | None) -> list[Highlight]:
    return [Highlight(here, "otr-here", once={"data_here": "true"})] if here else []


def _statements(reading: Reading, colours: Mapping[str, str], number: int | None) -> Iterator[Highlight]:
    """The content of all statements, the longest first, so that one within another is the one that is clicked."""
    spans = ((said, span, first) for said in reading.statements for first, span in _first(said))
    for said, span, first in sorted(spans, key=lambda item: (-len(item[1]), item[0].number)):
        who = said_by(said, reading.article)
        look = f"otr-said {said.manner} {_colour(said, colours)}" + (" chosen" if said.number == number else "")
        do = {"data_do": "who", "data_article": said.article_id, "data_statement": said.number, "title": who}
        reach = {"role": "button", "tabindex": 0, "aria_label": f"{who}: {visible(span.cut(reading.article.text))}"}
        yield Highlight(span, look, do, once=reach if first else {})


def _first(said: Statement) -> Iterator[tuple[bool, Span]]:
    return zip(itertools.chain([True], itertools.repeat(False)), said.content, strict=False)


def _parts(said: Statement | None) -> list[Highlight]:
    """Cue, source and antecedent of the statement that is explained."""
    if said is None:
        return []
    named = ((said.cue, "otr-cue"), (said.source, "otr-source"), (said.antecedent, "otr-antecedent"))
    return [Highlight(span, look) for span, look in named if span]


def _head(reading: Reading) -> str:
    article = reading.article
    title = element(
        "h2", escape(label(article.title) or f"Article {label(article.id)}"), dir="auto", class_="otr-title"
    )
    parts = [escape(place(article)), link(article.url, "original") if article.url else ""]
    where = element("p", " · ".join(part for part in parts if part), class_="otr-printed")
    narrow = button("Ask only this article", "narrow", article=article.id)
    close = button("Close", "shut", look="quiet close", aria_label="Close the article")
    return element("header", close + title + where + element("p", narrow, class_="otr-actions"))


def _panel(reading: Reading, said: Statement | None) -> str:
    if said is None:
        return element("p", "Choose a marked passage to see who said it and how we know.", class_="otr-hint")
    how_said = badge(said)
    who = element("p", element("strong", escape(said_by(said, reading.article))) + how_said, dir="auto")
    how = element("p", escape(explain(reading, said)), class_="otr-how", dir="auto")
    flags = "".join(element("p", warning, class_="otr-flag") for warning in warnings(said))
    back = element("p", button("Back to the quote", "shut", look="link"), class_="otr-back")
    return element("div", who + how + flags + back, class_="otr-panel", role="status")


def _legend(reading: Reading, colours: Mapping[str, str]) -> str:
    if not reading.statements:
        return element("p", "No statements were found in this article.", class_="otr-hint")
    counts: dict[str, int] = {}
    names: dict[str, str] = {}
    for said in reading.statements:
        colour = said.speaker.id if said.speaker else ""
        counts[colour] = counts.get(colour, 0) + 1
        names.setdefault(colour, label(said.speaker.name) if said.speaker else "not named")
    items = []
    for speaker in sorted(counts, key=lambda one: (one == "", -counts[one])):
        swatch = element("span", "", class_=f"otr-swatch {colours.get(speaker, 's-unnamed')}", aria_hidden="true")
        items.append(element("li", f"{swatch}{element('bdi', escape(names[speaker]))} {counts[speaker]}"))
    lines = "".join(
        element("li", f"{element('span', words, class_=f'otr-said sample {manner}')}")
        for manner, words in ((Manner.DIRECT, "direct"), (Manner.INDIRECT, "indirect"), (Manner.MIXED, "partly quoted"))
    )
    summary = element("summary", f"Who speaks here ({len(reading.statements)} statements)")
    shape = element("ul", lines, class_="otr-manners", aria_label="Manner of speech")
    return element("details", summary + element("ul", "".join(items)) + shape, class_="otr-legend", open="open")
