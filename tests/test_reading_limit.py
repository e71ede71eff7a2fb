"""The reading limit: an article that takes too long is kept as prose, is told, and holds up no other."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from storing import article, contents, open_store, whole

from assistant.cli.add import summed
from index import reading_ahead
from index.build import Summary
from index.language.parser import Parser
from index.reading import as_prose, fits, read
from index.reading_ahead import read_ahead
from index.types import hull

LONG = article("long", text="The dam is safe. " * 7_000)  # 28,000 words and 7,000 stops, 119,000 characters


@pytest.mark.slow
def test_one_call_that_hangs_costs_its_article_alone(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    batches = [
        [article("a"), article("b", text="Hang! “It is,” said Bo Lee."), article("c")],
        [article("d")],
        [article("e")],
    ]
    found = [reading for some in read_ahead(batches, Parser("hanging_pipeline"), limit=10) for reading in some]
    assert [one for some in batches for one in some] == [reading.article for reading in found]
    assert [reading.article.id for reading in found if reading.prose_only] == ["b"]
    assert all(bool(reading.statements) != reading.prose_only for reading in found)


def test_every_article_is_timed_by_itself(parser, monkeypatch):
    timed = []
    timer = reading_ahead.faulthandler
    monkeypatch.setattr(timer, "dump_traceback_later", lambda seconds, **how: timed.append((seconds, how["exit"])))
    monkeypatch.setattr(timer, "cancel_dump_traceback_later", lambda: timed.append("done"))
    batch = [article("a"), LONG, article("b")]
    found = list(reading_ahead._each_within(3, batch, parser))
    assert timed == [(3, True), "done"] * 2  # the long one is not begun
    assert found == [*read(batch[:1], parser), as_prose(LONG), *read(batch[2:], parser)]


def test_a_process_that_ends_at_the_limit_leaves_prose_in_order(parser, monkeypatch):
    ends = {"args": [sys.executable, "-c", "import pickle, sys; pickle.load(sys.stdin.buffer); sys.exit(1)"]}
    monkeypatch.setattr(reading_ahead, "own_process", lambda *arguments, **environment: ends)
    batches = [[article("a"), article("b")], [article("c")]]
    assert list(read_ahead(batches, parser)) == [[as_prose(one) for one in some] for some in batches]


def test_a_text_with_more_words_than_can_be_read_in_time_is_not_begun():
    assert fits(LONG, 4)
    assert not fits(LONG, 3)
    assert fits(replace(LONG, text="x" * 1_000_000), 1)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("It is safe. It is. Mr. Lee left! “Why?” he asked.", ["It is safe.", "It is.", "Mr. Lee left!", None]),
        ("One.\n\nTwo. Three", ["One.", "Two.", "Three"]),
        ("", []),
        ("a" * 5_000, ["a" * 2_000, "a" * 2_000, "a" * 1_000]),
    ],
)
def test_prose_has_the_sentences_that_print_shows(text, sentences):
    reading = as_prose(article("a", text=text))
    printed = [span.cut(text) for span in reading.sentences]
    assert [one or two for one, two in zip(sentences, printed, strict=True)] == printed
    assert reading.prose_only and not reading.statements
    assert all(passage.statement is None for passage in reading.passages)
    if sentences:
        assert hull(passage.extent for passage in reading.passages) == hull(reading.sentences)


def test_the_library_keeps_and_tells_it(tmp_path, parser):
    with open_store(tmp_path, parser, reading_limit=1) as store:
        store.add([article("a")])
        summary = store.add([LONG])
        assert (summary.added, summary.prose_only) == (("long",), ("long",))
        assert [(entry.id, entry.prose_only) for entry in store.library.articles()] == [("a", False), ("long", True)]
        assert contents(store)["long"] == as_prose(LONG)
        whole(store)


def test_the_command_line_tells_it():
    told = summed(Summary(added=("a", "long"), prose_only=("long",))).splitlines()
    assert told[1:] == [
        "  kept as prose, without statements, as it takes too long to read (see reading_limit): long",
    ]
