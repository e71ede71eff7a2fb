"""Whose name in a source is the speaker's: roles, bodies, relations and places beside it have names, too."""

import pytest

from index.attribution.statements import find_statements
from index.language.sentences import sentences
from index.types import Article

SAID = "“It was a very good race for us”"


def speaker(parser, text):
    doc = next(iter(parser.parse([text])))
    (said,) = [
        one for one in find_statements(Article("a", "", text), doc, sentences(doc)) if "race" in _said(one, text)
    ]
    return said.speaker.name if said.speaker else None


def _said(one, text):
    return " ".join(piece.cut(text) for piece in one.content)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # a hyphen in what somebody is
        (f"Ms Poe's ex-husband, Omar Poe, said: {SAID}.", "Omar Poe"),
        (f"Vale vice-president Ann Lee has said: {SAID}.", "Ann Lee"),
        # offices and firms behind a name are no further speakers
        (f"{SAID}, said Ruth Stone, Chief Financial and Operating Officer, Harbour Media Group.", "Ruth Stone"),
        (f"Ola Ade, CEO of Read For Rovia said: {SAID}.", "Ola Ade"),
        (f"Lee, her brother said, {SAID[0]}is a race for us”.", "her brother"),
        (f"Ann Lee and Eve Poe said: {SAID}.", "Ann Lee and Eve Poe"),
        (f"Ann Lee and the Vale Board said: {SAID}.", "Ann Lee and Vale Board"),
        # an office before a name that has a body's name in it
        (f"Secretary of the Vale Board, Ann Lee, said: {SAID}.", "Ann Lee"),
        (f"Chief executive of Vale Ltd Ann Lee said: {SAID}.", "Ann Lee"),
        (f"Speaking on the radio, medical director at Salem Hospital Ann Lee said: {SAID}.", "Ann Lee"),
        (f"A spokesman for Ann Lee said: {SAID}.", "A spokesman for Ann Lee"),
        (f"The lawyer for Salem Gov. Ann Lee said: {SAID}.", "The lawyer for Salem Gov. Ann Lee"),
        # clubs that tell who somebody is
        (
            f"{SAID}, said the former Vale United and Salem Town striker.",
            "the former Vale United and Salem Town striker",
        ),
        (f"Bo Ray won. {SAID}, said the former Vale United striker.", "Bo Ray"),
        # bodies' names
        (f"The High People's Court said: {SAID}.", "High People's Court"),
        (f"The Bread for Rovia League said: {SAID}.", "Bread for Rovia League"),
        (f"Lee's Court victory was late. Ann Lee said: {SAID}.", "Ann Lee"),
        # peers are called after a place
        (f"Lord Lee of Salem spoke. {SAID}, Lord Lee said.", "Lee of Salem"),
        (f"Lady Poe of Wick said: {SAID}.", "Poe of Wick"),
        (f"Mayor Lee of Salem said: {SAID}.", "Lee"),
        # peoples and offices are nobody's name
        (f"South Australian farmer Ann Lee came. {SAID}, she said.", "Ann Lee"),
        (f"The president-elect, Ann Lee, spoke. {SAID}, the president-elect said.", "Ann Lee"),
        (f"The Vale PM, Ann Lee, spoke. {SAID}, the Vale PM said.", "Ann Lee"),
    ],
)
def test_whose_name_a_source_gives(parser, text, name):
    assert speaker(parser, text) == name
