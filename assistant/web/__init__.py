"""The page: a chat with the articles, in the browser. `serve` runs it, `page` builds it.

Gradio takes seconds to import, so that this module is the gate: it imports the page when it is asked for, and no module
outside this folder imports another one of it.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import gradio as gr

    from assistant import Assistant

__all__ = ["page", "serve"]


def page(assistant: Assistant) -> gr.Blocks:
    """Build the page over an open library; nothing is served yet."""
    from assistant.web.server import page as build

    return build(assistant)


def serve(
    assistant: Assistant,
    *,
    host: str = "127.0.0.1",
    port: int = 7860,
    auth: tuple[str, str] | None = None,
    mcp: bool = False,
    open_browser: bool = False,
) -> None:
    """Serve the page until the process is told to stop.

    :param host: The address to listen on; anything but loopback opens it to others, so that `auth` is required then.
    :param auth: User and password that everybody must give; see `assistant.web.guard.credentials`.
    :param mcp: Offer the read-only functions to other assistants over MCP as well.
    :raises SettingsError: If the host is open to others and there is no password, or the port is taken.
    :raises MissingExtra: If `mcp` is asked for and its package is not installed.
    """
    from assistant.web.server import launch, warm

    server = launch(page(assistant), host=host, port=port, auth=auth, mcp=mcp, open_browser=open_browser)
    sys.stdout.write(f"On the Record is open at {server.url}  (Ctrl-C ends it)\n")
    sys.stdout.flush()
    assistant.store.lock.announce(server.url)  # a second process is told where to ask instead
    warm(assistant)
    server.wait()
