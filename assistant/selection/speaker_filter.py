"""Theirs: found passages and whom a question asks about in, the passages that are theirs first, or alone, out.

By name only: a role ("the mayor") fits more than one, and a misspelt name may be nobody's. Tells, too, whether who is
named speaks there at all, and whose word a fact in a passage is. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import replace
from functools import cache

from assistant.query.directory import How
from assistant.query.question import Question
from assistant.query.resolution import Asked
from assistant.retrieval.search import Found
from index.attribution.linking.polls import is_share
from index.language.amounts import Amount, holds
from index.language.names import fold, person_words
from index.language.word_forms import WORD, listed, stem
from index.language.wordlists import sections
from index.passages import voice
from index.types import Manner, Resolution, Statement

TELLING = ("asking.txt", "reacting.txt", "voicing.txt")
VOUCHING = ("opinions.txt", "wishing.txt")  # words that do, and that do not
AHEAD = 1.0  # added to the score of those who were asked about; the first few passages are about as far apart

POLLED = re.compile(r"\b(?:polls?|polled|surveys?|surveyed|respondents|pollsters?)\b", re.IGNORECASE)

Scored = tuple[float, Found]


def asked_about(one: Found) -> bool:
    """Whether a passage is by somebody who was asked about, or who is named after him or her.

    "Russia" is asked about, and "Russia's Defense Ministry" and "the Russia report" speak.
    """
    return one.features["asked"] > 0 or one.features["role"] >= 1


def may_be_theirs(one: Found, asked: Asked) -> bool:
    """Whether a passage is by a bare surname, of whom the article does not tell, that may be who was asked about.

    "Lee said", where the article names Ann Lee and Bo Lee.
    """
    speaker = one.statement.speaker if one.statement else None
    people = (person_words(match.name.split())[0] for match in asked.named if match.how is not How.ROLE)
    return speaker is not None and any(
        len(person) > 1 and fold(speaker.name) == person[-1] and _named([" ".join(person)], one.article.text)
        for person in people
    )


def speaks(one: Found) -> bool:
    """Whether a passage's speaker says or thinks something in it, and is not only told to do it ("Lee won it").

    Nor told not to have said it.
    """
    said = one.statement
    if said is None or said.denied:
        return False
    every = voice(said, one.beside)
    cues = [WORD.findall(other.cue.cut(one.article.text)) for other in every if other.cue]
    quoted = any(other.cue is None or other.manner is not Manner.INDIRECT for other in every)
    return quoted or any(not cue or _holds(cue, _telling()) for cue in cues)  # "LEE: It is."


def _holds(cue: Sequence[str], verbs: Set[frozenset[str]]) -> bool:
    """Whether a cue has one of some verbs, each given as the stems of its words."""
    stems = frozenset(map(stem, cue))
    return any(verb <= stems for verb in verbs)


@cache
def _telling() -> frozenset[frozenset[str]]:
    """Verbs that tell that somebody says or thinks something, each as the stems of its words: "hit back"."""
    reporting = sections("reporting.txt")
    verbs = {verb for name in TELLING for verb in listed(name)} | reporting["said"] | reporting["thought"]
    return frozenset(frozenset(map(stem, verb.split())) for verb in verbs)


def by_name(asked: Asked) -> bool:
    """Whether the words of somebody are asked for, and all who are asked about are known by name."""
    said_by = asked.question.said_by
    return 0 < len(said_by) <= len(asked.named) and all(match.how is How.NAME for match in asked.named)


def ahead(best: Sequence[Scored], asked: Asked) -> Sequence[Scored]:
    """Passages with those further ahead whose speakers were asked about by name, or have one where "which" asks it."""
    if by_name(asked):
        return sorted(best, key=lambda pair: -(pair[0] + AHEAD * (asked_about(pair[1]) and speaks(pair[1]))))
    if asked.question.which:  # "Which senator said"
        return sorted(best, key=lambda pair: -(pair[0] - AHEAD * only_described(pair[1])))
    return best


def only_described(one: Found) -> bool:
    """Whether a passage is told by somebody who is only described: "one lawmaker", "a labor official"."""
    said = one.statement
    return said is not None and said.resolution is Resolution.DESCRIPTION and not (said.speaker and said.speaker.key)


def only(best: Sequence[Scored], asked: Asked) -> Sequence[Scored]:
    """Passages without those of others, where the words of somebody named are asked for and nobody else's."""
    if not by_name(asked) or asked.question.by_whom or asked.question.sides:
        return best
    names = [match.name for match in asked.named]
    kept = (asked_about(one) or may_be_theirs(one, asked) or _touches(one, names) for _, one in best)
    return [pair for pair, keep in zip(best, kept, strict=True) if keep]


