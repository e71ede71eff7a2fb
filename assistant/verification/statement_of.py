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
from index.attribution.types import Quotation
from index.language.lexicon import Quoting, forms_quoting
from index.language.names import fold, speaker_key
from index.language.paragraphs import paragraphs
from index.language.tokens import words
from index.language.wordlists import words as listed
from index.types import KnownSpeaker, Manner, Reading, Span, Speaker, Statement, hull

_SET_OFF = re.compile(r"\s*(?:>|[‘'‹`]\w)|[ \t]{2,}\S|\s*(?:\[[^\]\n]{1,20}\]\s*)?[A-Z][\w .’'-]{0,30}: \S")
_TITLED = re.compile(r"(?:(?P<man>mr)|ms|mrs|miss)\b", re.IGNORECASE)
_QUOTED = (Manner.DIRECT, Manner.MIXED)


@dataclass(frozen=True, slots=True)
class WordsOwner:
    """The statement that some words belong to (None: the reporter's).

    `share` of them lie inside what its speaker says in this article, all of them in this one statement if `single`.
    `others` are the names of further speakers, to whom words belong that are not this one's.
    """

    statement: Statement | None
    share: float
    single: bool = False
    others: tuple[str, ...] = ()


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
    foreign = [word for word in spoken if not any(_inside(word, said) for said in same or [chosen])]
    others = [said for said in reading.statements if any(_inside(word, said) for word in foreign)]
    names = dict.fromkeys(said.speaker.name if said.speaker else "somebody else" for said in others)
    return WordsOwner(chosen, 1 - len(foreign) / len(spoken), single=most == 1, others=tuple(names))


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


def is_narrated(reading: Reading, span: Span, marks: Sequence[Quotation]) -> bool:
    """Whether words that no statement holds are the reporter's own for certain.

    They are not where anything looks like a quotation: a mark around them or one that lacks its partner in their
    paragraph or the one before, a paragraph that is set off (">", an indent, a label as "A:", a single mark at its
    beginning), or one that a colon leads to, at the end of a paragraph before.
    """
    text = reading.article.text
    every = paragraphs(text)
    here = next((n for n, one in enumerate(every) if one.overlaps(span)), 0)
    around = hull([one for one in every if one.overlaps(span)] or [span])
    if any(mark.span.overlaps(span) for mark in marks):
        return False
    near = hull([*every[max(0, here - 1) : here + 1], around])
    if any(mark.flags and mark.span.overlaps(near) for mark in marks):
        return False
    lines = text[around.start - _indent(text, around.start) : around.end].split("\n")
    return not any(_SET_OFF.match(line) for line in lines) and not _led_to(reading, every[:here], marks)


def _indent(text: str, start: int) -> int:
    """How many spaces stand before a paragraph in its line."""
    return start - (text.rfind("\n", 0, start) + 1)


def _led_to(reading: Reading, before: Sequence[Span], marks: Sequence[Quotation]) -> bool:
    """Whether a paragraph before ends in a colon, and only paragraphs in which nobody is quoted stand between."""
    text = reading.article.text
    for one in reversed(before):
        if one.cut(text).rstrip().endswith(":"):
            return True
        if any(mark.span.overlaps(one) for mark in marks) or any(one.overlaps(s.extent) for s in reading.statements):
            return False
    return False


def tells(reading: Reading, span: Span) -> bool:
    """Whether the sentence of some words tells that somebody speaks, is told by an "I", or goes on with a report.

    It goes on with one where the sentence before it in its paragraph reports somebody's words without marks.
    """
    sentence = hull([span, *(one for one in reading.sentences if one.overlaps(span))])
    keys = {word.key.partition("'")[0] for word in words(sentence.cut(reading.article.text))}
    if keys & (forms_quoting(Quoting.SPEECH, Quoting.THOUGHT) | listed("first_person.txt")):
        return True
    paragraph = next((one for one in paragraphs(reading.article.text) if one.overlaps(span)), sentence)
    before = [one for one in reading.sentences if one.end <= sentence.start and one.overlaps(paragraph)][-1:]
    reported = [said for said in reading.statements if said.manner is not Manner.DIRECT]
    here = any(said.extent.overlaps(sentence) for said in reading.statements)
    return here or any(said.extent.overlaps(one) for said in reported for one in before)


def title_differs(quote: Quote, asked: str) -> bool:
    """Whether a name is asked about as a man's and printed as a woman's: "Ms. Lee" is no "Mr. Lee"."""
    typed, printed = (_TITLED.match(text) for text in (asked, quote.mention or ""))
    return bool(typed and printed and (typed["man"] is None) != (printed["man"] is None))


def is_meant(quote: Quote, asked: str) -> bool:
    """Whether a quote's named speaker may be meant by a name or role; "Ms. Lee" is no "Mr. Lee"."""
    return quote.speaker is not None and not title_differs(quote, asked) and is_called(quote.speaker, asked)


def may_be(speaker: Speaker, asked: str) -> bool:
    """Whether an article leaves open who it is, and prints a surname that may be that of who is asked about."""
    return not speaker.key and [fold(speaker.name)] == [fold(word) for word in asked.split()[-1:]]


def is_called(speaker: Speaker, asked: str) -> bool:
    """Whether a named speaker may be meant by a name or role as one would type it. A misspelt name is another name."""
    if not speaker.key:
        return False
    key = speaker_key(asked)
    if " " not in speaker.key and key.split()[-1:] == [speaker.key]:
        return True  # the article prints the surname only
    match = Directory([KnownSpeaker(speaker.key, speaker.name, speaker.description, speaker.aliases, 1, 1)]).find(asked)
    return match is not None and match.matched_by is not MatchedBy.MISSPELT
