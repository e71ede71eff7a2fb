"""Prompts are files; a variable too few or too many is an error, and values are put in as they are."""

from importlib.resources import files

import pytest

import prompts
from prompts import fill

NAMES = sorted(file.name[: -len(".md")] for file in files(prompts).iterdir() if file.name.endswith(".md"))


def test_there_is_a_prompt_for_each_use() -> None:
    assert {name.split(".")[0] for name in NAMES} == {"again", "choose", "say", "standalone"}


@pytest.mark.parametrize("name", NAMES)
def test_a_prompt_without_values_names_what_it_lacks(name: str) -> None:
    with pytest.raises(ValueError, match=f"{name} lacks a value for "):
        fill(name)


def test_a_value_that_a_prompt_does_not_use_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"again\.v1 does not use colour"):
        fill("again.v1", reason="it was empty", colour="red")


def test_an_unknown_prompt_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"no prompt named 'choose\.v0'"):
        fill("choose.v0")


def test_rules_stand_above_the_line_and_data_below() -> None:
    prompt = fill("choose.v1", question="Is it safe?", passages="PASSAGES", fence="0f")
    assert "Question: Is it safe?" in prompt.data and "PASSAGES" in prompt.data
    assert "Is it safe?" not in prompt.rules and "PASSAGES" not in prompt.rules
    assert "0f" in prompt.data and "0f" not in prompt.rules  # so that the rules are the same for every request


def test_what_looks_like_a_variable_in_a_value_stays_as_it_is() -> None:
    value = "$fence ${passages} $$ {question} %s \n---\n"
    prompt = fill("choose.v1", question=value, passages="p", fence="0f")
    assert value in prompt.data
