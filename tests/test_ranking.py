"""Fusing lists, weighing features, and showing a few that differ."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.query.resolution import match_publishers
from assistant.retrieval.ranking import select_distinct, shared, weighted_sum, weights
from assistant.retrieval.search import Candidate, fuse, share
from index.storage.keys import ScoredPassage
from index.types import Article, Flag, Manner, Passage, Resolution, Span, Speaker, Statement

TEXT = "x" * 100
A, B = Article("a", "", TEXT), Article("b", "", TEXT)


def found(key, article, start, end, voice=""):
    extent = Span(start, end)
    speaker = Speaker(voice, voice, "", (), voice) if voice else None
    resolution = Resolution.NAMED if voice else Resolution.UNRESOLVED
    said = Statement(article.id, 0, (extent,), None, None, speaker, Manner.DIRECT, resolution, extent)
    return Candidate(key, Passage(article.id, key, extent, 0), article, said, (said,), {}, 0.0)


def test_what_both_lists_hold_comes_first():
    words = [ScoredPassage(1, 9.0), ScoredPassage(2, 8.0)]
    vectors = [ScoredPassage(2, 0.9), ScoredPassage(3, 0.8)]
    assert [near.key for near in fuse([words, vectors])] == [2, 1, 3]


@given(st.lists(st.lists(st.integers(0, 20), unique=True)))
def test_fusing_keeps_every_passage_once(lists):
    fused = [near.key for near in fuse([[ScoredPassage(key, 1.0) for key in one] for one in lists])]
    assert sorted(fused) == sorted({key for one in lists for key in one})


def test_neighbours_are_not_shown_twice():
    best = [(3.0, found(1, A, 0, 20)), (2.0, found(2, A, 5, 20)), (1.0, found(3, A, 40, 60)), (0.5, found(4, B, 0, 20))]
    assert [one.key for _, one in select_distinct(best, most=5, each=5)] == [1, 3, 4]


def test_no_speaker_crowds_out_the_others():
    best = [(9.0 - n, found(n, A, 10 * n, 10 * n + 9, "ann" if n < 3 else "bo")) for n in range(5)]
    assert [one.key for _, one in select_distinct(best, most=5, each=2)] == [0, 1, 3, 4]


SPEECH = "“It is safe,” Ann said.\n\nShe would cross it. Bo would not." + " He fears it." * 20
SPOKEN = Article("s", "", SPEECH)


@pytest.mark.parametrize(
    ("second", "voice", "shown"),
    [
        ((25, 43), "ann", [(0, 43)]),  # she goes on in the next paragraph
        ((25, 43), "bo", [(0, 23), (25, 43)]),
        ((25, 43), "", [(0, 23), (25, 43)]),
        ((44, 57), "ann", [(0, 23), (44, 57)]),  # somebody else stands between
        ((24, len(SPEECH)), "ann", [(0, 23), (24, len(SPEECH))]),  # too long together
    ],
)
def test_what_a_speaker_says_next_to_it_is_joined_on(second, voice, shown):
    one, two = found(1, SPOKEN, 0, 23, "ann"), found(2, SPOKEN, *second, voice)
    for best in ([(2.0, one), (1.0, two)], [(2.0, two), (1.0, one)]):
        kept = select_distinct(best, most=5, each=5)
        assert sorted((one.passage.extent.start, one.passage.extent.end) for _, one in kept) == shown
        assert kept[0][1].key == best[0][1].key


def test_paragraphs_of_a_signed_piece_are_not_joined():
    one, two = found(1, SPOKEN, 0, 23, "ann"), found(2, SPOKEN, 25, 43, "ann")
    two = replace(two, statement=replace(two.statement, resolution=Resolution.SIGNED))
    assert len(select_distinct([(2.0, one), (1.0, two)], most=5, each=5)) == 2


def test_what_was_said_and_what_was_denied_are_not_joined():
    one, two = found(1, SPOKEN, 0, 23, "ann"), found(2, SPOKEN, 25, 43, "ann")
    two = replace(two, statement=replace(two.statement, flags=(Flag.NOT_SAID,)))
    assert len(select_distinct([(2.0, one), (1.0, two)], most=5, each=5)) == 2


@pytest.mark.parametrize(("asked", "shown"), [(0.0, "source"), (1.0, "ann")])
def test_who_tells_what_somebody_said_is_quoted_unless_that_somebody_was_asked_about(asked, shown):
    inner, outer = found(1, A, 0, 90, "ann"), found(2, A, 0, 90, "source")
    inner = replace(inner, statement=replace(inner.statement, content=(Span(20, 40),)), features={"asked": asked})
    outer = replace(outer, statement=replace(outer.statement, number=1, content=(Span(0, 60),)))
    [(_, kept)] = select_distinct([(2.0, inner), (1.0, outer)], most=5, each=5)
    assert kept.statement.speaker.name == shown


def test_unnamed_speakers_are_not_taken_for_one():
    best = [(9.0 - n, found(n, A, 10 * n, 10 * n + 9)) for n in range(4)]
    assert len(select_distinct(best, most=5, each=1)) == 4


def test_a_feature_without_a_weight_does_not_count():
    assert weighted_sum({"known": 2.0, "unknown": 5.0}, {"known": 1.5}) == 3.0


@pytest.mark.parametrize("table", ["rank", "decide"])
def test_the_weights_are_numbers(table):
    assert all(isinstance(value, float) for value in weights(table).values())


def test_share_of_nothing_is_all():
    assert share({}, set()) == 1.0
    assert share({"rare": 3.0, "common": 1.0}, {"rare"}) == 0.75


@pytest.mark.parametrize(("one", "two", "count"), [((0, 5), (3, 9), 2), ((0, 5), (5, 9), 0), ((0, 9), (2, 4), 2)])
def test_what_two_spans_share(one, two, count):
    assert shared(Span(*one), Span(*two)) == count


@pytest.mark.parametrize(
    ("typed", "fitting"),
    [
        ("the norland times", {"The Norland Times"}),
        ("Times", {"The Norland Times", "Times of Eastport"}),
        ("Post", set()),
        ("the", set()),
    ],
)
def test_which_publishers_are_meant(typed, fitting):
    assert match_publishers(typed, ["The Norland Times", "Times of Eastport", "Wire"]) == fitting


@pytest.mark.parametrize(("times", "shown"), [(1, True), (40, False)])
def test_a_part_of_a_statement_is_shown_whole_where_that_is_short(times, shown):
    article = Article("s", "", "“It is safe,” Ann said. " + "“She would cross it. " * times + "Bo would not.”")
    one = found(1, article, 24, 45, "ann")  # without the clause that says who speaks
    one = replace(one, statement=replace(one.statement, extent=Span(0, len(article.text))))
    assert _extents([one]) == [(0, len(article.text)) if shown else (24, 45)]


def test_the_prose_of_a_signed_piece_stays_as_it_was_found():
    one = found(1, SPOKEN, 24, 43, "ann")
    signed = replace(one.statement, extent=Span(0, 43), resolution=Resolution.SIGNED)
    assert _extents([replace(one, statement=signed)]) == [(24, 43)]


def _extents(best):
    kept = select_distinct([(1.0, one) for one in best], most=5, each=5)
    return [(one.passage.extent.start, one.passage.extent.end) for _, one in kept]
