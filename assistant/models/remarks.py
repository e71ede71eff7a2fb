"""A remark and the quotes offered in, the reason not to show it out, or nothing.

A chat model's sentence may be loose, never false in what can be checked: what it puts in quotation marks must be said
in what it cites, its names and figures must stand there, and no "not" may be put in or left out. It errs towards
dropping: a sentence lost costs little, a false one much. What it can't see: a wrong paraphrase in words of its own.

Pure. Knows quotes and remarks. Does not know models.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from assistant.language.english import WORD, bare, listed, stem
from assistant.language.figures import figures
from assistant.models.offered import hidden
from assistant.types import Quote, Remark
from index.types import Manner

_MARKUP = re.compile(r"[<>{}\[\]|`*_#\\@~=]|://|www\.|[^\W\d_]{2,}\.[a-z]{2,}")
_DOUBLE = '"“”„‟«»＂〝〞「」『』〈〉《》'
_SAID = re.compile(
    rf"[{_DOUBLE}]([^{_DOUBLE}]*)(?:[{_DOUBLE}]|\Z)"  # a mark that never closes holds all that follows
    r"|(?<!\w)['‘‚‛‹]((?:[^'’›]|['’](?=\w))*)(?:['’›]|\Z)"
)
_SENTENCE = re.compile(r"[.!?;]\s")
_REACH = 6  # words after a "not" among which the words it turns round are looked for


def objection(remark: Remark, quotes: Sequence[Quote]) -> str:
    """Why a remark may not be shown, in a clause; empty where nothing speaks against it.

    :param quotes: All that were offered; the remark's numbers count them from 1.
    """
    if not remark.numbers or not all(1 <= number <= len(quotes) for number in remark.numbers):
        return "it cites a quote that was not offered"
    cited = [quotes[number - 1] for number in remark.numbers]
    text = unicodedata.normalize("NFC", remark.text)
    if _MARKUP.search(text) or any(hidden(character) for character in text):
        return "it holds a link, formatting or hidden characters"
    ground = [unicodedata.normalize("NFC", field) for quote in cited for field in _fields(quote)]
    names = (word for quote in quotes for word in WORD.findall(_name(quote)))
    known_names = {bare(word) for word in names if not word.islower()}
    return (
        _misquoted(text, cited)
        or _unheard_name(text, ground, known_names)
        or _unheard_figure(text, ground)
        or _wrong_voice(text, cited)
        or _invented(text, ground)
        or _turned_round(text, [unicodedata.normalize("NFC", quote.text) for quote in cited])
    )


def _name(quote: Quote) -> str:
    return quote.speaker.name if quote.speaker else ""


def _fields(quote: Quote) -> Iterator[str]:
    """What a reader sees of a quote, its text first, then who speaks; words of two fields are no neighbours."""
    yield quote.text
    yield quote.article.publisher
    if quote.speaker:
        yield f"{quote.speaker.description} {quote.speaker.name} {quote.speaker.description}"
        yield from quote.speaker.aliases
    yield quote.mention or ""


def _misquoted(text: str, cited: Sequence[Quote]) -> str:
    """Words in quotation marks must be somebody's very words in what is cited: no indirect speech, no prose."""
    spoken = [_words(part) for quote in cited for part in _spoken(quote)]
    for match in _SAID.finditer(text):
        words = _words(match[1] or match[2] or "")
        if not words or not any(_within(words, part) for part in spoken):
            return "it puts words in quotation marks that nobody says in what it cites"
    return ""


def _spoken(quote: Quote) -> Iterator[str]:
    """The parts of a quote that stand as somebody's very words: between marks, or what is said directly without any."""
    for match in _SAID.finditer(quote.text):
        yield match[1] or match[2] or ""
    if quote.statement and quote.statement.manner is Manner.DIRECT:
        for span in quote.statement.content:
            if span in quote.span:
                yield span.cut(quote.article.text)


def _words(text: str) -> list[str]:
    return [word.casefold().replace("’", "'") for word in WORD.findall(unicodedata.normalize("NFC", text))]


def _within(some: list[str], more: list[str]) -> bool:
    """Whether some words stand in others in one piece."""
    return any(more[at : at + len(some)] == some for at in range(len(more) - len(some) + 1))


def _unheard_name(text: str, ground: Iterable[str], known_names: set[str]) -> str:
    """Every name must stand in what is cited, and two names side by side must do so there."""
    heard, neighbours = set[str](), set[tuple[str, str]]()
    for field in ground:
        words = [bare(word) for word in WORD.findall(field)]
        heard.update(words)
        neighbours.update((*pairwise(words), *zip(words, words[2:], strict=False)))
    before, end = "", 0
    for at, match in enumerate(WORD.finditer(text)):
        word, plain = match[0], bare(match[0])
        named = not (at == 0 and _opens(word)) and (
            not word.islower() or any(c.isalpha() and c.lower() == c.upper() for c in word)
        )
        if plain not in heard and (named or plain in known_names) and not plain.isdigit():
            return "it holds a name that does not stand in what it cites"
        beside = named and before and not text[end : match.start()].strip(" .-–")
        if beside and (before, plain) not in neighbours:
            return "it joins names that do not stand together in what it cites"
        before, end = (plain if named and not plain.isdigit() else ""), match.end()
    return ""


