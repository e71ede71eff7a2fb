"""Names as words: takes a name as printed ("Sen. Robert C. Scott Jr."); gives the key that joins a person's articles.

Also says whether a word is a given name, and of which sex. Knows nothing of articles.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from functools import cache

from index.language.wordlists import lines, nouns_for_speakers, sections, words

LETTERS = r"[^\W_](?:[^\W_]|[\u0300-\u036f])*"  # accents may stand as characters of their own: "Jose\u0301"
POSSESSIVE_ENDING = re.compile(r"['’][sS]?$")
NAME_WORD = re.compile(rf"{LETTERS}(?:[-.&'’]{LETTERS})*\.?")
_NICKNAME = re.compile(r"\s[\"“‘'(]+[^\W\d_]+(?:[ -][^\W\d_]+)?[\"”’')]+(?=\s)")
_BYLINE = re.compile(r"^\s*by\s+", re.IGNORECASE)
_NUMERALS = {"junior": "jr", "senior": "sr", "2nd": "ii", "3rd": "iii"}


def without_byline(author: str) -> str:
    """An author's name as printed, without the "By" before it."""
    return _BYLINE.sub("", author).strip()


@cache
def fold(word: str) -> str:
    """A word for comparing: no case, accents, possessive ending or full stop at its end."""
    plain = unicodedata.normalize("NFKD", _mended(POSSESSIVE_ENDING.sub("", word)).casefold())
    return "".join(c for c in plain if not unicodedata.combining(c)).replace("’", "'").rstrip(".")


def _mended(text: str) -> str:
    """A text as it was before its UTF-8 was read as Windows' or Latin letters, once or twice: "FranÃ§ois"."""
    for _ in range(2):
        whole = unicodedata.normalize("NFC", text)
        for misread in ("cp1252", "latin-1") if "Ã" in whole else ():
            with suppress(UnicodeError):
                text = whole.encode(misread).decode("utf-8")
                break
    return text


def suffix(word: str) -> str:
    """The suffix that a folded word is ("jr", "iii"), or nothing."""
    return _NUMERALS.get(word, word) if word in sections("particles.txt")["after"] or word in _NUMERALS else ""


def initial(word: str) -> bool:
    """Whether a folded word is an initial: "f", "h.w"."""
    return len(word) == 1 or bool(re.fullmatch(r"\w(?:\.\w)+", word))


@cache
def _short_forms() -> dict[str, frozenset[str]]:
    """From a given name to the full names it may stand for, itself included."""
    full: dict[str, set[str]] = defaultdict(set)
    for line in lines("nicknames.txt"):
        first, *others = line.split()
        full[first].add(first)
        for other in others:
            full[other].update((first, other))
    return {short: frozenset(names) for short, names in full.items()}


@cache
def gender(given: str) -> str:
    """What a given name says of a person: "m", "f", or nothing where it is a name for either or unknown."""
    known = sections("given_names.txt")
    plain = fold(given)
    parts = (plain, plain.split("-")[0])
    told = next((sex for part in parts for sex in ("m", "f") if part in known[sex]), "")
    short = {sex for full in _short_forms().get(plain, ()) for sex in ("m", "f") if full in known[sex]}
    return told or (short.pop() if len(short) == 1 else "")  # "Bernie", for Bernard


def is_given(word: str) -> bool:
    """Whether a word is known as a given name."""
    known = words("given_names.txt")
    return fold(word) in known or fold(word).split("-")[0] in known


def of_a_person(name: Sequence[str]) -> bool:
    """Whether words are a given name and a surname: "Bill Clinton", not "Carter spokesman" or "Ohio"."""
    if len(name) < 2 or not name[-1][:1].isupper() or not is_given(name[0]):
        return False
    return fold(name[-1]) not in nouns_for_speakers() | words("titles.txt")


def same_given(one: str, two: str) -> bool:
    """Whether two given names may be one person's: equal, an initial, a short form."""
    a, b = sorted((fold(one), fold(two)), key=len)
    if a == b:
        return True
    if initial(a):
        return b[0] == a[0]
    forms = _short_forms()
    return bool(forms.get(a, {a}) & forms.get(b, {b})) or (len(a) > 2 and b.startswith(a) and gender(a) == gender(b))


def person_words(name: Sequence[str]) -> tuple[list[str], str]:
    """The folded words of a person's name without honours and suffix, and that suffix."""
    plain = [fold(word) for word in name]
    while len(plain) > 2 and plain[-1] in sections("particles.txt")["honours"]:
        plain.pop()
    if len(plain) > 1 and suffix(plain[-1]):
        return plain[:-1], suffix(plain[-1])
    return plain, ""


def speaker_key(name: str) -> str:
    """The key that joins one speaker over articles, however the name is printed there.

    Case, accents, titles, "the", possessive endings and nicknames in quotation marks are dropped; so is one middle
    initial (papers print it or not), but not two ("George H. W. Bush"), nor "Jr." (father and son). A common short form
    of a given name counts as the full name where it stands for one only ("Tim Kaine", "Timothy M. Kaine").

    >>> speaker_key("Sen. Timothy M. Kaine") == speaker_key("Tim Kaine") == "timothy kaine"
    True
    """
    plain = [fold(m.group()) for m in NAME_WORD.finditer(_NICKNAME.sub(" ", _mended(name)))]
    while len(plain) > 1 and (plain[0] in words("titles.txt") or plain[0] == "the"):
        plain = plain[1:]
    plain, ending = person_words(plain)
    plain = [part for word in plain for part in (word.split(".") if initial(word) else [word])]
    middle = [i for i in range(1, len(plain) - 1) if initial(plain[i])]
    if len(middle) == 1 and len(plain[middle[0]]) == 1:
        del plain[middle[0]]
    if len(plain) > 1 and is_given(plain[0]):
        full = _short_forms().get(plain[0], frozenset()) - {plain[0]}
        plain[0] = next(iter(full)) if len(full) == 1 else plain[0]
    return " ".join([*plain, ending] if ending else plain)
