"""Forms of words: takes an English word; gives a plain form by which it can be compared. Pure."""

from __future__ import annotations

import re
from functools import cache

from index.language.lexicon import Trait, forms_having, irregular_forms
from index.language.wordlists import groups, lines, words

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def negates(word: str) -> bool:
    """Whether a word in small letters turns what is said round: "not", "never", "don't", "denied"."""
    return word.endswith("n't") or word in words("negations.txt") or word in forms_having(Trait.NEGATES)


@cache
def _irregular() -> dict[str, str]:
    """Irregular forms and the verbs they are of."""
    return dict(line.split() for line in lines("irregular.txt")) | irregular_forms()


@cache
def _callings() -> dict[str, str]:
    """Words that call somebody the same thing, each with the one that stands for all of them."""
    return {word: min(group) for group in groups("callings.txt") for word in group}


def calling(word: str) -> str:
    """One word for all that call a speaker the same: "congresswoman" and "Rep", "Wisconsin" and "Wis"."""
    return _callings().get(bare(word), word)


def bare(word: str) -> str:
    """A word in small letters, without a possessive ending."""
    return re.sub(r"['’]s?$", "", word.casefold()).replace("’", "'")


def stem(word: str) -> str:
    """A word without the endings of English verbs and plurals, roughly: enough to meet another form of itself."""
    plain = bare(word)
    plain = re.sub(r"(?:ies|ied)$", "y", _irregular().get(plain, plain))
    short = re.sub(r"(?:ing|ed|es|s|e)$", "", plain) if len(plain) > 3 else plain
    return re.sub(r"([^\W\d_aeiou])\1$", r"\1", short)  # "planned" is of "plan"
