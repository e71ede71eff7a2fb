"""A model's reply as an object or as text, read strictly."""

import pytest

from assistant.llm.replies import fields, numbers_of, only, plain
from index.errors import ModelError


def test_thoughts_and_fences_are_taken_off():
    assert plain("<think>so</think>\n```json\n{}\n```") == "{}"


@pytest.mark.parametrize("reply", ["", "<think>still", "x" * 4001])
def test_nothing_and_too_much_are_errors(reply):
    with pytest.raises(ModelError):
        plain(reply)


def test_an_object_is_read_and_text_is_none():
    assert fields('{"a": 1}') == {"a": 1}
    assert fields("1, 2") is None
    with pytest.raises(ModelError):
        fields('{"a": ')


def test_only_the_field_that_was_asked_for_may_be_there():
    assert only({"a": 1}, "a") == 1
    with pytest.raises(ModelError):
        only({"a": 1, "b": 2}, "a")


@pytest.mark.parametrize("values", ["1", [0], [4], [True], ["1.5"]])
def test_numbers_that_were_not_offered_are_errors(values):
    with pytest.raises(ModelError):
        numbers_of(values, 3)


def test_each_number_is_taken_once():
    assert numbers_of([2, "1", 2], 3) == (2, 1)
