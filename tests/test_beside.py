"""Batches are read in a process beside, in order, and as they would be here; its end is one clear sentence."""

import io
import pickle
from dataclasses import replace

import pytest
from storing import article

from index import reading_ahead
from index.errors import LibraryError
from index.reading import read
from index.reading_ahead import read_ahead, serve

BATCHES = [[article("a"), article("b", "tunnel")], [article("c", "ferry")], [article("d", text="")]]


def test_readings_are_those_that_would_be_made_here_in_order(parser):
    assert list(read_ahead(BATCHES, parser)) == [list(read(batch, parser)) for batch in BATCHES]


def test_each_kind_of_space_is_read_as_a_plain_one_and_offsets_stay_those_of_the_text(parser):
    plain = article("a", text="In the Vale Post poll, taken March 3, 40 percent back Bo Ray, who says: “It is mine.”")
    [wanted], [other] = (
        list(read([replace(plain, text=plain.text.replace(" ", space))], parser)) for space in (" ", "\u00a0")
    )
    assert len(wanted.statements) == 2
    assert [said.speaker and said.speaker.name for said in other.statements] == ["Vale Post poll", "Bo Ray"]
    assert (other.statements, other.passages) == (wanted.statements, wanted.passages)
    assert other.article.text.count("\u00a0") == plain.text.count(" ")


def test_no_batches_have_no_readings(parser):
    assert list(read_ahead([], parser)) == []


def test_one_batch_starts_no_process(parser, monkeypatch):
    monkeypatch.setattr(reading_ahead.subprocess, "Popen", None)
    assert list(read_ahead(BATCHES[:1], parser)) == [list(read(BATCHES[0], parser))]


def test_batches_are_asked_for_as_they_are_needed(parser):
    asked = []
    stream = (asked.append(n) or batch for n, batch in enumerate(BATCHES))
    next(read_ahead(stream, parser))
    assert asked == [0, 1]


def test_the_end_of_the_process_is_one_clear_sentence(parser):
    readings = read_ahead(BATCHES, parser)
    next(readings)
    readings.gi_frame.f_locals["reader"]._process.kill()
    with pytest.raises(LibraryError, match=r"has ended.*add them again"):
        list(readings)


def test_what_goes_wrong_there_is_raised_here(parser):
    with pytest.raises(AttributeError, match="text"):
        list(read_ahead([[object()], BATCHES[0]], parser))


def test_the_process_ends_when_there_is_no_more(parser):
    taken = io.BytesIO()
    serve(parser.pipeline, 30, io.BytesIO(pickle.dumps(BATCHES[0])), taken)
    assert pickle.loads(taken.getvalue()) == list(read(BATCHES[0], parser))
