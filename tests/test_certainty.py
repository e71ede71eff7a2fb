"""How certain a speaker is: a probability for each statement, and candidates where it is low."""

import pytest

from index.attribution.linking.certainty import CERTAIN, NAMED_FROM, candidates, features, probability
from index.attribution.linking.resolved import Link, Resolved
from index.attribution.statements import find_statements
from index.attribution.types import Attribution
from index.language.sentences import sentences
from index.types import Article, Manner, Resolution, Span, Speaker

LEE, POE = Speaker("ann lee", "Ann Lee", key="ann lee"), Speaker("eve poe", "Eve Poe", key="eve poe")
RAW = Attribution((Span(0, 20),), Span(22, 26), Span(27, 34))


def found(parser, text):
    doc = next(iter(parser.parse([text])))
    return find_statements(Article("a", "", text), doc, sentences(doc))


def certainty(link, *weights):
    resolved = Resolved(LEE, Resolution.NAMED, None, link, tuple(zip((LEE, POE), weights, strict=False)))
    return probability(features(resolved, RAW, Manner.DIRECT, 0))


def test_a_name_in_the_clause_is_more_certain_than_a_pronoun():
    assert certainty(Link.NAME) > certainty(Link.PRONOUN, 1.0, 0.2) > certainty(Link.PRONOUN, 1.0, 0.9)


def test_others_who_are_named_beside_make_it_less_certain():
    alone, with_others = (
        probability(features(Resolved(LEE, Resolution.PRONOUN, None, Link.PRONOUN), RAW, Manner.DIRECT, others))
        for others in (0, 3)
    )
    assert alone > with_others


@pytest.mark.parametrize("certain", [0.0, 0.3, 0.9])
def test_candidates_share_what_certainty_leaves(certain):
    resolved = Resolved(LEE, Resolution.PRONOUN, None, Link.PRONOUN, ((LEE, 1.0), (POE, 0.5)))
    shares = {one.name: one.probability for one in candidates(resolved, certain)}
    assert sum(shares.values()) == pytest.approx(1, abs=0.06)  # less than 0.05 is not listed
    assert shares.get("Ann Lee", 0) == pytest.approx(certain, abs=0.05)


def test_every_statement_has_a_probability_and_nobody_none(parser):
    for said in found(
        parser, "“It is safe here now,” said Ann Lee. She said it was old. “Who built it all?” they asked."
    ):
        assert 0 <= said.certainty <= 1
        assert (said.speaker is not None) == (said.certainty > 0)
        assert said.certainty >= NAMED_FROM or said.speaker is None or not said.speaker.key


def test_who_is_doubted_is_listed_with_the_others(parser):
    text = "Ann Lee met Eve Poe in the hall on Monday. “It is safe, and it always was,” she said."
    said = found(parser, text)[-1]
    assert said.certainty < CERTAIN
    assert {one.name for one in said.candidates} <= {"Ann Lee", "Eve Poe"}
    assert said.candidates
