"""The masthead of the page, which also takes every click on what our HTML offers and hands it to Python.

Gradio's HTML components have events of their own; this one listens for the whole page (page.js) and triggers an event
by the name that a button carries in `data-do`, with all its `data-` values.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.web.markup import element, plural
from assistant.web.theme import text_of

if TYPE_CHECKING:
    from assistant import Assistant


def desk(assistant: Assistant) -> gr.HTML:
    """The masthead."""
    return gr.HTML(masthead(assistant), js_on_load=text_of("page.js"), elem_id="otr-desk", apply_default_css=False)


def outbox() -> gr.HTML:
    """Where Python puts a file for the browser to save: its value is JSON, {"name", "type", "text"}."""
    return gr.HTML("", html_template="", js_on_load=text_of("outbox.js"), elem_id="otr-outbox", apply_default_css=False)


def masthead(assistant: Assistant) -> str:
    """The name and what the library holds."""
    counts = assistant.store.library.counts()
    held = " · ".join((plural(counts.articles, "article"), plural(counts.statements, "statement")))
    name = element("h1", "On the Record")
    lead = element("p", "The exact passage, and who said it.", class_="otr-lead")
    return element("div", name + lead + element("p", held, class_="otr-held"), class_="otr-masthead")


def on(
    event: Callable[..., Any], function: object, inputs: object = None, outputs: object = None, **more: object
) -> Any:  # noqa: ANN401
    """Wire an event of the page: not part of the API, and without a spinner over what it changes.

    :return: Gradio's dependency, to follow with `.then`.
    """
    return event(function, inputs, outputs, api_visibility="private", show_progress="hidden", **more)
