"""Helpers for the tests of the page: a server in a process of its own, and Chromium.

Run as a script it serves a library of the given articles, with the encoder that needs no model.
"""

import contextlib
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

CHROMIUM = Path("/usr/bin/chromium")
# Without these, Chromium looks for updates and the like outside this machine.
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
)
ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples" / "articles"


@contextlib.contextmanager
def served(folder, *articles, auth="", mcp=False):
    """The URL of a page over a new library in that folder."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, __file__, str(folder), str(port), "mcp" if mcp else "", *map(str, articles)]
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}", "ONTHERECORD_AUTH": auth}
    environment.pop("PYTHONWARNINGS", None)
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=folder.parent)
    try:
        for line in server.stdout:
            if line.startswith("http"):
                break
        else:
            raise RuntimeError("the page was not served")
        yield line.strip()
    finally:
        server.terminate()
        server.wait()
        server.stdout.close()


@contextlib.contextmanager
def chromium():
    """A browser; where there is none, the test is skipped with a reason, and in CI that is an error."""
    if not CHROMIUM.exists():
        missing = f"{CHROMIUM} is not there; install Debian's chromium"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def _serve(folder, port, mcp, articles):
    from storing import LetterEncoder

    from assistant.assistant import Assistant
    from assistant.settings import Settings
    from assistant.web.app import launch, page
    from assistant.web.guard import credentials
    from index.articles import read_paths
    from index.parser import Parser
    from index.store import Store

    store = Store.assembled(Path(folder), LetterEncoder(), Parser(), "", False)
    with Assistant(store, Settings()) as assistant:
        store.add(read_paths(articles, notice=lambda words: None))
        server = launch(page(assistant), host="127.0.0.1", port=int(port), auth=credentials(), mcp=bool(mcp))
        sys.stdout.write(f"{server.url}\n")
        sys.stdout.flush()
        server.wait()


if __name__ == "__main__":
    _serve(*sys.argv[1:4], sys.argv[4:])
