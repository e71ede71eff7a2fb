"""Comparing a quotation with a text: only marks, spaces and case are passed over; every word and figure counts."""

import unicodedata

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assistant.verification.comparison import Alignment, compare, unbroken
from index.language.tokens import words
from index.types import Span

TEXT = (
    "“We won,” said Ann Lee, “and they did not lose 6% of 1,200 votes.” She told us that nobody left the U.S. hall.\n\n"
    "“We won,” said Bo Chen."
)
FRAME = (Span(TEXT.index(" said Ann"), TEXT.index("“and")),)


def keys(text: str) -> list[str]:
    return [word.key for word in words(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("We won", "we WON"),
        ("don’t", "don't"),
        ("café", "cafe\u0301"),
        ("re\u00adsign now", "resign now"),
        ("1,000 men", "1000 men"),
        ("the U.S. Army", "the US Army"),
        ("[W]e won", "We won"),
        ("well-known", "well known"),
        ("“We—they—won,” ''he'' said…", "we they won he said"),
        ("soldiers’ homes", "soldiers homes"),
        ("straße", "STRASSE"),
        ("İstanbul", "İSTANBUL"),
        ("so_called", "so called"),
        ("wo\u200brd", "word"),
        ("\U000e0041word", "word"),
        ("e.g. this", "eg this"),
    ],
)
def test_the_same_words_in_other_dress(one: str, other: str) -> None:
    assert keys(one) == keys(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("6%", "6"),
        ("$6", "€6"),
        ("$6", "6"),
        ("-5 degrees", "5 degrees"),
        ("10.5", "10,5"),
        ("1.5", "15"),
        ("10²", "102"),
        ("1/2", "12"),
        ("7:30", "730"),
        ("its", "it's"),
        ("we’re", "were"),
        ("resume", "résumé"),
        ("resign", "re-sign"),
        ("AT&T", "AT T"),
        ("two", "2"),
    ],
)
def test_other_words_are_other_words(one: str, other: str) -> None:
    assert keys(one) != keys(other)


def test_words_keep_their_places() -> None:
    text = "İstanbul\r\n“😀 cafe\u0301” 日本"
    assert [text[word.start : word.end] for word in words(text)] == ["İstanbul", "cafe\u0301", "日", "本"]
    assert [text[word.start : word.end] for word in words(text, Span(11, 14))] == ["cafe\u0301"]


@pytest.mark.parametrize(
    ("quotation", "likeness", "edits"),
    [
        ("they did not lose 6% of 1,200 votes", 1, []),
        ("they did lose 6% of 1,200 votes", 7 / 8, [("", "not")]),
        ("they did not lose 5% of 1200 votes", 8 / 9, [("5", "6")]),
        ("they did not lose 6 of 1,200 votes", 7 / 8, [("", "%")]),
        ("they did not lose 6% of 1,300 votes", 8 / 9, [("1,300", "1,200")]),
        ("they did not ever lose 6% of 1,200 votes", 9 / 10, [("ever", "")]),
        ("She told US that nobody left", 5 / 6, [("US", "us")]),
        ("nobody left the us hall", 4 / 5, [("us", "U.S")]),
        ("somebody left the U.S. hall", 4 / 5, [("somebody", "nobody")]),
        ("no two words in common", 0, None),
    ],
)
def test_each_differing_word_is_told_on_both_sides(quotation, likeness, edits) -> None:
    found = compare(quotation, TEXT)
    if edits is None:
        assert found is None or found.likeness < 0.5
        return
    assert found is not None and found.likeness == pytest.approx(likeness)
    told = [(e.asked.cut(quotation) if e.asked else "", e.printed.cut(TEXT) if e.printed else "") for e in found.edits]
    assert told == edits
    assert found.exact is not bool(edits)


@pytest.mark.parametrize(
    ("quotation", "shortened", "interrupted"),
    [
        ("“We won, and they did not lose”", [], ["said Ann Lee"]),
        ("“We won,” said Ann Lee, “and they did not lose”", [], []),
        ("they did not ... 1,200 votes", ["lose 6% of"], []),
        ("they did not [...] 1,200 votes", ["lose 6% of"], []),
        ("they did not . . . 1,200 votes", ["lose 6% of"], []),
        ("…they did not lose…", [], []),
        ("We won … they did not lose", ["said Ann Lee, “and"], []),
    ],
)
def test_what_may_be_left_out_is_told(quotation, shortened, interrupted) -> None:
    found = compare(quotation, TEXT, FRAME)
    assert found is not None and found.exact
    assert [span.cut(TEXT) for span in found.shortened] == shortened
    assert [span.cut(TEXT) for span in found.interrupted] == interrupted


def test_an_ellipsis_never_hides_a_negation() -> None:
    found = compare("they ... lose 6% of 1,200 votes", TEXT)
    assert found is not None and not found.exact
    assert not found.edits and [span.cut(TEXT) for span in found.negations] == ["not"]


