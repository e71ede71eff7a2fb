"""URLs: takes an http or https address, gives its article; only servers on the public internet are asked.

Knows what a URL may be and what a redirect is. Does not know sockets or formats.
"""

from __future__ import annotations

import re
import ssl
import time
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from index.errors import UnreadableArticle
from index.loaders import fields, html, registry
from index.loaders.addresses import Allow, Resolve, is_public, look_up
from index.loaders.characters import NotText
from index.loaders.documents import Notice, of_response
from index.loaders.files import printable
from index.loaders.pages import PageExtractor
from index.types import Article

LONGEST_URL = 2_000  # characters
MOST_REDIRECTS = 5
_REDIRECTS = (301, 302, 303, 307, 308)
_PORTS = {"http": 80, "https": 443}
_HEADER_CHARSET = re.compile(r"charset\s*=\s*\"?([\w.:-]+)", re.IGNORECASE)
_SAFE = "/?:@!$&'()*+,;=-._~%"


@dataclass(frozen=True, slots=True)
class WebPage:
    """What a URL led to: the last URL, the bytes, and the media type and encoding that the server states."""

    url: str
    data: bytes
    kind: str
    charset: str


@dataclass(frozen=True, slots=True)
class Web:
    """How the web is reached. Only the defaults are safe; tests resolve and allow other addresses.

    `seconds` and `most_bytes` limit one URL with all its redirects.
    """

    resolve: Resolve = look_up
    allow: Allow = is_public
    tls: ssl.SSLContext | None = None
    seconds: float = 30.0
    most_bytes: int = html.MOST_PAGE_BYTES

    def fetch(self, url: str) -> WebPage:
        """Fetch what a URL leads to; each redirect is checked like the first URL.

        :raises NotText: If the URL is not allowed, or there is no usable response.
        """
        import httpcore

        from index.loaders.connection import Limits, get

        limits = Limits(time.monotonic() + self.seconds, self.most_bytes)
        for _ in range(MOST_REDIRECTS + 1):
            parts = split(url)
            host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
            asked = httpcore.URL(scheme=parts.scheme, host=host, port=port, target=_target(parts))
            answer = get(asked, ", ".join(registry.media_types()), limits, self.resolve, self.allow, self.tls)
            if answer.status not in _REDIRECTS:
                break
            url = _redirected(parts.geturl(), answer.headers.get("location", ""))
        else:
            raise NotText(f"it redirects more than {MOST_REDIRECTS} times")
        if answer.status != 200:
            raise NotText(f"the server answered {answer.status}")
        if answer.headers.get("content-encoding", "identity").lower() != "identity":
            raise NotText("the server sent it compressed, which was not asked for")
        kind = answer.headers.get("content-type", "text/html")
        charset = _HEADER_CHARSET.search(kind)
        return WebPage(
            parts.geturl(), answer.body, kind.partition(";")[0].strip().lower(), charset[1] if charset else ""
        )


def read(url: str, notice: Notice, web: Web, pages: PageExtractor) -> Iterator[Article | UnreadableArticle]:
    """The article at a URL, of a media type that a loader reads. The article is known by the URL as given.

    :raises NotText: If the URL is not allowed, or what it leads to is no article that can be read.
    """
    page = web.fetch(url)
    loader = registry.for_media_type(page.kind)
    if loader is None:
        readable = " or ".join(one.name for one in registry.LOADERS if one.media_types)
        raise NotText(f"it is {printable(page.kind[:60])}, and from the web only {readable} is read")
    name = urlsplit(url).path.rstrip("/").rpartition("/")[2].partition(".")[0]
    known_by = fields.stable_id(name or urlsplit(url).hostname or "", url.partition("#")[0])
    yield from loader.read(
        of_response(
            page.data,
            url=url,
            found_at=page.url,
            fallback_id=known_by,
            charset=page.charset,
            notice=notice,
            pages=pages,
        )
    )


def split(url: str) -> SplitResult:
    """The parts of an allowed URL, its host in ASCII, without its fragment.

    :raises NotText: If it is no URL, or is not allowed.
    """
    if len(url) > LONGEST_URL:
        raise NotText(f"it has more than {LONGEST_URL:,} characters")
    if not url.isprintable() or " " in url or "\\" in url:
        raise NotText("it has a space, a backslash or a character that does not print, as no URL has")
    try:
        parts = urlsplit(url)
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode("ascii")
    except ValueError as error:
        raise NotText("it is not a URL: its server's name or port makes no sense") from error
    if parts.scheme not in _PORTS:
        raise NotText("it begins with neither http:// nor https://, and nothing else is read from the web")
    if "@" in parts.netloc:
        raise NotText("it has a user name or password in it; take it out")
    if not host or port == 0:
        raise NotText("it names no server")
    netloc = (f"[{host}]" if ":" in host else host) + (f":{port}" if port and port != _PORTS[parts.scheme] else "")
    return parts._replace(netloc=netloc, fragment="")


def _target(parts: SplitResult) -> str:
    path = quote(parts.path or "/", safe=_SAFE)
    return f"{path}?{quote(parts.query, safe=_SAFE)}" if parts.query else path


def _redirected(url: str, location: str) -> str:
    if not location:
        raise NotText("it redirects to nowhere")
    try:
        return urljoin(url, quote(location.encode("latin-1"), safe=_SAFE + "#[]"))
    except ValueError as error:
        raise NotText("it redirects to what is not a URL") from error
