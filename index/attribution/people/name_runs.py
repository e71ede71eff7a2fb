"""Takes a text; gives the runs of capitalised words that may be names, each with the titles before it.

It works on characters, because a small parser's tags are least certain where names are new. May not know who
anybody is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.language.names import LETTERS, POSSESSIVE_ENDING, fold, initial, is_given, suffix
from index.language.wordlists import sections, words

_TEXT_WORD = re.compile(
    r"(?:[^\W\d_]\.(?:[^\W\d_]\.)+|[^\W\d_]\.(?= [^\W\d_])"
    rf"|@?{LETTERS}(?:(?:[-–.&'’/]|(?<=[ÃÂ\u0302\u0303])[^\w\s]){LETTERS})*)",  # after "Ã": read wrongly, "FranÃ§ois"
    re.UNICODE,
)
_ABBREVIATED_TITLES = frozenset(
    """mr mrs ms dr prof rev fr gen lt col maj capt cmdr adm sgt cpl pvt sen sens rep reps gov govs amb atty hon pres st
    jr sr""".split()
)
_NICKNAME_BEFORE_NAME = re.compile(r" [“\"‘'(]+[^\W\d_]+[”\"’')]+ (?=[A-Z])")  # in quotation marks, between two names
_LONGEST_NAME = 16  # words
PEERS = frozenset("lord lady baroness baron viscount viscountess earl countess".split())
_MANY = frozenset("people women men children workers teachers players farmers citizens".split())
_PARTY_LABEL = re.compile(r"[RDI][-–][A-Z]")
_COUNCILS = frozenset("committee council conference commission subcommittee panel caucus board center".split())


@dataclass(frozen=True, slots=True)
class TextWord:
    """A word of a text: where it stands, and whether a possessive ending or a full stop follows it."""

    start: int
    end: int
    text: str
    possessive: bool

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()


@dataclass(frozen=True, slots=True)
class NameRun:
    """Words that may be a name.

    :param words: The name as printed, without titles.
    :param title: The words of title and office right before it, folded ("ohio", "gov"); it begins at `title_start`.
    :param titled: Whether a personal title stands among those ("gov", "mr"), so that this is a person.
    :param possessive: Whether "'s" follows.
    """

    words: tuple[TextWord, ...]
    title: tuple[str, ...]
    title_start: int
    titled: bool
    possessive: bool

    @property
    def start(self) -> int:
        return self.words[0].start

    @property
    def end(self) -> int:
        return self.words[-1].end


def text_words(text: str) -> list[TextWord]:
    """All the words of a text; a possessive ending is no part of its word, the full stop of "Mr." and "J." is."""
    found = []
    for m in _TEXT_WORD.finditer(text):
        word, start, end = m.group(), m.start(), m.end()
        possessive = bool(POSSESSIVE_ENDING.search(word)) and len(word) > 2
        if possessive:
            word, end = word[:-2], end - 2
        elif (
            word[-1] in "sSxz"
            and text[end : end + 1] in {"'", "’"}
            and text[end + 1 : end + 2] == " "
            and word[0].isupper()
        ):
            possessive = True
        elif text[end : end + 1] == "." and word.casefold() in _ABBREVIATED_TITLES:
            word, end = word + ".", end + 1
        found.append(TextWord(start, end, word, possessive))
    return found


def name_runs(text: str) -> Iterator[NameRun]:
    """The runs of capitalised words of a text, in order; one run may give several names, or none."""
    every = text_words(text)
    at = 0
    while at < len(every):
        stop = _run_end(text, every, at)
        if stop > at:
            yield from _split(text, every, at, stop)
        at = max(stop, at + 1)


def _run_end(text: str, every: Sequence[TextWord], at: int) -> int:
    """Where the run that begins at a word ends; at that word itself if none begins there."""
    inside = sections("particles.txt")["inside"]
    if not every[at].capital and not (fold(every[at].text) in inside and _particle(text, every, at)):
        return at
    if _PARTY_LABEL.match(every[at].text):
        return at
    if fold(every[at].text) in words("openers.txt") and not _is_acronym(every[at].text):
        return at
    stop = at + 1
    while stop < min(len(every), at + _LONGEST_NAME) and _joins(text, every, stop - 1):
        word = every[stop]
        plain = fold(word.text)
        if word.text == "I" or _PARTY_LABEL.match(word.text):
            break
        if (
            word.capital
            or (plain in inside and _particle(text, every, stop))
            or (plain == "of" and fold(every[stop - 2].text) in PEERS and _called_after_place(text, every, at, stop))
            or (plain in {"of", "for", "on", "the", "and"} and _body_goes_on(text, every, at, stop))
        ):
            stop += 1
        else:
            break
    while stop > at and not every[stop - 1].capital:
        stop -= 1
    return stop


def _particle(text: str, every: Sequence[TextWord], at: int) -> bool:
    """Whether a capitalised word follows a small word of a name, or the second of two: "de la Cruz"."""
    if not _joins(text, every, at):
        return False
    inside = sections("particles.txt")["inside"]
    return every[at + 1].capital or (
        fold(every[at + 1].text) in inside and _joins(text, every, at + 1) and every[at + 2].capital
    )


def _joins(text: str, every: Sequence[TextWord], left: int) -> bool:
    """Whether a word and the next may belong to one name, going by what stands between them."""
    if left + 1 >= len(every) or (every[left].possessive and not _owned_by_many(every, left)):
        return False
    if every[left].possessive:  # "the High People's Court"
        return text[every[left].end : every[left + 1].start].strip("'’s") == " "
    gap = text[every[left].end : every[left + 1].start]
    if gap in {" ", " & "}:
        return True
    if any(_NICKNAME_BEFORE_NAME.match(text, every[i].end) for i in (left, left - 1) if i >= 0 and every[i].capital):
        return True
    if gap == ", ":
        return bool(suffix(fold(every[left + 1].text)))
    return False


def _owned_by_many(every: Sequence[TextWord], left: int) -> bool:
    """Whether a possessive belongs to a body's name: "the People's Court", not "Lee's Court"."""
    return fold(every[left].text) in _MANY and fold(every[left + 1].text) in sections("bodies.txt")[""]


