"""The tab of those who speak: everybody quoted, when they speak, and one speaker's statements by date."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import gradio as gr

from assistant.render.wording import day, label
from assistant.types import Quote
from assistant.web.cards import badge, passage
from assistant.web.catalogue import said, speakers
from assistant.web.html_tables import ROWS, more, table
from assistant.web.markup import button, element, escape, plural, shown
from assistant.web.masthead import on
from assistant.web.timeline_plot import Point, plot
from index.types import Article, Statement

if TYPE_CHECKING:
    from assistant import Assistant
    from index.storage.library import Library
    from index.types import KnownSpeaker

PLOTTED = 12  # speakers
LOOKED_AT = 36  # speakers, the most quoted first, for as many whose articles have dates


def speakers_tab(assistant: Assistant, desk: gr.HTML, tab: gr.Tab) -> None:
    """Build the tab."""
    library = assistant.store.library
    search = gr.Textbox(
        label="Find a speaker", placeholder="A name or a role", elem_id="otr-find-speaker", max_length=200
    )
    view = gr.HTML("", elem_id="otr-speakers", apply_default_css=False)

    def listed(words: str) -> str:
        return everybody(library, words)

    def longer(words: str, event: gr.EventData) -> str:
        return everybody(library, words, int(event.rows))

    def chosen(event: gr.EventData) -> str:
        return person(library, str(event.key))

    on(tab.select, listed, search, view)
    on(search.change, listed, search, view, trigger_mode="always_last")
    on(desk.more_speakers, longer, search, view)

    def further(event: gr.EventData) -> str:
        return person(library, str(event.key), int(event.rows))

    on(desk.speaker, chosen, None, view)
    on(desk.more_statements, further, None, view)
    on(desk.speakers, listed, search, view)


def everybody(library: Library, words: str = "", rows: int = ROWS) -> str:
    """All speakers, or those whose name or role holds the words: a plot of the most quoted, and a table."""
    found = speakers(library, words)
    if not found and not words.strip():
        return element(
            "p", "Nobody is quoted yet. Add articles, and those who speak in them are listed here.", class_="otr-hint"
        )
    if not found:
        return element(
            "p", f"Nobody quoted in the articles has a name or a role with “{shown(words.strip())}”.", class_="otr-hint"
        )
    drawn = plot(_plotted(library, found)) if words.strip() else library.derived(_drawn)
    head = element("h2", "Who speaks when", class_="otr-section") + drawn if drawn else ""
    cells = (_cells(one) for one in found[:rows])
    names = table("Everybody who is quoted", ("Speaker", "Role", "Statements", "Articles"), cells, frozenset({2, 3}))
    return head + names + more(len(found), rows, "speakers", "more_speakers")


def person(library: Library, key: str, rows: int = ROWS) -> str:
    """One speaker: names, role, and statements by date, the latest first."""
    known = next((one for one in speakers(library) if one.key == key), None)
    back = button("All speakers", "speakers", look="main")
    if known is None:
        return back + element("p", "Nobody by that name is quoted any more.", class_="otr-hint")
    others = {name.casefold(): name for name in map(label, known.aliases)}  # one of those that differ in capitals alone
    others.pop(label(known.name).casefold(), None)
    aliases = f"Also printed as {', '.join(others.values())}." if others else ""
    counts = f"{plural(known.statements, 'statement')} in {plural(known.articles, 'article')}"
    head = element("h2", element("bdi", escape(label(known.name))), class_="otr-title")
    lines = [label(known.description), counts, aliases]
    lead = "".join(element("p", escape(line), class_="otr-printed", dir="auto") for line in lines if line)
    tools = element("p", back + button("Ask only what they said", "ask_speaker", name=known.name), class_="otr-actions")
    items = "".join(element("li", _statement(article, one)) for article, one in said(library, key, rows))
    rest = more(known.statements, rows, "statements", "more_statements", key=key)
    return tools + head + lead + element("ol", items, class_="otr-statements") + rest


def _statement(article: Article, one: Statement) -> str:
    quote = Quote(article, one.extent, one)
    where = {"article": article.id, "start": one.extent.start, "end": one.extent.end, "statement": one.number}
    opener = button(label(article.title) or article.id, "open", look="link", **where)
    parts = [escape(day(article.published) or "undated"), escape(label(article.publisher)), opener]
    where_printed = " · ".join(part for part in parts if part)
    head = element("p", badge(quote.statement) + where_printed, class_="otr-printed")
    return head + element("blockquote", passage(quote), dir="auto")


def _cells(known: KnownSpeaker) -> Sequence[str]:
    name = button(label(known.name), "speaker", look="link", key=known.key)
    return name, element("bdi", escape(label(known.description))), f"{known.statements:,}", f"{known.articles:,}"


def _drawn(library: Library) -> str:
    """The plot of everybody, which is made once."""
    return plot(_plotted(library, speakers(library)))


def _plotted(library: Library, found: Sequence[KnownSpeaker]) -> list[tuple[str, list[Point]]]:
    """What the most quoted said, by article; what is in undated articles is left out."""
    where = library.appearances([one.key for one in found[:LOOKED_AT]])
    rows = []
    for one in found[:LOOKED_AT]:
        points = [
            Point(at.published, at.article, at.title or at.article, at.first, at.count)
            for at in reversed(where[one.key])
            if at.published
        ]
        if points:
            rows.append((one.name, points))
    return rows[:PLOTTED]