def whose_word(one: Found, question: Question) -> Found:
    """A passage as the word of whoever tells the fact that is asked for: its speaker, another, or the reporter.

    "Ann Lee, who held the post for 12 years, said no": how long she did is the reporter's word, and so is what she is
    told to have asked for or to have done. What a poll or a share of people says is left to them: "12% said no".
    """
    said, kind = one.statement, question.amount
    if said is None or question.said_by or question.by_whom or question.sides:
        return one
    every = (said, *one.beside)
    if kind is None:
        asked_of = said.speaker is not None and _named([said.speaker.name], question.text, 1)
        teller = said if asked_of or any(_vouches(other, one) for other in voice(said, one.beside)) else None
    else:
        teller = next((other for other in every if _vouches(other, one) and _tells(other, one, kind)), None)
        if teller is None and not _told_outside(one, kind, every) and _vouches(said, one):
            return one
    return replace(one, statement=teller, passage=replace(one.passage, statement=teller.number if teller else None))


def _vouches(said: Statement, one: Found) -> bool:
    """Whether somebody tells what is so, and does not only ask for it, wish it or do it."""
    if said.cue is None or said.manner is not Manner.INDIRECT or _by_poll(said, one):
        return True
    cue = WORD.findall(said.cue.cut(one.article.text))
    return not cue or _holds(cue, _vouching())


@cache
def _vouching() -> frozenset[frozenset[str]]:
    """Words by which somebody vouches for what is told, as by those of wishing and doing nobody does."""
    opinions, wishing = (frozenset(frozenset({stem(word)}) for word in listed(name)) for name in VOUCHING)
    return (_telling() | opinions) - wishing


def _told_outside(one: Found, kind: Amount, every: Sequence[Statement]) -> bool:
    """Whether a number of a kind stands in a passage outside of what anybody says in it."""
    text, extent = one.article.text, one.passage.extent
    inside = [piece for said in every for piece in said.content]
    rest = (at for at in range(extent.start, extent.end) if not any(p.start <= at < p.end for p in inside))
    return holds("".join(text[at] for at in rest), kind)


def _tells(said: Statement, one: Found, kind: Amount) -> bool:
    """Whether a number of a kind stands in what somebody says in a passage."""
    text = one.article.text
    told = any(holds(piece.cut(text), kind) for other in voice(said, one.beside) for piece in other.content)
    return told or _by_poll(said, one)


def _by_poll(said: Statement, one: Found) -> bool:
    """Whether a poll says it, or a share of people."""
    pieces = (said.source, said.antecedent)
    by = " ".join(piece.cut(one.article.text) for piece in pieces if piece)
    return POLLED.search(by) is not None or is_share(by)


def naming(best: Iterable[Scored], names: Sequence[str]) -> list[Scored]:
    """The passages in which one of these names stands."""
    return [pair for pair in best if _named(names, pair[1].passage.extent.cut(pair[1].article.text))]


def _touches(one: Found, names: Sequence[str]) -> bool:
    """Whether a passage that is not theirs names them; where nobody is known to speak, whether its article does.

    So too of the prose of a signed piece. Of a namesake's passage it is the whole name that counts.
    """
    speaker = one.statement.speaker if one.statement and one.statement.resolution is not Resolution.SIGNED else None
    if speaker is None:
        return _named(names, one.article.text, 1)
    namesake = any(name.split()[-1] == speaker.name.split()[-1] for name in names)
    return _named(names, one.passage.extent.cut(one.article.text), 2 if namesake else 1)


def _named(names: Iterable[str], text: str, size: int = 2) -> bool:
    """Whether a text has one of these names, by its last `size` words."""
    plain = " ".join(text.split())
    ends = (" ".join(name.split()[-size:]) for name in names)
    return any(re.search(rf"\b{re.escape(end)}\b", plain, re.IGNORECASE) for end in ends)
