"""Whether who is asked about says anything near enough to the question, and whose passages count as theirs."""

from dataclasses import replace

import numpy as np
import pytest

from assistant.query.directory import MatchedBy, SpeakerMatch
from assistant.query.question import Question
from assistant.query.resolution import Query
from assistant.query.speakers_asked import AskedSpeaker
from assistant.retrieval.search import Candidate
from assistant.retrieval.search_terms import SearchTerms
from assistant.selection.answerability import (
    _has_number_asked,
    _has_open_source,
    _lacks_name,
    _mentions_kin_asked,
    _speaker_is_on_topic,
    lacks_person_of_kind,
)
from index.language.amounts import Amount
from index.types import Article, Manner, Passage, Resolution, Scope, Span, Speaker, Statement

TEXT = "It is closed for good, she said."
WHOLE = Span(0, len(TEXT))
ANN = Speaker("ann lee", "Ann Lee", "", (), "ann lee")


def wanted(how=MatchedBy.NAME, matter=2):
    question = Question("?", said_by=(AskedSpeaker("Ann Lee"),))
    asked = Query(question, Scope(), named=(SpeakerMatch({"ann lee": 1.0}, "Ann Lee", how),))
    stems = {f"word{n}": 1.0 for n in range(matter)}
    return SearchTerms(asked, np.zeros(3, np.float32), stems, stems, {}, {}, {}, (), 0)


def found(cosine, near, text=TEXT, asked=1.0, source=WHOLE, speaker=ANN):
    how = Resolution.NAMED if speaker else Resolution.UNRESOLVED
    said = Statement("a", 0, (WHOLE,), None, source, speaker, Manner.INDIRECT, how, WHOLE)
    features = {"cosine": cosine, "asked": asked, "role": asked, "counted": 1.0, "says": 0.4, "touched": 0.1}
    article = Article("a", "", text)
    return Candidate(0, Passage("a", 0, Span(0, len(text)), 0), article, said, (), features, near)


@pytest.mark.parametrize(
    ("passages", "on_this"),
    [
        ([found(0.5, 0.5)], True),
        ([found(0.4, 0.3)], False),  # neither near in what it means nor in its words
        ([found(0.72, 0.0)], True),  # in quite other words
        ([found(0.3, 1.0)], True),
        ([found(0.55, 0.0), found(0.05, 1.0)], False),  # one is near in meaning, another in words
        ([found(0.3, 0.0), found(0.6, 0.3)], True),
        ([found(0.3, 0.0, f"{n} it is.") for n in range(20)], False),  # however much is quoted of her
        ([found(0.6, 0.4), found(0.7, 0.6, asked=0.0)], True),
        ([found(0.6, 0.4), found(0.8, 0.9, asked=0.0)], False),  # another comes much nearer
        ([found(0.3, 0.0, asked=0.0)], True),  # nothing of hers was found: that is told in another place
    ],
)
def test_who_is_asked_about_by_name_says_something_near_in_meaning_and_words(passages, on_this):
    assert _speaker_is_on_topic(wanted(), passages) == on_this


def test_what_somebody_is_only_told_to_do_is_not_said():
    text = "Ann Lee won the vote."
    cue = Span(8, 11)
    one = found(0.9, 0.9, text)
    one = replace(one, statement=replace(one.statement, cue=cue, content=(Span(12, 20),), source=Span(0, 7)))
    assert not _speaker_is_on_topic(wanted(), [one])
    assert _speaker_is_on_topic(wanted(), [one, found(0.7, 0.7)])


def test_that_another_did_not_answer_is_said():
    text = "Ann Lee said the firm did not respond."
    one = found(0.8, 0.8, text)
    spans = {"cue": Span(8, 12), "source": Span(0, 7), "content": (Span(13, len(text) - 1),)}
    said = replace(one.statement, **spans, extent=Span(0, len(text)))
    assert _speaker_is_on_topic(wanted(), [replace(one, statement=said)])


def says(passage, share):
    return replace(passage, features={**passage.features, "says": share})


def test_who_is_asked_about_by_name_says_what_is_asked_and_does_not_only_stand_in_a_passage_that_does():
    one = found(0.5, 0.5)
    assert not _speaker_is_on_topic(wanted(), [says(one, 0.1)] * 4)
    assert _speaker_is_on_topic(wanted(), [*[says(one, 0.1)] * 2, says(one, 0.4)])
    assert not _speaker_is_on_topic(wanted(), [*[says(one, 0.1)] * 3, says(one, 0.4)])  # too far behind
    assert _speaker_is_on_topic(wanted(MatchedBy.ROLE), [says(one, 0.1)])


