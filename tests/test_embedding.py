"""A passage's vector leans towards its neighbours, within its own article only."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.embedding import embed, leaning
from index.types import Article, Passage, Reading, Span


class Axes:
    """An encoder that gives each new text an axis of its own."""

    name, digest, dim = "axes", "", 8

    def __init__(self):
        self.encoded = []

    def encode(self, texts):
        self.encoded += texts
        return np.eye(8, dtype=np.float32)[: len(texts)]

    def words(self, words):
        raise NotImplementedError


def reading(article_id, *texts):
    text = "\n".join(texts)
    starts = [text.index(one) for one in texts]
    extents = tuple(Span(start, start + len(one)) for start, one in zip(starts, texts, strict=True))
    passages = tuple(Passage(article_id, n, extent) for n, extent in enumerate(extents))
    return Reading(Article(article_id, "t", text), extents, passages, ())


def long(word):
    return " ".join([word] * 20)  # long enough to be embedded without the sentence before


def test_neighbours_of_one_article_are_near_and_another_articles_are_not():
    one, two, other = embed(Axes(), [reading("a", long("one"), long("two")), reading("b", long("other"))])
    assert one @ two > 0.3
    assert one @ other == two @ other == 0


def test_the_same_text_is_encoded_once():
    encoder = Axes()
    vectors = embed(encoder, [reading("a", long("one")), reading("b", long("one"))])
    assert len(encoder.encoded) == 1
    assert np.allclose(vectors[0], vectors[1])


def test_nothing_has_no_vectors():
    assert embed(Axes(), []).shape[0] == 0


@given(st.integers(0, 6))
def test_vectors_stay_unit_vectors(count):
    lengths = np.linalg.norm(leaning(np.eye(8, dtype=np.float32)[:count]), axis=1)
    assert np.allclose(lengths, 1)
