"""What kind of number a question asks for, and which texts hold one."""

import pytest

from index.language.amounts import Amount, amount, beside_numbers, holds, tells


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How many farmers were asked?", Amount.COUNT),
        ("What share of farmers would leave?", Amount.SHARE),
        ("What percentage of farmers would leave?", Amount.SHARE),
        ("How is the unemployment rate in the valley?", Amount.SHARE),
        ("What jobless rate did the mayor claim?", Amount.SHARE),
        ("Who says that the unemployment rate is wrong?", None),
        ("How much would the repair cost?", Amount.MONEY),
        ("What interest rate do farmers pay?", Amount.OTHER),
        ("What was the mayor paid for the talk?", Amount.MONEY),
        ("What did Ann Lee pay for the mill?", Amount.MONEY),
        ("What does the mayor's driver earn?", Amount.MONEY),
        ("What is the mill worth?", Amount.MONEY),
        ("How much money did the mayor raise?", Amount.MONEY),
        ("How much water does the town use?", Amount.OTHER),
        ("What did Ann Lee say the mill cost?", None),
        ("What did the mayor say about those who pay?", None),
        ("How old is the dam?", Amount.AGE),
        ("How long will the repair take?", Amount.DURATION),
        ("How soon will it open?", Amount.DURATION),
        ("How long is the dam?", Amount.OTHER),
        ("How long was the river board's report on the dam?", Amount.OTHER),  # pages
        ("How long was the dam's keeper away?", Amount.DURATION),
        ("How long was the bridge closed?", Amount.DURATION),
        ("How long was the driver on the road before the crash?", Amount.DURATION),
        ("How long is the dam to be closed?", Amount.DURATION),
        ("What's the most one farmer may take?", Amount.OTHER),
        ("What's the most important thing?", None),
        ("What was the mayor told by those who paid?", None),
        ("How far is the dam from the town?", Amount.OTHER),
        ("When was the dam built?", Amount.WHEN),
        ("By when must farmers leave?", Amount.WHEN),
        ("In what year was the dam built?", Amount.WHEN),
        ("At what time was the dam closed?", Amount.WHEN),
        ("When pressed, what did the mayor say?", None),
        ("How did the mayor react?", None),
        ("What did the mayor say about many farmers?", None),
    ],
)
def test_a_question_asks_for_a_number_of_a_kind(question, kind):
    assert amount(question) == kind


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("1,539 farmers were asked.", {Amount.COUNT, Amount.OTHER}),
        ("Two dozen farmers came.", {Amount.COUNT}),
        ("Hundreds came.", {Amount.COUNT}),
        ("It was in 2016.", {Amount.WHEN}),
        ("It cost $216.", {Amount.OTHER, Amount.MONEY}),
        ("62% agreed.", {Amount.SHARE, Amount.OTHER}),
        ("Half of them agreed.", {Amount.SHARE}),
        ("One in five agreed.", {Amount.SHARE, Amount.COUNT}),
        ("One of every nine agreed.", {Amount.SHARE, Amount.COUNT}),
        ("3 out of 10 agreed.", {Amount.SHARE, Amount.COUNT, Amount.OTHER}),
        ("It cost $3 million.", {Amount.OTHER, Amount.MONEY}),
        ("One farmer agreed.", set()),  # "one" is no count by itself
        ("Nobody agreed.", set()),
        ("It was built in May.", {Amount.WHEN}),
        ("It opened on Monday.", {Amount.WHEN}),
        ("It may open decades later.", {Amount.WHEN, Amount.DURATION}),
        ("It was built in the 1930s.", {Amount.WHEN}),
        ("It will open by the end of May.", {Amount.WHEN}),
        ("It may open.", set()),
        ("It closed at 11 a.m.", {Amount.WHEN, Amount.COUNT, Amount.OTHER}),
        ("It took a five-hour drive.", {Amount.COUNT, Amount.DURATION}),
        ("It took 60 seconds.", {Amount.COUNT, Amount.OTHER, Amount.DURATION}),
        ("Ann Lee, 45, came.", {Amount.COUNT, Amount.OTHER, Amount.AGE}),
        ("She is 45.", {Amount.COUNT, Amount.OTHER, Amount.AGE}),
        ("She was 45 when she came.", {Amount.COUNT, Amount.OTHER, Amount.AGE}),
        ("There were 45 farmers.", {Amount.COUNT, Amount.OTHER}),
        ("There were 45 when he came.", {Amount.COUNT, Amount.OTHER}),
        ("The score was 45 at noon.", {Amount.COUNT, Amount.OTHER}),
        ("The 45-year-old came.", {Amount.COUNT, Amount.OTHER, Amount.AGE, Amount.DURATION}),
        ("She is 45 miles away.", {Amount.COUNT, Amount.OTHER}),
    ],
)
def test_a_text_holds_numbers_of_some_kinds(text, kinds):
    assert {kind for kind in Amount if holds(text, kind)} == kinds


@pytest.mark.parametrize(
    ("text", "kind", "told"),
    [
        ("It will take a few weeks.", Amount.OTHER, True),
        ("It will take twice as long.", Amount.OTHER, True),
        ("It will take long.", Amount.OTHER, False),
        ("It will take two years.", Amount.OTHER, True),
        ("It is a home for one, sold in 2014.", Amount.OTHER, False),
        ("All manner of people came.", Amount.COUNT, False),
        ("It will take a few weeks.", Amount.SHARE, False),
        ("None of them came.", Amount.COUNT, True),
        ("62% of them came.", Amount.COUNT, True),
        ("They came in 2016.", Amount.COUNT, False),
        ("62% agreed.", Amount.SHARE, True),
        ("It was not used in a century.", Amount.WHEN, True),
        ("It was not used at all.", Amount.WHEN, False),
        ("It cost a lot.", Amount.MONEY, False),
    ],
)
def test_how_much_may_be_told_in_words(text, kind, told):
    assert tells(text, kind) == told


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The 1,539 farmers who were asked came.", ["farmers", "asked", "came"]),
        ("Of the adoptees as many as 18,000 may stay.", ["stay", "adoptees"]),
        ("In 2016 farmers came.", []),
        ("62% of farmers paid $9 a day.", []),
        ("Two dozen of the new mills closed.", ["new", "mills", "closed"]),
    ],
)
def test_what_stands_beside_a_number_may_be_what_it_counts(text, words):
    assert list(dict.fromkeys(beside_numbers(text))) == words
