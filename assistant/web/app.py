"""The page put together, and its server. The tabs are in modules of their own; nothing here knows what they do."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.web.ask import ask_tab, choices
from assistant.web.desk import desk as make_desk
from assistant.web.desk import on, outbox
from assistant.web.guard import loopback, middleware
from assistant.web.markup import element
from assistant.web.reader import reader
from assistant.web.theme import text_of, theme
from index.errors import MissingExtra, SettingsError

if TYPE_CHECKING:
    from assistant import Assistant

UPLOAD = "50mb"  # the most one uploaded file may hold
HOURS = 3600  # seconds; what gradio keeps of uploads is gone after that, should we have missed it


def page(assistant: Assistant) -> gr.Blocks:
    """Build the page over an open library."""
    with gr.Blocks(title="On the Record", analytics_enabled=False, fill_width=True, delete_cache=(HOURS, HOURS)) as blocks:
        desk, box = make_desk(assistant), outbox()
        with gr.Row(elem_id="otr-main", equal_height=False):
            with gr.Column(scale=3, min_width=320, elem_classes="otr-work"), gr.Tabs(elem_id="otr-tabs"):
                with gr.Tab("Ask", id="ask", elem_id="otr-ask-tab"):
                    form = ask_tab(assistant, desk, box)
            with gr.Column(scale=2, min_width=320, elem_classes="otr-side"):
                reader(assistant, blocks, desk)
        said_by, publisher, _, _, articles = form.fields
        on(blocks.load, lambda: choices(assistant), None, [said_by, publisher, articles])
    blocks.queue(default_concurrency_limit=20)
    return blocks


@dataclass(frozen=True, slots=True)
class Server:
    """A running page."""

    blocks: gr.Blocks
    url: str

    def wait(self) -> None:
        """Until Ctrl-C; then stop."""
        try:
            while True:
                time.sleep(HOURS)
        except KeyboardInterrupt:
            self.close()

    def close(self) -> None:
        """Stop serving."""
        self.blocks.close(verbose=False)


def launch(
    blocks: gr.Blocks, *, host: str, port: int, auth: tuple[str, str] | None = None, mcp: bool = False, open_browser: bool = False
) -> Server:
    """Start serving, and return at once.

    :raises SettingsError: If the host is open to others and there is no password, or the port is taken.
    :raises MissingExtra: If `mcp` is asked for and its package is not installed.
    """
    if not loopback(host) and auth is None:
        raise SettingsError(f"{host} opens the page to others; give a user and a password with --auth, or serve on 127.0.0.1")
    if mcp:
        _need_mcp()
    try:
        _, url, _ = blocks.launch(
            server_name=host, server_port=port, auth=auth, mcp_server=mcp, inbrowser=open_browser, share=False, quiet=True,
            prevent_thread_lock=True, show_error=False, footer_links=[], run_history=False, allowed_paths=[], blocked_paths=[],
            max_file_size=UPLOAD, enable_monitoring=False, ssr_mode=False, pwa=False, theme=theme(), css=text_of("page.css"),
            app_kwargs={"middleware": middleware(host)},
        )  # fmt: skip
    except OSError as error:
        raise SettingsError(f"cannot serve on {host}, port {port}; choose another with --port") from error
    return Server(blocks, url)


def _need_mcp() -> None:
    import importlib.util

    if importlib.util.find_spec("mcp") is None:
        raise MissingExtra("mcp", "mcp")
