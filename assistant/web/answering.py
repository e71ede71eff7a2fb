"""A question on the page: quotes are shown as they are cut, a chat model's sentences as they are written.

The assistant answers in a thread and reports its progress, which is drawn here. When the reader presses Stop, what is
shown stays, and nothing more is asked or drawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.query.filters import NAMES, Filters
from assistant.types import Answer
from assistant.web.cards import conversation
from assistant.web.chat_session import Asking, Talk
from index.errors import OnTheRecordError

if TYPE_CHECKING:
    from assistant import Assistant

STOPPED = "Stopped before it was whole."


def answering(
    assistant: Assistant, question: str, talk: Talk | None, values: Sequence[Any]
) -> Iterator[tuple[Any, ...]]:
    """Ask, and draw the answer as it grows: log, talk, question box, the buttons Ask and Stop, what the browser keeps.

    :param talk: The session's own; None for its first question. :param values: The filters' form.
    """
    if not question.strip():
        yield (gr.skip(),) * 6
        return
    asked = question
    question = question.encode("utf-8", "replace").decode()  # no page can be sent half of a surrogate pair
    talk = talk or Talk()
    before = tuple(talk.turns)
    busy, idle = [(gr.update(visible=not on), gr.update(visible=on)) for on in (True, False)]
    yield conversation(before, pending=question), talk, "", *busy, gr.skip()
    answer, trouble = None, "Stopped."
    try:
        filters = Filters.read(dict(zip(NAMES, values, strict=True)))
        filters.check_days()
        chosen = filters.given()
        talk.asking = Asking(lambda watch: assistant.ask(asked, turns=before, watch=watch, **chosen))
        for answer, limit in _drawn(talk.asking):
            yield conversation((*before, answer), limit=limit), *(gr.skip(),) * 5
        if answer and talk.asking.halted:
            answer = replace(answer, notices=(*answer.notices, STOPPED))
    except OnTheRecordError as error:
        answer, trouble = None, str(error)
    if answer is None:
        yield conversation(before, pending=question, trouble=trouble), talk, question, *idle, gr.skip()
        return
    talk.turns.append(answer)
    yield conversation(tuple(talk.turns)), talk, gr.skip(), *idle, talk.kept()


def _drawn(asking: Asking) -> Iterator[tuple[Answer, int]]:
    """The answer as it grows, and how many of its quotes to show: one more each time."""
    shown = 0
    for answer in asking.growing():
        for count in range(min(shown + 1, len(answer.quotes)), len(answer.quotes) + 1):
            yield answer, count
        shown = len(answer.quotes)
