"""Who is meant by a name that a quotation is given to: whoever speaks for or about somebody is somebody else."""

import pytest

from assistant.query.directory import Directory
from assistant.types import Quote
from assistant.verification.asked import Asked, Bearing, head_noun
from assistant.verification.comparison import Comparison
from assistant.verification.types import ComparedPlace
from index.attribution.linking.certainty import ACCUSED_FROM, LIKELY
from index.types import (
    Article,
    KnownSpeaker,
    Manner,
    PossibleSpeaker,
    Resolution,
    Span,
    Speaker,
    Statement,
)

ARTICLE = Article("a", "Wells", "“The well is dry,” somebody said.")
ANN = Speaker("s0", "Ann Lee", "the mayor of Eastport", (), "ann lee")
VOSS = Speaker("s1", "Petra Voss", "the chair of the hospital trust", (), "petra voss")
COLE = Speaker("s2", "Ivy Cole", "a spokeswoman for the hospital trust", (), "ivy cole")
SURNAME = Speaker("s3", "Lee", "", (), "lee")
PEOPLE = Directory([KnownSpeaker(one.key, one.name, one.description, (), 2, 1) for one in (ANN, VOSS, COLE)])


def place(speaker, certainty=1.0, others=()):
    names = tuple(PossibleSpeaker(name, 0.2) for name in others)
    resolution = Resolution.NAMED if speaker.key else Resolution.DESCRIPTION
    span = Span(0, 19)
    said = Statement(
        "a", 0, (span,), None, None, speaker, Manner.DIRECT, resolution, span, certainty=certainty, candidates=names
    )
    return ComparedPlace(Quote(ARTICLE, span, said), Comparison(span, (), (), (), 1.0), depth=1)


def described(name):
    return Speaker("s9", name)


@pytest.mark.parametrize(
    ("asked", "where", "bearing"),
    [
        ("Ann Lee", place(ANN), Bearing.ASKED),
        ("Ann Lee", place(ANN, LIKELY), Bearing.ASKED),
        ("Ann Lee", place(ANN, LIKELY - 0.01), Bearing.OPEN),
        ("Petra Vosss", place(VOSS), Bearing.ASKED),
        ("the Eastport mayor", place(ANN), Bearing.ASKED),
        ("Petra Voss", place(ANN), Bearing.ANOTHER),
        ("Petra Voss", place(ANN, ACCUSED_FROM), Bearing.ANOTHER),
        ("Petra Voss", place(ANN, ACCUSED_FROM - 0.01), Bearing.OPEN),
        ("Petra Voss", place(ANN, others=("Petra Voss",)), Bearing.OPEN),
        ("the hospital trust", place(COLE), Bearing.ASKED),
        ("the hospital trust", place(VOSS), Bearing.OPEN),
        ("the trust", place(VOSS), Bearing.OPEN),
        ("Ann Lee", place(described("a lawyer for Ann Lee")), Bearing.OPEN),
        ("Ann Lee", place(described("Ann Lee's opponent")), Bearing.OPEN),
        ("Lee", place(described("a Lee spokesman")), Bearing.OPEN),
        ("Harbor Watch", place(described("a spokesman for Harbor Watch")), Bearing.ASKED),
        ("Harbor Watch", place(described("a critic of Harbor Watch")), Bearing.OPEN),
        ("the night guard", place(described("a night guard")), Bearing.ASKED),
        ("the lawyer", place(described("a lawyer for Ann Lee")), Bearing.ASKED),
        ("Bo Lee", place(SURNAME), Bearing.OPEN),
    ],
)
def test_a_place_bears_on_who_is_asked_about(asked, where, bearing) -> None:
    assert Asked.find(asked, PEOPLE).judge(where).bearing is bearing


@pytest.mark.parametrize(
    ("described", "head"),
    [
        ("the wife of Ann Lee", "wife"),
        ("Lee's opponent in the long race", "opponent"),
        ("a lawyer who knows Lee", "lawyer"),
        ("His widow, Jan", "widow"),
        ("", ""),
    ],
)
def test_the_head_of_a_description_is_its_noun(described, head) -> None:
    assert head_noun(described) == head
