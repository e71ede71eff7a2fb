"""Connections: takes a URL, gives the server's response, over a connection to an address that was checked.

The connection goes to the very address that was checked: no name is looked up a second time. TLS still verifies the
certificate for the name. This is the only home of httpcore. Knows nothing of redirects, pages or articles.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import httpcore

from index.loaders.addresses import Allow, Resolve, checked_addresses
from index.loaders.characters import NotText

_HEADERS = [(b"Accept-Encoding", b"identity"), (b"User-Agent", b"ontherecord")]


@dataclass(frozen=True, slots=True)
class Response:
    """What a server answered; header names in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may cost: it ends at `deadline` (of `time.monotonic`), and its body has `most_bytes` at most."""

    deadline: float
    most_bytes: int

    def left(self) -> float:
        """The seconds until the deadline.

        :raises NotText: If there are none left.
        """
        seconds = self.deadline - time.monotonic()
        if seconds <= 0:
            raise NotText("the server took too long")
        return seconds


def get(
    url: httpcore.URL, accept: str, limits: Limits, resolve: Resolve, allow: Allow, tls: ssl.SSLContext | None = None
) -> Response:
    """Ask for a URL and read the whole response; a redirect is a response like any other.

    :param accept: The media types that are asked for, as HTTP's header has them.
    :raises NotText: If a connection to the host is not allowed or fails, or the response exceeds the limits.
    """
    backend = _Checked(limits, resolve, allow)
    try:
        with (
            httpcore.ConnectionPool(ssl_context=tls, network_backend=backend) as pool,
            pool.stream("GET", url, headers=[*_HEADERS, (b"Accept", accept.encode())]) as response,
        ):
            headers = {k.decode("latin-1").lower(): v.decode("latin-1") for k, v in response.headers}
            return Response(response.status, headers, _body(response, limits.most_bytes))
    except httpcore.TimeoutException as error:
        raise NotText("the server took too long") from error
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol, OSError) as error:
        raise NotText(f"the connection failed ({str(error) or type(error).__name__})") from error


def _body(response: httpcore.Response, most: int) -> bytes:
    body = bytearray()
    for chunk in response.iter_stream():
        body += chunk
        if len(body) > most:
            raise NotText(f"it has more than {most:,} bytes, too long for one article")
    return bytes(body)


class _Checked(httpcore.NetworkBackend):
    """Connects to checked addresses only."""

    def __init__(self, limits: Limits, resolve: Resolve, allow: Allow) -> None:
        self._limits, self._resolve, self._allow = limits, resolve, allow

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        failed: Exception = NotText(f"{host} has no address")
        for address in checked_addresses(host, port, self._resolve, self._allow):
            try:
                inner = httpcore.SyncBackend().connect_tcp(str(address), port, self._limits.left())
                return _Timed(inner, self._limits)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
        raise failed


class _Timed(httpcore.NetworkStream):
    """A stream that ends at the deadline, however slowly the bytes arrive."""

    def __init__(self, inner: httpcore.NetworkStream, limits: Limits) -> None:
        self._inner, self._limits = inner, limits

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._limits.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._limits.left())

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Timed(self._inner.start_tls(ssl_context, server_hostname, self._limits.left()), self._limits)

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401  # as the library declares it
        return self._inner.get_extra_info(info)
