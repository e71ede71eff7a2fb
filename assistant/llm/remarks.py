"""Remarks: takes a remark and the quotes offered; gives the reason not to show it, or nothing.

A chat model's sentence may be loose, but never false in what can be checked: words that it puts in quotation marks must
be in what it cites, its names and figures must stand there, and no "not" may be added or dropped. It errs towards
dropping a sentence: a lost one costs little, a false one much. It cannot see a wrong paraphrase in other words.

Pure. Knows quotes and remarks. Does not know models.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from assistant.llm.named_speakers import RemarkPart, opens, parts, speaks
from assistant.llm.negation import full, opposes, turned_round
from assistant.llm.numbered import hidden
from assistant.types import Quote, Remark
from index.language.lexicon import Trait, forms_asking, judging_verbs
from index.language.numerals import limits, number_words, numerals
from index.language.word_forms import WORD, bare, stem
from index.language.wordlists import words
from index.types import Manner

_MARKUP = re.compile(r"[<>{}\[\]|`*_#\\@~=]|://|www\.|[^\W\d_]{2,}\.[a-z]{2,}")
_DOUBLE_QUOTES = '"“”„‟«»＂〝〞「」『』〈〉《》'
_SPEAKING_CUE = re.compile(
    rf"[{_DOUBLE_QUOTES}]([^{_DOUBLE_QUOTES}]*)(?:[{_DOUBLE_QUOTES}]|\Z)"  # an unclosed mark holds all that follows
    r"|(?<!\w)['‘‚‛‹]((?:[^'’›]|['’](?=\w))*)(?:['’›]|\Z)"
)


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
        or next(filter(None, (_unsaid(part, cited, known_names) for part in parts(text))), "")
    )


def _unsaid(part: RemarkPart, cited: Sequence[Quote], known_names: set[str]) -> str:
    """Whatever somebody is said to have said must stand in quotes in which he or she speaks."""
    heard = [quote for quote in cited if not part.names or any(speaks(name, quote) for name in part.names)]
    if not part.says:
        heard = heard or list(cited)
    elif not all(any(speaks(name, quote) for quote in heard) for name in part.names):
        return "it lets somebody speak who is not the speaker of what it cites"
    ground = [unicodedata.normalize("NFC", field) for quote in heard for field in _fields(quote)]
    return (
        _unheard_name(part.text, ground, known_names)
        or _unheard_figure(part.text, ground)
        or _invented(part.text, ground)
        or _judged(part.text, ground)
        or turned_round(
            part.text,
            [unicodedata.normalize("NFC", quote.text) for quote in heard],
            unnamed=any(quote.unnamed or quote.statement is None for quote in heard),
        )
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
    for match in _SPEAKING_CUE.finditer(text):
        words = _words(match[1] or match[2] or "")
        if not words or not any(_within(words, part) for part in spoken):
            return "it puts words in quotation marks that nobody says in what it cites"
    return ""


def _spoken(quote: Quote) -> Iterator[str]:
    """The parts of a quote that stand as somebody's very words: between marks, or what is said directly without any."""
    for match in _SPEAKING_CUE.finditer(quote.text):
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
        plain = [bare(word) for word in WORD.findall(field)]
        heard.update(plain)
        neighbours.update((*pairwise(plain), *zip(plain, plain[2:], strict=False)))
    before, end = "", 0
    for at, match in enumerate(WORD.finditer(text)):
        word, key = match[0], bare(match[0])
        named = not (at == 0 and opens(word)) and (
            not word.islower() or any(c.isalpha() and c.lower() == c.upper() for c in word)
        )
        if key not in heard and (named or key in known_names) and not key.isdigit():
            return "it holds a name that does not stand in what it cites"
        beside = bool(named and before) and not text[end : match.start()].strip(" .-–")
        if key.isdigit():  # "June 4" is "4 June"; other figures are looked at elsewhere
            beside = beside and before in words("dates.txt") and (key, before) not in neighbours
        if beside and (before, key) not in neighbours:
            return "it joins names that do not stand together in what it cites"
        before, end = (key if named and not key.isdigit() else ""), match.end()
    return ""


def _unheard_figure(text: str, ground: Iterable[str]) -> str:
    heard = {figure for field in ground for figure in (*numerals(field), *limits(field))}
    return "" if {*numerals(text), *limits(text)} <= heard else "it holds a number that does not stand in what it cites"


def _invented(text: str, ground: Iterable[str]) -> str:
    """Two thirds of its words that have content, besides names, figures and words of saying, must stand there."""
    heard = {stem(word) for field in ground for word in WORD.findall(field)}
    free = forms_asking() | number_words() | words("question_openers.txt")
    content = [word for word in WORD.findall(text) if word.islower() and word.isalpha() and full(word)]
    content = [word for word in content if word not in free]
    strange = [word for word in content if stem(word) not in heard]
    return "it says more than stands in what it cites" if 3 * len(strange) > len(content) else ""


def _judged(text: str, ground: Sequence[str]) -> str:
    """A verb of judging or confirming must stand there, or one like it."""
    said = {bare(word) for word in WORD.findall(text)}
    theirs = {bare(word) for field in ground for word in WORD.findall(field)}
    for stance, verbs in judging_verbs().items():
        licensed = verbs & theirs or (stance is Trait.OPPOSES and any(map(opposes, ground)))
        if verbs & said and not licensed:
            return "it says more than stands in what it cites"
    return ""
