"""Copies: the same words in two articles are one quote; a "not", a figure or another speaker never is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.selection.copies import collapse
from assistant.types import Copy, Quote
from index.types import Article, Manner, Resolution, Span, Speaker, Statement

WIRE = "The mayor said the old bridge would carry 200 cars an hour by May."


def quote(article_id: str, passage: str, *, speaker: str = "", before: str = "", after: str = "") -> Quote:
    article = Article(article_id, "A bridge", before + passage + after)
    extent = Span(len(before), len(before) + len(passage))
    if not speaker:
        return Quote(article, extent)
    said = Statement(
        *(article_id, 0, (extent,), None, None, Speaker("s0", speaker.title(), key=speaker)),
        *(Manner.DIRECT, Resolution.NAMED, extent),
    )
    return Quote(article, extent, said)


def shape(quotes: tuple[Quote, ...]) -> list[tuple[str, list[tuple[str, bool]]]]:
    return [(one.article.id, [(copy.article.id, copy.differs) for copy in one.copies]) for one in quotes]


def test_the_same_passage_in_three_articles_is_one_quote() -> None:
    others = [quote("b", WIRE, before="(Agency) "), quote("c", WIRE.replace("The mayor", "THE  MAYOR"))]
    (one,) = collapse([quote("a", WIRE), *others])
    assert shape((one,)) == [("a", [("b", False), ("c", False)])]
    assert one.copies[0].span.cut(one.copies[0].article.text) == WIRE


def test_the_best_quote_stays_and_the_order_too() -> None:
    other = "Nobody has asked the fishermen of the lower harbour for their view yet."
    found = collapse([quote("a", other), quote("b", WIRE), quote("c", other), quote("d", WIRE)])
    assert shape(found) == [("a", [("c", False)]), ("b", [("d", False)])]


def test_a_copy_that_goes_on_longer_is_still_a_copy() -> None:
    longer = WIRE + " It cost a great deal."
    assert shape(collapse([quote("a", WIRE), quote("b", longer)])) == [("a", [("b", False)])]
    # The first goes on longer than what was found of the second, whose article has the rest.
    found = collapse([quote("a", longer), quote("b", WIRE, after=" It cost a great deal. Rain fell.")])
    assert shape(found) == [("a", [("b", False)])]


@pytest.mark.parametrize(
    "edited",
    [
        WIRE.replace("old bridge", "bridge"),
        WIRE.replace("said the", "said that the"),
        WIRE.replace("The mayor", "The town's mayor"),
    ],
)
def test_a_copy_in_slightly_other_words_is_shown_as_differing(edited: str) -> None:
    assert shape(collapse([quote("a", WIRE), quote("b", edited)])) == [("a", [("b", True)])]


@pytest.mark.parametrize(
    "turned",
    [
        WIRE.replace("would carry", "would not carry"),
        WIRE.replace("would carry", "wouldn't carry"),
        WIRE.replace("200", "300"),
        WIRE.replace("200", "two thousand"),
        WIRE.replace("would carry", "would never carry"),
    ],
)
def test_a_negation_or_a_figure_keeps_both_quotes_and_tells_of_the_other(turned: str) -> None:
    for first, second in ((WIRE, turned), (turned, WIRE)):
        found = collapse([quote("a", first), quote("b", second), quote("c", second)])
        assert shape(found) == [("a", [("b", True)]), ("b", [("a", True), ("c", False)])] or shape(found) == [
            ("a", [("b", True), ("c", True)]),
            ("b", [("a", True), ("c", False)]),
        ]
        assert {one.text for one in found} == {WIRE, turned}


def test_the_same_words_of_two_speakers_are_two_quotes() -> None:
    words = "“We have won this election and we will not give it back,” the candidate said."
    rivals = [quote("a", words, speaker="ann lee"), quote("b", words, speaker="bo chen")]
    assert shape(collapse(rivals)) == [("a", []), ("b", [])]
    same = [quote("a", words, speaker="ann lee"), quote("b", words, speaker="lee"), quote("c", words)]
    assert shape(collapse(same)) == [("a", [("b", False), ("c", False)])]


def test_a_few_words_need_a_speaker_by_name() -> None:
    assert shape(collapse([quote("a", "“We won,” he said."), quote("b", "“We won,” he said.")])) == [
        ("a", []),
        ("b", []),
    ]
    named = [quote("a", "“We won,” he said.", speaker="bo chen"), quote("b", "“We won,” he said.", speaker="bo chen")]
    assert shape(collapse(named)) == [("a", [("b", False)])]


def test_passages_on_one_event_by_two_reporters_are_two_quotes() -> None:
    other = "By May, said the mayor, 200 cars an hour would be crossing the repaired bridge."
    assert shape(collapse([quote("a", WIRE), quote("b", other)])) == [("a", []), ("b", [])]


def test_quotes_of_one_article_are_left_as_they_are() -> None:
    assert shape(collapse([quote("a", WIRE), quote("a", WIRE)])) == [("a", []), ("a", [])]


def test_a_figure_cut_by_the_window_is_not_the_same() -> None:
    words = "000 people lived in the town when the first count of it was made"
    found = collapse([quote("a", words), quote("b", "x" * 391 + "1," + words, before=" " * 20)])
    assert shape(found) == [("a", [("b", True)]), ("b", [("a", True)])]


WORDS = st.sampled_from("the a not never 5 six mayor bridge said will carry cars by May no is it's old".split())
PASSAGES = st.lists(WORDS, min_size=1, max_size=14).map(" ".join)


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abcd"), PASSAGES), max_size=7))
def test_no_words_are_lost_and_none_are_called_the_same_that_differ(found: list[tuple[str, str]]) -> None:
    quotes = [quote(article_id, passage) for article_id, passage in found]
    kept = collapse(quotes)
    rest = iter(quotes)
    assert all(any(one.article == other.article for other in rest) for one in kept)
    for one in kept:
        for copy in one.copies:
            same = copy.span.cut(copy.article.text).casefold() == one.text.casefold()
            assert isinstance(copy, Copy) and copy.differs is not same
            assert copy.article.id != one.article.id
    shown = {one.article for one in kept} | {copy.article for one in kept for copy in one.copies}
    assert {one.article for one in quotes} <= shown
