"""Questions typed without capitals: where names stand, and where none does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.query.casing import restore_capitals


def known(word):
    return word in {"netterby", "chester"}


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("what did rosa delgado say about the dam", "what did Rosa Delgado say about the dam"),
        ("rosa delgado reaction to piet's secret payments?", "Rosa Delgado reaction to piet's secret payments?"),
        ("why does ursula von der poel want more men", "why does Ursula von der Poel want more men"),
        ("does john q. halloran like it", "does John Q. Halloran like it"),
        ("how did rosa delgado's aide respond", "how did Rosa Delgado's aide respond"),
        ("what did netterby say about the dam", "what did Netterby say about the dam"),
        ("what did people say about the bill passed in march", "what did people say about the bill passed in march"),
        ("what did experts say", "what did experts say"),
        ("how do whales react to noise", "how do whales react to noise"),
        ("which bill passed the senate", "which bill passed the senate"),
        ("what did bill chester say", "what did Bill Chester say"),
        ("what did bill skelter say about it", "what did Bill Skelter say about it"),
        ("why did apple sue samsung", "why did apple sue samsung"),
        ("what did russia say", "what did russia say"),
        ("who said grant money was lost", "who said grant money was lost"),
        ("what will mark the dam", "what will mark the dam"),
        ("What did rosa delgado say", "What did rosa delgado say"),  # capitals were typed
    ],
)
def test_names_get_capitals(typed, read):
    assert restore_capitals(typed, known) == read


@given(st.text())
def test_nothing_but_the_case_changes(typed):
    assert restore_capitals(typed, known).lower() == typed.lower()
    assert len(restore_capitals(typed, known)) == len(typed)


def test_a_question_without_capitals_is_read_as_one_with(parser):
    from assistant.query.question import understand

    doc = next(iter(parser.parse([restore_capitals("what did rosa delgado say about the dam", known)])))
    assert [mention.text for mention in understand(doc, None).said_by] == ["Rosa Delgado"]
