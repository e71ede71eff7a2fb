"""Reading a question: whose words are asked for, and what else it asks."""

import datetime as dt

import pytest

from assistant.query.question import LONGEST_QUESTION, check, understand
from assistant.query.speakers_asked import AskedSpeaker
from index.errors import QuestionError
from index.language.amounts import Amount

TODAY = dt.date(2026, 4, 9)


@pytest.fixture
def read(parser):
    return lambda text: understand(next(iter(parser.parse([text]))), TODAY)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("What did Ilka Halloran say about the bridge?", ["Ilka Halloran"]),
        ("What did Council engineer Ilka Halloran say about the bridge?", ["Council engineer Ilka Halloran"]),
        ("According to Piet Aldous, who pays for the turbine?", ["Piet Aldous"]),
        ("What is Rosa Delgado's view of the authority?", ["Rosa Delgado"]),
        ("How did Theresa May react to the plan?", ["Theresa May"]),
        ("How did the mayor respond to the opposition?", ["the mayor"]),
        ("What did Varga warn of, and what did Brandt answer?", ["Varga", "Brandt"]),
        ("Who says the crack is growing?", []),
        ("Which engineer denied that the wall moved?", []),
        ("How many animals were lost in the flood?", []),
        ("When was the bridge closed?", []),
        ("What did the ice do to the pier?", []),  # nobody's words are asked for
        ("Which Republicans went after Aldous, and what did they say?", []),
        ("Why couldn't Ilka Halloran tell the council who paid?", []),  # she did not say it
        ("Why does Ilka Halloran not think the bridge is safe?", ["Ilka Halloran"]),
        ("How did Ilka Halloran hit back when Brandt blamed her?", ["Ilka Halloran"]),
        ("How did Ilka Halloran hit the wall?", []),
        ("What had Brandt hoped to hear about the dam?", ["Brandt"]),
        ("How did Ilka and Piet make their fortune, in Brandt's telling?", ["Brandt"]),
        ("In Brandt's view, who built the dam?", ["Brandt"]),
        ("What did Piet Aldous say in Brandt's house?", ["Piet Aldous"]),
        ("What did Piet Aldous say in his own words?", ["Piet Aldous"]),
        ("How did Ilka want to go about it, as Rosa Delgado tells it?", ["Rosa Delgado"]),
        ("What did Ilka Halloran say as she saw it?", ["Ilka Halloran"]),
        ("Why is Piet Aldous backing the mayor, by his own account?", ["Piet Aldous"]),
        ("Who was struck by Brandt's plan?", []),
        ("What reason did Ilka Halloran give for closing the dam?", ["Ilka Halloran"]),
        ("What money did Ilka Halloran give for the dam?", []),
        ("Which parts of the dam does Ilka Halloran have doubts about?", ["Ilka Halloran"]),
        ("Does Ilka Halloran have money in the dam?", []),
        ("What did the economist Rosa Delgado think of it?", ["the economist Rosa Delgado"]),
        ("What did the number two Senate Republican say about it?", ["the number two Senate Republican"]),
        ("How did the White House answer worries that it could leak?", ["the White House"]),
        ("What does Rosa Delgado make of the dam?", ["Rosa Delgado"]),
        ("What do workers at the plant make a day?", []),
        ("Which ex-governor warned that it will leak?", []),
        ("Ilka Halloran says he lied. How did Piet Aldous answer?", ["Piet Aldous"]),
        ("Which of Halloran's rivals doubt the plan, and what do they say?", []),
        ("How did Spike Poe answer Rahm Gray's gripes about the title?", ["Spike Poe"]),  # parsed as one name
        ("What did the head of Harbor Watch make of the Varga Fund swearing off money?", ["the head of Harbor Watch"]),
        ("What are Rosa Delgado's reservations about the dam?", ["Rosa Delgado"]),
        ("What did G4S say about its guards?", ["G4S"]),
        ("What did Rosa Delgado from Ely say about the dam?", ["Rosa Delgado"]),
        ("What does Rosa Delgado, the dam's keeper, make of the crack?", ["Rosa Delgado"]),
        ("What did the mill's owner, Carl Gray, say about the dam?", ["Carl Gray"]),
        ("What did the governor, Carl Gray, say?", ["Carl Gray"]),
        ("What does the Gray campaign's adviser Eric Poe say about the dam?", ["the Gray campaign's adviser Eric Poe"]),
        ("What was Ann Holt-Lee's answer when Bo Chen's stance on licenses for farmers came up?", ["Ann Holt-Lee"]),
        ("What did Harbor Watch agree to pay in the case?", []),
        ("What did Eric Poe make of Carl Gray calling the money obscene?", ["Eric Poe"]),
        ("How did Poe answer Gray's praise, and what did Brandt say?", ["Poe", "Brandt"]),
        ("How did Poe's aide respond to Gray?", ["Poe's aide"]),
        ("What did Carl Gray's son post in his dad's defense?", ["Carl Gray's son"]),
        ("In Carl Gray's defense, what did Eric Poe say?", ["Eric Poe"]),
        ("When is the Supreme Court supposed to rule on it?", []),
        ("What did Rosa Delgado have to say about the dam?", ["Rosa Delgado"]),
        ("How long did Rosa Delgado talk against the dam?", []),  # how long, and not what she said
        ("How much did Harbor Watch take in during May?", []),
        ("How long did Rosa Delgado say the talks would take?", ["Rosa Delgado"]),
        ("How did Rosa Delgado take the news?", ["Rosa Delgado"]),
        ("How many people did Ann Lee call liars?", ["Ann Lee"]),
        ("How did Rosa's campaign answer Aldous's charge that it lies?", ["Rosa's campaign"]),
        ("How did the Delgado campaign answer Aldous's charge that it lies?", ["the Delgado campaign"]),
        ("What has Rosa Delgado had to say about the dam?", ["Rosa Delgado"]),
        ("What did Rosa Delgado have to pay for the dam?", []),
        ("Rosa Delgado reaction to the dam?", ["Rosa Delgado"]),
        ("Rosa Delgado on whether the dam will hold", ["Rosa Delgado"]),
        ("Rosa Delgado's reaction to the dam?", ["Rosa Delgado"]),
        ("Rosa Delgado on the dam: why does Carl Gray think it cost too much?", ["Carl Gray"]),
        ("Rosa Delgado on Monday said it would leak. What did Carl Gray say about it?", ["Carl Gray"]),
        ("Will Netterby on Monday attend the feast?", []),
        ("Will Netterby about the dam", []),
        ("Public reaction to the dam?", []),
        ("What reaction to the dam came from Delgado?", []),
        ("Ilka Halloran in Eastmere: whom does she think the dam serves?", ["Ilka Halloran"]),
    ],
)
def test_whose_words_are_asked_for(read, text, who):
    assert [mention.text for mention in read(text).said_by] == who


