"""Whose words they are: a reading and some of its words in; the statement they belong to out.

Knows readings and names. Does not know quotations that are checked, nor storage.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.query.directory import Directory, MatchedBy
from assistant.types import Quote
from index.language.names import fold, speaker_key
from index.language.tokens import words
from index.types import KnownSpeaker, Manner, Reading, Span, Speaker, Statement

_TITLED = re.compile(r"(?:(?P<man>mr)|ms|mrs|miss)\b", re.IGNORECASE)
_QUOTED = (Manner.DIRECT, Manner.MIXED)


@dataclass(frozen=True, slots=True)
class WordsOwner:
    """The statement that some words belong to (None: the reporter's).

    `share` of them lie inside what its speaker says in this article, all of them in this one statement if `single`.
    """

    statement: Statement | None
    share: float
    single: bool = False


def words_owner(reading: Reading, spoken: Sequence[Span]) -> WordsOwner:
    """Whose some words of an article are.

    Of several statements that hold them all, the innermost: what Smith says that Jones said is Jones's. Only where the
    article does not tell who the innermost is, and another is quoted with the same words in quotation marks, the other.

    :param spoken: The words, one span each, at least one.
    """
    shares = [(sum(_inside(word, said) for word in spoken) / len(spoken), said) for said in reading.statements]
    most = max((share for share, _ in shares), default=0.0)
    if most < 0.5:
        return WordsOwner(None, most)
    holding = sorted((said for share, said in shares if share == most), key=lambda said: sum(map(len, said.content)))
    chosen = holding[0]
    if chosen.speaker is None:
        chosen = next((said for said in holding if said.speaker and said.manner in _QUOTED), chosen)
    same = [said for said in reading.statements if said.speaker is not None and said.speaker == chosen.speaker]
    share = sum(any(_inside(word, said) for said in same or [chosen]) for word in spoken) / len(spoken)
    return WordsOwner(chosen, share, single=most == 1)


def _inside(word: Span, said: Statement) -> bool:
    return any(word in piece for piece in said.content)


def frame(reading: Reading) -> tuple[Span, ...]:
    """The reporter's words in the midst of what one speaker says: ("A," [he said,] "B").

    They lie between two pieces of a statement, or between two quotations of one speaker whose sentences follow upon
    each other; and never over the end of a line.
    """
    text = reading.article.text
    return tuple(gap for gap in _gaps(reading) if "\n" not in gap.cut(text))


def _gaps(reading: Reading) -> Iterator[Span]:
    for said in reading.statements:
        for one, two in itertools.pairwise(said.content):
            if one.end < two.start:
                yield Span(one.end, two.start)
    quoted = [said for said in reading.statements if said.manner in _QUOTED and said.speaker is not None]
    for first, then in itertools.pairwise(quoted):
        start, end = first.content[-1].end, then.content[0].start
        between = reading.article.text[first.extent.end : max(then.extent.start, first.extent.end)]
        if first.speaker == then.speaker and start < end and not words(between):
            yield Span(start, end)


def is_meant(quote: Quote, asked: str) -> bool:
    """Whether a quote's speaker may be meant by a name or role; "Ms. Lee" is no "Mr. Lee"."""
    typed, printed = (_TITLED.match(text) for text in (asked, quote.mention or ""))
    if typed and printed and (typed["man"] is None) != (printed["man"] is None):
        return False
    return quote.speaker is not None and is_called(quote.speaker, asked)


def may_be(speaker: Speaker, asked: str) -> bool:
    """Whether an article leaves open who it is, and prints a surname that may be that of who is asked about."""
    return not speaker.key and [fold(speaker.name)] == [fold(word) for word in asked.split()[-1:]]


def is_called(speaker: Speaker, asked: str) -> bool:
    """Whether somebody may be meant by a name or role as one would type it. A misspelt name is another name."""
    if not speaker.key:
        printed = {fold(word.key) for word in words(f"{speaker.name} {speaker.description}")}
        wanted = {fold(word.key) for word in words(asked)}
        return bool(wanted) and wanted <= printed
    key = speaker_key(asked)
    if " " not in speaker.key and key.split()[-1:] == [speaker.key]:
        return True  # the article prints the surname only
    match = Directory([KnownSpeaker(speaker.key, speaker.name, speaker.description, speaker.aliases, 1, 1)]).find(asked)
    return match is not None and match.matched_by is not MatchedBy.MISSPELT
