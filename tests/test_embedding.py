"""A passage's vector is its paragraph's, its speaker's and its title's, and leans towards its neighbours."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.embedding.passage_vectors import LONGEST_WINDOW, embed, lean_to_neighbours, windows
from index.types import Article, Manner, Passage, Reading, Resolution, Span, Speaker, Statement


class Axes:
    """An encoder that gives each new text an axis of its own, and each part that of the text it is in."""

    name, digest, dim = "axes", "", 8

    def __init__(self):
        self.texts = []
        self.read = []

    def encode(self, texts):
        for text in texts:
            if text not in self.texts:
                self.texts.append(text)
        return np.eye(8, dtype=np.float32)[[self.texts.index(text) for text in texts]].reshape(-1, 8)

    def encode_parts(self, texts, parts):
        self.read += texts
        rows = zip(self.encode(texts), texts, parts, strict=True)
        return [np.array([row * bool(part.cut(text).strip(" *")) for part in some]) for row, text, some in rows]

    def prepare(self):
        """Nothing to load."""

    def encode_words(self, words):
        raise NotImplementedError

    def axis(self, text):
        return np.eye(8, dtype=np.float32)[self.texts.index(text)]


def reading(article_id, *texts, title="t", statements=(), mark="\n"):
    text = mark.join(texts)
    starts = [sum(len(one) + len(mark) for one in texts[:n]) for n in range(len(texts))]
    extents = tuple(Span(start, start + len(one)) for start, one in zip(starts, texts, strict=True))
    spoken = {said.extent: said.number for said in statements}
    passages = tuple(Passage(article_id, n, extent, spoken.get(extent)) for n, extent in enumerate(extents))
    return Reading(Article(article_id, title, text), extents, passages, tuple(statements))


def test_neighbours_of_one_article_are_near_and_another_articles_are_not():
    one, two, other = embed(Axes(), [reading("a", "One.", "Two."), reading("b", "Other.", title="")])
    assert one @ two > 0.3
    assert one @ other == two @ other == 0


def test_the_same_paragraph_is_read_once():
    encoder = Axes()
    vectors = embed(encoder, [reading("a", "One."), reading("b", "One.")])
    assert encoder.read == ["One."]
    assert np.allclose(vectors[0], vectors[1])


def test_sentences_of_a_paragraph_and_short_paragraphs_are_read_together_and_long_ones_are_not():
    encoder = Axes()
    long = "Four " * 79 + "four."
    embed(
        encoder, [reading("a", "One.", "Two.", mark=" "), reading("b", "Three.", long), reading("c", "Five.", "Six.")]
    )
    assert encoder.read == ["One. Two.", "Three.", long, "Five.\nSix."]


def test_a_long_paragraph_is_read_in_pieces():
    encoder = Axes()
    one = "One " * 149 + "one."
    embed(encoder, [reading("a", one, one, mark=" ")])
    assert encoder.read == [one]


def test_a_passage_is_near_its_speaker_and_its_title():
    extent = Span(0, len("He said no."))
    speaker = Speaker("1", "Ada Quill", "a diver")
    said = Statement(
        "a", 0, (Span(8, 10),), Span(3, 7), Span(0, 2), speaker, Manner.INDIRECT, Resolution.PRONOUN, extent
    )
    encoder = Axes()
    [vector] = embed(encoder, [reading("a", "He said no.", statements=[said], title="Ferry sinks")])
    near = [vector @ encoder.axis(text) for text in ("He said no.", "Ferry sinks", "Ada Quill, a diver")]
    assert near == sorted(near, reverse=True) and near[2] > 0.1


def test_a_passage_without_a_token_is_read_by_itself():
    encoder = Axes()
    [vector] = embed(encoder, [reading("a", "***", title="")])
    assert encoder.axis("***") @ vector == 1


def test_nothing_has_no_vectors():
    assert embed(Axes(), []).shape == (0, 8)


@given(st.lists(st.integers(1, 2500), max_size=6))
def test_every_sentence_lies_in_windows_that_are_not_too_long(lengths):
    one = reading("a", *("x" * length for length in lengths), mark=" ")
    found = list(windows(one))
    assert all(0 < len(window) <= LONGEST_WINDOW for window in found)
    held = {place for window in found for place in range(window.start, window.end)}
    assert all(held >= set(range(sentence.start, sentence.end)) for sentence in one.sentences)


@given(st.integers(0, 6))
def test_vectors_stay_unit_vectors(count):
    lengths = np.linalg.norm(lean_to_neighbours(np.eye(8, dtype=np.float32)[:count]), axis=1)
    assert np.allclose(lengths, 1)
