"""The page put together, and its server. The tabs are in modules of their own; nothing here knows what they do."""

from __future__ import annotations

import contextlib
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import gradio as gr
from starlette.middleware import Middleware

from assistant.web.article_column import reader
from assistant.web.articles_tab import articles_tab
from assistant.web.ask_tab import ask_tab, choices, reloaded
from assistant.web.endpoints import Endpoints
from assistant.web.gradio_sessions import Sessions
from assistant.web.greeting import greeting
from assistant.web.guard import loopback, middleware
from assistant.web.masthead import desk as make_desk
from assistant.web.masthead import masthead, on, outbox
from assistant.web.speakers_tab import speakers_tab
from assistant.web.theme import text_of, theme
from assistant.web.verify_tab import checking_tab
from index.errors import MissingExtra, OnTheRecordError, SettingsError

if TYPE_CHECKING:
    from assistant import Assistant

UPLOAD = "50mb"  # the most one uploaded file may hold
QUIETLY: dict[str, Any] = {  # nothing is shared, offered, recorded or said that was not asked for
    "share": False,
    "allowed_paths": [],
    "enable_monitoring": False,
    "run_history": False,
    "footer_links": [],
    "pwa": False,
    "ssr_mode": False,
    "show_error": False,
    "quiet": True,
    "prevent_thread_lock": True,
}
KEPT = "() => [sessionStorage.getItem('on-the-record chat') || '', null]"  # see keep.js
VISITORS = 1000  # whose conversations gradio keeps, those who came last; 130 KB each
HOUR = 3600  # seconds; what gradio keeps of uploads is gone after that, should we have missed it


def page(assistant: Assistant) -> gr.Blocks:
    """Build the page over an open library."""
    kept = (HOUR, HOUR)
    blocks: gr.Blocks
    with gr.Blocks(title="On the Record", analytics_enabled=False, fill_width=True, delete_cache=kept) as blocks:
        desk, box = make_desk(assistant), outbox()
        Endpoints(assistant).offer()
        with gr.Row(elem_id="otr-main", equal_height=False):
            with (
                gr.Column(scale=3, min_width=320, elem_classes="otr-work"),
                gr.Tabs(elem_id="otr-tabs", overflow_behavior="wrap"),
            ):
                _tabs(assistant, blocks, desk, box)
            with gr.Column(scale=2, min_width=320, elem_classes="otr-side"):
                reader(assistant, blocks, desk)
    blocks.queue(default_concurrency_limit=20)
    return blocks


def _tabs(assistant: Assistant, blocks: gr.Blocks, desk: gr.HTML, box: gr.HTML) -> None:
    with gr.Tab("Ask", elem_id="otr-ask-tab"):
        form = ask_tab(assistant, desk, box)
    with gr.Tab("Speakers", elem_id="otr-speakers-tab") as tab:
        speakers_tab(assistant, desk, tab)
    with gr.Tab("Articles", elem_id="otr-articles-tab") as tab:
        changed = articles_tab(assistant, desk, tab)
    with gr.Tab("Check a quotation", elem_id="otr-check-tab"):
        checking_tab(assistant)
    said_by, publisher, _, _, articles = form.fields

    def greet(talk: object) -> object:
        return greeting(assistant) if talk is None else gr.skip()

    on(blocks.load, lambda: choices(assistant), None, [said_by, publisher, articles])
    on(blocks.load, lambda: masthead(assistant), None, desk)
    on(blocks.load, lambda *kept: reloaded(assistant, *kept), [form.kept, form.talk], [form.log, form.talk], js=KEPT)
    on(changed.then, lambda: choices(assistant), None, [said_by, publisher, articles])
    on(changed.then, lambda: masthead(assistant), None, desk)
    on(changed.then, greet, form.talk, form.log)


@dataclass(frozen=True, slots=True)
class Server:
    """A running page."""

    blocks: gr.Blocks
    url: str

    def wait(self) -> None:
        """Until Ctrl-C; then stop."""
        try:
            while True:
                time.sleep(HOUR)
        except KeyboardInterrupt:
            self.close()

    def close(self) -> None:
        """Stop serving."""
        self.blocks.close(verbose=False)


def launch(
    blocks: gr.Blocks,
    *,
    host: str,
    port: int,
    auth: tuple[str, str] | None = None,
    mcp: bool = False,
    open_browser: bool = False,
) -> Server:
    """Start serving, and return at once.

    :raises SettingsError: If the host is open to others and there is no password, or the port is taken.
    :raises MissingExtra: If `mcp` is asked for and its package is not installed.
    """
    if not loopback(host) and auth is None:
        raise SettingsError(f"{host} opens the page to others; give a user and a password, or serve on 127.0.0.1")
    if mcp:
        _need_mcp()
    try:
        _, url, _ = blocks.launch(
            server_name=host,
            server_port=port,
            auth=auth,
            mcp_server=mcp,
            inbrowser=open_browser,
            app_kwargs={"middleware": [*middleware(host), Middleware(Sessions)]},
            max_file_size=UPLOAD,
            state_session_capacity=VISITORS,
            theme=theme(),
            css=text_of("page.css"),
            **QUIETLY,
        )
    except OSError as error:
        raise SettingsError(f"cannot serve on {host}, port {port}; choose another with --port") from error
    return Server(blocks, url)


def warm(assistant: Assistant) -> None:
    """Load the models in the background, so that the first question need not wait for all of it."""

    def ask() -> None:
        with contextlib.suppress(OnTheRecordError):
            assistant.ask("What was said?")

    threading.Thread(target=ask, daemon=True).start()


def _need_mcp() -> None:
    import importlib.util

    if importlib.util.find_spec("mcp") is None:
        raise MissingExtra("mcp", "mcp")
