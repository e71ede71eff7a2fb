"""Whether who is asked about says anything near enough to the question, and whose passages count as theirs."""

import numpy as np
import pytest

from assistant.asking.asked import Asked
from assistant.asking.people import How, Match
from assistant.asking.question import Mention, Question
from assistant.finding.decide import _on_this, _open
from assistant.finding.search import Found, Query
from index.types import Article, Manner, Passage, Resolution, Scope, Span, Speaker, Statement

TEXT = "It is closed for good, she said."
WHOLE = Span(0, len(TEXT))
ANN = Speaker("ann lee", "Ann Lee", "", (), "ann lee")


def wanted(how=How.NAME, matter=2):
    question = Question("?", said_by=(Mention("Ann Lee"),))
    asked = Asked(question, Scope(), named=(Match({"ann lee": 1.0}, "Ann Lee", how),))
    stems = {f"word{n}": 1.0 for n in range(matter)}
    return Query(asked, np.zeros(3, np.float32), stems, stems, {}, {}, (), 0)


def found(cosine, near, text=TEXT, asked=1.0, source=WHOLE, speaker=ANN):
    how = Resolution.NAMED if speaker else Resolution.UNRESOLVED
    said = Statement("a", 0, (WHOLE,), None, source, speaker, Manner.INDIRECT, how, WHOLE)
    features = {"cosine": cosine, "asked": asked, "role": asked}
    article = Article("a", "", text)
    return Found(0, Passage("a", 0, Span(0, len(text)), 0), article, said, (), features, near)


@pytest.mark.parametrize(
    ("passages", "on_this"),
    [
        ([found(0.5, 0.5)], True),
        ([found(0.5, 0.3)], False),  # neither near in what it means nor in its words
        ([found(0.72, 0.0)], True),  # in quite other words
        ([found(0.3, 1.0)], True),
        ([found(0.6, 0.0), found(0.1, 1.0)], False),  # one is near in meaning, another in words
        ([found(0.3, 0.0), found(0.6, 0.3)], True),
        ([found(0.3, 0.0, f"{n} it is.") for n in range(20)], False),  # however much is quoted of her
        ([found(0.3, 0.0, asked=0.0)], True),  # nothing of hers was found: that is told in another place
    ],
)
def test_who_is_asked_about_by_name_says_something_near_in_meaning_and_words(passages, on_this):
    assert _on_this(wanted(), passages) == on_this


def test_one_word_alone_may_be_told_in_another():
    assert _on_this(wanted(matter=1), [found(0.3, 0.0)])


@pytest.mark.parametrize(("near", "count", "on_this"), [(0.0, 1, False), (0.2, 1, True), (0.0, 4, True)])
def test_who_is_known_by_a_role_is_let_pass_with_a_word_of_it_or_with_much(near, count, on_this):
    assert _on_this(wanted(How.ROLE), [found(0.3, near, f"{n} it is.") for n in range(count)]) == on_this


@pytest.mark.parametrize(
    ("passage", "is_open"),
    [
        (found(0.5, 0.5, speaker=None), True),  # "she", whom the article does not name
        (found(0.5, 0.5, speaker=None, source=None), False),  # "Ann Lee has been called a fool": by nobody
        (found(0.5, 0.5), False),
    ],
)
def test_only_who_is_left_open_may_be_who_was_asked_about(passage, is_open):
    assert _open(passage) == is_open
