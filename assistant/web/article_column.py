"""The column beside the tabs: the article that is open, at the passage that is asked for."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.web.markup import element
from assistant.web.masthead import on
from assistant.web.source_view import source
from assistant.web.theme import text_of
from index.errors import UnknownArticle
from index.types import Reading, Span

if TYPE_CHECKING:
    from assistant import Assistant

_visits = itertools.count(1)
_GONE = "That article is no longer in the library."


def reader(assistant: Assistant, blocks: gr.Blocks, desk: gr.HTML) -> gr.HTML:
    """Build the column and wire what opens an article in it."""
    view = gr.HTML(SOURCE_HINT, js_on_load=text_of("source.js"), elem_id="otr-source", apply_default_css=False)

    def opened(event: gr.EventData) -> str:
        return show(assistant, event._data)

    def who(event: gr.EventData) -> str:
        return show(assistant, event._data, moving=False)

    def linked(request: gr.Request) -> str:
        asked = dict(request.query_params)
        return show(assistant, asked) if asked.get("article") else SOURCE_HINT

    on(desk.open, opened, None, view)
    on(desk.who, who, None, view)
    on(desk.shut, lambda: SOURCE_HINT, None, view)
    on(blocks.load, linked, None, view)
    return view


def show(assistant: Assistant, asked: dict[str, Any], *, moving: bool = True) -> str:
    """The article that a link or a button asks for.

    :param asked: "article", and perhaps "start" and "end" or "statement"; what fits nothing is left out.
    :param moving: Whether the passage is to be brought into view.
    """
    try:
        reading = assistant.store.library.reading(str(asked["article"]))
    except UnknownArticle:
        return element("p", _GONE, class_="otr-refusal")
    number = _number(asked.get("statement"))
    here = _span(reading, asked)
    if number is None and here is not None:
        number = next((one.number for one in reading.statements if one.extent.start == here.start), None)
    return source(reading, here, number, next(_visits) if moving else 0)


def _span(reading: Reading, asked: dict[str, Any]) -> Span | None:
    start, end = _number(asked.get("start")), _number(asked.get("end"))
    if start is None or end is None or not start < end <= len(reading.article.text):
        return None
    return Span(start, end)


def _number(value: object) -> int | None:
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None


SOURCE_HINT = """<div class="otr-how-to">
<h2>The source</h2>
<p>Open a quote to read it in its article. There, every statement is marked in its speaker’s colour, and a click tells
who said it and how we know.</p>
<h3>How to read a quote</h3>
<dl>
<dt><span class="otr-content direct">“The bridge is safe,”</span>
<span class="otr-source">she</span> <span class="otr-cue">said</span>.</dt>
<dd>Direct speech: the speaker’s own words, in the article’s quotation marks.</dd>
<dt><span class="otr-source">She</span> <span class="otr-cue">said</span>
<span class="otr-content indirect">the bridge was safe</span>.</dt>
<dd>Indirect speech: the article’s words for what she said.</dd>
<dt><span class="otr-who unnamed">not named: “he”</span></dt>
<dd>The article does not say who he is, so neither do we.</dd>
</dl></div>"""
