"""Matching what a person types to the speakers of a library."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.query.directory import Directory, MatchedBy
from index.language.names import speaker_key
from index.types import KnownSpeaker


def speaker(name, description="", *aliases, statements=1):
    return KnownSpeaker(speaker_key(name), name, description, aliases, statements, 1)


PEOPLE = Directory(
    [
        speaker("Ilka Halloran", "the mayor of Eastmere", "Halloran", statements=9),
        speaker("Edwin Halloran", "a baker", statements=2),
        speaker("Lukas Brandt", "deputy mayor"),
        speaker("Adaeze Brandt", "a hydrologist at the university"),
        speaker("Bernard Sandell", "senator from Ohio", "Bernie Sandell"),
        speaker("Tannet Water Authority", "", "the authority"),
        speaker("Rosa Pine", "Rep., R-Wis."),
        speaker("Piet O’Brien", "who grows onions"),
        speaker("Mina Park", "South Norlish President"),
        speaker("Carl Osei", "director of the Harbor Board", statements=3),
        speaker("Harbor Board"),
        speaker("Jean Roux", "French minister of mines"),
        speaker("Bo Ryder", "manager of the Sandell campaign"),
        speaker("Varga team", "", statements=2),
        speaker("Lo Fent", "Varga team spokesman"),
        speaker("Amos Dray II"),
        speaker("Appeals Court for the 6th Circuit"),
        speaker("Ivana", "his first wife"),
        speaker("Ivanka Dell", statements=7),
        speaker("Ursula von der Poel"),
        speaker("von der Poel"),
        speaker("Sylvia Mott", "a researcher at River Choices"),
        speaker("Rosa Lena Krueger"),
        speaker("Brad"),
        speaker("Otto Thorn", "a critic of Vale Choices, an expert on North Norland"),
        speaker("Moreno"),  # an article has no more of him
        speaker("Peru"),
        speaker("Ken Aster", "who asked for the bill, Bill Chester's partner in it"),
    ]
)


@pytest.mark.parametrize(
    ("typed", "name", "how"),
    [
        ("Ilka Halloran", "Ilka Halloran", MatchedBy.NAME),
        ("ilka halloran", "Ilka Halloran", MatchedBy.NAME),
        ("Mayor Halloran", "Ilka Halloran", MatchedBy.NAME),
        ("Halloran", "Ilka Halloran", MatchedBy.NAME),  # both may be meant, the mayor speaks more
        ("baker Edwin Halloran", "Edwin Halloran", MatchedBy.NAME),
        ("Bernie Sandell", "Bernard Sandell", MatchedBy.NAME),
        ("Sen. Sandell", "Bernard Sandell", MatchedBy.NAME),
        ("Sen. Sandell of Ohio", "Bernard Sandell", MatchedBy.NAME),
        ("Ilka", "Ilka Halloran", MatchedBy.NAME),
        ("Medal of Honor winner Adaeze Brandt", "Adaeze Brandt", MatchedBy.NAME),
        ("the Tannet Water Authority", "Tannet Water Authority", MatchedBy.NAME),
        ("Piet O'Brien", "Piet O’Brien", MatchedBy.NAME),
        ("Ilka Haloran", "Ilka Halloran", MatchedBy.MISSPELT),
        ("Sandel", "Bernard Sandell", MatchedBy.MISSPELT),
        ("Eastmere's chief of the board Edwin Haloran", "Edwin Halloran", MatchedBy.MISSPELT),
        ("Ivana Dell", "Ivana", MatchedBy.MISSPELT),  # nearer than another's like name
        ("Luis Moreno", "Moreno", MatchedBy.MISSPELT),
        ("the mayor of Eastmere", "Ilka Halloran", MatchedBy.ROLE),
        ("the Ohio senator", "Bernard Sandell", MatchedBy.ROLE),
        ("the university hydrologist", "Adaeze Brandt", MatchedBy.ROLE),
        ("the Wis. congresswoman", "Rosa Pine", MatchedBy.ROLE),
        ("the Republican representative from Wisconsin", "Rosa Pine", MatchedBy.ROLE),
        ("the head of the Harbor Board", "Carl Osei", MatchedBy.ROLE),
        ("the Harbor Board", "Harbor Board", MatchedBy.NAME),
        ("France's minister of mines", "Jean Roux", MatchedBy.ROLE),
        ("the Sandell camp", "Bo Ryder", MatchedBy.ROLE),
        ("Sandell's team", "Bo Ryder", MatchedBy.ROLE),
        ("River Choices", "River Choices", MatchedBy.ROLE),
        ("Rosa Lena Kruger", "Rosa Lena Krueger", MatchedBy.MISSPELT),
        ("Varga's team", "Varga team", MatchedBy.NAME),
        ("the Sixth Circuit", "Appeals Court for the 6th Circuit", MatchedBy.NAME),
        ("Amos Dray", "Amos Dray II", MatchedBy.NAME),
        ("Mr. Dray", "Amos Dray II", MatchedBy.NAME),
    ],
)
def test_who_is_meant(typed, name, how):
    found = PEOPLE.find(typed)
    assert (found.name, found.matched_by) == (name, how)


@pytest.mark.parametrize(
    "typed",
    [
        "Rosa Halloran",
        "the friend of Halloran",
        "Kofi Annan",
        "the Texas governor",
        "Brandt's team",
        "the envoy in Tannet",  # no more the Water Authority than one of it
        "Ohio",
        "senators",
        "Bill Chester",  # whose name is in another's description
        "Anna Peru",  # the country is not half of her
        "Jan Poel",
        "river choices",
        "Vale Choices",
        "North Norland",
        "Brad Pott",
        "River Banks",
        "",
        "!",
        "himself",
    ],
)
def test_nobody_is_meant(typed):
    assert PEOPLE.find(typed) is None


def test_a_bare_surname_may_mean_several():
    found = PEOPLE.find("Halloran")
    assert set(found.keys) == {"ilka halloran", "edwin halloran"}
    assert found.keys["ilka halloran"] > found.keys["edwin halloran"]


def test_a_person_may_go_by_the_surname_alone_elsewhere():
    assert set(PEOPLE.find("Ursula von der Poel").keys) == {"ursula von der poel", "von der poel"}
    both = Directory([speaker("Ann Sorley", statements=9), speaker("Bo Sorley", statements=4), speaker("Sorley")])
    assert set(both.find("Ann Sorley").keys) == {"ann sorley", "sorley"}
    assert set(both.find("Bo Sorley").keys) == {"bo sorley"}  # it may be Ann


def test_who_speaks_for_a_body_may_be_meant_by_it():
    assert PEOPLE.find("the Varga team").keys == {"varga team": 1.0, "lo fent": 0.8}
    assert set(PEOPLE.find("Harbor Board").keys) == {"harbor board", "carl osei"}


@pytest.mark.parametrize(
    ("typed", "unknown"),
    [
        ("Kofi Annan", True),
        ("Ilka Halloran", False),
        ("the Ohio Coalition", False),
        ("Judge Annan", True),
        ("Judge Halloran", False),
        ("Chief Justice", False),
        ("Netterby", True),
        ("Tannet", False),  # its Water Authority may be meant
        ("the Girl Scouts", True),
        ("Canberra", False),  # a place, and a government's name
        ("West Virginia", False),
        ("Senate Democrats", False),
        ("Virginia Netterby", True),
        ("Patty Judge", True),  # whose name is also a calling
        ("Clinton Foundation", False),
        ("the Norlish Federation of Plumbers", True),
        ("the Ohio Harbor Authority", False),
        ("Kofi Annan from Ohio", True),
        ("Bill Chester", True),
        ("Ursula Ros-Netterby", True),
    ],
)
def test_a_name_that_is_nobodys_is_told_from_a_body(typed, unknown):
    assert PEOPLE.is_unknown(typed) is unknown


@given(st.text())
def test_any_mention_can_be_looked_up(typed):
    found = PEOPLE.find(typed)
    assert found is None or all(0 < certainty <= 1 for certainty in found.keys.values())


def test_accents_may_stand_as_characters_of_their_own():
    people = Directory([speaker("José Álvarez")])
    assert people.find(unicodedata.normalize("NFD", "José Álvarez")).matched_by is MatchedBy.NAME


def test_an_empty_library_knows_nobody():
    assert Directory([]).find("Ilka Halloran") is None