def test_a_negation_that_was_passed_over_is_what_differs() -> None:
    found = compare("it will close", "it will not close in May")
    assert found is not None and [(edit.asked, edit.printed) for edit in found.edits] == [(None, Span(8, 11))]
    text = "on the last day it was not said and never told and done and duly signed"
    found = compare("on the last day it was ... done and duly signed", text)
    assert found is not None and [span.cut(text) for span in found.negations] == ["not", "never"]


def test_the_frame_may_not_be_left_out_where_it_negates() -> None:
    text = "“We did” not “win the vote”"
    found = compare("We did win the vote", text, [Span(8, 13)])
    assert found is not None and [edit.printed.cut(text) for edit in found.edits] == ["not"]


def test_outside_the_frame_nothing_is_left_out_for_free() -> None:
    found = compare("We won, and they did not lose", TEXT)
    assert found is not None and not found.exact


def test_every_place_is_found() -> None:
    found = Alignment("we won said", TEXT).nearest()
    assert [one.span.start for one in found] == [1, TEXT.rindex("We won")]
    assert all(one.exact for one in found)
    assert [one.span.cut(TEXT) for one in Alignment("we won", TEXT, within=Span(100, len(TEXT))).nearest()] == [
        "We won"
    ]


def test_of_two_ways_to_shorten_the_shorter_is_told() -> None:
    text = "we came and saw and won and won"
    (found,) = Alignment("we came ... won", text).nearest()
    assert [span.cut(text) for span in found.shortened] == ["and saw and"]


def test_a_quotation_is_parted_at_its_ellipses() -> None:
    assert [[word.key for word in run] for run in unbroken("... We won … and [...] lost.")] == [
        ["we", "won"],
        ["and"],
        ["lost"],
    ]


@pytest.mark.parametrize("text", ["", "\n", "…", "😀 “”", "\0"])
def test_a_text_without_words_is_no_place(text: str) -> None:
    assert compare("we won it", text) is None
    assert compare(text, "we won it") is None


TEXTS = st.one_of(
    st.lists(
        st.sampled_from(
            "We won. not never “said 1,000 6% U.S. us US it’s İl cafe\u0301 日本 a… - -5 $3 re\u00adx [W]e\n\n".split(
                " "
            )
        ),
        min_size=3,
        max_size=40,
    ).map(" ".join),
    st.text(min_size=3, max_size=80),
)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_decomposed_syllable_is_the_same_word(form: str) -> None:
    text = unicodedata.normalize(form, "00가 나")
    assert [word.key for word in words(text)] == [word.key for word in words("00가 나")]


@settings(deadline=None)
@given(TEXTS, st.data())
def test_every_true_cut_is_exact(text: str, data: st.DataObject) -> None:
    every = words(text)
    assume(every)
    first = data.draw(st.integers(0, len(every) - 1))
    last = data.draw(st.integers(first, len(every) - 1))
    start, end = every[first].start, every[last].end
    cut = text[start:end]
    assume(keys(cut) == [word.key for word in every[first : last + 1]])  # "1" of "1st" at an edge is another word
    for dressed in (cut, f"“{cut}.”", " \n".join(cut.split(" ")), unicodedata.normalize("NFD", cut)):
        found = Alignment(dressed, text).nearest()
        assert all(one.exact for one in found)
        assert "…" in cut or ". ." in cut or "..." in cut or Span(start, end) in [one.span for one in found]


SENTENCE = st.lists(
    st.sampled_from("the bridge will not hold 6 7 cars % said no it and we they".split()), min_size=3, max_size=20
)


@settings(deadline=None)
@given(SENTENCE, st.data())
def test_no_changed_added_or_dropped_word_is_exact(sentence: list[str], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(sentence) - 1))
    other = data.draw(st.sampled_from(["5", "never", "bridges", "$"]))
    text = " ".join(sentence)
    changed = [*sentence[:place], other, *sentence[place + 1 :]]
    added = [*sentence[:place], other, *sentence[place:]]
    for altered in (changed, added):
        found = compare(" ".join(altered), text)
        assert found is None or not found.exact
    if 0 < place < len(sentence) - 1:
        dropped = [*sentence[:place], *sentence[place + 1 :]]
        runs = [sentence[n : n + len(dropped)] for n in range(len(sentence))]
        found = compare(" ".join(dropped), text)
        assert (found is not None and found.exact) is (dropped in runs)


@settings(deadline=None)
@given(SENTENCE, SENTENCE)
def test_edits_rebuild_the_text_from_the_quotation(one: list[str], two: list[str]) -> None:
    quotation, text = " ".join(one), " ".join(two)
    found = compare(quotation, text)
    if found is None:
        return
    asked, printed = quotation, found.span.cut(text)
    for edit in found.edits:
        if edit.asked:
            asked = asked[: edit.asked.start] + " " * len(edit.asked) + asked[edit.asked.end :]
        if edit.printed:
            start, end = edit.printed.start - found.span.start, edit.printed.end - found.span.start
            printed = printed[:start] + " " * (end - start) + printed[end:]
    assert asked.split() == printed.split()
    assert 0 <= found.likeness <= 1
