"""Inflection: an English verb in, its forms out: "insist" -> "insists", "insisted", "insisting".

The rules are those of spelling (R. Quirk et al., A Comprehensive Grammar of the English Language, 1985, 3.5 to 3.10);
what they do not give (said, admitted) is handed in. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_VOWELS = "aeiou"
_SIBILANT = re.compile(r"(?:[sxz]|ch|sh|[^aeiou]o|go)$")
_ONE_SYLLABLE = re.compile(r"(?:[^aeiou]|qu)*[aeiouy][^aeiouwxy]$")  # its last letter is doubled: "stop", "quip"
_BRITISH = re.compile(r"(?<=[a-z]{3})iz(?=(?:e|es|ed|ing)$)")


def forms(verb: str, irregular: Sequence[str] = ()) -> frozenset[str]:
    """All forms of a verb, itself included; a particle stays behind each: "hit back", "hits back".

    :param irregular: Its past, its past participle if that is another, and further forms, where no rule gives them.
    """
    head, _, particle = verb.partition(" ")
    past, *others = irregular or (_past(head),)
    found = {head, _third_person(head), past, *others, _participle(head, past)}
    found |= {_BRITISH.sub("is", form) for form in found}
    return frozenset(f"{form} {particle}" if particle else form for form in found)


def _third_person(verb: str) -> str:
    """The form of "he" and "she"."""
    if _ends_in_consonant_and_y(verb):
        return verb[:-1] + "ies"
    return verb + ("es" if _SIBILANT.search(verb) else "s")


def _past(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    return verb[:-1] + "ied" if _ends_in_consonant_and_y(verb) else _doubled(verb) + "ed"


def _participle(verb: str, past: str) -> str:
    """The form in -ing; it doubles the last letter where the past does: "admitted", "admitting"."""
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e") and verb != "be" and not verb.endswith(("ee", "oe", "ye")):
        return verb[:-1] + "ing"
    return (verb + verb[-1] if past == f"{verb}{verb[-1]}ed" else _doubled(verb)) + "ing"


def _ends_in_consonant_and_y(verb: str) -> bool:
    return verb.endswith("y") and verb[-2:-1] not in _VOWELS


def _doubled(verb: str) -> str:
    return verb + verb[-1] if _ONE_SYLLABLE.fullmatch(verb) else verb
