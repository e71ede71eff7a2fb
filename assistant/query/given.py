"""What callers give, as it comes in: words are text that can be stored, days are days.

Takes anything that Python, the command line, the page or a program may pass; gives it back in the one form that the
rest of the house takes, or raises one sentence. Knows nothing of questions or articles.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from index.errors import QuestionError


def words(given: object, what: str) -> str:
    """The same words.

    :param what: What they are, as a user would name it: "the question".
    :raises QuestionError: If they are no str, or hold half of a surrogate pair, which is no character.
    """
    if not isinstance(given, str):
        raise QuestionError(f"{what} is {_kind(given)} and should be text; give a str")
    try:
        given.encode("utf-8")
    except UnicodeEncodeError as error:
        raise QuestionError(
            f"{what} holds {given[error.start]!a} at character {error.start + 1:,}, which is no character; "
            "take it out, or give the text in UTF-8"
        ) from None
    return given


def day(given: object, what: str) -> dt.date | None:
    """A date, or one written as 2024-05-03; None for None and for nothing written.

    :raises QuestionError: If it is anything else.
    """
    if given is None:
        return None
    if isinstance(given, dt.datetime):
        return given.date()
    if isinstance(given, dt.date):
        return given
    if not isinstance(given, str):
        raise QuestionError(f"{what} is {_kind(given)} and should be a day; give a date, or write it as 2024-05-03")
    try:
        return dt.datetime.fromisoformat(given.strip()).date() if given.strip() else None
    except ValueError:
        raise QuestionError(f"{what} is {given[:40]!a}, which is no day; write it as 2024-05-03") from None


def ids(given: object, what: str = "the articles") -> tuple[str, ...]:
    """Ids of articles, each of them words; one str is one id.

    :raises QuestionError: If it is neither a str nor any number of them.
    """
    if isinstance(given, str):
        return (words(given, "the article's id"),)
    if not isinstance(given, Iterable):
        raise QuestionError(f"{what} are {_kind(given)} and should be ids; give a list of str")
    return tuple(words(one, "an article's id") for one in given)


def _kind(given: object) -> str:
    return "None" if given is None else f"of the type {type(given).__name__}"
