"""What is no prose is kept and shown, and neither parsed nor asked who said it."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.parser import Parser
from index.language.parser import _batches as batches
from index.language.prose import blanked, pieces, unreadable
from index.reading import read
from index.types import Article, Span

TALK = "The ferry was late. “It always is,” said Ann Lee. "

NO_PROSE = [
    ('"a" ' * 2000, "quoted letters"),
    ("'a' " * 2000, "letters in single marks"),
    ("Mr. " * 2000, "a title and nobody"),
    ("A. B. C. D. " * 600, "initials"),
    ("iVBORw0KGgo" * 600, "an encoded file"),
    ("12.5 3.75 0.8 " * 500, "a table in one line"),
]
PROSE = [
    (TALK * 200, "an article whose paragraphs were lost"),
    ("He came, and " * 300 + "left.", "a very long sentence"),
    ("Up 3\n" * 3000, "many short lines"),
    ("Mr. Lee and Mrs. Ray of St. Ives came at 5 p.m. They left. " * 200, "titles before names"),
    ("今日は晴れです。 " * 1000, "another language's full stops"),
]


@pytest.mark.parametrize(("text", "what"), NO_PROSE, ids=[what for _, what in NO_PROSE])
def test_where_no_sentence_ends_for_thousands_of_characters_is_no_prose(text: str, what: str) -> None:
    around = f"{TALK}\n\n{text}\n\n{TALK}"
    at = around.index(text)
    assert unreadable(around) == (Span(at, at + len(text.rstrip())),)


@pytest.mark.parametrize(("text", "what"), PROSE, ids=[what for _, what in PROSE])
def test_what_has_sentences_is_prose(text: str, what: str) -> None:
    assert unreadable(text) == ()


def test_only_the_stretch_without_an_end_is_left_out_of_its_paragraph() -> None:
    text = "It was late. " + "x " * 3000 + ". It was over."
    (stretch,) = unreadable(text)
    assert stretch.cut(text).startswith("x x") and stretch.cut(text).endswith("x .")


@given(st.lists(st.sampled_from(["a ", "İ", "\n", "\n\n", "Mr. ", "ends. ", "’ ", "\u3000", "x" * 3000])))
def test_blanking_moves_nothing_and_pieces_hold_every_letter(parts: list[str]) -> None:
    text = "".join(parts)
    stretches = unreadable(text)
    plain = blanked(text, stretches)
    assert len(plain) == len(text)
    held = "".join(c for s in stretches for c in s.cut(text))
    assert sorted("".join(plain.split()) + "".join(held.split())) == sorted("".join(text.split()))
    cut = [piece for stretch in stretches for piece in pieces(text, stretch)]
    assert "".join("".join(p.cut(text).split()) for p in cut) == "".join(held.split())
    assert all(len(piece) <= 1000 for piece in cut) and cut == sorted(cut)


def test_what_is_no_prose_is_in_passages_and_what_stands_around_it_is_attributed(parser: Parser) -> None:
    text = f"{TALK}\n\n{NO_PROSE[0][0]}\n\n{TALK}"
    (reading,) = read([Article("a", "Ferry", text)], parser)
    assert [said.speaker and said.speaker.name for said in reading.statements] == ["Ann Lee", "Ann Lee"]
    assert all(not text[one.end : two.start].strip() for one, two in pairwise(reading.sentences))
    assert any(NO_PROSE[0][0][:20] in passage.extent.cut(text) for passage in reading.passages)


@given(st.lists(st.tuples(st.text(max_size=20).map(lambda t: t * 900), st.integers()), max_size=20))
def test_what_is_parsed_together_is_bounded_in_characters(given: list[tuple[str, int]]) -> None:
    found = list(batches(given))
    assert [piece for batch in found for piece in batch] == given
    assert all(len(batch) == 1 or sum(len(text) for text, _ in batch) <= 32_000 for batch in found)
