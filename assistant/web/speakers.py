"""The tab of those who speak: everybody quoted, when they speak, and one speaker's statements by date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING

import gradio as gr

from assistant.render.wording import day, label
from assistant.types import Quote
from assistant.web.cards import BADGES, passage
from assistant.web.desk import on
from assistant.web.markup import button, element, escape, plural, shown
from assistant.web.plot import Point, plot
from assistant.web.tables import ROWS, more, table
from index.types import Article, Scope, Statement

if TYPE_CHECKING:
    from assistant import Assistant
    from index.library import Library
    from index.types import KnownSpeaker

PLOTTED = 12  # speakers
LOOKED_AT = 36  # speakers, the most quoted first, for as many whose articles have dates
LISTED = 200  # statements of one speaker


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
    on(desk.speaker, chosen, None, view)
    on(desk.speakers, listed, search, view)


def everybody(library: Library, words: str = "", rows: int = ROWS) -> str:
    """All speakers, or those whose name or role holds the words: a plot of the most quoted, and a table."""
    every = library.speakers()
    wanted = words.casefold().split()
    found = [one for one in every if all(word in _searched(one) for word in wanted)]
    if not every:
        return element(
            "p", "Nobody is quoted yet. Add articles, and those who speak in them are listed here.", class_="otr-hint"
        )
    if not found:
        return element(
            "p", f"Nobody quoted in the articles has a name or a role with “{shown(words.strip())}”.", class_="otr-hint"
        )
    dated = ((one.name, points) for one in found[:LOOKED_AT] if (points := _points(library, one.key)))
    drawn = plot(list(islice(dated, PLOTTED)))
    head = element("h2", "Who speaks when", class_="otr-section") + drawn if drawn else ""
    cells = (_cells(one) for one in found[:rows])
    names = table("Everybody who is quoted", ("Speaker", "Role", "Statements", "Articles"), cells, frozenset({2, 3}))
    return head + names + more(len(found), rows, "speakers", "more_speakers")


def person(library: Library, key: str) -> str:
    """One speaker: names, role, and statements by date, the latest first."""
    known = next((one for one in library.speakers() if one.key == key), None)
    back = button("All speakers", "speakers", look="main")
    if known is None:
        return back + element("p", "Nobody by that name is quoted any more.", class_="otr-hint")
    said = library.statements_by(key)
    articles = {one: library.article(one) for one in dict.fromkeys(statement.article_id for statement in said[:LISTED])}
    ordered = sorted(said[:LISTED], key=lambda one: (_day(articles[one.article_id]), one.article_id, one.number))
    ordered.reverse()
    aliases = f"Also printed as {', '.join(label(alias) for alias in known.aliases)}." if known.aliases else ""
    counts = f"{plural(known.statements, 'statement')} in {plural(known.articles, 'article')}"
    head = element("h2", element("bdi", escape(label(known.name))), class_="otr-title")
    lines = [label(known.description), counts, aliases]
    lead = "".join(element("p", escape(line), class_="otr-printed", dir="auto") for line in lines if line)
    tools = element("p", back + button("Ask only what they said", "ask_speaker", name=known.name), class_="otr-actions")
    items = "".join(element("li", _statement(articles[one.article_id], one)) for one in ordered)
    rest = f"The first {LISTED:,} are shown." if len(said) > LISTED else ""
    return tools + head + lead + element("ol", items, class_="otr-statements") + element("p", rest, class_="otr-hint")


def _statement(article: Article, said: Statement) -> str:
    quote = Quote(article, said.extent, said)
    where = {"article": article.id, "start": said.extent.start, "end": said.extent.end, "statement": said.number}
    opener = button(label(article.title) or article.id, "open", look="link", **where)
    badge = element("span", BADGES[quote.manner], class_=f"otr-badge {quote.manner}")
    parts = [escape(day(article.published) or "undated"), escape(label(article.publisher)), opener]
    head = element("p", " · ".join(part for part in parts if part) + badge, class_="otr-printed")
    return head + element("blockquote", passage(quote), dir="auto")


def _cells(known: KnownSpeaker) -> Sequence[str]:
    name = button(label(known.name), "speaker", look="link", key=known.key)
    return name, element("bdi", escape(label(known.description))), f"{known.statements:,}", f"{known.articles:,}"


def _searched(known: KnownSpeaker) -> str:
    return " ".join((known.name, known.description, *known.aliases)).casefold()


def _points(library: Library, key: str) -> list[Point]:
    """What a speaker said, by article; what is in undated articles is left out."""
    first: dict[str, list[int]] = {}
    for said in library.statements_by(key):
        first.setdefault(said.article_id, []).append(said.number)
    entries = library.articles(Scope(articles=frozenset(first))) if first else ()
    points = [
        Point(entry.published, entry.id, entry.title or entry.id, min(first[entry.id]), len(first[entry.id]))
        for entry in entries
        if entry.published
    ]
    return sorted(points, key=lambda point: point.published)


def _day(article: Article) -> dt.date:
    return article.published or dt.date.min
