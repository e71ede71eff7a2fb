"""When a question bounds the time of publication, and when its dates are of events and bound nothing."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.query.periods import period

TODAY = dt.date(2026, 4, 9)  # a Thursday


def day(text):
    return dt.date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("What did she say last week?", "2026-03-30", "2026-04-05"),
        ("What did she say this week?", "2026-04-06", "2026-04-09"),
        ("Yesterday, what did she say?", "2026-04-08", "2026-04-08"),
        ("What did she say last month?", "2026-03-01", "2026-03-31"),
        ("What did she say last year?", "2025-01-01", "2025-12-31"),
        ("What did she say in March?", "2026-03-01", "2026-03-31"),
        ("In March, what did she say?", "2026-03-01", "2026-03-31"),
        ("What did she say in October?", "2025-10-01", "2025-10-31"),  # October 2026 has not begun
        ("What did she say in Feb. 2024?", "2024-02-01", "2024-02-29"),
        ("What did she say on April 7?", "2026-04-07", "2026-04-07"),
        ("What did she say since March 3?", "2026-03-03", None),
        ("What did she say after March 3, 2026?", "2026-03-04", None),
        ("What did she say before March?", None, "2026-02-28"),
        ("What did she say Today?", "2026-04-09", "2026-04-09"),
        ("What Did Ann Lee Say Today?", "2026-04-09", "2026-04-09"),
    ],
)
def test_words_of_time_become_days(text, first, last):
    found = period(text, TODAY)
    assert (found.first, found.last) == (day(first), day(last))


@pytest.mark.parametrize(
    "text",
    [
        "What did she say about the October walk-in?",
        "How much was raised by the end of August 2026?",
        "What share of taxes was paid in 2013?",
        "What may she do?",
        "What did she say in May Street?",
        "What did she say on April?",
        "What did she say in USA Today?",
        "What did she say on February 31?",
        "What did she say about last week's flood?",
    ],
)
def test_the_time_of_an_event_bounds_nothing(text):
    assert period(text, TODAY) is None


@given(st.text())
def test_any_text_is_read(text):
    found = period(text, TODAY)
    assert found is None or found.first or found.last
