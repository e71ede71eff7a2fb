"""The doors of the served page: requests that are refused before they are read, each with a sentence and a status.

    413  a body over `BODY` bytes, to every address but the one for uploads; uploads over a visitor's share, or over all
    403  a request that another website's page makes; an upload that our own page does not make
    429  a password after `WRONG` wrong ones within a minute, from one address
    401  with a password set, all but the login page and what it is drawn with

Plain ASGI. Knows addresses and where gradio keeps who is logged in; knows nothing of articles.
"""

from __future__ import annotations

import time
from collections import defaultdict, deque
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

BODY = 1_000_000  # bytes
UPLOAD_PATH = "/gradio_api/upload"
VISITOR, ALL = 200_000_000, 1_000_000_000  # bytes of uploads within an hour, from one address and from all
WRONG = 10  # passwords within a minute, from one address
MINUTE, HOUR = 60.0, 3600.0  # seconds
# The login page and what it is drawn with; "/" is it as long as nobody has logged in.
# The start of the server asks it for its startup events, which are none of ours and tell nothing.
OPEN = frozenset(
    {
        *("/", "/login", "/theme.css", "/favicon.ico", "/config"),
        *("/gradio_api/login_check", "/gradio_api/startup-events"),
    }
)
OPEN_FOLDERS = ("/assets/", "/static/", "/svelte/")
Clock = Callable[[], float]


class Doors:
    """Turns away what may not come in, and passes the rest on."""

    def __init__(self, app: ASGIApp, clock: Clock = time.monotonic) -> None:
        self.app = app
        self.uploads = Window(HOUR, clock)
        self.wrong = Window(MINUTE, clock)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it here."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers, path = Headers(scope=scope), scope["path"].rstrip("/") or "/"
        refusal = None
        if path != UPLOAD_PATH and "transfer-encoding" in headers:  # of a size that is told only by its end
            kept = await _held(receive)
            refusal = _too_large() if kept is None else None
            receive = _replayed(kept or [], receive)
        refusal = refusal or self._refusal(scope, headers, path)
        if refusal is not None:
            await refusal(scope, receive, send)
        elif path == "/login" and scope["method"] == "POST":
            await self._login(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _refusal(self, scope: Scope, headers: Headers, path: str) -> PlainTextResponse | None:
        size = headers.get("content-length", "")
        if path != UPLOAD_PATH and size.isdecimal() and int(size) > BODY:
            return _too_large()
        origin = headers.get("origin")
        if origin is not None and not _own(origin, headers):
            return PlainTextResponse("Another website's page may not use this one; open this page itself.", 403)
        if not _may_enter(scope, headers, path):
            return PlainTextResponse("Log in first; the login page is at /.", 401)
        return self._upload_refused(scope, headers) if path == UPLOAD_PATH and scope["method"] == "POST" else None

    def _upload_refused(self, scope: Scope, headers: Headers) -> PlainTextResponse | None:
        if headers.get("origin") is None:
            return PlainTextResponse("Files are uploaded with the page only; open it, or use the command line.", 403)
        if not headers.get("content-length", "").isdecimal():
            return PlainTextResponse("An upload should say its size; send it with a Content-Length.", 411)
        size, visitor = int(headers["content-length"]), _address(scope)
        if self.uploads.sum(visitor) + size > VISITOR or self.uploads.sum() + size > ALL:
            words = f"More than {VISITOR // 10**6} MB an hour cannot be uploaded; try later, or use the command line."
            return PlainTextResponse(words, 413)
        self.uploads.put(visitor, size)
        return None

    async def _login(self, scope: Scope, receive: Receive, send: Send) -> None:
        visitor = _address(scope)
        if self.wrong.sum(visitor) >= WRONG:
            words = f"{WRONG} wrong passwords came from this address within a minute; wait a minute and try again."
            await PlainTextResponse(words, 429, {"retry-after": "60"})(scope, receive, send)
            return
        self.wrong.put(visitor, 1)  # at once, so that many at the same time count, too

        async def watched(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] < 400:
                self.wrong.put(visitor, -1)
            await send(message)

        await self.app(scope, receive, watched)


class Window:
    """Sums by visitor over the last seconds."""

    def __init__(self, seconds: float, clock: Clock) -> None:
        self._seconds, self._clock = seconds, clock
        self._entries: deque[tuple[float, str, int]] = deque()
        self._sums: defaultdict[str, int] = defaultdict(int)

    def put(self, visitor: str, amount: int) -> None:
        """Count an amount as of now."""
        self._entries.append((self._clock(), visitor, amount))
        self._sums[visitor] += amount

    def sum(self, visitor: str | None = None) -> int:
        """What counts now; of all visitors for None."""
        while self._entries and self._entries[0][0] <= self._clock() - self._seconds:
            _, gone, amount = self._entries.popleft()
            self._sums[gone] -= amount
            if not self._sums[gone]:
                del self._sums[gone]
        return sum(self._sums.values()) if visitor is None else self._sums.get(visitor, 0)


def _too_large() -> PlainTextResponse:
    return PlainTextResponse(f"A request may hold {BODY:,} bytes at most; send less.", 413, {"connection": "close"})


def _address(scope: Scope) -> str:
    return scope["client"][0] if scope.get("client") else ""


def _own(origin: str, headers: Headers) -> bool:
    """Whether the page that asks was served under the very host and port that it asks."""
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and parts.netloc.lower() == headers.get("host", "").lower()


def _may_enter(scope: Scope, headers: Headers, path: str) -> bool:
    app = scope["app"]
    if getattr(app, "auth", None) is None or path in OPEN or path.startswith(OPEN_FOLDERS):
        return True
    cookies = cookie_parser(headers.get("cookie", ""))
    names = (f"access-token-{app.cookie_id}", f"access-token-unsecure-{app.cookie_id}")
    return any(cookies.get(name) in app.tokens for name in names if name in cookies)


async def _held(receive: Receive) -> list[Message] | None:
    """The messages of a body of unknown size; None as soon as it is too large."""
    messages, size = [], 0
    while True:
        message = await receive()
        messages.append(message)
        size += len(message.get("body", b""))
        if size > BODY:
            return None
        if not message.get("more_body", False):
            return messages


def _replayed(messages: list[Message], receive: Receive) -> Receive:
    left = iter(messages)

    async def again() -> Message:
        message = next(left, None)
        return await receive() if message is None else message

    return again
