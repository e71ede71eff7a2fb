"""Claim and denial stand side by side, and one speaker's quotes together."""

import pytest

from assistant.selection.both_sides import both_sides, denies
from assistant.types import Quote
from index.types import Article, Manner, Resolution, Span, Speaker, Statement

WATCH, ARMY, MAYOR = (Speaker(name, name, "", (), name.lower()) for name in ("Harbour Watch", "The Army", "Ana Ruiz"))


def quote(text, cue, speaker, article="a", number=0):
    """A quote that is a whole article's text."""
    extent = Span(0, len(text))
    at = Span(text.index(cue), text.index(cue) + len(cue))
    resolution = Resolution.NAMED if speaker else Resolution.UNRESOLVED
    said = Statement(article, number, (Span(0, 3),), at, None, speaker, Manner.INDIRECT, resolution, extent)
    return Quote(Article(article, "", text), extent, said)


CLAIM = quote("200 died in the strikes, the report said.", "said", WATCH, "a")
AGAIN = quote("The strikes may be crimes, it said.", "said", WATCH, "b")
OTHER = quote("The harbour will close, Ana Ruiz said.", "said", MAYOR, "c")
DENIAL = quote("The army rejected the Watch report as inaccurate.", "rejected", ARMY, "d")
NEARBY = quote("The army denied it.", "denied", ARMY, "a")
VAGUE = quote("The army denied it.", "denied", ARMY, "z")
NOBODY = quote("It is over, he said.", "said", None, "e")


@pytest.mark.parametrize(
    ("quotes", "shown"),
    [
        ([CLAIM, OTHER, DENIAL], [CLAIM, DENIAL, OTHER]),  # it names whom it answers
        ([OTHER, CLAIM, NEARBY], [OTHER, CLAIM, NEARBY]),  # it stands in the same article
        ([OTHER, CLAIM, VAGUE], [OTHER, CLAIM, VAGUE]),  # nobody knows what it answers
        ([DENIAL, OTHER, CLAIM], [DENIAL, CLAIM, OTHER]),  # the reaction was asked for
        ([CLAIM, OTHER, AGAIN], [CLAIM, AGAIN, OTHER]),
        ([CLAIM, NOBODY, OTHER, NOBODY], [CLAIM, NOBODY, NOBODY, OTHER]),
        ([], []),
    ],
)
def test_each_speaker_s_quotes_stand_together_and_a_denial_beside_what_it_answers(quotes, shown):
    assert both_sides(quotes, most=5) == tuple(shown)


def test_a_denial_of_what_is_shown_takes_the_last_place():
    assert both_sides([CLAIM, AGAIN, OTHER, DENIAL], most=3) == (CLAIM, AGAIN, DENIAL)
    assert both_sides([CLAIM, AGAIN, OTHER, VAGUE], most=3) == (CLAIM, AGAIN, OTHER)


@pytest.mark.parametrize(
    ("text", "cue", "expected"),
    [
        ("The army rejected it.", "rejected", True),
        ("The army slammed the report as inaccurate.", "slammed", True),
        ("The army said no.", "said", False),
        ("He undeniably said so.", "said", False),
    ],
)
def test_which_cues_deny(text, cue, expected):
    assert denies(quote(text, cue, ARMY)) is expected
