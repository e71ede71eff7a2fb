"""Numerals: takes a text; gives its figures. "5%", "five percent" and "5 per cent" are the same one, "5" and "$5" not.

Pure. The words are in numbers.txt. English only; a figure in another script is left to the check of names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from index.language.wordlists import lines

_TOKEN = re.compile(r"[$€£¥]|%|\d+(?:,\d{3})*(?:\.\d+)?|[^\W\d_]+")
_POWERS_OF_TEN = {"k": 3, "m": 6, "mn": 6, "bn": 9, "tn": 12}
_PERCENT_WORDS = frozenset({"%", "percent", "percentage", "pct"})
_MONEY = {"dollar": "$", "dollars": "$", "euro": "€", "euros": "€", "pounds": "£", "yen": "¥"}


class Numeral(NamedTuple):
    """A number with its unit ("", "%", "$", ...), or a word of quantity that has no number ("twice")."""

    value: Decimal | str
    unit: str = ""


@cache
def _table() -> tuple[dict[str, int], dict[str, int], frozenset[str]]:
    """Words that stand for a number, words that multiply, and words of quantity without a number."""
    plain, times, loose = dict[str, int](), dict[str, int](), set[str]()
    for line in lines("numbers.txt"):
        word, _, value = line.partition(" ")
        if value.endswith("x"):
            times[word] = int(value[:-1])
        elif value:
            plain[word] = int(value)
        else:
            loose.add(word)
    return plain, times, frozenset(loose)


def number_words() -> frozenset[str]:
    """The words that stand for a number, multiply one or tell a quantity."""
    return frozenset().union(*_table())


def numerals(text: str) -> Iterator[Numeral]:
    """All figures of a text, in order."""
    plain, times, loose = _table()
    tokens = _TOKEN.findall(text.casefold())
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token == "one" and at and tokens[at - 1] == "no":  # "no one" is nobody
            at += 1
        elif token[0].isdecimal() or token in plain or token in times:
            value, after = _number(tokens, at)
            yield Numeral(value, _unit(tokens, at, after))
            at = after
        else:
            if token in loose:
                yield Numeral(token)
            at += 1


def limits(text: str) -> Iterator[tuple[str, Numeral]]:
    """Figures that are a limit, each after "least" or "most": "at least 30", "fewer than five"."""
    plain = text.casefold()
    for hit in _limit().finditer(plain):
        rest = plain[hit.end() :]
        if first := next(numerals(rest), None):
            token = _TOKEN.match(rest)
            if token and (not token[0].isalpha() or next(numerals(token[0]), None)):
                yield _limits()[hit[1]], first


@cache
def _limits() -> dict[str, str]:
    return dict(line.split(": ") for line in lines("limits.txt"))


@cache
def _limit() -> re.Pattern[str]:
    words = sorted(_limits(), key=len, reverse=True)
    return re.compile(rf"(?<!\w)({'|'.join(words)})\s+")


def _number(tokens: list[str], at: int) -> tuple[Decimal, int]:
    """The number that begins at a token, and where it ends: "two hundred", "twenty five", "5 million", "5m"."""
    plain, times, _ = _table()
    token = tokens[at]
    if token in times:
        return Decimal(times[token]), at + 1
    spelled = token in plain
    value = Decimal(plain[token]) if spelled else Decimal(token.replace(",", ""))
    at += 1
    if spelled and 20 <= value < 100 and at < len(tokens) and 0 < plain.get(tokens[at], 0) < 10:
        value, at = value + plain[tokens[at]], at + 1
    while at < len(tokens) and (tokens[at] in times or (not spelled and tokens[at] in _POWERS_OF_TEN)):
        token = tokens[at]
        value, at = value * (times[token] if token in times else 10 ** _POWERS_OF_TEN[token]), at + 1
    return value.normalize(), at


def _unit(tokens: list[str], at: int, after: int) -> str:
    following = tokens[after] if after < len(tokens) else ""
    if following in _PERCENT_WORDS or (following == "per" and tokens[after + 1 : after + 2] == ["cent"]):
        return "%"
    if at and tokens[at - 1] in set(_MONEY.values()):
        return tokens[at - 1]
    return _MONEY.get(following, "")
