"""Whose passages answer a question about somebody's words: theirs, and what touches them."""

from dataclasses import replace

import pytest

from assistant.query.directory import MatchedBy, SpeakerMatch
from assistant.query.question import Question
from assistant.query.resolution import Query
from assistant.query.speakers_asked import AskedSpeaker
from assistant.retrieval.search import Candidate
from assistant.selection.speaker_filter import (
    attribute_fact,
    keep_naming,
    keep_speakers_asked,
    may_be_by_speaker_asked,
    rank_speakers_asked_first,
    speaks,
)
from index.language.amounts import Amount
from index.types import Article, Manner, Passage, Resolution, Scope, Span, Speaker, Statement

ANN = SpeakerMatch({"ann lee": 1.0}, "Ann Lee", MatchedBy.NAME)
NEAR = "Ann Lee came. It rained. "


def found(text, voice="", told=NEAR, how=Resolution.NAMED):
    """A passage at the end of an article, by somebody or by nobody who is known."""
    article = Article("a", "", told + text)
    extent = Span(len(told), len(told) + len(text))
    said = None
    if voice:
        speaker = Speaker(voice, voice, "", (), voice.lower())
        said = Statement("a", 0, (extent,), None, None, speaker, Manner.INDIRECT, how, extent)
    features = {"asked": float(voice == "Ann Lee"), "role": 0.0}
    return Candidate(0, Passage("a", 0, extent, 0), article, said, (), features, 0.0)


def asked(*matches, **how):
    question = Question("?", said_by=tuple(AskedSpeaker(match.name) for match in matches), **how)
    return Query(question, Scope(), named=matches)


@pytest.mark.parametrize(
    ("passage", "kept"),
    [
        (found("It is closed.", "Ann Lee"), True),
        (found("It is open.", "Bo Chen"), False),
        (found("Lee is wrong.", "Bo Chen"), True),  # another on her
        (found("I am Lee.", "Bo Lee"), False),  # a namesake
        (found("Ann Lee is my sister.", "Bo Lee"), True),
        (found("It rained."), True),  # nobody's, in an article that names her
        (found("It rained.", told="Bo Chen came. "), False),
        (found("It rained.", "Bo Chen", how=Resolution.SIGNED), True),  # the prose of an article that names her
        (found("It rained.", "Bo Chen", "Bo Chen came. ", Resolution.SIGNED), False),
        (found("The fleet left.", "Bo Chen"), False),  # "lee" is no word in it
    ],
)
def test_of_others_only_what_touches_who_is_asked_about_is_kept(passage, kept):
    assert bool(keep_speakers_asked([(1.0, passage)], asked(ANN))) == kept


@pytest.mark.parametrize(
    "whom",
    [
        asked(),
        asked(ANN, by_whom=True),
        asked(ANN, sides=True),
        asked(SpeakerMatch({"ann lee": 0.8}, "Ann Lee", MatchedBy.ROLE)),  # a role may be another's
        asked(SpeakerMatch({"ann lee": 0.8}, "Ann Lee", MatchedBy.MISSPELT)),
    ],
)
def test_others_are_kept_unless_one_is_asked_about_by_name_alone(whom):
    best = [(1.0, found("It is open.", "Bo Chen"))]
    assert list(keep_speakers_asked(best, whom)) == best


@pytest.mark.parametrize(
    ("cue", "manner", "says"),
    [
        ("trounced", Manner.INDIRECT, False),
        ("said that", Manner.INDIRECT, True),
        ("had been accusing", Manner.INDIRECT, True),
        (":", Manner.INDIRECT, True),  # the turn of a transcript
        ("wore", Manner.MIXED, True),  # there are words in quotation marks
    ],
)
def test_who_is_only_told_to_do_something_does_not_speak(cue, manner, says):
    text = f"Ann Lee {cue} Bo Chen in the county."
    at = 8 + len(cue)
    speaker, whole = Speaker("ann lee", "Ann Lee", "", (), "ann lee"), Span(0, len(text))
    spans = (Span(at + 1, len(text)),), Span(8, at), Span(0, 7)
    said = Statement("a", 0, *spans, speaker, manner, Resolution.NAMED, whole)
    one = Candidate(
        0, Passage("a", 0, whole, 0), Article("a", "", text), said, (said,), {"asked": 1.0, "role": 0.0}, 0.0
    )
    other = found("Ann Lee came.", "Ann Lee")
    assert speaks(one) == says
    assert not speaks(replace(one, statement=None))
    assert rank_speakers_asked_first([(1.0, one), (0.9, other)], asked(ANN))[0][1] == (one if says else other)


