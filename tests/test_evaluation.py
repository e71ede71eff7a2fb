"""Counting right answers: a case worked out by hand."""

import pytest

from assistant.evaluation import figures, gold_question, hits, same_speaker
from assistant.types import Answer, Quote, Reason, Refusal
from index.errors import QuestionError
from index.types import Article, Manner, Resolution, Span, Speaker, Statement

TEXT = 'Alpha Corp grew. "We will fight this in court," said Jane Roe, its lawyer. He left early on Monday.'
ARTICLE = Article("a", "", TEXT)
GOLD = {"article": "a", "start": TEXT.index('"We'), "end": TEXT.index("lawyer.") + 7, "speaker": "Jane Roe"}
SPAN = Span(GOLD["start"], GOLD["end"])


def quote(span=SPAN, name="Jane Roe"):
    speaker = Speaker("0", name, "", (), name.lower())
    said = Statement("a", 0, (span,), None, None, speaker, Manner.DIRECT, Resolution.NAMED, span)
    return Quote(ARTICLE, span, said)


def question(**more):
    return gold_question({"id": "1", "question": "?", "answers": [GOLD], **more})


def answer(*quotes):
    refusal = None if quotes else Refusal(Reason.NOT_IN_ARTICLES, "no")
    return Answer("?", "?", quotes=quotes, refusal=refusal)


def test_the_right_passage_by_the_right_speaker():
    shares = figures([(question(), answer(quote())), (question(answers=[]), answer())])
    assert set(shares.values()) == {1.0}


def test_the_wrong_name_is_no_right_answer():
    shares = figures([(question(), answer(quote(name="John Doe")))])
    assert (shares["passage@1"], shares["passage_and_speaker@1"], shares["speaker_accuracy_on_hits"]) == (1, 0, 0)


def test_rank_counts():
    shares = figures([(question(), answer(quote(Span(0, 16)), quote()))])
    assert (shares["passage@1"], shares["passage@3"], shares["gold_coverage@5"]) == (0, 1, 1)


def test_answering_what_nobody_says_is_told():
    assert figures([(question(answers=[]), answer(quote()))])["abstained_when_unanswerable"] == 0


def test_a_page_is_no_hit():
    long = Article("a", "", TEXT + " More words follow here." * 20)
    [gold] = question().gold
    assert hits(quote(), gold)
    assert not hits(Quote(long, Span(0, len(long.text))), gold)
    assert not hits(Quote(Article("b", "", TEXT), SPAN), gold)


@pytest.mark.parametrize(("name", "same"), [("Ms. Roe", True), ("Jane Roe", True), ("Roe Jane", False)])
def test_a_speaker_is_known_by_surname(name, same):
    [gold] = question().gold
    assert same_speaker(quote(name=name), gold) is same


@pytest.mark.parametrize("record", [{}, {"id": 1, "question": "?", "answers": [{"article": "a"}]}])
def test_a_question_that_cannot_be_read_is_named(record):
    with pytest.raises(QuestionError, match="question"):
        gold_question(record)
