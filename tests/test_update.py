"""Updating: articles that older rules have read are read again; nothing is lost, however it is stopped."""

import subprocess
import sys
from pathlib import Path

import pytest
from old_library import make_old
from storing import article, contents, open_store, whole
from typer.testing import CliRunner

from assistant import Assistant, Settings
from assistant.cli.commands import app
from index.reading import RULES

ROOT = Path(__file__).parent.parent

STOPPED = """
import os, sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from storing import open_store
from index import build
from index.language.parser import Parser

step, folder = sys.argv[2], Path(sys.argv[3])
build._FIRST_ARTICLES = 1
with open_store(folder, Parser()) as store:
    if step == "between two batches":
        store.update(lambda progress: os._exit(9))
    part, _, method = step.rpartition(".")
    part = getattr(store._parts, part)
    does = getattr(type(part), method)

    def stops(*arguments):
        does(*arguments)
        os._exit(9)

    setattr(type(part), method, stops)
    store.update()
"""


def cues(store):
    """The cue of every direct quotation; None where it has none."""
    return [
        said.cue and said.cue.cut(reading.article.text)
        for reading in contents(store).values()
        for said in reading.statements
        if said.manner == "direct"
    ]


@pytest.fixture
def old(tmp_path, parser):
    with open_store(tmp_path, parser) as store:
        store.add([article("a"), article("b", "tunnel"), article("c", text="Nobody spoke. It rained.")])
        before = contents(store)
    make_old(tmp_path)
    return tmp_path, before


def test_what_older_rules_read_is_read_again_once(old, parser):
    folder, before = old
    with open_store(folder, parser) as store:
        assert set(cues(store)) == {None}
        told = []
        summary = store.update(told.append)
        assert (summary.updated, summary.unchanged) == (("a", "b"), ("c",))
        assert told[-1].seen == 3
        assert contents(store) == before
        assert {reading.rules for reading in contents(store).values()} == {RULES}
        whole(store)
        assert store.update() == type(summary)()
        whole(store)


def test_an_article_that_reads_as_before_keeps_its_passages(old, parser):
    folder, _ = old
    with open_store(folder, parser) as store:
        keys = store.library.keys("c")
        store.update()
        assert store.library.keys("c") == keys
        assert store.library.article("a").text in store.encoder.encoded
        assert store.library.article("c").text not in store.encoder.encoded


@pytest.mark.parametrize(
    "step", ["between two batches", "library.reserve", "vectors.put", "fulltext.put", "library.put", "library.confirm"]
)
def test_an_update_that_is_stopped_is_finished_by_the_next(old, parser, step):
    folder, before = old
    command = [sys.executable, "-c", STOPPED, str(ROOT / "tests"), step, str(folder)]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == 9
    with open_store(folder, parser) as store:
        assert set(contents(store)) == set(before)
        whole(store)
        store.update()
        assert contents(store) == before
        assert store.library.outdated(RULES) == ()
        whole(store)


def test_an_old_library_answers_says_once_that_it_is_old_and_is_updated(tmp_path):
    folder = str(tmp_path / "library")
    with Assistant.open(folder, Settings()) as assistant:
        assistant.add(["examples/articles/2026-02-17-farms.txt"])
    make_old(Path(folder))
    run = CliRunner()
    question = ["ask", "What did Piet Aldous say about onions?", "--library", folder]
    asked = run.invoke(app, question)
    assert "No water until June means no onions" in asked.stdout
    assert asked.stderr == (
        "articles read by the rules of an older version: 1 of 1; read them again with: ontherecord update\n"
    )
    assert run.invoke(app, question).stderr == ""
    for _ in range(2):
        checked = run.invoke(app, ["check", "--library", folder])
        assert (checked.exit_code, checked.stdout.splitlines()[-1]) == (0, asked.stderr.rstrip())
    updated = run.invoke(app, ["update", "--library", folder])
    assert updated.stdout == "1 read again: 1 updated, 0 unchanged\n"
    assert run.invoke(app, ["update", "--library", folder]).stdout.startswith("nothing to do")
    assert run.invoke(app, question).stdout == asked.stdout  # the same words of the same speaker
    assert "older version" not in run.invoke(app, ["check", "--library", folder]).stdout