def test_who_is_asked_about_comes_first_unless_far_behind():
    near, far, other = (1.5, found("A.", "Ann Lee")), (0.5, found("B.", "Ann Lee")), (2.0, found("C.", "Bo Chen"))
    assert list(rank_speakers_asked_first([other, near, far], asked(ANN))) == [near, other, far]
    assert list(rank_speakers_asked_first([other, near, far], asked())) == [other, near, far]


@pytest.mark.parametrize(
    ("voice", "text", "may_be"),
    [
        ("Lee", "Ann Lee and Bo Lee came. “No,” Lee said.", True),  # one of the two
        ("Lee", "Bo Lee and Jo Lee came. “No,” Lee said.", False),
        ("Bo Lee", "Ann Lee and Bo Lee came. “No,” Bo Lee said.", False),
        ("", "Ann Lee and Bo Lee came. “No,” he said.", False),
    ],
)
def test_a_bare_surname_may_be_who_is_asked_about_where_the_article_names_her(voice, text, may_be):
    whom = asked(SpeakerMatch({"ann lee": 1.0}, "Ann Lee", MatchedBy.NAME))
    one = found(text, voice, told="")
    assert may_be_by_speaker_asked(one, whom) == may_be
    assert bool(keep_speakers_asked([(1.0, replace(one, features={**one.features, "asked": 0.0}))], whom)) or not may_be


def test_who_is_only_described_comes_behind_where_which_asks_for_a_name():
    one, two = found("A.", "Ann Lee"), found("B.", "one lawmaker")
    speaker = replace(two.statement.speaker, key="")
    nobody = replace(two, statement=replace(two.statement, speaker=speaker, resolution=Resolution.DESCRIPTION))
    best = [(2.0, nobody), (1.5, one), (0.5, one)]
    assert list(rank_speakers_asked_first(best, asked(which="lawmaker"))) == [best[1], best[0], best[2]]
    assert list(rank_speakers_asked_first(best, asked(by_whom=True))) == best


def test_a_name_is_found_whole_and_across_lines():
    passages = [(1.0, found(text)) for text in ("So said Ann\nLee then.", "Ann Leeward came.", "Bo Lee came.")]
    assert keep_naming(passages, ["Mayor Ann Lee"]) == passages[:1]


def telling(before, source, said, after="", **more):
    """A passage in which a source says something, with words of the reporter's before and after."""
    text = f"{before}{source} said {said}{after}"
    start = len(before) + len(source) + len(" said ")
    content, whole = (Span(start, start + len(said)),), Span(0, len(text))
    speaker = Speaker(source, source, "", (), source.lower())
    spans = Span(len(before), len(before) + len(source)), speaker
    statement = Statement("a", 0, content, None, *spans, Manner.INDIRECT, Resolution.NAMED, whole)
    passage = Passage("a", 0, whole, 0)
    return replace(Candidate(0, passage, Article("a", "", text), statement, (statement,), {}, 0.0), **more)