@pytest.mark.parametrize(
    ("text", "matter"),
    [
        ("What did Ilka Halloran tell farmers about the old bridge?", ("farmers", "old", "bridge")),
        ("What is Ilka Halloran's view of the attack?", ("attack",)),
        ("What did Ilka Halloran say so far, exactly?", ()),
        ("What did Ilka Halloran say in March?", ()),  # when, and not about what
        ("Which Republicans went after Aldous, and what did they say?", ("Republicans", "went", "Aldous")),
    ],
)
def test_what_is_asked_about(read, text, matter):
    assert read(text).matter == matter


@pytest.mark.parametrize(
    ("text", "proper"),
    [
        ("What did Ilka Halloran say about the bridge?", True),
        ("What did the Ohio governor say about the bridge?", False),
        ("What did farmers say about the bridge?", False),
        ("What did Xavier Becerra tell the gathering?", True),  # parsed as an adjective and a noun
        ("What did Norwegian Farmers say about the bridge?", False),
        ("How did Netterby respond to the mayor?", True),
        ("How did the Girl Scouts respond to the mayor?", True),
        ("How did farmers respond to the mayor?", False),
        ("How did local farmers in Fort Netterby feel about the mayor?", False),
        ("What does Tiger Woods say about the bridge?", True),
        ("How did Gwen Ifill defend not asking about the bridge?", True),
        ("How did Virginia officials respond to the mayor?", False),
        ("How did the FBI respond to the mayor?", False),  # articles may spell it out
        ("Why does Rosa Ros-Netterby say she won't come?", True),
        ("How does Ursula von der Poel say she will find the men?", True),
    ],
)
def test_a_name_is_told_from_a_role(read, text, proper):
    assert [mention.proper for mention in read(text).said_by] == [proper]


