"""Signed: an article in, the prose that is somebody's own words because it is signed out: an opinion piece, letters.

An opinion piece has an author, and closes with a line on who that is ("Ann Lee, a retired judge, teaches in Salem.").
On a page of letters each stands under a heading ("LETTERS.") and over its writer's name, alone in a paragraph; the
writer's place may follow. What the paper's own staff reports is nobody's words. Knows the lie of the text and word
lists; does not know grammar.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from index.attribution.names import fold
from index.attribution.wordlists import sections, words
from index.paragraphs import paragraphs
from index.types import Article, Span

_CLOSING = 4  # the last paragraphs, of which one tells who the author is
_LONGEST = 5  # words of a heading, a name, a place
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_BYLINE = re.compile(r"^by\s+", re.IGNORECASE)
_GOES_ON = re.compile(r",? [a-z]")  # "Ann Lee is", "Ann Lee, a judge"; not "Ann Lee’s"
_HANDLE = re.compile(r"@\w+\.?")
_NAME = re.compile(r"[^\W\d_][\w’'-]*(?:\.? [^\W\d_][\w’'-]*){1,4}\.?")
_PLACE = re.compile(r"[A-Z][\w.’'-]*(?:,? (?:[A-Z][\w.’'-]*|\d+))*")


class Signed(NamedTuple):
    """Paragraphs of prose, where the name stands that signs them, and for a letter what its writer is."""

    prose: tuple[Span, ...]
    name: Span
    description: str = ""


def signed(article: Article) -> list[Signed]:
    """What is signed in an article, in the order of the text; nothing of a report."""
    body = list(paragraphs(article.text))
    while body and body[0].cut(article.text).rstrip(".") in article.title:
        body.pop(0)
    return list(_opinion(article, body) if article.author.strip() else _letters(article.text, body))


def _opinion(article: Article, body: Sequence[Span]) -> Iterator[Signed]:
    """An opinion piece, as its author's, without the line that tells who that is and what follows it."""
    author = _BYLINE.sub("", article.author.strip())
    if len(author.split()) < 2 or "," in author or " and " in author.casefold():
        return
    for at in range(max(1, len(body) - _CLOSING), len(body)):
        line = body[at].cut(article.text)
        name, rest = line[: len(author)], line[len(author) :]
        if fold(name) == fold(author) and _GOES_ON.match(rest):
            if not _is_of_the_paper(rest, article.publisher):
                yield Signed(tuple(body[:at]), Span(body[at].start, body[at].start + len(author)))
            return


def _is_of_the_paper(line: str, publisher: str) -> bool:
    """Whether one reports, or makes the paper that prints it: "is a reporter", "is an editor of the Salem Post"."""
    kinds = sections("signed.txt")
    told, paper = set(_folded(line)), set(_folded(publisher)) - {"the"}
    if told & kinds["guests"]:
        return False
    return bool(told & kinds["reporters"]) or bool(told & kinds["makers"] and paper and paper <= told)


def _letters(text: str, body: Sequence[Span]) -> Iterator[Signed]:
    """Each letter and remark on a page of them, as its writer's."""
    heading, prose, first, below = "", list[Span](), False, ""
    for at, paragraph in enumerate(body):
        line = paragraph.cut(text)
        if kind := _heads(line):
            heading, prose, first = kind, [], True
        elif prose and (_HANDLE.fullmatch(line) or _is_name(line, text)):
            below = body[at + 1].cut(text) if at + 1 < len(body) else ""
            below = below if _is_place(below) else ""
            asked = first and len(prose) > 1 and heading == "remarks"  # "We asked our readers about the bridge."
            name = Span(paragraph.start, paragraph.end - line.endswith("."))
            yield Signed(tuple(prose[asked:]), name, _writer(heading, below))
            prose, first = [], False
        elif heading and (prose or line != below):
            prose.append(paragraph)


def _writer(heading: str, place: str) -> str:
    """What the writer of a letter or remark is: "letter writer, Salem"."""
    place = place if place.count(".") > 1 else place.rstrip(".")
    return ", ".join(part for part in ("letter writer" if heading == "letters" else "reader", place) if part)


def _heads(line: str) -> str:
    """What kind of readers' words a line is the heading of: "letters", "remarks", or nothing."""
    kinds, told = sections("signed.txt"), set(_folded(line))
    if len(line.split()) > _LONGEST or not line[:1].isupper():
        return ""
    known = (one for one in ("letters", "remarks") if told & kinds[one] and told <= kinds[one] | kinds["beside"])
    return next(known, "")


def _is_name(line: str, text: str) -> bool:
    """Whether a line is no more than a name, and one that is not told of: "Ann Lee.", not "Enough Is Enough."."""
    if not _NAME.fullmatch(line) or len(line.split()) > _LONGEST:
        return False
    names = [word for word in _WORD.findall(line) if fold(word) not in words("particles.txt")]
    if not all(word[0].isupper() for word in names) or not words("openers.txt").isdisjoint(map(fold, names)):
        return False
    told = "\n".join(one for one in text.split("\n") if one.strip() != line)
    return not re.search(rf"\b{re.escape(names[-1])}\b", told)


def _is_place(line: str) -> bool:
    return len(line.split()) <= _LONGEST and _PLACE.fullmatch(line) is not None


def _folded(line: str) -> list[str]:
    return [fold(word) for word in _WORD.findall(line)]
