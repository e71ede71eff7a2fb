"""A question on the page: quotes are shown as they are cut, a chat model's sentences as they are written.

The assistant answers in a thread and tells how far it is; what it tells is drawn here. When the reader presses Stop,
nothing more is drawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.types import Answer
from assistant.web.cards import conversation
from assistant.web.filters import Filters
from index.errors import OnTheRecordError

if TYPE_CHECKING:
    from assistant import Assistant
    from assistant.chat import Chat


def answering(
    assistant: Assistant, question: str, chat: Chat | None, values: Sequence[Any]
) -> Iterator[tuple[Any, ...]]:
    """Ask, and draw the answer as it grows: log, chat, question box, the buttons Ask and Stop.

    :param chat: The session's own; None for its first question. :param values: The filters' form.
    """
    if not question.strip():
        yield (gr.skip(),) * 5
        return
    chat = chat or assistant.chat()
    before = tuple(chat.turns)
    busy, idle = [(gr.update(visible=not on), gr.update(visible=on)) for on in (True, False)]
    yield conversation(before, pending=question), chat, "", *busy
    try:
        filters = Filters.read(*values).arguments()
        for turns, limit in _growing(chat, question, filters, before):
            yield conversation(turns, limit=limit), gr.skip(), gr.skip(), *busy
    except OnTheRecordError as error:
        yield conversation(before, pending=question, trouble=str(error)), chat, question, *idle
    else:
        yield conversation(tuple(chat.turns)), chat, gr.skip(), *idle


def _growing(
    chat: Chat, question: str, filters: dict[str, Any], before: tuple[Answer, ...]
) -> Iterator[tuple[tuple[Answer, ...], int]]:
    """The turns as the last one grows, and how many of its quotes to show."""
    arriving: SimpleQueue[Answer | None] = SimpleQueue()
    worker = ThreadPoolExecutor(1)
    done: Future[Answer] = worker.submit(chat.ask, question, watch=arriving.put, **filters)
    done.add_done_callback(lambda _: arriving.put(None))
    worker.shutdown(wait=False)
    shown = 0
    for answer in iter(arriving.get, None):
        for count in range(min(shown + 1, len(answer.quotes)), len(answer.quotes) + 1):
            yield (*before, answer), count
        shown = len(answer.quotes)
    done.result()