@pytest.mark.parametrize(
    ("text", "flag", "value"),
    [
        ("Who says the crack is growing?", "by_whom", True),
        ("Who says that the unemployment rate is wrong?", "by_whom", True),
        ("Which farmer wants the water?", "by_whom", True),
        ("What share of farmers would accept a dry spring?", "by_whom", False),
        ("Which retired engineer doubts it?", "which", "retired engineer"),
        ("Which member of the dam board doubted it?", "which", "member"),
        ("Which reservoir does Ann Lee doubt?", "which", ""),
        ("Who doubts it?", "which", ""),
        ("How did the mayor react to the report?", "sides", True),
        ("How did the mayor fire back at the report?", "sides", True),
        ("Why did the mayor fire the engineer?", "sides", False),
        ("What do people say about the dam?", "sides", True),
        ("What did the mayor say about the dam?", "sides", False),
        ("How many farmers were asked?", "amount", Amount.COUNT),
        ("How many farmers were asked?", "counts", "farmers"),
        ("In how many old mills is there water?", "counts", "mills"),
        ("How many K-1 fiancé visas is immigration going back over?", "counts", "visas"),
        ("How many people were asked?", "counts", ""),  # any noun may count those
        ("How many of the farmers were asked?", "counts", ""),  # "12 were"
        ("How much grain do farmers get?", "counts", ""),
        ("What did the mayor say about the farmers?", "amount", None),
        ("Which retired engineer doubts it?", "roles", ("retired engineer",)),
        ("What did the mayor say about it?", "roles", ("the mayor",)),
        ("What is the name of the diver who went down?", "name_of", "the diver who went down"),
        ("Who was the diver who went down?", "name_of", "the diver who went down"),
        ("Who's the diver who went down?", "name_of", "the diver who went down"),
        ("What is the last name of the diver?", "name_of", "the diver"),
        ("What are the names of the two divers?", "name_of", "the two divers"),
        ("Who went down?", "name_of", ""),
        ('Who said "it is a damaged bridge"?', "phrases", ("it is a damaged bridge",)),
        ('Who said "bridge"?', "phrases", ()),  # one word is a word, not a phrase
    ],
)
def test_what_else_a_question_asks(read, text, flag, value):
    assert getattr(read(text), flag) == value


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("What did Ilka Halloran say about the dam in March?", "in March"),
        ("In March, what did Ilka Halloran say?", "In March"),
        ("What was Ilka Halloran's reaction last week?", "last week"),
        ("Who criticized the dam last week?", "last week"),
        ("What did Ilka Halloran say she would do in March?", ""),
        ("How much did Ilka Halloran get from donors in March?", ""),
        ("Does a wet spring mean the mayor will win in March?", ""),
        ("How many people were hurt last week?", ""),
        ("What did Ilka Halloran say about the dam today?", "today"),
        ("How does Ilka Halloran see the dam today?", ""),  # what she thinks now may stand in any article
        ("What did Ilka Halloran say about the dams of May against those in March?", ""),
    ],
)
def test_days_bound_the_saying_and_not_what_is_told_of(read, text, words):
    period = read(text).period
    assert (period.words if period else "") == words


@pytest.mark.parametrize("text", ["👩 said", "did", "Ann Lee?", "How did", "Ann Lee, said it?", "… said — what?"])
def test_odd_questions_are_read(read, text):
    assert read(text).text == text


def test_himself_belongs_to_no_name(read):
    assert read("What has Ilka Halloran herself said about the dam?").said_by[0].proper


@pytest.mark.parametrize("text", ["", "   \n", "?!", "x" * (LONGEST_QUESTION + 1)])
def test_what_is_no_question_is_refused_in_a_sentence(text):
    with pytest.raises(QuestionError, match=r"^the question .*"):
        check(text)


def test_a_question_is_kept_but_for_the_space_around_it():
    assert check("  Who said “no”?\n") == "Who said “no”?"


def test_mentions_are_values():
    assert AskedSpeaker("a") == AskedSpeaker("a", False)
