"""Likelihood: takes a frame; gives the probability, in tenths, that it reports somebody's words or thoughts.

The number is that of the frame and the class of its word (data/frames.csv, by judgement). Every doubt that the sentence
gives (a condition, a wish, a source that cannot speak) halves it. Knows syntax and the lexicon.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from index.attribution.cues.frames import Frame
from index.language.lexicon import PartOfSpeech, WordClass, lexicon
from index.language.names import fold
from index.language.syntax import MODALS
from index.language.wordlists import nouns_for_speakers, rows, words

if TYPE_CHECKING:
    from spacy.tokens import Token

NUMBERS = "frames.csv"
_OPEN = re.compile(r"(.*[+>.])([a-z]+)")  # a frame whose last part is a preposition
_PARTS_OF_SPEECH = {
    "light.": PartOfSpeech.NOUN,
    "noun.": PartOfSpeech.NOUN,
    "be.noun.": PartOfSpeech.NOUN,
    "doer.": PartOfSpeech.NOUN,
    "view.": PartOfSpeech.NOUN,
    "be.adj.": PartOfSpeech.ADJECTIVE,
    "adj.": PartOfSpeech.ADJECTIVE,
    "adverb": PartOfSpeech.ADVERB,
}
_THINGS = frozenset({"it", "that", "this", "these", "there", "what"})
_DEPENDENT = {"dep": 2.0, "acl": 0.8, "pobj": 0.8, "ccomp": 0.8, "relcl": 0.3}
_SOURCELESS = ("adverb", "raised", "passive", "noun.", "view", "doer", "adj")


def likelihood(frame: Frame, length: int) -> float:
    """The probability, in tenths, that the frame reports what somebody said or thought.

    :param length: Of the content, in tokens.
    """
    tenths = likelihood_tenths(frame.name, frame.word)
    return tenths * 0.5 ** _doubts(frame, length) if tenths else 0.0


@lru_cache(maxsize=10_000)
def likelihood_tenths(name: str, word: str) -> int:
    """A frame's number for a word: that of the word's class where it reports in such frames, else the common one."""
    row, preposition = _numbers().get(name), ""
    if row is None:
        stem = re.match(_OPEN, name)
        row = _numbers().get(f"{stem[1]}PREP") if stem else None
        preposition = stem[2] if stem else ""
    if row is None:
        return 0
    known = lexicon().get((word, _part(name)))
    if known is None:
        return int(row["other"])
    if known.word_class is WordClass.NOTHING:
        return 0
    family = preposition if row["in"] == "PREP" else row["in"]
    return int(row[known.word_class if family in known.frames else "other"])


def _part(name: str) -> PartOfSpeech:
    """The part of speech of the words that stand in a frame."""
    return next((part for start, part in _PARTS_OF_SPEECH.items() if name.startswith(start)), PartOfSpeech.VERB)


@cache
def _numbers() -> dict[str, dict[str, str]]:
    """Each row of the table of frames, by the frame's name."""
    return {row["frame"]: row for row in rows(NUMBERS)}


def _doubts(frame: Frame, length: int) -> float:
    """How often to halve."""
    head = frame.head
    helpers = [c.lower_ for c in head.children if c.dep_ == "aux"]
    doubts = 1.0 * any(h in MODALS for h in helpers) + 0.2 * ("to" in helpers) + _DEPENDENT.get(head.dep_, 0.0)
    doubts += 1.2 if length <= 2 else 0.5 if length <= 5 else 0.0
    if frame.source is not None:
        return doubts + _cannot_speak(frame.source, head)
    return doubts + 0.8 * (not frame.name.startswith(_SOURCELESS))


def _cannot_speak(source: Token, verb: Token) -> float:
    if source.lower_ in _THINGS:
        return 1.3
    if verb.dep_ == "xcomp" and verb.tag_ == "VBG" and source.head == verb.head:  # "was heard saying"
        return 0.0
    return {"dobj": 2.0, "nsubjpass": 1.0}.get(source.dep_, 0.5 * _lifeless(source))


def _lifeless(source: Token) -> bool:
    """Whether a source is a noun that no list has for people or a body: "the scale of the plan", "the bombers"."""
    named = source.text[0].isupper() and not source.is_sent_start
    can_speak = nouns_for_speakers() | words("groups.txt")
    return source.tag_ in {"NN", "NNS"} and not named and can_speak.isdisjoint((fold(source.text), fold(source.lemma_)))
