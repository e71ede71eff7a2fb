"""English words in, their plain forms out, and the lists of words that the checks of a chat model's replies stand on.

Pure; the lists are files of the data folder.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@cache
def listed(name: str) -> frozenset[str]:
    """The words of a list of the data folder, such as `negations.txt`: one a line, lines with # left out."""
    lines = (files(__package__) / "data" / name).read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


@cache
def groups(name: str) -> tuple[frozenset[str], ...]:
    """The lines of such a list, where each holds several words that belong together."""
    return tuple(frozenset(line.split()) for line in listed(name))


@cache
def _irregular() -> dict[str, str]:
    """Irregular forms and the verbs they are of."""
    return dict(line.split() for line in listed("irregular.txt"))


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