@pytest.mark.parametrize(("near", "touched", "on_this"), [(0.0, 0.1, False), (0.0, 0.3, True), (0.2, 0.1, True)])
def test_of_one_word_that_is_asked_about_a_like_one_is_said_at_least(near, touched, on_this):
    passage = found(0.3, near)
    passage = replace(passage, features={**passage.features, "touched": touched})
    assert _speaker_is_on_topic(wanted(matter=1), [passage]) == on_this
    assert _speaker_is_on_topic(wanted(matter=0), [passage])  # "What did Ann Lee say?"


@pytest.mark.parametrize(
    ("role", "article", "on_this"),
    [
        ("the attorney general", "The Attorney General spoke. It is.", True),
        ("the attorney general", "The general spoke. It is.", False),
        ("the general", "The general spoke. It is.", False),  # which may be any
    ],
)
def test_the_best_passage_s_own_attorney_general_is_meant(role, article, on_this):
    asks = wanted(MatchedBy.ROLE)
    question = replace(asks.query.question, said_by=(AskedSpeaker(role),))
    asks = replace(asks, query=replace(asks.query, question=question))
    assert _speaker_is_on_topic(asks, [found(0.3, 0.0, article)]) == on_this


@pytest.mark.parametrize(
    ("cosine", "near", "count", "on_this"),
    [(0.3, 0.0, 1, False), (0.3, 0.2, 1, True), (0.3, 0.0, 4, True), (0.6, 0.15, 1, True)],
)
def test_who_is_known_by_a_role_is_let_pass_with_a_word_of_it_or_with_much_or_near(cosine, near, count, on_this):
    assert (
        _speaker_is_on_topic(wanted(MatchedBy.ROLE), [found(cosine, near, f"{n} it is.") for n in range(count)])
        == on_this
    )


@pytest.mark.parametrize(
    ("text", "on_this"),
    [
        ("Ann Lee did not respond to a request for comment.", False),
        ("She has not yet returned two messages.", False),
        ("She declined to discuss the bridge.", False),
        ("She refused to speak to reporters as she left the bridge.", False),
        ("She could not be reached on Monday.", False),
        ("She hasn’t expressed an inclination to close the bridge.", False),
        ("She would not say when it will close.", False),
        ("She did not say it, but wrote: “It will close.”", True),
        ("She declined to comment but said, “Ask the mayor.”", True),
        ("She refused to close the bridge.", True),
        ("It was not a response to the report.", True),
    ],
)
def test_who_did_not_answer_says_nothing_on_this(text, on_this):
    assert _speaker_is_on_topic(wanted(), [found(0.8, 0.8, text)]) == on_this
    assert _speaker_is_on_topic(wanted(), [found(0.8, 0.8, text), found(0.7, 0.7)])


@pytest.mark.parametrize(
    ("passage", "is_open"),
    [
        (found(0.5, 0.5, speaker=None), True),  # "she", whom the article does not name
        (found(0.5, 0.5, speaker=None, source=None), False),  # "Ann Lee has been called a fool": by nobody
        (found(0.5, 0.5), False),
    ],
)
def test_only_who_is_left_open_may_be_who_was_asked_about(passage, is_open):
    assert _has_open_source(passage) == is_open


@pytest.mark.parametrize(
    ("passages", "told"),
    [
        ([found(0.7, 0.6, "It cost 9,000 crowns.")], True),
        ([found(0.7, 0.6, "It was dear.")], False),
        ([found(0.7, 0.6, "It was dear."), found(0.6, 0.4, "It cost 9,000 crowns.")], True),
        ([found(0.7, 0.6, "It was dear."), found(0.6, 0.2, "A school cost 9,000 crowns.")], False),  # far behind
        ([found(0.4, 0.2, "A school cost 9,000 crowns.")], False),  # nothing is near
        ([found(0.7, 0.6, f"{'Very ' * n}dear.") for n in range(5)] + [found(0.7, 0.6, "9,000 crowns.")], False),
    ],
)
def test_a_number_that_is_asked_for_stands_in_a_passage_about_it(passages, told):
    assert _has_number_asked(Question("How much did it cost?", amount=Amount.OTHER), passages) == told


