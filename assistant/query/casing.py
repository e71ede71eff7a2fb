"""Casing: a question typed without capitals in, the same with capitals where the names of people stand out.

The parse sees names by their capitals. What stands where a name would is taken for one: a known given name with the
word behind it, and whoever did what only people and bodies do ("what did trump say"), if it is known for a name. Letter
for letter as long as before. Knows word lists. Does not know articles or speakers.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.query.speakers_asked import WHO
from index.language.lexicon import Trait, asking_words, having
from index.language.names import fold, initial, is_given
from index.language.wordlists import nouns_for_speakers, sections, words

_TYPED_WORD = re.compile(r"[^\W\d_](?:[^\W_]|[-.’'](?=[^\W_]))*")
_POSSESSIVE_ENDING = re.compile(r"['’]s$")
_AUXILIARIES = frozenset({"did", "does", "do", "has", "have", "had"})
LONGEST_NAME = 3  # words of a name between "did" and "say"


def restore_capitals(text: str, known: Callable[[str], bool]) -> str:
    """The question with capitals where names stand; as it is where it has a capital already.

    :param known: Whether a word is a name by itself; a given name that is also a word is one only before such a name.

    >>> with_names("what did michelle obama say about trump", lambda word: False)
    'what did Michelle Obama say about trump'
    """
    if not text.islower():
        return text
    every = [(match.start(), _POSSESSIVE_ENDING.sub("", match.group())) for match in _TYPED_WORD.finditer(text)]
    typed = [word for _, word in every]
    named = {place for at in range(len(every)) for place in (*_given(typed, at, known), *_between(typed, at, known))}
    letters = list(text)
    for place in named:
        capital = letters[every[place][0]].upper()
        letters[every[place][0]] = capital if len(capital) == 1 else letters[every[place][0]]  # ß has none
    return "".join(letters)


def _given(typed: list[str], at: int, known: Callable[[str], bool]) -> list[int]:
    """A given name and what goes on behind it: "michelle obama", "john q adams"; not "the bill passed"."""
    small = words("function_words.txt")
    if (
        not is_given(typed[at])
        or typed[at] in small
        or (at and typed[at - 1] in small - WHO - _AUXILIARIES - {"and", "by"})
    ):
        return []
    end, inside = at + 1, sections("particles.txt")["inside"]
    while end < len(typed) - 1 and (initial(typed[end]) or typed[end] in inside):
        end += 1
    if end == len(typed) or not _may_be_a_name(typed[end]):
        return []
    asked = at > 0 and typed[at - 1] in _AUXILIARIES and typed[end + 1 : end + 2] and typed[end + 1] in asking_words()
    if typed[at] in words("given_words.txt") and not known(typed[end]) and not asked:
        return []
    return [place for place in range(at, end + 1) if typed[place] not in inside]


def _between(typed: list[str], at: int, known: Callable[[str], bool]) -> list[int]:
    """Who stands between "did" and what he or she did: "what did trump say"; not "how do whales react"."""
    if typed[at] not in _AUXILIARIES:
        return []
    verbs = asking_words() | having(Trait.REPLIES)
    end = next((place for place in range(at + 2, min(at + 2 + LONGEST_NAME, len(typed))) if typed[place] in verbs), 0)
    who = list(range(at + 1, end))
    return who if who and known(typed[who[-1]]) and all(_may_be_a_name(typed[place]) for place in who) else []


def _may_be_a_name(word: str) -> bool:
    """Whether a word is not one that has its place in every text, or calls people or bodies something."""
    plain = fold(word)
    common = words("function_words.txt") | words("anybody.txt") | asking_words() | nouns_for_speakers()
    common |= words("peoples.txt") | words("places.txt")
    return common.isdisjoint({plain, plain.removesuffix("s")})
