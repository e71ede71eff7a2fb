"""Likelihood: a frame in, in how many of ten such uses somebody's words or thoughts are told, out.

The word lists say it of a word in its frame; every doubt that the sentence gives (a condition, a wish, nobody who could
speak) halves it. The lists were counted by reading news; they hold words and numbers, no text.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from index.attribution.cues.frames import Frame
from index.language.names import fold
from index.language.wordlists import nouns_for_speakers, sections, words

if TYPE_CHECKING:
    from spacy.tokens import Token

LISTS = "frames.txt"
_ANY = "*"  # stands in a list for every word that no list of the frame has
_MODALS = frozenset(
    {"would", "will", "could", "should", "may", "might", "can", "must", "’ll", "'ll", "’d", "'d", "wo", "ca"}
)
_THINGS = frozenset({"it", "that", "this", "these", "there", "what"})
_DEPENDENT = {"dep": 2.0, "acl": 0.8, "pobj": 0.8, "ccomp": 0.8, "relcl": 0.3}
_SOURCELESS = ("adverb", "raised", "passive", "noun.", "view", "doer", "adj")


def likelihood(frame: Frame, length: int) -> float:
    """In how many of ten such uses the frame tells what somebody said or thought.

    :param length: Of the content, in tokens.
    """
    listed = _words().get(frame.name)
    if listed is None:
        return 0.0
    tenths = listed.get(frame.word, listed.get(_ANY, 0))
    return tenths * 0.5 ** _doubts(frame, length) if tenths else 0.0


@cache
def _words() -> dict[str, dict[str, int]]:
    """Frame to word to tenths."""
    found: dict[str, dict[str, int]] = {}
    for title, section in sections(LISTS).items():
        name, tenths = title.split()
        found.setdefault(name, {}).update(dict.fromkeys(section, int(tenths)))
    return found


def _doubts(frame: Frame, length: int) -> float:
    """How often to halve."""
    head = frame.head
    helpers = [c.lower_ for c in head.children if c.dep_ == "aux"]
    doubts = 1.0 * any(h in _MODALS for h in helpers) + 0.2 * ("to" in helpers) + _DEPENDENT.get(head.dep_, 0.0)
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
