"""Passages: whole sentences, each in one at least, none of somebody's words in the reporter's prose."""

import re

from hypothesis import given
from hypothesis import strategies as st

from index.passages import LONGEST, passages, search_text, speaker_line
from index.types import Article, Manner, Reading, Resolution, Span, Speaker, Statement

ANN, BO = Speaker("0", "Ann Lee", "a diver", (), "ann lee"), Speaker("1", "Bo Chen", "", (), "bo chen")


def article(*paragraphs):
    return Article("a", "A bridge", "\n\n".join(paragraphs))


def sentences(text):
    return [Span(m.start(), m.end()) for m in re.finditer(r"[^.\n]+\.", text.replace(". ", ".\x00"))]


def said(number, sentence, speaker):
    resolution = Resolution.NAMED if speaker else Resolution.UNRESOLVED
    return Statement("a", number, (sentence,), None, None, speaker, Manner.INDIRECT, resolution, sentence)


def cut(one, statements):
    every = sentences(one.text)
    chosen = [said(n, every[place], who) for n, (place, who) in enumerate(statements)]
    found = passages(one, every, chosen)
    return [(p.extent.cut(one.text).replace("\x00", " ").strip(), p.statement) for p in found]


def test_prose_is_windows_of_two_sentences_within_a_paragraph():
    found = cut(article("One. Two. Three.", "Four."), [])
    assert [text for text, _ in found] == ["One. Two.", "Two. Three.", "Four."]


def test_a_statement_is_never_in_the_reporters_prose():
    found = cut(article("One. Two. Three."), [(1, ANN)])
    assert found == [("One.", None), ("Two.", 0), ("Three.", None)]


def test_what_a_speaker_goes_on_to_say_is_one_passage():
    found = cut(article("This is one. Two. Three."), [(0, ANN), (1, ANN)])
    assert found == [("This is one. Two.", 0), ("Three.", None)]


def test_one_sentence_may_stand_between():
    found = cut(article("One. Two. This is three. Four."), [(0, ANN), (2, ANN)])
    assert found == [("One. Two. This is three.", 1), ("Four.", None)]


def test_another_speaker_may_not_stand_between():
    found = cut(article("One. Two. Three."), [(0, ANN), (1, BO), (2, ANN)])
    assert [text for text, _ in found] == ["One.", "Two.", "Three."]


def test_sentences_of_a_turn_that_hold_nothing_said_are_the_reporters():
    text = " ".join(f"S{n}." for n in range(5))
    whole, last = Span(0, len(text)), sentences(text)[-1]
    turn = Statement("a", 0, (last,), None, None, ANN, Manner.DIRECT, Resolution.NAMED, whole)
    found = passages(Article("a", "", text), sentences(text), [turn])
    assert [p.statement for p in found] == [None, 0]


def test_two_speakers_are_two_passages():
    assert [n for _, n in cut(article("One. Two."), [(0, ANN), (1, BO)])] == [0, 1]


def test_a_paragraph_ends_a_passage():
    assert [text for text, _ in cut(article("One.", "Two."), [(0, ANN), (1, ANN)])] == ["One.", "Two."]


def test_unknown_speakers_are_not_taken_for_one():
    assert [text for text, _ in cut(article("One. Two."), [(0, None), (1, None)])] == ["One.", "Two."]


def test_a_long_turn_is_parted():
    text = " ".join(f"S{n}." for n in range(7))
    whole = Span(0, len(text))
    turn = Statement("a", 0, (whole,), None, None, ANN, Manner.DIRECT, Resolution.NAMED, whole)
    found = passages(Article("a", "", text), sentences(text), [turn])
    assert [p.extent.cut(text).count(".") for p in found] == [3, 3, 3]
    assert {p.statement for p in found} == {0}


@given(st.lists(st.integers(1, 5), min_size=1, max_size=5), st.data())
def test_every_sentence_lies_in_a_passage(sizes, data):
    one = article(*(" ".join("Word." for _ in range(size)) for size in sizes))
    every = sentences(one.text)
    places = data.draw(st.lists(st.tuples(st.integers(0, len(every) - 1), st.sampled_from([ANN, BO, None]))))
    chosen = [said(n, every[place], who) for n, (place, who) in enumerate(sorted(places, key=lambda p: p[0]))]
    found = passages(one, every, chosen)
    assert [p.number for p in found] == list(range(len(found)))
    assert all(any(sentence in p.extent for p in found) for sentence in every)
    assert all(sum(s in p.extent for s in every) <= LONGEST for p in found)
    voiced = [span for s in chosen for span in s.content]
    assert not any(p.extent.overlaps(span) for p in found if p.statement is None for span in voiced)


def test_a_passage_knows_who_speaks_in_it_and_what_stood_before():
    one = article("One. Two.")
    every = tuple(sentences(one.text))
    chosen = (said(0, every[1], ANN),)
    reading = Reading(one, every, passages(one, every, chosen), chosen)
    assert speaker_line(reading, reading.passages[1]) == "Ann Lee, a diver"
    assert search_text(reading, reading.passages[1]).context.split("\n") == ["Ann Lee, a diver", "A bridge", "One."]
