"""Amounts: says which kind of number or day a question asks for, and whether a text holds one of that kind.

"How many" is not answered by a year or by 62%, "what share" not by a count, "how old" not by a sum, "when" by a day.
Pure; English only.
"""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum
from functools import cache

from index.language.lexicon import forms_asking
from index.language.numerals import Numeral, number_words, numerals
from index.language.wordlists import words

_ASKS_SHARE = re.compile(
    r"\bwhat (?:(?!interest\b)[\w-]+ )?(?:share|percentage|percent|proportion|rate)\b"
    r"|\bhow (?:is|was|high|low)\b[^?]*\brate\b",
    re.IGNORECASE,
)
_COUNT = re.compile(r"\bhow many\b", re.IGNORECASE)
_PAYING = (
    "pa(?:y|ys|id|ying)|costs?|costing|spen(?:d|ds|t|ding)|rais(?:e|ed|ing)|earn(?:s|ed)?|donat(?:e|ed)|g[ai]ven?|worth"
    "|made|ow(?:e|ed|es)|bring|brought|charg(?:e|ed|es)|sav(?:e|ed)|promis(?:e|ed)|s[eo]ll|sold|go for|set you back"
    "|seek(?:ing)?|sue|invest(?:ed)?|lend|lent|borrow(?:ed)?|lost"
)
_SUM = "salary|revenue|price|fee|fine|rent|advance|budget|bonus|wages?|mortgage"
_LENGTHY = "report|letter|document|bill|memo|list|book|wall|fence|bridge|road|tunnel|river|pipeline"
_LONG = re.compile(
    r"\bhow (?:soon\b|long\b(?! (?:is|are|was|were) (?:the|an?|this|that|its)"
    rf" (?:[\w-]+\?|(?:[\w’'-]+ ){{0,4}}(?:{_LENGTHY})(?=\?| (?:of|on|to|about|that|which)\b))))",
    re.IGNORECASE,
)
_OLD = re.compile(r"\bhow old\b", re.IGNORECASE)
_OTHER = re.compile(
    r"\bhow (?:much|big|far|high|low|large|long|often)\b|\bwhat (?:number|amount|(?:interest )?rate)\b"
    r"|\bwhat(?:['’]s| is| was) the (?:(?:most|least) (?:one|an?|any\w*|he|she|they|you|it)|m(?:ax|in)imum)\b",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"^(?:by |since |until )?when (?:did|does|do|is|are|was|were|will|would|has|have|must|can)\b"
    r"|^(?:(?:at|by|on|in|since|until|through) )?(?:what|which) (?:year|date|day|month|time)\b",
    re.IGNORECASE,
)
_FRACTIONS = frozenset({"half", "third", "thirds", "quarter", "quarters"})
_DIGIT = "one|two|three|four|five|six|seven|eight|nine|ten"
_ONE_IN_TEN = re.compile(
    rf"\b(?:\d{{1,2}}|{_DIGIT}) (?:in|out of|of every) (?:every )?(?:\d{{1,3}}|{_DIGIT})\b", re.IGNORECASE
)
_SOME = re.compile(r"\b(?:few|several|couple|all of|none|nothing|nobody)\b", re.IGNORECASE)
_FIGURE = re.compile(r"[$€£¥]?\d(?:[\d,.]*\d)?%?")
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_YEARS = range(1800, 2100)
_SPELLED = (
    "hundreds?|thousands?|[mb]illions?|dozens?|half|several|few|couple|both|no|none|only|twenty|thirty|forty|fifty"
)
_COUNTED = re.compile(
    rf"(?<![\w$€£¥.,])(?:\d[\d,]*(?:\.\d+)?(?!\d|%| ?percent)|(?:{_DIGIT}|\w+teen|eleven|twelve|{_SPELLED})\b)",
    re.IGNORECASE,
)
_LETTER_WORD = re.compile(r"[^\W\d_][\w'’]*")
_CHARACTERS_AROUND = 60  # how far from a number the words beside it are looked for
_WORDS_BEHIND = 4
_WORDS_BEFORE = 3
_MONTHS = "January|February|March|April|May \\d|June|July|August|September|October|November|December"
_MAY = "(?:in|of|by|until|till|since|late|early|mid|through|this|next|last)[ -]May"  # no "may"
_SHORT_MONTHS = r"Jan\.|Feb\.|Aug\.|Sept\.|Oct\.|Nov\.|Dec\."
_UNITS = "weeks?|months?|years?|days?|hours?|decades?"
_DATE = re.compile(
    rf"\b(?:1[89]|20)\d\ds?\b|\b\d{{1,2}}(?::\d\d)? ?[ap]\.?m\b|\b(?:{_MONTHS}|{_SHORT_MONTHS})|\b{_MAY}\b"
    r"|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
    r"|\b(?:today|tomorrow|yesterday|tonight)\b"
    r"|\b(?:last|next|this|past|coming) (?:week|month|year|spring|summer|fall|winter)\b"
    rf"|\b(?:{_UNITS}) (?:ago|later|earlier|before|after)\b|\b\d+ (?:{_UNITS})\b|\bdecades\b"
)
_SUMS = re.compile(
    r"[$€£¥]\s?\d|\b(?:dollars?|cents|euros?|francs?)\b|\d (?:pounds?|crowns?|yen|cents?)\b"
    r"|\d (?:[mb]|tr)illion\b(?! (?:[a-z]+ )?[a-z]+s\b| people\b)",
    re.IGNORECASE,
)
_SPANS = re.compile(
    rf"(?:\d|\b(?:{_DIGIT}|an?|few|several|couple of|dozen|hundred|twenty|thirty))[- ]"
    r"(?:(?:more|full|long|half|straight) )?"
    rf"(?:{_UNITS}|minutes?|seconds?|nights?|centur(?:y|ies))\b|\b(?:{_UNITS}|night)-?long\b|\bsince (?:1[89]|20)\d\d\b"
    r"|\bovernight\b|\bdecades\b",
    re.IGNORECASE,
)
_AGES = re.compile(
    r"(?<=[^\W\d_][”\"’]), \d{1,3}(?=[,.;)])|(?<=[^\W\d_]), \d{1,3}(?=[,.;)])|\b\d{1,3}[- ]years?[- ](?:old|of age)\b"
    r"|\bage(?:d| of)? \d{1,3}\b"
    r"|\b(?<!\bthere )(?<!\bThere )(?:is|was|be|turn(?:s|ed|ing)?|you[’']re|are|were) (?:only |just |now )?\d{1,3}\b"
    r"(?! (?!when (?:he|she|they)\b)\w)"
    r"|\bin (?:his|her|their) (?:\d0s|twenties|thirties|forties|fifties|sixties)\b|\bborn (?:in|on)\b|\(\d{2}\)"
)


