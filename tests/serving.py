"""Helpers for the tests of the page: all their pages from one process, and Chromium.

Run as a script it serves them, with the encoder that needs no model:

    site       over the example articles, with MCP; tests leave its library as it was
    model      over the same library, with a chat model that says two sentences and then takes for ever
    hostile    over articles that would do harm if they could
    shelf      over an empty library, to add to
    guarded    over an empty library, behind a password, with MCP
    tried      the same, for wrong passwords
"""

import contextlib
import json
import os
import re
import socket
import subprocess
import sys
import threading
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
USER, PASSWORD = "ada", "secret"
SAYS = "The engineer calls the dam safe. [1]\nHe would sleep in the valley. [1]\n"
EVIL = (
    "<img src=http://elsewhere.example/i.png onerror=alert(1)>",
    "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
    "</script><script>alert(1)</script>",
    "![i](http://elsewhere.example/m.png) [l](javascript:alert(1))",
    "${alert(1)}{{#each this}}{{/each}} @children `",
    "\u202egnp.exe\u2066",
    "\U000e0069\U000e0067\U000e006e",
    "<style>@import 'http://elsewhere.example/s.css'</style><link rel=stylesheet href=http://elsewhere.example/l.css>",
    "\"onfocus=alert(1) autofocus x='",
)


def free_port():
    """A port of loopback on which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@contextlib.contextmanager
def served(folder):
    """The addresses of the pages by their names, over new libraries in that folder."""
    command = [sys.executable, __file__, str(folder)]
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"}
    environment.pop("PYTHONWARNINGS", None)
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=folder)
    try:
        for line in server.stdout:
            if line.startswith("{"):
                break
        else:
            raise RuntimeError("the pages were not served")
        yield json.loads(line)
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


def write_hostile(path):
    """A file of articles each of which tries something."""
    lines = [
        {
            "id": f"evil{number}" + re.sub(r"[^ -~]", "", evil),
            "title": f"Evil title {evil}",
            "publisher": f"Evil press {evil}",
            "author": f"Evil {evil}",
            "published": "2026-01-02",
            "url": f"javascript:alert({number})" if number % 2 else f"https://evil.example/{evil}",
            "text": f"The evil news {evil}\n\n“The evil words are {evil},” said Bo Chen, the {evil} of Eastport.\n",
        }
        for number, evil in enumerate(EVIL)
    ]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")


def _slow_model():
    from langchain_core.messages import AIMessageChunk
    from langchain_core.outputs import ChatGenerationChunk
    from scripted import ScriptedModel

    class SlowModel(ScriptedModel):
        """Picks the first two quotes; says two sentences of them, and never ends."""

        def _stream(self, *args, **more):
            for line in SAYS.splitlines(keepends=True):
                yield ChatGenerationChunk(message=AIMessageChunk(line))
            threading.Event().wait()

    return SlowModel(replies=["1, 2"])


def _serve(folder):
    from storing import LetterEncoder

    from assistant.assistant import Assistant
    from assistant.settings import Settings
    from assistant.web.guard import credentials
    from assistant.web.server import launch, page
    from index.articles import read_paths
    from index.language.parser import Parser
    from index.storage.store import Store

    parser, servers = Parser(), {}

    def opened(name, *articles):
        store = Store.assembled(folder / name, LetterEncoder(), parser, "", False)
        store.add(read_paths(articles, notice=lambda words: None))
        return store

    def start(name, store, model=None, **more):
        blocks = page(Assistant(store, Settings(), model))
        servers[name] = launch(blocks, host="127.0.0.1", port=free_port(), **more)

    write_hostile(folder / "evil.jsonl")
    examples = opened("site", EXAMPLES)
    start("site", examples, mcp=True)
    start("model", examples, _slow_model())
    start("hostile", opened("hostile", folder / "evil.jsonl"))
    start("shelf", opened("shelf"))
    auth = credentials(None, {"ONTHERECORD_AUTH": f"{USER}:{PASSWORD}"})
    start("guarded", opened("guarded"), auth=auth, mcp=True)
    start("tried", opened("tried"), auth=auth)
    sys.stdout.write(json.dumps({name: server.url.rstrip("/") for name, server in servers.items()}) + "\n")
    sys.stdout.flush()
    servers["site"].wait()


if __name__ == "__main__":
    _serve(Path(sys.argv[1]))
