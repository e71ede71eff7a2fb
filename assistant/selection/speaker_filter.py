"""Puts the passages of the speakers asked about first, or keeps only those.

It keeps only those where a speaker is asked about by name: a role ("the mayor") fits more than one, and a misspelt name
may be nobody's. Also says whether a named speaker speaks in these passages, and who vouches for a fact. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import replace
from functools import cache

from assistant.query.directory import MatchedBy
from assistant.query.question import Question
from assistant.query.resolution import Query
from assistant.retrieval.search import Candidate
from index.attribution.linking.polls import is_share
from index.language.amounts import Amount, holds
from index.language.lexicon import PartOfSpeech, Truth, telling_words
from index.language.names import fold, person_words
from index.language.word_forms import WORD, stem
from index.passages import by_same_speaker
from index.types import Manner, Resolution, Statement

SPEAKER_ASKED_BONUS = (
    1.0  # added to the score of those who were asked about; the first few passages are about as far apart
)

POLLED = re.compile(r"\b(?:polls?|polled|surveys?|surveyed|respondents|pollsters?)\b", re.IGNORECASE)

ScoredCandidate = tuple[float, Candidate]


def is_by_speaker_asked(one: Candidate) -> bool:
    """Whether a passage is by somebody who was asked about, or who is named after him or her.

    "Russia" is asked about, and "Russia's Defense Ministry" and "the Russia report" speak.
    """
    return one.features["asked"] > 0 or one.features["role"] >= 1


def may_be_by_speaker_asked(one: Candidate, query: Query) -> bool:
    """Whether a passage is by a bare surname, of whom the article does not tell, that may be who was asked about.

    "Lee said", where the article names Ann Lee and Bo Lee.
    """
    speaker = one.statement.speaker if one.statement else None
    people = (person_words(match.name.split())[0] for match in query.named if match.matched_by is not MatchedBy.ROLE)
    return speaker is not None and any(
        len(person) > 1 and fold(speaker.name) == person[-1] and _contains_name([" ".join(person)], one.article.text)
        for person in people
    )


def speaks(one: Candidate) -> bool:
    """Whether a passage's speaker says or thinks something in it, and is not only told to do it ("Lee won it").

    Nor told not to have said it.
    """
    said = one.statement
    if said is None or said.denied:
        return False
    every = by_same_speaker(said, one.within)
    cues = [WORD.findall(other.cue.cut(one.article.text)) for other in every if other.cue]
    quoted = any(other.cue is None or other.manner is not Manner.INDIRECT for other in every)
    return quoted or any(not cue or _has_verb(cue, _speech_verbs()) for cue in cues)  # "LEE: It is."


def _has_verb(cue: Sequence[str], verbs: Set[frozenset[str]]) -> bool:
    """Whether a cue has one of some verbs, each given as the stems of its words."""
    stems = frozenset(map(stem, cue))
    return any(verb <= stems for verb in verbs)


@cache
def _speech_verbs() -> frozenset[frozenset[str]]:
    """Words that tell that somebody says or thinks something, each as the stems of its words: "hit back"."""
    words = telling_words(PartOfSpeech.VERB, PartOfSpeech.PREPOSITION)
    return frozenset(frozenset(map(stem, word.split())) for word in words)


def asks_named_speakers(query: Query) -> bool:
    """Whether the words of somebody are asked for, and all who are asked about are known by name."""
    said_by = query.question.said_by
    return 0 < len(said_by) <= len(query.named) and all(match.matched_by is MatchedBy.NAME for match in query.named)


def rank_speakers_asked_first(best: Sequence[ScoredCandidate], query: Query) -> Sequence[ScoredCandidate]:
    """Passages with those further ahead whose speakers were asked about by name, or have one where "which" asks it."""
    if asks_named_speakers(query):
        return sorted(
            best, key=lambda pair: -(pair[0] + SPEAKER_ASKED_BONUS * (is_by_speaker_asked(pair[1]) and speaks(pair[1])))
        )
    if query.question.which:  # "Which senator said"
        return sorted(best, key=lambda pair: -(pair[0] - SPEAKER_ASKED_BONUS * has_unnamed_speaker(pair[1])))
    return best


def has_unnamed_speaker(one: Candidate) -> bool:
    """Whether a passage is told by somebody who is only described: "one lawmaker", "a labor official"."""
    said = one.statement
    return said is not None and said.resolution is Resolution.DESCRIPTION and not (said.speaker and said.speaker.key)


def keep_speakers_asked(best: Sequence[ScoredCandidate], query: Query) -> Sequence[ScoredCandidate]:
    """Passages without those of others, where the words of somebody named are asked for and nobody else's."""
    if not asks_named_speakers(query) or query.question.by_whom or query.question.sides:
        return best
    names = [match.name for match in query.named]
    kept = (
        is_by_speaker_asked(one) or may_be_by_speaker_asked(one, query) or _names_speaker_asked(one, names)
        for _, one in best
    )
    return [pair for pair, keep in zip(best, kept, strict=True) if keep]