def _unheard_figure(text: str, ground: Iterable[str]) -> str:
    heard = {figure for field in ground for figure in figures(field)}
    return "" if set(figures(text)) <= heard else "it holds a number that does not stand in what it cites"


def _invented(text: str, ground: Iterable[str]) -> str:
    """Two thirds of its words that have content, besides names, figures and words of saying, must stand there."""
    heard = {stem(word) for field in ground for word in WORD.findall(field)}
    saying, quantity = listed("saying.txt"), {line.split()[0] for line in listed("numbers.txt")}
    words = [word for word in WORD.findall(text) if word.islower() and word.isalpha() and _full(word)]
    words = [word for word in words if word not in saying | quantity | listed("openers.txt")]
    strange = [word for word in words if stem(word) not in heard]
    return "it says more than stands in what it cites" if 3 * len(strange) > len(words) else ""


def _wrong_voice(text: str, cited: Sequence[Quote]) -> str:
    """Whoever is named before "says" must be a speaker of what is cited, or stand before such a word there."""
    voices = {name for quote in cited for name in _voices(quote.text)}
    for quote in cited:
        voices.update(bare(word) for field in list(_fields(quote))[1:] for word in WORD.findall(field))
    return "" if _voices(text) <= voices else "it lets somebody speak who is not the speaker of what it cites"


def _voices(text: str) -> set[str]:
    """The names next before a word of saying (with those in the clause before it: "Chen, of Ottersby, says"), next
    after an inverted "said Chen", and next after "according to".
    """
    found = set[str]()
    for sentence in _SENTENCE.split(text):
        words = list(WORD.finditer(sentence))
        named = [not word[0].islower() and not (at == 0 and _opens(word[0])) for at, word in enumerate(words)]
        runs, end = list[list[str]](), 0
        for at, word in enumerate(words):
            plain, gap = bare(word[0]), sentence[end : word.start()].strip()
            if plain in listed("saying.txt"):
                inverted = gap not in ("", ",") and plain in ("said", "says") and named[at + 1 : at + 2] == [True]
                before = runs if gap == "," else runs[-1:]
                found.update([bare(words[at + 1][0])] if inverted else [name for run in before for name in run])
                runs = []
            elif named[at]:
                runs = [*runs[:-1], [*runs[-1], plain]] if runs and not gap.strip(".-–") else [*runs, [plain]]
                end = word.end()
                if any(bare(near[0]) == "according" for near in words[max(0, at - 5) : at]):
                    found.add(plain)
    return found


def _opens(word: str) -> bool:
    """Whether a word with a capital may be no name where it begins a sentence."""
    plain = word[1:] == word[1:].lower()
    return plain and bare(word) in listed("openers.txt") | listed("function_words.txt")


def _turned_round(text: str, ground: Sequence[str]) -> str:
    """No "not" may be put in, left out, or moved to another word."""
    whole = ". ".join(ground)
    negative, theirs = _negative(text), _negative(whole)
    if negative and not theirs:
        return "it holds a negation that does not stand in what it cites"
    if negative and _turned(text, 1)[0] & (_turned(whole, 3)[1] - _turned(whole, 3)[0]):
        return "it denies what is not denied in what it cites"
    turned, free = _turned(whole, 2)
    if theirs and not negative and _turned(text, 1)[1] & (turned - free):
        return "it leaves out a negation that stands in what it cites"
    return ""


def _negates(word: str) -> bool:
    return word in listed("negations.txt") or word.endswith("n't")


def _negative(text: str) -> bool:
    return any(_negates(word) for word in _words(text))


def _turned(text: str, most: int) -> tuple[set[str], set[str]]:
    """The stems that a negation turns round, and those that stand free of any. A stem may be among both.

    :param most: How many words with content a negation turns round: those that follow it next.
    """
    turned, free = set[str](), set[str]()
    for sentence in _SENTENCE.split(text):
        words = _words(sentence)
        under = set[int]()
        for at, word in enumerate(words):
            if _negates(word):
                full = [n for n in range(at + 1, min(at + 1 + _REACH, len(words))) if _full(words[n])]
                under.update(full[:most])
        for at, word in enumerate(words):
            if _full(word):
                (turned if at in under else free).add(stem(word))
    return turned, free


def _full(word: str) -> bool:
    """Whether a word has content of its own."""
    return len(word) > 2 and word not in listed("function_words.txt") and not _negates(word)
