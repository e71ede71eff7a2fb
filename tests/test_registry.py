"""The registry of loaders: one entry is all that a new format needs."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from index.loaders import registry

ROOT = Path(__file__).parent.parent

NEW_FORMAT = """
from index.loaders import fields, registry

def read(document):
    yield fields.article({}, document.text()[::-1], fallback_id=document.fallback_id, source=document.source)

entry = registry.Loader("bulletins", (".bul", ".bulletin"), ("text/x-bulletin",), read, lambda path: 7)
registry.LOADERS = (*registry.LOADERS, entry)
"""

EVERYWHERE = """
import sys
from pathlib import Path
import gradio
from typer.testing import CliRunner
from assistant.cli.commands import app
from assistant.web import articles_tab, greeting
from assistant.web.uploads import Uploads
from index.articles import count, read_paths
from index.loaders.urls import WebPage, Web

folder = Path(sys.argv[1])
(folder / "one.BUL").write_text("shut is bridge The")
(folder / "one.odd").write_text("x")

class Server(Web):
    def fetch(self, url):
        return WebPage(url, b"sails ferry The", "text/x-bulletin", "")

print("folder:", [one.text for one in read_paths([folder], notice=print)])
print("count:", count([folder]))
print("web:", [one.text for one in read_paths(["https://a.example/b"], notice=print, web=Server())])
print("uploaded:", [one.text for one in Uploads().files([str(folder / "one.BUL")])])
print("refused:", *read_paths([folder / "one.odd"], notice=print))
with gradio.Blocks():
    files = articles_tab._inputs()["files"]
print("offered:", files.label, files.file_types)
print("greeting:", greeting._EMPTY)
print("help:", " ".join(CliRunner().invoke(app, ["add", "--help"]).output.split()))
"""


def test_a_new_entry_is_used_everywhere(tmp_path):
    command = [sys.executable, "-c", NEW_FORMAT + EVERYWHERE, tmp_path]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    said = dict(line.split(": ", 1) for line in run.stdout.splitlines())
    assert said["folder"] == said["uploaded"] == "['ehT egdirb si tuhs']"
    assert said["count"] == "7"
    assert said["web"] == "['ehT yrref slias']"
    assert ".jsonl, .bul, .bulletin" in said["refused"]
    assert "JSON lines or bulletins" in said["offered"] and "'.bul', '.bulletin'" in said["offered"]
    assert "JSON lines and bulletins" in said["greeting"]
    assert ".jsonl, .bul, .bulletin" in said["help"]


def test_no_suffix_and_no_media_type_stands_twice():
    assert len(set(registry.suffixes())) == len(registry.suffixes())
    assert len(set(registry.media_types())) == len(registry.media_types())


@pytest.mark.parametrize("page", ["README.md", "docs/adding.md"])
def test_the_documentation_names_every_format(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    if page == "README.md":
        assert f"{registry.listed('and')} are read" in text
    else:
        assert set(re.findall(r"^\| `(\.\w+)`(?:, `(\.\w+)`)?", text, re.MULTILINE)) == {
            (*one.suffixes, "")[:2] for one in registry.LOADERS
        }