def test_what_is_counted_is_like_what_is_asked_the_number_of():
    one = found(0.7, 0.6, "Two lawsuits were filed.")
    other = replace(one, features={**one.features, "counted": 0.2})
    asked = Question("How many students sued?", amount=Amount.COUNT, counts="students")
    assert _has_number_asked(asked, [one])
    assert not _has_number_asked(asked, [other])


def test_where_no_number_or_somebodys_words_are_asked_for_none_need_stand():
    passages = [found(0.7, 0.6, "It was dear.")]
    assert _has_number_asked(Question("Was it dear?"), passages)
    assert not _has_number_asked(Question("When was it dear?", amount=Amount.WHEN), passages)
    assert _has_number_asked(Question("?", said_by=(AskedSpeaker("Ann Lee"),), amount=Amount.OTHER), passages)


def described(source):
    one = found(0.7, 0.6, f"{source} closed it.", source=Span(0, len(source)))
    speaker = Speaker("", source, source, (), "")
    return replace(one, statement=replace(one.statement, speaker=speaker, resolution=Resolution.DESCRIPTION))


@pytest.mark.parametrize(
    ("which", "passages", "nobody"),
    [
        ("judge", [described("A judge")], True),
        ("federal judge", [described("A judge"), found(0.6, 0.5)], True),
        ("judge", [described("A lawyer"), found(0.6, 0.5)], False),  # somebody else
        ("judge", [described("The judge"), found(0.6, 0.5)], False),  # who may have a name further up
        ("judge", [described("The judge"), described("The court")], True),  # and nobody with a name is near
        ("judge", [found(0.7, 0.6), described("A judge")], False),  # Ann Lee comes first
        ("congresswoman", [described("One Rep."), found(0.6, 0.5)], True),  # called otherwise
        ("judge", [described("One clerk who fears the judge"), found(0.6, 0.5)], False),  # a clerk
        ("", [described("A judge")], False),
        ("Ohio judge", [described("Ohio judges"), found(0.6, 0.5)], True),
        ("Ohio judge", [described("Ohio justices"), found(0.6, 0.5)], False),
        ("judge", [described("Ohio lawyers"), found(0.6, 0.5)], False),
        ("judge", [], False),
    ],
)
def test_which_judge_is_not_told_by_a_judge_without_a_name(which, passages, nobody):
    assert lacks_person_of_kind(Question("?", which=which), passages) == nobody


@pytest.mark.parametrize(
    ("who", "text", "told_of"),
    [
        ("Bo Lee's wife", "His wife was silent.", True),
        ("Bo Lee's wife", "He was silent.", False),
        ("Bo Lee's wife", "The midwife was silent.", False),
        ("Bo Lee's family", "The family’s lawyer was silent.", True),
        ("Bo Lee's family", "His father was silent.", True),
        ("Bo Lee's family", "He was silent.", False),
        ("Bo Lee's lawyer", "He was silent.", True),  # articles may put it otherwise
    ],
)
def test_kin_who_are_asked_about_are_told_of(who, text, told_of):
    asked = Query(Question("?", said_by=(AskedSpeaker(who),)), Scope())
    passages = [found(0.7, 0.6, text, source=None, speaker=None)]
    assert _mentions_kin_asked(asked, passages) == told_of
    both = replace(asked.question, said_by=(AskedSpeaker(who), AskedSpeaker("the board")))
    assert _mentions_kin_asked(replace(asked, question=both), passages)
    assert _mentions_kin_asked(
        replace(asked, named=(SpeakerMatch({"ann lee": 1.0}, "Ann Lee", MatchedBy.ROLE),)), passages
    )


@pytest.mark.parametrize(
    ("question", "text", "nameless"),
    [
        ("Who was the last Republican to win Ohio?", "The last Republican to carry it was Ronald Lee.", False),
        ("Who was the last Republican to win Ohio?", "The last one to carry it was a farmer.", True),
        ("Who was the farmer who called Ronald Lee?", "A farmer called Ronald Lee.", True),  # the question's own name
        ("What is the name of the farmer?", "A farmer called Ronald Lee.", True),
    ],
)
def test_who_is_asked_for_may_be_named_in_prose(question, text, nameless):
    prose = replace(found(0.7, 0.6, text), statement=None)
    assert _lacks_name(Question(question, name_of="the farmer"), prose) == nameless
