"""Negation: takes a remark and what it cites; says whether it adds, drops or moves a "not".

A negation applies to the content words that follow it. A remark fails where it denies a word that its quotes only
affirm, or affirms one that they only deny. No grammar is used, so it errs towards dropping the remark. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from assistant.llm.named_speakers import SENTENCE
from index.language.lexicon import Trait, forms_having
from index.language.word_forms import WORD, negates, stem
from index.language.wordlists import groups, words

_NEGATION_REACH = 8  # words after a "not" among which the words it turns round are looked for
_NEGATION_WORDS = frozenset("not no never none nobody nothing nowhere neither nor cannot".split())
_PREFIXES = ("un", "in", "im", "il", "ir", "dis", "non")
_PREFIX = re.compile(rf"(?:{'|'.join(_PREFIXES)})(?=.{{5}})")
_CLAUSE_END = re.compile(rf"{SENTENCE.pattern}|,\s+(?:and|but|while|though|although)\b")
_CONDITION, _UNLESS = re.compile(r"\b(?:if|unless)\b", re.IGNORECASE), re.compile(r"\bunless\b", re.IGNORECASE)
_NAME_WITHHELD = re.compile(
    r"\b(?:(?:is|are|was|were|be) )?(?:not|never) (?:further )?(?:named|identified)\b|\bname (?:is|was) not given\b|"
    r"\bno name is given\b|\bwithout (?:a|giving a) name\b|\bnot (?:give|given) a name\b"
)


class _NegatedWords(NamedTuple):
    """Stems that a negation turns round, and those that stand free of any. A stem may be among both."""

    round: set[str]
    free: set[str]


def turned_round(text: str, ground: Sequence[str], *, unnamed: bool) -> str:
    """Why a remark says the reverse of what it cites, in a clause; empty where it does not.

    :param unnamed: Whether somebody in what it cites has no name: to say so is no denial.
    """
    whole = ". ".join(ground)
    if unnamed:
        text, whole = _NAME_WITHHELD.sub("", text), _NAME_WITHHELD.sub("", whole)
    # What is so unless something happens is not denied for good.
    allowed = whole if _CONDITION.search(text) else _UNLESS.sub("if", whole)
    negative = _negations(_words(text))
    said = {stem(word) for word in _words(whole)}
    if not negative and any(_other(stem(word), said) for word in _words(text)):
        return "it turns a word round that stands in what it cites"
    if (negative and not _negations(_words(allowed))) or (_doubled(text) and not _doubled(whole)):
        return "it holds a negation that does not stand in what it cites"
    wide, near = _turned(allowed, 3), _turned(whole, 2)
    if negative and _turned(text, 1).round & (wide.free - wide.round):
        return "it denies what is not denied in what it cites"
    if _turned(text, 3, opposing=True).free & (near.round - near.free):
        return "it leaves out a negation that stands in what it cites"
    return ""


def opposes(text: str) -> bool:
    """Whether a text negates or opposes anything."""
    words = _words(text)
    return bool(_negations(words)) or not _opposing().isdisjoint(words)


def _words(text: str) -> list[str]:
    return [word.casefold().replace("’", "'") for word in WORD.findall(text)]


def _opposing() -> frozenset[str]:
    """The verbs that oppose something, in all their forms."""
    return forms_having(Trait.OPPOSES)


def _negations(words: Sequence[str]) -> list[int]:
    """Where a word turns round what follows: "not", "denied", "unless", "declined to"."""
    return [
        at
        for at, word in enumerate(words)
        if negates(word) or word == "unless" or " ".join(words[at : at + 2]) in forms_having(Trait.NEGATES)
    ]


def _doubled(text: str) -> bool:
    """Whether a negation negates another: "did not deny"."""
    words = _words(text)
    plain = [at for at in _negations(words) if words[at] in _NEGATION_WORDS or words[at].endswith("n't")]
    verbs = set(_negations(words)) - set(plain)
    return any(not verbs.isdisjoint(range(at + 1, at + 4)) for at in plain)


def _turned(text: str, most: int, *, opposing: bool = False) -> _NegatedWords:
    """What is turned round and what is not.

    :param most: How many words with content a negation turns round: those that follow it next.
    :param opposing: Whether to take in as much as may be: words before the negation, and "opposes" for one.
    """
    found = _NegatedWords(set(), set())
    for clause in _CLAUSE_END.split(text):
        words = _words(clause)
        at_all = {*_negations(words), *(at for at, word in enumerate(words) if opposing and word in _opposing())}
        under = {n for at in at_all for n in (*_under(words, at, most), *_last(words, at, most if opposing else 0))}
        for n, word in enumerate(words):
            if full(word):
                (found.round if n in under else found.free).add(stem(word))
    return found


def _under(words: Sequence[str], at: int, most: int) -> list[int]:
    """The places of the words that one negation turns round."""
    reach = list(range(at + 1, min(at + 1 + _NEGATION_REACH, len(words))))
    reach = reach[: next((n for n, place in enumerate(reach) if words[place] == "but"), None)]
    if words[at] in _opposing() and any(words[n] == "as" for n in reach):
        return []  # "dismissed the plan as a waste" says that it is one
    found: list[int] = []
    for n in filter(lambda n: full(words[n]), reach):
        found.append(n)
        most -= words[n] not in forms_having(Trait.RAISES)
        if not most:
            break
    return found or _last(words, at, 1)


def _last(words: Sequence[str], at: int, most: int) -> list[int]:
    """The places of the last words with content before one."""
    return [n for n in range(at) if full(words[n])][-most:] if most else []


def full(word: str) -> bool:
    """Whether a word in small letters has content of its own."""
    return len(word) > 2 and word not in words("function_words.txt") and not negates(word) and word != "unless"


def _other(one: str, said: set[str]) -> bool:
    """Whether a stem is not there, and its opposite is: with or without "un", or the other of a pair."""
    if one in said:
        return False
    pairs = (set(map(stem, pair)) for pair in groups("opposites.txt"))
    opposite = any(one in pair and not pair.isdisjoint(said) for pair in pairs)
    longer = len(one) >= 5 and any(prefix + one in said for prefix in _PREFIXES)
    return opposite or longer or _PREFIX.sub("", one) in said - {one}
