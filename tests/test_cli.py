"""The command line: every verb once, and one sentence instead of a traceback."""

import io
import json
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from types import SimpleNamespace

import pytest

import assistant
from assistant.cli import main

EXAMPLES = Path(__file__).parent.parent / "examples" / "articles"


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    """A library over the example articles, as `ontherecord add` makes it."""
    folder = tmp_path_factory.mktemp("cli") / "library"
    first = run("add", EXAMPLES, "--library", folder)
    assert first.returncode == 0, first.stderr
    return folder


def run(*arguments):
    """What `ontherecord` with these arguments prints and ends with, without a process of its own."""
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setattr(sys, "argv", ["ontherecord", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
    return SimpleNamespace(returncode=ended.value.code or 0, stdout=out.getvalue(), stderr=err.getvalue())


def records(result):
    assert result.returncode == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_it_runs_as_a_program(library):
    command = [sys.executable, "-m", "assistant", "show", "nope", "--library", library]
    result = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=300)
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.startswith("ontherecord: no article has the id 'nope'")


def test_it_tells_its_version():
    assert run("--version").stdout == f"ontherecord {assistant.__version__}\n"


def test_the_home_folder_is_added_only_when_that_is_said(tmp_path, monkeypatch):
    home = tmp_path / "home"
    home.mkdir()
    (home / "a.txt").write_text("The bridge is shut.")
    monkeypatch.setenv("HOME", str(home))
    refused = run("add", home, "--library", tmp_path / "library")
    assert refused.returncode == 1 and "0 added" in refused.stdout and "your home folder" in refused.stdout
    assert run("add", home, "--anyway", "--library", tmp_path / "library").stdout.startswith("1 added")


def test_adding_the_same_again_changes_nothing(library):
    again = run("add", EXAMPLES, "--library", library)
    assert again.returncode == 0
    assert again.stdout.startswith("0 added, ")
    assert "0 updated, 0 failed" in again.stdout


def test_one_bad_file_is_told_and_the_others_are_in(tmp_path):
    (tmp_path / "bad.jsonl").write_text('{"title": "no text"}\n', encoding="utf-8")
    (tmp_path / "good.txt").write_text("Bridge opens\n\n“It opens,” said Bo Chen.\n", encoding="utf-8")
    result = run("add", tmp_path, "--library", tmp_path / "library")
    assert result.returncode == 1
    assert result.stdout.startswith("1 added, 0 unchanged, 0 updated, 1 failed")
    assert "bad.jsonl:1" in result.stdout


def test_asking_gives_the_same_answer_as_text_and_as_json(library):
    question = "What did Piet Aldous say about onions?"
    [answer] = records(run("ask", question, "--library", library, "--json"))
    text = run("ask", question, "--library", library).stdout
    assert answer["answered"]
    assert answer["quotes"][0]["speaker"]["name"] == "Piet Aldous"
    assert "Piet Aldous" in text
    assert " ".join(answer["quotes"][0]["text"].split()[:4]) in " ".join(text.split())


def test_a_file_of_questions_is_answered_line_by_line(library, tmp_path):
    (tmp_path / "q.jsonl").write_text(
        '{"id": "one", "question": "What did Rosa Delgado say?"}\n\n{"id": "two", "question": "Who is Kofi Annan?"}\n'
    )
    answers = records(run("ask", "--questions", tmp_path / "q.jsonl", "--library", library, "--json"))
    assert [answer["id"] for answer in answers] == ["one", "two"]


def test_what_is_there_is_listed(library):
    articles = records(run("articles", "--library", library, "--json"))
    speakers = records(run("speakers", "--library", library, "--json"))
    assert {"id", "title", "publisher", "published", "words", "statements"} <= articles[0].keys()
    assert [s["statements"] for s in speakers] == sorted((s["statements"] for s in speakers), reverse=True)
    assert len(run("articles", "--library", library).stdout.splitlines()) == len(articles)
    assert "Piet Aldous" in run("speakers", "--library", library).stdout
    shown = run("show", articles[0]["id"], "--library", library)
    assert articles[0]["title"].split()[0] in shown.stdout


def test_a_quotation_is_checked(library):
    [verdict] = records(run("verify", "No water until June means no onions", "--library", library, "--json"))
    assert verdict["finding"] == "exact"
    altered = run("verify", "No water until July means no onions", "--library", library, "--json")
    assert json.loads(altered.stdout)["finding"] == "altered"
    assert altered.returncode == 1
    other = run("verify", "No water until June means no onions", "--speaker", "Rosa Delgado", "--library", library)
    assert (other.returncode, other.stdout.partition(":")[0]) == (1, "MISATTRIBUTED")
    absent = run("verify", "The dam will stand for a thousand years", "--library", library)
    assert absent.returncode == 1 and "No such words; nearest in meaning:" in absent.stdout


def test_where_no_quotation_can_be_checked_the_status_is_2(library, tmp_path):
    words = "No water until June means no onions"
    short = run("verify", "so", "--library", library)
    assert (short.returncode, short.stdout) == (2, "")
    assert short.stderr.startswith("ontherecord: a quotation of 1 words")
    missing = run("verify", words, "--library", tmp_path / "typo")
    assert missing.returncode == 2 and missing.stderr.startswith("ontherecord: there is no library in")
    assert run("verify", "--library", library).returncode == 2
    unreadable = run("verify", words, "--library", library, "--settings", tmp_path / "none.toml")
    assert unreadable.returncode == 2


def test_statements_need_no_library(tmp_path):
    text = "“It opens,” said Bo Chen.\r\nHe did not say when."
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": "x", "title": "t", "text": text}) + "\n")
    [found] = records(run("statements", tmp_path / "a.jsonl", "--json"))
    [said] = found["attributions"]
    assert (found["id"], said["speaker"], said["direct"]) == ("x", "Bo Chen", True)
    assert [text[start:end] for start, end in said["cue"]] == ["said"]
    assert set(said) == {"source", "cue", "content", "speaker", "direct"}


def test_removing(library, tmp_path):
    (tmp_path / "one.txt").write_text("Bridge opens\n\n“It opens,” said Bo Chen.\n", encoding="utf-8")
    other = tmp_path / "library"
    run("add", tmp_path / "one.txt", "--library", other)
    [article] = records(run("articles", "--library", other, "--json"))
    assert run("remove", article["id"], "--library", other).stdout == f"removed {article['id']}\n"
    assert run("articles", "--library", other).stdout == ""


def test_a_question_set_is_evaluated(library, tmp_path):
    [article, *_] = records(run("articles", "--library", library, "--json"))
    gold = {"article": article["id"], "start": 0, "end": 5, "speaker": None}
    lines = [
        {"id": "1", "question": "What did Kofi Annan say about it?", "answers": []},
        {"id": "2", "question": "What did Piet Aldous say about onions?", "answers": [gold]},
    ]
    (tmp_path / "q.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    [figures] = records(run("evaluate", tmp_path / "q.jsonl", "--library", library, "--json"))
    assert figures["abstained_when_unanswerable"] == 1
    assert figures["verbatim_quotes"] == 1


def test_a_sound_library_is_found_sound(library):
    result = run("check", "--library", library)
    assert (result.returncode, result.stdout.split(":")[0]) == (0, "all fits")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["show", "nope"], "ontherecord: no article has the id 'nope'"),
        (["remove", "nope"], "ontherecord: no article has the id 'nope'"),
        (["ask", "What?", "--after", "soon"], "ontherecord: --after soon: a date is written YYYY-MM-DD"),
        (["ask"], "ontherecord: give one question, or a file of them with --questions"),
        (["ask", "What?", "--model", "nonsense"], "ontherecord: a chat model is named PROVIDER:NAME"),
        (["statements", "/no/such/file.jsonl"], "ontherecord: /no/such/file.jsonl"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_goes_wrong_is_one_sentence(library, arguments, sentence):
    result = run(*arguments, *([] if arguments[0] == "statements" else ["--library", library]))
    assert result.returncode == 1
    assert result.stderr.splitlines()[-1].startswith(sentence)
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    "arguments", [["articles"], ["speakers"], ["verify", "one two three"], ["ask", "Who?"], ["show", "x"], ["check"]]
)
def test_a_mistyped_library_is_told_and_not_made(tmp_path, arguments):
    result = run(*arguments, "--library", tmp_path / "typo")
    assert (result.returncode, result.stdout) == (2 if arguments[0] == "verify" else 1, "")
    told = f"there is no library in {tmp_path / 'typo'}; make one with: ontherecord add PATH --library"
    assert result.stderr.startswith(f"ontherecord: {told}")
    assert not (tmp_path / "typo").exists()


def test_help_reads_well():
    text = run("--help").stdout
    for verb in ("add", "ask", "verify", "articles", "speakers", "show", "statements", "remove", "serve", "evaluate"):
        assert f"\n  {verb} " in text
