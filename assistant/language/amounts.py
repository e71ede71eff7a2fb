"""A question in, the kind of number or day it asks for out; a text in, whether it holds one of that kind.

"How many" is not answered by a year or by 62%, "what share" not by a count, "when" by a day. Pure; English only.
"""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum

from assistant.language.figures import Figure, figures

_SHARE = re.compile(
    r"\bwhat (?:(?:jobless|unemployment) )?(?:share|percentage|percent|proportion|rate)\b"
    r"|\bhow (?:is|was|high|low)\b[^?]*\b(?:jobless|unemployment) rate\b",
    re.IGNORECASE,
)
_COUNT = re.compile(r"\bhow many\b", re.IGNORECASE)
_OTHER = re.compile(
    r"\bhow (?:much|big|old|far|long|high|large|often|soon)\b"
    r"|\bwhat (?:number|amount|(?:interest )?rate|price|salary|fee)\b"
    r"|^what (?:was|were|is|are) (?:(?!who\b|that\b)[\w.'’-]+ ){1,4}paid\b",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"^(?:by |since |until )?when (?:did|does|do|is|are|was|were|will|would|has|have|must|can)\b"
    r"|^(?:(?:by|on|in|since|until) )?(?:what|which) (?:year|date|day|month)\b",
    re.IGNORECASE,
)
_PARTS = frozenset({"half", "third", "thirds", "quarter", "quarters"})
_DIGIT = "one|two|three|four|five|six|seven|eight|nine|ten"
_OF = re.compile(rf"\b(?:\d{{1,2}}|{_DIGIT}) (?:in|out of|of every) (?:every )?(?:\d{{1,3}}|{_DIGIT})\b", re.IGNORECASE)
_SOME = re.compile(r"\b(?:few|several|couple|all of|none|nothing|nobody)\b", re.IGNORECASE)
_NUMBER = re.compile(r"[$€£¥]?\d(?:[\d,.]*\d)?%?")
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_YEARS = range(1800, 2100)
_MONTHS = "January|February|March|April|May \\d|June|July|August|September|October|November|December"
_SHORT = r"Jan\.|Feb\.|Aug\.|Sept\.|Oct\.|Nov\.|Dec\."
_UNITS = "weeks?|months?|years?|days?|hours?|decades?"
_DATE = re.compile(
    rf"\b(?:1[89]|20)\d\d\b|\b(?:{_MONTHS}|{_SHORT})|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
    r"|\b(?:today|tomorrow|yesterday|tonight)\b"
    r"|\b(?:last|next|this|past|coming) (?:week|month|year|spring|summer|fall|winter)\b"
    rf"|\b(?:{_UNITS}) (?:ago|later|earlier|before|after)\b|\b\d+ (?:{_UNITS})\b|\bdecades\b"
)


class Amount(StrEnum):
    """What kind of number."""

    COUNT = "count"
    SHARE = "share"
    OTHER = "other"
    WHEN = "when"


def amount(question: str) -> Amount | None:
    """What kind of number a question asks for; None for none."""
    if _SHARE.search(question):
        return Amount.SHARE
    if _COUNT.search(question):
        return Amount.COUNT
    if _OTHER.search(question):
        return Amount.OTHER
    return Amount.WHEN if _WHEN.search(question) else None


def holds(text: str, kind: Amount) -> bool:
    """Whether a text holds a number of a kind, in digits or in words."""
    if kind is Amount.OTHER:
        return any(not _YEAR.fullmatch(number) for number in _NUMBER.findall(text))
    if kind is Amount.WHEN:
        return _DATE.search(text) is not None
    if kind is Amount.SHARE:
        return _OF.search(text) is not None or any(one.unit == "%" or one.value in _PARTS for one in figures(text))
    return any(_counts(one) for one in figures(text))


def tells(text: str, kind: Amount) -> bool:
    """Whether a text holds a number of a kind or what stands for one: "a few weeks" tells how long, "none" how many."""
    if kind in {Amount.SHARE, Amount.WHEN}:
        return holds(text, kind)
    if kind is Amount.COUNT and holds(text, Amount.SHARE):  # "how many farmers" may be told as "62% of them"
        return True
    spelled = (one.value != 1 for one in figures(_NUMBER.sub(" ", text))) if kind is Amount.OTHER else ()
    return holds(text, kind) or _SOME.search(text) is not None or any(spelled)


def _counts(one: Figure) -> bool:
    """Whether a figure can tell how many: not a share, not money, not a year, not "one", a pronoun, too."""
    if isinstance(one.value, Decimal):
        return not one.unit and one.value != 1 and one.value not in _YEARS
    return one.value not in _PARTS
