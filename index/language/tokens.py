"""Tokens: takes a text; gives its words, each with its span and the key by which it is compared.

The keys ignore case, spaces and most marks: "don’t" and "don't", a composed and a decomposed accent, "1,000" and
"1000", "U.S." and "US" are the same word; "5" and "6", "5" and "5%", "its" and "it's", "US" and "us" are not. Pure.
Knows no quotations.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from index.language.word_forms import negates as word_negates
from index.types import Span

_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
# A word is letters and digits with what joins them: an apostrophe, and between digits a point, comma, colon or slash.
# Initials are one word ("U.S."), a letter in brackets belongs to its word ("[W]e"), and each sign that changes what a
# figure means is one. In the mask of `_Mask`, "_" is a combining or invisible character, "一" a character of a script
# without spaces, "$" any currency.
_COMPARED_WORD = re.compile(
    r"(?<![^\W_])[^\W\d_](?:\.[^\W\d_])+(?![^\W_])"
    r"|一_*"
    r"|(?:\[[^\W\d_]\])?[^\W_一]_*(?:(?:'|(?<=\d)[.,:/](?=\d))?[^\W_一]_*)*"
    r"|[$%+=<>&°§]|(?<![^\W_])[-−](?=\$?\d)"
)
# Capitals tell these from words that mean something else: "the threat to US", "the threat to us".
_ACRONYMS = frozenset({"it", "us", "who"})


class Word(NamedTuple):
    """A word of a text: where it stands, what it is compared by, and whether capitals are part of that."""

    start: int
    end: int
    key: str
    upper: bool
    acronym: bool


class _Mask(dict[int, str]):
    """Each character to one that the pattern of words can be read from; offsets stay."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        kind = unicodedata.category(character)
        if character in "_":
            shown = " "
        elif character in "’ʼ＇":
            shown = "'"
        elif (
            kind in ("Mn", "Mc", "Me", "Cf") or 0x1160 <= code <= 0x11FF
        ):  # the latter end a decomposed Hangul syllable
            shown = "_"
        elif kind == "Sc":
            shown = "$"
        elif kind == "Lo" and unicodedata.east_asian_width(character) == "W":
            shown = "一"
        else:
            shown = character
        self[code] = shown
        return shown


_MASK = _Mask()


def words(text: str, within: Span | None = None) -> tuple[Word, ...]:
    """The words of a text in order.

    :param within: Only those of this stretch, made wider where it would cut a word.
    """
    first, last = _widened(text, within) if within else (0, len(text))
    mask = text[first:last].translate(_MASK)
    spans = [(hit.start() + first, hit.end() + first) for hit in _COMPARED_WORD.finditer(mask)]
    printed = [text[start:end] for start, end in spans]
    capitals = [word.isupper() for word in printed]
    found = []
    for place, ((start, end), word) in enumerate(zip(spans, printed, strict=True)):
        key = _key(word)
        beside = (n for n in (place - 1, place + 1) if 0 <= n < len(printed) and len(printed[n]) > 1)
        acronym = capitals[place] and key in _ACRONYMS and not all(capitals[n] for n in beside)
        found.append(Word(start, end, key, capitals[place], acronym))
    return tuple(found)


def _widened(text: str, span: Span) -> tuple[int, int]:
    start, end = span.start, min(span.end, len(text))
    while start and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return start, end


def _key(word: str) -> str:
    """What a word is compared by: no case, one encoding of accents, one apostrophe, no invisible characters."""
    if word.isascii():
        plain = word.casefold().replace("[", "").replace("]", "")
    else:
        kept = "".join("'" if c in "’ʼ＇" else c for c in word if c not in "[]" and unicodedata.category(c) != "Cf")
        plain = unicodedata.normalize("NFC", unicodedata.normalize("NFD", kept).casefold())
    if _THOUSANDS.fullmatch(plain):
        return plain.replace(",", "")
    return plain.replace(".", "") if "." in plain and not any(map(str.isdigit, plain)) else plain


def negates(word: Word) -> bool:
    """Whether a word turns what is said round: "not", "never", "don't", "denied"."""
    return word_negates(word.key)
