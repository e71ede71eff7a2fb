"""Follow-up questions made to stand alone by rules."""

import pytest

from assistant.query.followups import standalone
from assistant.types import Answer, Quote
from index.types import Article, Manner, Resolution, Span, Speaker, Statement

TEXT = "The wall is safe, Ilka Halloran said."
WHOLE = Span(0, len(TEXT))
HALLORAN = Speaker("0", "Ilka Halloran", "the mayor", (), "ilka halloran")


def quoting(question):
    article = Article("a", "", TEXT)
    said = Statement("a", 0, (Span(0, 16),), None, None, HALLORAN, Manner.INDIRECT, Resolution.NAMED, WHOLE)
    return Answer(question, question, quotes=(Quote(article, WHOLE, said),))


@pytest.fixture
def follow(parser):
    def parse(text):
        return next(iter(parser.parse([text])))

    known = {"Lukas Brandt", "Brandt", "the opposition"}
    return lambda question, *before: standalone(question, [quoting(one) for one in before], parse, known.__contains__)


@pytest.mark.parametrize(
    ("before", "question", "alone"),
    [
        (
            "What did Ilka Halloran say about the dam?",
            "And what did she say about the bridge?",
            "What did Ilka Halloran say about the bridge?",
        ),
        (
            "What did Halloran say about the dam?",
            "What did she say about the bridge?",
            "What did Ilka Halloran say about the bridge?",  # the name as the articles have it
        ),
        (
            "What did Ilka Halloran say about the dam?",
            "What about the bridge?",
            "What did Ilka Halloran say about the bridge?",
        ),
        (
            "What did Ilka Halloran say about the dam?",
            "And Lukas Brandt?",
            "What did Lukas Brandt say about the dam?",
        ),
        (
            "Who says the wall is safe?",
            "What is her view of the bridge?",
            "What is Ilka Halloran's view of the bridge?",
        ),
        (
            "What did Ilka Halloran say about the dam?",
            "What did Brandt say about it?",
            "What did Brandt say about the dam?",
        ),
    ],
)
def test_a_follow_up_stands_alone(follow, before, question, alone):
    assert follow(question, before) == alone


@pytest.mark.parametrize(
    "question",
    [
        "What did Lukas Brandt say about the bridge?",
        "What did Lukas Brandt say that he wanted?",  # "he" is explained in the question
        "When will it open?",
        "Who says so?",
    ],
)
def test_what_stands_alone_is_left_as_it_is(follow, question):
    assert follow(question, "What did Ilka Halloran say about the dam?") == question


def test_nothing_before_explains_nothing(follow):
    assert follow("And what did she say?") == "And what did she say?"
