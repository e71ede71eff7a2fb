"""When: the words of a question that say when something was published, as a period of days.

Only words that plainly bound the time of saying count: "last week", "yesterday", "since March 3", "in October" at an
end of the question. "By the end of August", "the October walk-in" and "in 2012" speak of events and bound nothing.
Knows calendars. Does not know articles.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sept sep", "october oct", "november nov", "december dec"), start=1)
    for name in names.split()
}  # fmt: skip
MONTH = "(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?"
DAY = rf"{MONTH}(?:\s+(?P<day>\d{{1,2}}))?(?:,?\s+(?P<year>\d{{4}}))?"
END = r"\s*[?.!]*$"
RELATIVE_DAYS = re.compile(
    rf"(?:^(?P<front>yesterday|today|(?:this|last|past)\s+(?:week|month|year))\b)"
    rf"|\b(?P<back>yesterday|today|(?:this|last|past|in the past)\s+(?:week|month|year)){END}",
    re.IGNORECASE,
)
CALENDAR = re.compile(
    rf"(?:^(?P<how>in|on|since|before|after|until)\s+{DAY}(?=\s*,))".replace("(?P<", "(?P<front_")
    + rf"|\b(?P<how>in|on|since|before|after|until)\s+{DAY}{END}",
    re.IGNORECASE,
)


class Period(NamedTuple):
    """Days, both inclusive; None where it is open. `words` is what the question says."""

    words: str
    first: dt.date | None
    last: dt.date | None


def period(text: str, today: dt.date) -> Period | None:
    """The period that a question asks about, if it says one.

    :param text: A question.
    :param today: The day of the newest article: what "last week" counts from, and the latest that "October" can be.
    """
    text = text.strip()
    if (match := RELATIVE_DAYS.search(text)) and not _in_a_name(match):
        words = match["front"] or match["back"]
        return Period(words, *_relative(" ".join(words.lower().split()), today))
    if match := CALENDAR.search(text):
        prefix = "front_" if match["front_how"] else ""
        part = {name: match[prefix + name] for name in ("how", "month", "day", "year")}
        bounds = _calendar(part["month"].lower().rstrip("."), part["day"], part["year"], today)
        if bounds is None or (part["how"].lower() == "on" and not part["day"]):
            return None
        return Period(match[0].strip(" ?.!,"), *_around(part["how"].lower(), *bounds))
    return None


def _in_a_name(match: re.Match[str]) -> bool:
    """Whether "Today" is the end of a name, as in "USA Today"."""
    before = match.string[: match.start()].split()
    return match[0][0].isupper() and bool(before) and before[-1].isupper() and len(before[-1]) > 1


def _relative(words: str, today: dt.date) -> tuple[dt.date, dt.date]:
    if words == "today":
        return today, today
    if words == "yesterday":
        return today - dt.timedelta(days=1), today - dt.timedelta(days=1)
    how, unit = words.split()[-2:]
    if how == "past":
        return today - dt.timedelta(days={"week": 7, "month": 31, "year": 366}[unit]), today
    if unit == "week":
        monday = today - dt.timedelta(days=today.weekday())
        return (monday, today) if how == "this" else (monday - dt.timedelta(days=7), monday - dt.timedelta(days=1))
    first = today.replace(day=1) if unit == "month" else today.replace(day=1, month=1)
    if how == "this":
        return first, today
    last = first - dt.timedelta(days=1)
    return (last.replace(day=1) if unit == "month" else last.replace(day=1, month=1)), last


def _calendar(month: str, day: str | None, year: str | None, today: dt.date) -> tuple[dt.date, dt.date] | None:
    """First and last day of a month or day; without a year, the latest one that had begun by `today`."""
    number = MONTHS[month]
    begun = (today.month, today.day) >= (number, int(day) if day else 1)
    when = int(year) if year else today.year if begun else today.year - 1
    try:
        if day:
            one = dt.date(when, number, int(day))
            return one, one
        after = dt.date(when + number // 12, number % 12 + 1, 1)
        return dt.date(when, number, 1), after - dt.timedelta(days=1)
    except ValueError:  # February 31, or a year beyond the calendar
        return None


def _around(how: str, first: dt.date, last: dt.date) -> tuple[dt.date | None, dt.date | None]:
    if how == "since":
        return first, None
    if how == "after":
        return last + dt.timedelta(days=1), None
    if how == "before":
        return None, first - dt.timedelta(days=1)
    if how == "until":
        return None, last
    return first, last
