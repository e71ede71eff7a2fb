"""How much of a question's words a text says, and whether it counts what is asked the number of."""

import pytest

from assistant.retrieval.similarity import counted_similarity, word_similarity
from index.embedding.encoder import Encoder


@pytest.fixture(scope="module")
def encoder():
    return Encoder()


def test_the_same_words_say_all_and_like_words_more_than_others(encoder):
    asked = {"bridge": 2.0, "closed": 1.0}
    same, like, other, nothing = word_similarity(
        asked, ["The bridge is closed.", "The viaduct was shut.", "Onions grow well.", "!"], encoder
    )
    assert same == pytest.approx(1.0, abs=0.01)
    assert same > like > other > nothing == 0.0


def test_a_word_counts_by_its_weight(encoder):
    text = ["The bridge stands."]
    heavy, light = ({"bridge": 9.0, "onions": 1.0}, {"bridge": 1.0, "onions": 9.0})
    assert word_similarity(heavy, text, encoder)[0] > word_similarity(light, text, encoder)[0]
    assert word_similarity({}, text, encoder) == [0.0]


def test_what_a_text_counts_is_like_what_is_asked_the_number_of(encoder):
    texts = ["Some 400 protesters came.", "The county court has two lawsuits.", "No number here."]
    same, other, none = counted_similarity("demonstrators", texts, encoder)
    assert same > 0.5 > 0.3 > other
    assert none == 0.0
    assert counted_similarity("", texts, encoder) == [1.0] * 3


def test_what_is_asked_the_number_of_may_stand_anywhere_in_a_text_with_a_number(encoder):
    texts = ["Of all the adoptees whose status is unknown up to 18,000 may be there.", "The adoptees came."]
    assert [round(one, 2) for one in counted_similarity("adoptees", texts, encoder)] == [0.3, 0.0]
    more = "Since the first shaft was dug at Vale, miners say they have sunk nearly 200 more along the river."
    assert counted_similarity("shafts", [more], encoder) == [pytest.approx(0.3)]
    assert counted_similarity("ads", ["We had 200 more."], encoder)[0] < 0.3  # "ad" is no word in it
