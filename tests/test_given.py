"""What comes in that is no text and no day: one sentence, and no traceback."""

import datetime as dt
import json
import subprocess
import sys

import pytest
from storing import open_store

from assistant.assistant import Assistant
from assistant.query.filters import DAY_FILTERS, LIST_FILTERS, NAMES, Filters
from assistant.query.given import day, words
from assistant.settings import Settings
from assistant.web.answering import answering
from index.errors import QuestionError

QUESTION = "What did Piet say?"


@pytest.fixture(scope="module")
def assistant(parser, tmp_path_factory):
    with Assistant(open_store(tmp_path_factory.mktemp("given"), parser), Settings()) as opened:
        yield opened


@pytest.mark.parametrize("text", ["What did Piet say? 😀", "", "Zoë\u0000", "\uffff"])
def test_text_comes_out_as_it_came_in(text):
    assert words(text, "the question") == text


@pytest.mark.parametrize(
    ("text", "told"),
    [("What \ud800 is it?", "'\\ud800' at character 6"), (None, "is None"), (b"What?", "bytes"), (3, "int")],
)
def test_a_question_that_is_no_text_is_told_in_one_sentence(assistant, text, told):
    with pytest.raises(QuestionError) as error:
        assistant.ask(text)
    assert told in str(error.value)
    str(error.value).encode("utf-8")


@pytest.mark.parametrize("name", ["said_by", "about", "publisher"])
@pytest.mark.parametrize("value", ["Pi\udcfft", 3])
def test_a_filter_that_is_no_text_is_told(assistant, name, value):
    with pytest.raises(QuestionError):
        assistant.ask(QUESTION, **{name: value})


@pytest.mark.parametrize("articles", ["\ud800", ["\ud800"], [None], 3])
def test_an_id_that_is_no_text_is_told(assistant, articles):
    with pytest.raises(QuestionError):
        assistant.ask(QUESTION, articles=articles)
    with pytest.raises(QuestionError):
        assistant.remove(articles)


@pytest.mark.parametrize(
    ("quotation", "speaker"), [("three \udcff words more", ""), ("three good words", "\ud800"), (None, "")]
)
def test_a_quotation_or_its_speaker_that_is_no_text_is_told(assistant, quotation, speaker):
    with pytest.raises(QuestionError):
        assistant.verify(quotation, speaker)


@pytest.mark.parametrize("name", ["published_after", "published_before"])
@pytest.mark.parametrize("value", ["yesterday", "2024-02-30", "\ud800", 20240503])
def test_a_day_that_is_none_is_told(assistant, name, value):
    with pytest.raises(QuestionError, match=f"{name} is .*2024-05-03"):
        assistant.ask(QUESTION, **{name: value})


@pytest.mark.parametrize("given", ["2024-05-03", dt.date(2024, 5, 3), dt.datetime(2024, 5, 3, 12)])
def test_a_day_may_be_written(given):
    assert day(given, "published_after") == dt.date(2024, 5, 3)
    assert day("", "published_after") is None


def test_the_page_tells_half_a_surrogate_pair(assistant):
    none = tuple([] if name in LIST_FILTERS else "" for name in NAMES)
    *_, last = answering(assistant, "What did \ud800 say?", None, none)
    assert "which is no character" in last[0]
    json.dumps([last[0], last[2]], ensure_ascii=False).encode("utf-8")


@pytest.mark.parametrize("name", sorted(set(NAMES) - DAY_FILTERS))
def test_filters_are_text(name):
    with pytest.raises(QuestionError, match="which is no character"):
        Filters.read({name: ["\ud800"] if name in LIST_FILTERS else "Pi\udcff"})


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    """The options for a library of one article, added on the command line."""
    folder = tmp_path_factory.mktemp("shelf")
    (folder / "piet.txt").write_text("The lock is closed, Piet Bakker said.\n")
    options = ["--library", str(folder / "library")]
    subprocess.run([sys.executable, "-m", "assistant", "add", str(folder / "piet.txt"), *options], check=True)
    return options


@pytest.mark.slow
@pytest.mark.parametrize("verb", ["ask", "verify"])
def test_the_command_line_tells_broken_utf_8_without_a_traceback(shelf, verb):
    command = [sys.executable, "-m", "assistant", verb, b"What did \xff\xfe Piet say?"]
    done = subprocess.run([*command, *shelf], capture_output=True, text=True, errors="replace", check=False)
    assert done.returncode == (2 if verb == "verify" else 1)  # nothing could be checked
    assert "Traceback" not in done.stderr
    assert "udcff" in done.stderr
    assert done.stderr.count("\n") == 1