@pytest.mark.parametrize(
    ("passage", "theirs"),
    [
        (telling("Hurt were 29, and ", "Ann Lee", "it was on purpose."), False),
        (telling("Hurt were 29, and ", "Ann Lee", "four would die."), True),  # a number of hers, too
        (telling("Hurt were many, and ", "Ann Lee", "it was on purpose."), True),  # no number at all
        (telling("Of 90 farmers, ", "12 out of 50", "it was on purpose."), True),  # a share of people
        (telling("Of 90 farmers, ", "the Valley poll", "few would leave."), True),
    ],
)
def test_a_number_outside_of_what_somebody_says_is_the_reporters(passage, theirs):
    told = attribute_fact(passage, Question("How many?", amount=Amount.COUNT))
    assert (told.statement is not None, told.passage.statement is not None) == (theirs, theirs)
    assert attribute_fact(passage, Question("Why?")) == passage
    assert attribute_fact(replace(passage, statement=None), Question("?", amount=Amount.COUNT)).statement is None
    assert attribute_fact(passage, Question("?", said_by=(AskedSpeaker("Ann Lee"),), amount=Amount.COUNT)) == passage


@pytest.mark.parametrize(
    ("cue", "question", "theirs"),
    [
        ("said", Question("How much?", amount=Amount.MONEY), True),
        ("asked for", Question("How much?", amount=Amount.MONEY), False),
        ("had been estimating", Question("How much?", amount=Amount.MONEY), True),
        ("released", Question("Which list came out?"), False),
        ("noted", Question("Which list came out?"), True),
        ("complained of", Question("Which list came out?"), True),
        ("view", Question("Which list came out?"), True),  # "in Ann Lee's view"
        (":", Question("Which list came out?"), True),
        ("released", Question("Which list did Ann Lee make?"), True),  # it is about her
        ("released", Question("Who released it?", by_whom=True), True),
        ("released", Question("What do both sides say?", sides=True), True),
    ],
)
def test_what_somebody_only_asks_for_or_does_is_the_reporters_word(cue, question, theirs):
    text = f"Ann Lee {cue} $9 million."
    start = 8 + len(cue) + 1
    spans = (Span(start, len(text)),), Span(8, start - 1), Span(0, 7)
    speaker, whole = Speaker("ann lee", "Ann Lee", "", (), "ann lee"), Span(0, len(text))
    said = Statement("a", 0, *spans, speaker, Manner.INDIRECT, Resolution.NAMED, whole)
    passage = Candidate(0, Passage("a", 0, whole, 0), Article("a", "", text), said, (said,), {}, 0.0)
    assert (attribute_fact(passage, question).statement is not None) == theirs
    direct = replace(said, manner=Manner.DIRECT)
    assert attribute_fact(replace(passage, statement=direct, within=(direct,)), question).statement == direct


def test_a_number_in_the_words_for_the_speaker_is_the_reporters():
    passage = telling("", "Ann Lee, who gave $400,000,", "it was on purpose.")
    assert attribute_fact(passage, Question("How much?", amount=Amount.MONEY)).statement is None


def test_a_day_outside_of_what_somebody_says_is_the_reporters():
    passage = telling("Lee, who served until 2001, and ", "Bo Chen", "it was closed.")
    assert attribute_fact(passage, Question("When did Lee serve?", amount=Amount.WHEN)).statement is None
    passage = telling("It rained, and ", "Bo Chen", "it was closed in 2001.")
    assert attribute_fact(passage, Question("When was it closed?", amount=Amount.WHEN)) == passage


def test_a_number_is_anothers_who_tells_it_in_the_same_passage():
    passage = telling("Hurt were many, and ", "Ann Lee", "it was on purpose. “It was 29,” said Bo Chen.")
    text = passage.article.text
    start = text.index("“It")
    content, source = (Span(start, start + 12),), Span(len(text) - 8, len(text) - 1)
    first = replace(passage.statement, content=(Span(start - 22, start - 1),))
    other = replace(first, number=1, content=content, source=source, speaker=Speaker("bo", "Bo Chen", "", (), "bo"))
    passage = replace(passage, statement=first, within=(first, other))
    told = attribute_fact(passage, Question("How many?", amount=Amount.COUNT))
    assert (told.statement, told.passage.statement) == (other, 1)
