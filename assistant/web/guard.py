"""Who may use the page, and what a browser may do with it: passwords, response headers, host names."""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import SettingsError

if TYPE_CHECKING:
    from starlette.middleware import Middleware
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

VARIABLE = "ONTHERECORD_AUTH"
# The page needs inline scripts and styles, and templates made into functions, because gradio does. What matters here is
# where anything may be fetched from or sent to: this server and nowhere else, whatever an article manages to say.
POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "worker-src 'self' blob:",
        "connect-src 'self'",
        "object-src 'none'",
        "frame-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
}


def credentials(file: Path | None = None, environment: Mapping[str, str] = os.environ) -> tuple[str, str] | None:
    """User and password, from a file that holds USER:PASSWORD or from the environment; never from the command line.

    :param file: The file; None for the variable ONTHERECORD_AUTH, which may be unset: then there is no password.
    :raises SettingsError: If the file cannot be read or either is not of that form.
    """
    if file is not None:
        try:
            given, where = file.read_text(encoding="utf-8").strip(), str(file)
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(f"{file}: cannot be read; it should hold USER:PASSWORD") from error
    else:
        given, where = environment.get(VARIABLE, ""), f"the variable {VARIABLE}"
        if not given:
            return None
    user, colon, password = given.partition(":")
    if not (user and colon and password) or "\n" in given:
        raise SettingsError(f"{where} should hold USER:PASSWORD, on one line")
    return user, password


def loopback(host: str) -> bool:
    """Whether only this machine can reach the address."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def middleware(host: str) -> list[Middleware]:
    """What every request passes: our headers on each answer; on loopback, no host name but this machine's own.

    The latter keeps a web page elsewhere from reaching the library by a name that it points at 127.0.0.1.
    """
    from starlette.middleware import Middleware
    from starlette.middleware.trustedhost import TrustedHostMiddleware

    guards = [Middleware(Headers)]
    if loopback(host):
        guards.append(Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost", "[::1]", host]))
    return guards


class Headers:
    """Adds our headers to every response (plain ASGI)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and put the headers on what comes back."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = [pair for pair in message["headers"] if pair[0].decode().lower() not in HEADERS]
                ours = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
                message = {**message, "headers": [*given, *ours]}
            await send(message)

        await self.app(scope, receive, with_headers)
