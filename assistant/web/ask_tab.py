"""The tab that asks: the chat, its filters and what can be done with its answers.

A chat belongs to one session of one browser: it lives in that session's state, and what it cites in that tab's storage,
so that it is there after a reload.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.query.filters import BY_NAME, DAY_FILTERS, LIST_FILTERS, NAMES, Filters
from assistant.render.wording import label
from assistant.web.answering import answering
from assistant.web.cards import conversation
from assistant.web.catalogue import offered
from assistant.web.chat_session import Talk, restored
from assistant.web.export import export
from assistant.web.filter_form import chips as chips_of
from assistant.web.greeting import greeting
from assistant.web.markup import plural
from assistant.web.masthead import on
from assistant.web.theme import text_of
from index.errors import OnTheRecordError
from index.types import Scope

if TYPE_CHECKING:
    from assistant import Assistant

LONGEST_FILTER = 200  # characters of a filter that is typed
LONGEST_TYPED_QUESTION = 2000  # characters of a question


@dataclass(frozen=True, slots=True)
class Form:
    """The parts of the tab that other tabs reach into."""

    log: gr.HTML
    question: gr.Textbox
    talk: gr.State
    kept: gr.HTML
    fields: dict[str, gr.components.Component]


def ask_tab(assistant: Assistant, desk: gr.HTML, outbox: gr.HTML) -> Form:
    """Build the tab."""
    talk = gr.State(None)
    kept = gr.HTML("", html_template="", js_on_load=text_of("keep.js"), elem_id="otr-kept", apply_default_css=False)
    with gr.Column(elem_classes="otr-log"):
        log = gr.HTML(greeting(assistant), js_on_load=text_of("chat.js"), elem_id="otr-chat", apply_default_css=False)
    with gr.Column(elem_classes="otr-asking"):
        chips = gr.HTML("", elem_id="otr-chips", apply_default_css=False)
        with gr.Row(equal_height=True, elem_classes="otr-ask-row"):
            question = gr.Textbox(
                label="Question",
                show_label=False,
                placeholder="What did … say about …?",
                lines=1,
                max_lines=4,
                max_length=LONGEST_TYPED_QUESTION,
                scale=8,
                elem_id="otr-question",
                autofocus=True,
                container=False,
            )
            send = gr.Button("Ask", variant="primary", scale=1, min_width=80, elem_id="otr-ask")
            stop = gr.Button("Stop", variant="stop", scale=1, min_width=80, visible=False, elem_id="otr-stop")
        fields = _fields(assistant)
    form = Form(log, question, talk, kept, fields)
    _wire(assistant, desk, outbox, form, chips, send, stop)
    return form


CHOSEN = {  # filters with a list to choose from, and the hint of each
    "said_by": "One of the most quoted, or type any name",
    "publisher": "One of those in the library",
    "articles": "One of the latest, or “Ask only this” in the list of articles",
}


def _fields(assistant: Assistant) -> dict[str, gr.components.Component]:
    """The form: an input for each filter, by name, those that take several values below the others."""
    made: dict[str, gr.components.Component] = {}
    with gr.Accordion("Filters", open=False, elem_id="otr-filters"):
        with gr.Row():
            made |= {name: _input(name, assistant) for name in NAMES if name not in LIST_FILTERS}
        made |= {name: _input(name, assistant) for name in NAMES if name in LIST_FILTERS}
    return {name: made[name] for name in NAMES}


def _input(name: str, assistant: Assistant) -> gr.components.Component:
    what, place = BY_NAME[name].metadata, "otr-" + ("only" if name == "articles" else name.replace("_", "-"))
    title = {"published_after": "Published from", "published_before": "Published until"}.get(name, what["label"])
    if name in DAY_FILTERS:
        return gr.DateTime(label=title, include_time=False, type="string", min_width=160, elem_id=place)
    if name not in CHOSEN:
        return gr.Textbox(label=title, info=what["what"], min_width=200, max_length=LONGEST_FILTER, elem_id=place)
    several = name in LIST_FILTERS
    return gr.Dropdown(
        _named(assistant.store.library.publishers()) if name == "publisher" else [] if several else [""],
        value=[] if several else "",
        label="Only these articles" if several else title,
        info=CHOSEN[name],
        multiselect=several,
        allow_custom_value=name != "publisher",
        filterable=True,
        min_width=200,
        elem_id=place,
    )


def choices(assistant: Assistant) -> tuple[Any, Any, Any]:
    """What speaker, publisher and articles can be chosen from, as the library is now."""
    speakers, publishers, articles = offered(assistant.store.library)
    return gr.update(choices=_named(speakers)), gr.update(choices=_named(publishers)), gr.update(choices=list(articles))


def reloaded(assistant: Assistant, kept: str, begun: Talk | None) -> tuple[Any, Any]:
    """Log and talk for a page that is loaded: the chat that its tab has kept, else the greeting.

    :param begun: The session's talk, if somebody was quick and has asked before this.
    """
    if begun:
        return gr.skip(), gr.skip()
    talk, lost = restored(kept, assistant.store.library)
    if lost:
        gr.Info(f"{plural(lost, 'answer')} of this chat cannot be shown again: what was quoted is gone or has changed.")
    return (conversation(tuple(talk.turns)), talk) if talk.turns else (greeting(assistant), None)


def _named(values: Sequence[str]) -> list[tuple[str, str]]:
    """Choices of a list, with nothing unseen in what is shown; the first one is none."""
    return [("", ""), *((label(value), value) for value in values)]


def _wire(
    assistant: Assistant, desk: gr.HTML, outbox: gr.HTML, form: Form, chips: gr.HTML, send: gr.Button, stop: gr.Button
) -> None:
    fields = list(form.fields.values())
    given = [form.question, form.talk, *fields]
    shown = [form.log, form.talk, form.question, send, stop, form.kept]

    def answer(question: str, talk: Talk | None, *values: object) -> Iterator[tuple[Any, ...]]:
        yield from answering(assistant, question, talk, values)

    asking = [form.question.submit, send.click]
    gr.on(asking, answer, given, shown, api_visibility="private", show_progress="hidden", concurrency_limit=None)

    def example(event: gr.EventData) -> str:
        return str(event.question)

    on(on(desk.example, example, None, form.question).then, answer, given, shown, concurrency_limit=None)
    on(stop.click, lambda talk: talk and talk.halt(), form.talk, None)
    on(
        desk.fresh,
        lambda: (greeting(assistant), None, "", ""),
        None,
        [form.log, form.talk, form.question, form.kept],
    )

    def save(talk: Talk | None, event: gr.EventData) -> str:
        turns = talk.turns if talk else ()
        return json.dumps(export(tuple(turns), str(event.form), int(event.turn))._asdict()) if turns else ""

    on(desk.export, save, form.talk, outbox)
    _wire_filters(assistant, desk, form, chips)


def _wire_filters(assistant: Assistant, desk: gr.HTML, form: Form, chips: gr.HTML) -> None:
    fields = list(form.fields.values())

    def show(*values: object) -> str:
        try:
            filters = Filters.read(dict(zip(NAMES, values, strict=True)))
            filters.check_days()
        except OnTheRecordError as error:
            gr.Warning(str(error))
            return ""
        return chips_of(filters, titles(assistant, filters.articles))

    gr.on([field.change for field in fields], show, fields, chips, api_visibility="private", show_progress="hidden")  # type: ignore[attr-defined]

    articles, said_by = form.fields["articles"], form.fields["said_by"]

    def drop(only: list[str], event: gr.EventData) -> list[Any]:
        left = [one for one in only if one != event.value] if event.field in LIST_FILTERS else ""
        return [left if name == event.field else gr.skip() for name in NAMES]

    on(desk.drop, drop, articles, fields)

    def narrow(only: list[str], event: gr.EventData) -> list[str]:
        return list(dict.fromkeys([*(only or []), str(event.article)]))

    on(desk.narrow, narrow, articles, articles)

    def voice(event: gr.EventData) -> str:
        return str(event.name)

    on(desk.ask_speaker, voice, None, said_by)


def titles(assistant: Assistant, articles: Sequence[str]) -> dict[str, str]:
    """Titles by id, of those that exist."""
    if not articles:
        return {}
    return {one.id: one.title for one in assistant.store.library.articles(Scope(articles=frozenset(articles)))}