class Amount(StrEnum):
    """What kind of number."""

    COUNT = "count"
    SHARE = "share"
    MONEY = "money"
    AGE = "age"
    DURATION = "duration"
    OTHER = "other"
    WHEN = "when"


_STANDS = {Amount.WHEN: _DATE, Amount.MONEY: _SUMS, Amount.AGE: _AGES, Amount.DURATION: _SPANS}


@cache
def _asks() -> dict[Amount, re.Pattern[str]]:
    """How each kind is asked for; the first that fits decides."""
    return {
        Amount.SHARE: _ASKS_SHARE,
        Amount.COUNT: _COUNT,
        Amount.MONEY: _money(),
        Amount.AGE: _OLD,
        Amount.DURATION: _LONG,
        Amount.OTHER: _OTHER,
        Amount.WHEN: _WHEN,
    }


def _money() -> re.Pattern[str]:
    """How a sum is asked for: "how much did Lee pay", "what does the town charge"; not "what did Lee say they pay"."""
    asking = "|".join(sorted(forms_asking()))
    subject = (
        r"(?:(?:the|an?|this|its|their|his|her|our|my|your) [\w.'’-]+ "
        rf"|(?!(?:{asking}|about|that|who)\b)[\w.'’-]+ )"
    )
    return re.compile(
        rf"\bhow much (?:money|cash|aid|tax|debt|(?:[\w-]+ )?(?:aid|help))\b|\bhow much\b[^?,]*\b(?:{_PAYING})\b"
        rf"|\bwhat (?:{_SUM}) (?:did|does|do|is|was|were|will|would|has|have|of|for)\b"
        rf"|^what (?:did|does|do|will|would) {subject}{{1,7}}(?:pay|earn|charge|cost|spend|sell for|get paid)\b"
        rf"|^what (?:is|was|are|were) {subject}{{1,8}}(?:paid|spending|worth|paying|costing)\b"
        rf"|^what (?:is|was|are|were) {subject}{{1,8}}(?:{_SUM})(?=\?| (?:of|for|in|as|at)\b)",
        re.IGNORECASE,
    )


def amount(question: str) -> Amount | None:
    """What kind of number a question asks for; None for none."""
    return next((kind for kind, asks in _asks().items() if asks.search(question)), None)


def holds(text: str, kind: Amount) -> bool:
    """Whether a text holds a number of a kind, in digits or in words."""
    if kind is Amount.OTHER:
        return any(not _YEAR.fullmatch(number) for number in _FIGURE.findall(text))
    if kind in _STANDS:
        return _STANDS[kind].search(text) is not None
    if kind is Amount.SHARE:
        if _ONE_IN_TEN.search(text):
            return True
        return any(one.unit == "%" or one.value in _FRACTIONS for one in numerals(text))
    return any(_counts(one) for one in numerals(text))


def tells(text: str, kind: Amount) -> bool:
    """Whether a text holds a number of a kind or what stands for one: "a few weeks" tells how long, "none" how many."""
    if kind is Amount.WHEN and holds(text, Amount.DURATION):  # "not in a century"
        return True
    if kind is Amount.SHARE or kind in _STANDS:
        return holds(text, kind)
    if kind is Amount.COUNT and holds(text, Amount.SHARE):  # "how many farmers" may be told as "62% of them"
        return True
    spelled = (one.value != 1 for one in numerals(_FIGURE.sub(" ", text))) if kind is Amount.OTHER else ()
    return holds(text, kind) or _SOME.search(text) is not None or any(spelled)


def beside_numbers(text: str) -> list[str]:
    """The words with content right behind a number, or before it, that may tell what it counts; of years, none."""
    found: list[str] = []
    passed = _passed_over()
    for number in _COUNTED.finditer(text):
        if not _YEAR.fullmatch(number.group()):
            start, end = number.span()
            around = text[max(0, start - _CHARACTERS_AROUND) : start], text[end : end + _CHARACTERS_AROUND]
            before, behind = ([w for w in _LETTER_WORD.findall(side) if w.lower() not in passed] for side in around)
            found += [*behind[:_WORDS_BEHIND], *before[-_WORDS_BEFORE:]]
    return found


@cache
def _passed_over() -> frozenset[str]:
    """Words that tell nothing of what is counted."""
    return words("function_words.txt") | number_words()


def _counts(one: Numeral) -> bool:
    """Whether a figure can tell how many: not a share, not money, not a year, not "one", a pronoun, too."""
    if isinstance(one.value, Decimal):
        return not one.unit and one.value != 1 and one.value not in _YEARS
    return one.value not in _FRACTIONS
