"""Names as words: the key that joins a person over articles, and what a given name says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.attribution.people.name_runs import name_runs
from index.language.names import gender, same_given, speaker_key


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Tim Kaine", "Sen. Timothy M. Kaine"),
        ("Jorge Castañeda", "JORGE CASTANEDA"),
        ("FranÃ§ois Holt", "François Holt"),
        ("FranÃ\x83Â§ois Holt", "François Holt"),  # read wrongly twice
        ("FranA\u0303§ois Holt", "François Holt"),
        ("Jose\u0301 Holt", "José Holt"),
        ("Robert C. Scott", "Robert C. “Bobby” Scott"),
        ("the NAACP", "NAACP"),
        ("Joseph R. Biden Jr.", "Joe Biden, Jr."),
        ("George H.W. Marsh", "George H. W. Marsh"),
        ("Jane Doe", "Jane Doe's"),
    ],
)
def test_one_person_printed_in_two_ways_has_one_key(one: str, two: str) -> None:
    assert speaker_key(one) == speaker_key(two)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Donald Gray", "Donald Gray Jr."),
        ("George Marsh", "George H. W. Marsh"),
        ("Bill Clinton", "Hillary Clinton"),
        ("Trump", "Donald Trump"),
        ("New York Times", "New York Post"),
    ],
)
def test_two_who_are_not_known_to_be_one_have_two_keys(one: str, two: str) -> None:
    assert speaker_key(one) != speaker_key(two)


@given(st.text(max_size=60))
def test_a_key_is_its_own_key_and_names_never_break_it(name: str) -> None:
    key = speaker_key(name)
    assert speaker_key(key) == key or len(key.split()) < 2 or key != name


@pytest.mark.parametrize(
    ("given_name", "expected"),
    [("Hillary", "f"), ("Jorge", "m"), ("Bernie", "m"), ("Leslie", ""), ("Xyzzy", "")],
)
def test_a_given_name_tells_the_sex_only_where_it_is_plain(given_name: str, expected: str) -> None:
    assert gender(given_name) == expected


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [("Bill", "William", True), ("J", "James", True), ("Jeff", "Jeffrey", True), ("Bill", "Hillary", False),
     ("Sam", "Samantha", True), ("Ann", "Andrew", False)],
)  # fmt: skip
def test_short_forms_of_given_names(one: str, two: str, same: bool) -> None:
    assert same_given(one, two) is same


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("However, Ann Poe left.", ["Ann Poe"]),
        ("The Center for American Hope and the House met.", ["Center for American Hope", "House"]),
        ("Mr. Poe met Sen. Ann de la Cruz Jr. in May.", ["Poe", "Ann de la Cruz Jr."]),
        ("In the U.S. he ate.", ["U.S."]),
        ("They said I left Ohio’s Ann Poe.", ["Ohio", "Ann Poe"]),
        ("no names at all", []),
    ],
)
def test_runs_of_capitalised_words(text: str, expected: list[str]) -> None:
    assert [text[run.start : run.end] for run in name_runs(text)] == expected
