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
    lines = (files("assistant") / "data" / name).read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def bare(word: str) -> str:
    """A word in small letters, without a possessive ending."""
    return re.sub(r"['’]s?$", "", word.casefold()).replace("’", "'")


def stem(word: str) -> str:
    """A word without the endings of English verbs and plurals, roughly: enough to meet another form of itself."""
    plain = re.sub(r"(?:ies|ied)$", "y", bare(word))
    return re.sub(r"(?:ing|ed|es|s|e)$", "", plain) if len(plain) > 3 else plain
