"""Waiting for a reply: its parts as they come, its error as it is, and no more than was asked for."""

from collections.abc import Iterator
from itertools import repeat
from threading import Event

import pytest

from assistant.llm.deadline import within_deadline


def test_parts_come_in_their_order() -> None:
    assert list(within_deadline(lambda: iter(["a", "ab"]), 20, 100)) == ["a", "ab"]


def test_an_error_is_raised_where_one_waits() -> None:
    def failing() -> Iterator[str]:
        yield "a"
        raise ValueError("away")

    parts = within_deadline(failing, 20, 100)
    assert next(parts) == "a"
    with pytest.raises(ValueError, match="away"):
        next(parts)


def test_nothing_is_waited_for_after_a_text_that_is_long_enough() -> None:
    assert list(within_deadline(lambda: repeat("abcd"), 20, 4)) == ["abcd"]


def test_time_that_is_over_is_an_error() -> None:
    never = Event()
    with pytest.raises(TimeoutError):
        list(within_deadline(lambda: iter(never.wait, "never"), 0, 4))
    never.set()
