"""The page over the example articles, and Chromium to look at it: what the two scripts about the page share."""

from __future__ import annotations

import contextlib
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from assistant import Assistant

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parent.parent
CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
)


@contextlib.contextmanager
def served() -> Iterator[str]:
    """The address of a page over a library of the example articles, with the default models."""
    from assistant.web.server import launch, page

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder, Assistant.open(Path(folder) / "library") as assistant:
        assistant.add([ROOT / "examples" / "articles"])
        assistant.ask("What was said?")  # loads the models
        server = launch(page(assistant), host="127.0.0.1", port=port)
        try:
            yield server.url
        finally:
            server.close()


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """A browser without a window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def visit(browser: Browser, url: str, width: int, height: int, scheme: str = "light") -> Page:
    """A page of its own, ready to be asked."""
    page = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme).new_page()
    page.set_default_timeout(120_000)
    page.goto(url)
    page.wait_for_selector(".otr-greeting")
    return page


def ask(page: Page, question: str) -> None:
    """Ask, and wait for the whole answer."""
    page.fill("#otr-question textarea", question)
    page.keyboard.press("Enter")
    page.wait_for_selector(".otr-export.whole")