def _called_after_place(text: str, every: Sequence[TextWord], at: int, stop: int) -> bool:
    """Whether a place goes on with a peer's name: "Lord Lee of Salem"."""
    return stop - at > 1 and _joins(text, every, stop) and every[stop + 1].capital


def _body_goes_on(text: str, every: Sequence[TextWord], at: int, stop: int) -> bool:
    """Whether a small word goes on with a body's name: "Center for American Progress", "Secretary of State"."""
    bodies = sections("bodies.txt")[""] | {
        "bureau",
        "secretary",
        "director",
        "citizens",
        "americans",
        "attorney",
        "veterans",
        "mothers",
        "democracy",
        "doctors",
    }
    before = [fold(w.text) for w in every[at:stop]]
    ahead = stop + 1
    while ahead < len(every) and fold(every[ahead].text) == "the" and _joins(text, every, ahead - 1):
        ahead += 1
    if ahead >= len(every) or not (_joins(text, every, ahead - 1) and every[ahead].capital):
        return False
    plain = fold(every[stop].text)
    if plain == "the":
        return before[-1] in {"of", "for", "on"}
    if plain == "and":
        return any(w in {"of", "for", "on"} for w in before) and not is_given(every[ahead].text)
    if plain == "on":
        return before[-1] in _COUNCILS and fold(every[ahead].text) not in sections("peoples.txt")["days"]
    the = text[max(0, every[at].start - 4) : every[at].start].casefold() == "the "
    if plain == "for" and the and _ends_in_body(text, every, ahead):  # "the Bread for Rovia League"
        return True
    return before[-1] in bodies and not is_given(before[0])


def _ends_in_body(text: str, every: Sequence[TextWord], ahead: int) -> bool:
    """Whether the capitalised words from a place on end in a body's noun."""
    while _joins(text, every, ahead) and every[ahead + 1].capital:
        ahead += 1
    return fold(every[ahead].text) in sections("bodies.txt")[""]


def _is_acronym(word: str) -> bool:
    return len(word) > 1 and word.isupper()


def _split(text: str, every: Sequence[TextWord], at: int, stop: int) -> Iterator[NameRun]:
    """A run of capitalised words cut into titles and name."""
    name = list(every[at:stop])
    plain = [fold(w.text) for w in name]
    first = _name_start(plain, name)
    title = plain[:first]
    titled = any(word in words("titles.txt") or word in words("persons.txt") for word in title)
    if first < len(name):
        last = name[-1]
        yield NameRun(tuple(name[first:]), tuple(title), name[0].start, titled, last.possessive)


def _name_start(plain: Sequence[str], name: Sequence[TextWord]) -> int:
    """How many words at a run's beginning are title, office or party rather than name."""
    if len(plain) < 2 or _ends_as_body(plain):
        return 0
    role_nouns = words("titles.txt") | words("persons.txt")
    start = int(plain[0] in {"republicans", "democrats"})
    for i, word in enumerate(plain[:-1]):
        if word not in role_nouns or (i and plain[i - 1] not in role_nouns and is_given(plain[0]) and is_given(word)):
            continue
        follows = plain[i + 1]
        if word in words("titles.txt") or not is_given(word) or is_given(follows) or follows in role_nouns:
            start = i + 1  # not in "Marine Roux", "Dean Lee"
    if start < len(plain) and plain[start] in {"of", "for"}:
        given = next((i for i in range(start + 1, len(plain) - 1) if is_given(plain[i])), 0)
        return given or 0
    if start:
        rest = plain[start:]
        crowned = plain[start - 1] == "miss" and len(rest) > 2 and not is_given(rest[0]) and is_given(rest[1])
        return start + crowned  # "Miss Universe Ann Lee"
    given = next((i for i, word in enumerate(plain[:-1]) if is_given(word) and word not in words("places.txt")), 0)
    if given and (all(_no_name(w.text) for w in name[:given]) or not (initial(plain[0]) or name[0].text.islower())):
        return given
    return 0


def _no_name(word: str) -> bool:
    """Whether a capitalised word before a given name is none itself: a place, a party, a body, an acronym."""
    plain = fold(word)
    lists = words("places.txt") | words("peoples.txt") | words("bodies.txt") | words("openers.txt")
    return plain in lists or (_is_acronym(word) and not initial(plain))


def _ends_as_body(plain: Sequence[str]) -> bool:
    """Whether the words are a body's name: "Tax Policy Center", "Department of State"; not "Rep. Jared Hall"."""
    bodies = sections("bodies.txt")[""]
    if len(plain) > 2 and plain[-3] in words("titles.txt") and is_given(plain[-2]):
        return False
    return plain[-1] in bodies or (len(plain) > 2 and plain[0] in bodies and plain[1] in {"of", "for", "on"})
