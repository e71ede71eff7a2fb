"""Signed pieces: takes an article; gives the paragraphs that are their author's own words: an opinion piece, letters.

An opinion piece has an author, and closes with a line on who that is ("Ann Lee, a retired judge, teaches in Salem.").
On a page of letters each stands under a heading ("LETTERS.") and above its writer's name, alone in a paragraph; the
writer's place may follow. What the paper's own staff reports belongs to no speaker, and neither does a piece whose
author is in doubt. Knows layout and word lists; does not know grammar.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import dropwhile
from typing import NamedTuple

from index.language.names import LETTERS, fold, initial, is_given, speaker_key, without_byline
from index.language.paragraphs import paragraphs
from index.language.wordlists import sections, words
from index.types import Article, Span

_LAST_PARAGRAPHS = 4  # the last paragraphs, of which one tells who the author is
_LONGEST_LINE = 5  # words of a heading, a name, a place
_BEGINNING = 6  # words of what an author is that tell of the staff
_JOINED_LETTERS = rf"{LETTERS}(?:['’-]{LETTERS})*"
_NAME_PART = re.compile(_JOINED_LETTERS)
_DOES = re.compile(r"(?:, (?P<beside>\w+)\b[^\n]{0,300},)? (?P<does>[\w-]+) (?P<what>[^\n]*)")
_SPEAKER_LABEL = re.compile(r"(?:[QA]|[A-Z][\w.’' -]{1,40}):\s")  # of a printed conversation
_HANDLE = re.compile(r"@\w+\.?")
_NAME = re.compile(rf"(?P<name>{_JOINED_LETTERS}(?:\.? {_JOINED_LETTERS}){{1,4}})(?:, [A-Z][\w.’' ]*){{0,2}}\.?")
_PLACE = re.compile(r"[A-Z][\w.’'-]*(?:,? (?:[A-Z][\w.’'-]*|\d+))*")


class Signed(NamedTuple):
    """Paragraphs of prose, where the name stands that signs them, and for a letter what its writer is."""

    prose: tuple[Span, ...]
    name: Span
    description: str = ""


def signed(article: Article) -> list[Signed]:
    """What is signed in an article, in the order of the text; nothing of a report."""
    every = paragraphs(article.text)
    body = list(dropwhile(lambda one: one.cut(article.text).rstrip(".") in article.title, every))
    if article.author.strip():
        return list(_opinion(article, body))
    letters = list(_letters(article.text, body))
    return letters if len(letters) > 1 or any(one.description.startswith("letter") for one in letters) else []


def _opinion(article: Article, body: Sequence[Span]) -> Iterator[Signed]:
    """An opinion piece, as its author's, without the line that tells who that is and what follows it."""
    author = without_byline(article.author)
    if len(author.split()) < 2 or "," in author or " and " in author.casefold():
        return
    for at in range(max(1, len(body) - _LAST_PARAGRAPHS), len(body)):
        line = body[at].cut(article.text)
        if fold(line[: len(author)]) != fold(author) or not _tells_who(line[len(author) :]):
            continue
        prose = [one for one in body[:at] if not _SPEAKER_LABEL.match(article.text, one.start, one.end)]
        told_of = any(line[: len(author)] in one.cut(article.text) for one in prose)
        if not told_of and not any(one.cut(article.text).startswith("Q:") for one in body[:at]):
            yield Signed(tuple(prose), Span(body[at].start, body[at].start + len(author)))
        return


def _tells_who(line: str) -> bool:
    """Whether words behind a name tell what one is or does, outside of a paper's staff: ", a judge, teaches law."."""
    match, kinds = _DOES.match(line), sections("signed.txt")
    if match is None or fold(match["does"]) not in kinds["does"]:
        return False
    if match["beside"] and fold(match["beside"]) not in kinds["beside"]:  # "his wife"
        return False
    what = set(_folded(match["what"])[:_BEGINNING])
    return bool(what & kinds["guests"]) or not what & kinds["staff"]


def _letters(text: str, body: Sequence[Span]) -> Iterator[Signed]:
    """Each letter and remark on a page of them, as its writer's; one whose name is not plain is nobody's."""
    lines = [paragraph.cut(text) for paragraph in body]
    alone, held = Counter(lines), Counter(word for line in lines for word in _folded(line))
    heading, prose, first, below = "", list[Span](), False, ""
    for at, (paragraph, line) in enumerate(zip(body, lines, strict=True)):
        if kind := _heads(line):
            heading, prose, first = kind, [], True
        elif heading and (name := _signature(line, held, alone[line])):
            below = lines[at + 1] if at + 1 < len(lines) and _is_place(lines[at + 1]) else ""
            asked = first and len(prose) > 1 and heading == "remarks"  # "We asked our readers about the bridge."
            if prose[asked:]:
                yield Signed(
                    tuple(prose[asked:]), Span(paragraph.start, paragraph.start + name), _writer(heading, below)
                )
            prose, first = [], False
        elif line == below:
            below = ""
        elif heading and " " in line and _is_place(line):  # another heading, or a name that is not plain
            prose, first = [], False
        elif heading:
            prose.append(paragraph)


def _writer(heading: str, place: str) -> str:
    """What the writer of a letter or remark is: "letter writer, Salem"."""
    place = place if place.count(".") > 1 else place.rstrip(".")
    return ", ".join(part for part in ("letter writer" if heading == "letters" else "reader", place) if part)


def _heads(line: str) -> str:
    """What kind of readers' words a line is the heading of: "letters", "remarks", or nothing."""
    if len(line.split()) > _LONGEST_LINE or not line[:1].isupper():
        return ""
    kinds, told = sections("signed.txt"), set(_folded(line))
    known = (one for one in ("letters", "remarks") if told & kinds[one] and told <= kinds[one] | kinds["heading"])
    return next(known, "")


def _signature(line: str, held: Counter[str], times: int) -> int:
    """How long the name is that a line is, where it is no more and one that is not told of: "Ann Lee."; else 0.

    :param held: How often each word stands on the page, `times` how often the whole line does.
    """
    if _HANDLE.fullmatch(line):
        return len(line.rstrip(".")) if speaker_key(line) else 0
    match = _NAME.fullmatch(line) if len(line.split()) <= 2 * _LONGEST_LINE else None
    if match is None or len(match["name"].split()) > _LONGEST_LINE:
        return 0
    names = [word for word in _NAME_PART.findall(match["name"]) if fold(word) not in words("particles.txt")]
    plain = list(map(fold, names))
    if len(names) < 2 or not all(word[0].isupper() for word in names) or not (is_given(names[0]) or initial(plain[0])):
        return 0
    no_name = words("openers.txt") | words("places.txt") | words("bodies.txt")
    return len(match["name"]) if no_name.isdisjoint(plain[1:]) and held[plain[-1]] == times else 0


def _is_place(line: str) -> bool:
    return len(line.split()) <= _LONGEST_LINE and _PLACE.fullmatch(line) is not None


def _folded(line: str) -> list[str]:
    return [fold(word) for word in _NAME_PART.findall(line)]