def attribute_fact(one: Candidate, question: Question) -> Candidate:
    """A passage as the word of whoever tells the fact that is asked for: its speaker, another, or the reporter.

    "Ann Lee, who held the post for 12 years, said no": how long she did is the reporter's word, and so is what she is
    told to have asked for or to have done. What a poll or a share of people says is left to them: "12% said no".
    """
    said, kind = one.statement, question.amount
    if said is None or question.said_by or question.by_whom or question.sides:
        return one
    every = (said, *one.within)
    if kind is None:
        asked_of = said.speaker is not None and _contains_name([said.speaker.name], question.text, 1)
        teller = said if asked_of or any(_vouches(other, one) for other in by_same_speaker(said, one.within)) else None
    else:
        teller = next((other for other in every if _vouches(other, one) and _says_number(other, one, kind)), None)
        if teller is None and not _number_outside_speech(one, kind, every) and _vouches(said, one):
            return one
    return replace(one, statement=teller, passage=replace(one.passage, statement=teller.number if teller else None))


def _vouches(said: Statement, one: Candidate) -> bool:
    """Whether somebody tells what is so, and does not only ask for it, wish it or do it."""
    if said.cue is None or said.manner is not Manner.INDIRECT or _by_poll(said, one):
        return True
    cue = WORD.findall(said.cue.cut(one.article.text))
    return not cue or _has_verb(cue, _vouching_words())


@cache
def _vouching_words() -> frozenset[frozenset[str]]:
    """Words by which somebody vouches for what is told, as by those of wishing and doing nobody does."""
    words = telling_words(*PartOfSpeech, truths=(Truth.CONFIRMS, Truth.TELLS))
    return frozenset(frozenset(map(stem, word.split())) for word in words)


def _number_outside_speech(one: Candidate, kind: Amount, every: Sequence[Statement]) -> bool:
    """Whether a number of a kind stands in a passage outside of what anybody says in it."""
    text, extent = one.article.text, one.passage.extent
    inside = [piece for said in every for piece in said.content]
    rest = (at for at in range(extent.start, extent.end) if not any(p.start <= at < p.end for p in inside))
    return holds("".join(text[at] for at in rest), kind)


def _says_number(said: Statement, one: Candidate, kind: Amount) -> bool:
    """Whether a number of a kind stands in what somebody says in a passage."""
    text = one.article.text
    told = any(holds(piece.cut(text), kind) for other in by_same_speaker(said, one.within) for piece in other.content)
    return told or _by_poll(said, one)


def _by_poll(said: Statement, one: Candidate) -> bool:
    """Whether a poll says it, or a share of people."""
    pieces = (said.source, said.antecedent)
    by = " ".join(piece.cut(one.article.text) for piece in pieces if piece)
    return POLLED.search(by) is not None or is_share(by)


def keep_naming(best: Iterable[ScoredCandidate], names: Sequence[str]) -> list[ScoredCandidate]:
    """The passages in which one of these names stands."""
    return [pair for pair in best if _contains_name(names, pair[1].passage.extent.cut(pair[1].article.text))]


def _names_speaker_asked(one: Candidate, names: Sequence[str]) -> bool:
    """Whether a passage that is not theirs names them; where nobody is known to speak, whether its article does.

    So too of the prose of a signed piece. Of a namesake's passage it is the whole name that counts.
    """
    speaker = one.statement.speaker if one.statement and one.statement.resolution is not Resolution.SIGNED else None
    if speaker is None:
        return _contains_name(names, one.article.text, 1)
    namesake = any(name.split()[-1] == speaker.name.split()[-1] for name in names)
    return _contains_name(names, one.passage.extent.cut(one.article.text), 2 if namesake else 1)


def _contains_name(names: Iterable[str], text: str, size: int = 2) -> bool:
    """Whether a text has one of these names, by its last `size` words."""
    plain = " ".join(text.split())
    ends = (" ".join(name.split()[-size:]) for name in names)
    return any(re.search(rf"\b{re.escape(end)}\b", plain, re.IGNORECASE) for end in ends)
