"""Reading is linear: twice the text costs about twice the work, counted in calls, whatever stands in it."""

import sys

import pytest

from index.reading import read
from index.types import Article

pytestmark = pytest.mark.slow

TEXTS = {
    "a title again and again": "Mr. ",
    "quotations of a letter": '"a" ',
    "ordinary quotations": '"The dam is safe," said Ann Lee. She said "it holds" and nodded at Bo Ray. ',
    "quotations, each a paragraph": '"It is safe," Ann Lee, the mayor, said.\n\n',
    "quotations that go on": "“It is safe.\n\n",
    "a quotation never closed": "“It is safe, said Ann Lee, and so on ",
    "a conversation": "LEE: It is safe.\n\nRAY: Is it?\n\n",
    "single marks": "'It is,' he said 'so' and 'so' ",
    "one sentence without an end": "and the mayor said that Ann Lee said that he left ",
    "names": "Ann Lee and Bo Lee met Cy Lee of the Lee Board. Lee said so. ",
    "polls": "In a Gray poll 40 percent of voters said so. ",
}


def calls(text, parser):
    """How many calls of functions, Python's and those of C, the reading of a text makes."""
    count = 0

    def watch(frame, event, argument):
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(watch)
    try:
        list(read([Article("a", "", text)], parser))
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("piece", TEXTS.values(), ids=TEXTS)
def test_twice_the_text_is_about_twice_the_work(piece, parser):
    text = piece * (10_000 // len(piece))
    list(read([Article("a", "", text)], parser))  # what is looked up once has been
    once = calls(text, parser)
    assert once < 1_000 * len(text)
    assert calls(text * 2, parser) < 2.5 * once


@pytest.mark.slow
@pytest.mark.parametrize("text", ["Mr. " * 20_000, '"a" ' * 30_000, "a\n" + " " * 1_000_000, "“" * 30_000])
def test_hostile_texts_are_read(text, parser):
    (reading,) = read([Article("a", "", text)], parser)
    assert reading.sentences
