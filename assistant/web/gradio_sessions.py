"""Sessions: frees the session that gradio makes for each call of a program, and the lists of what the call waited for.

Gradio keeps one for every visitor, 130 KB each. Nobody comes back to that of a call, so it is freed when the reply was
read. Knows addresses, and where gradio keeps sessions.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gradio.routes import App
    from starlette.types import ASGIApp, Receive, Scope, Send

# Where the reply to a call is read. A call that names no session has one of the same name as itself.
_REPLY = re.compile(r"/gradio_api/call/(?:v2/)?[^/]+/(?P<call>[^/]+)/?$")


class Sessions:
    """Lets go of a call's session once its reply was read, or its reader is gone (plain ASGI)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        try:
            await self.app(scope, receive, send)
        finally:
            reply = _REPLY.search(scope["path"]) if scope["type"] == "http" and scope["method"] == "GET" else None
            if reply:
                _forget(scope["app"], reply["call"])


def _forget(app: App, call: str) -> None:
    """Let go of all that is kept for a call, but of its lists only when it is done: it may run on without a reader."""
    for kept in (app.state_holder.session_data, app.state_holder.time_last_used):
        kept.pop(call, None)
    queue = app.get_blocks()._queue
    if not queue.pending_event_ids_session.get(call):
        queue.pending_event_ids_session.pop(call, None)
        queue.pending_messages_per_session.pop(call, None)
