"""The page put together, and its server. The tabs are in modules of their own; nothing here knows what they do."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import gradio as gr
from gradio.route_utils import CustomCORSMiddleware
from starlette.middleware import Middleware

from assistant.web.article_column import reader
from assistant.web.articles_tab import articles_tab
from assistant.web.ask_tab import ask_tab, choices, reloaded
from assistant.web.doors import Doors
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
    from gradio.block_function import BlockFunction
    from gradio.routes import App

    from assistant import Assistant

LARGEST_UPLOAD = "50mb"  # the most one uploaded file may hold
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
KEPT_CHAT = "() => [sessionStorage.getItem('on-the-record chat') || '', null]"  # see keep.js
VISITORS = 1000  # whose conversations gradio keeps, those who came last; 130 KB each
HOUR = 3600  # seconds; what gradio keeps of uploads is gone after that, should we have missed it


class Quiet(gr.Blocks):
    """A page that writes no caller's words to the log, when it was called with too few of them."""

    def validate_inputs(self, block_fn: BlockFunction, inputs: list[Any]) -> None:
        """Tell how many values a call should have; gradio would print the ones that it has."""
        if len(inputs) < len(block_fn.inputs):
            words = f"the call has {len(inputs)} values and should have {len(block_fn.inputs)}"
            raise gr.Error(words, print_exception=False)


def page(assistant: Assistant) -> gr.Blocks:
    """Build the page over an open library."""
    kept = (HOUR, HOUR)
    blocks: gr.Blocks
    with Quiet(title="On the Record", analytics_enabled=False, fill_width=True, delete_cache=kept) as blocks:
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
    chosen = [form.fields[name] for name in ("said_by", "publisher", "articles")]

    def greet(talk: object) -> object:
        return greeting(assistant) if talk is None else gr.skip()

    on(blocks.load, lambda: choices(assistant), None, chosen)
    on(blocks.load, lambda: masthead(assistant), None, desk)
    on(
        blocks.load,
        lambda *kept: reloaded(assistant, *kept),
        [form.kept, form.talk],
        [form.log, form.talk],
        js=KEPT_CHAT,
    )
    on(changed.then, lambda: choices(assistant), None, chosen)
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
            app_kwargs={
                "middleware": [*middleware(host), Middleware(Doors), Middleware(Sessions)],
                "lifespan": _without_cors,
            },
            max_file_size=LARGEST_UPLOAD,
            state_session_capacity=VISITORS,
            theme=theme(),
            css=text_of("page.css"),
            **QUIETLY,
        )
    except OSError as error:
        raise SettingsError(f"cannot serve on {host}, port {port}; choose another with --port") from error
    return Server(blocks, url)


@contextlib.asynccontextmanager
async def _without_cors(app: App) -> AsyncIterator[None]:
    """Take gradio's CORS layer off as the server starts.

    It stands outside of ours, answers preflights itself, and allows every page of localhost, with credentials. The
    page's own requests need no such layer.
    """
    cors: object = CustomCORSMiddleware
    app.user_middleware = [one for one in app.user_middleware if one.cls is not cors]
    app.middleware_stack = app.build_middleware_stack()
    yield


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
