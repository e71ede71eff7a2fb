"""Clauses: takes a parsed article; gives what its grammar reports as said, thought, planned or wished.

Knows syntax and the lexicon. Does not know quotation marks, speakers or storage.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.attribution.cues.contents import spans, words
from index.attribution.cues.frames import Frame, children, frames, verb_cue
from index.attribution.cues.likelihood import likelihood
from index.attribution.types import Attribution
from index.language.names import fold
from index.language.syntax import phrase, subject
from index.language.wordlists import nouns_for_speakers
from index.types import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LIKELY = 3.3  # of ten; below it a frame is left to the reporter
_CERTAIN = 4.0  # of ten; at least this, for one who is quoted by another
_LIKELY_LENGTH = 1_000  # tokens; the longer a content is, the likelier
_REPORTS = frozenset("ccomp before according parataxis".split())


@dataclass(frozen=True, slots=True)
class Predicate:
    """A verb that somebody does, so that a quotation beside it may be what he or she said.

    `verb` is the verb itself, `cue` the verb with its auxiliaries and particles, `source` its subject as printed;
    `clause` reaches from its first to its last word; `filled` says that the grammar already gives it a clause.
    """

    verb: Span
    cue: Span
    source: Span | None
    clause: Span
    lemma: str
    filled: bool


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A frame with its content's tokens and its likelihood, of ten."""

    frame: Frame
    content: list[int]
    likely: float


def attributions(doc: Doc, sentences: Sequence[Span]) -> list[Attribution]:
    """Everything that the grammar says was said or thought, in order of the cue; contents may nest.

    :param doc: A parsed article (tags, dependencies and lemmas).
    :param sentences: Its sentences, in order; no content crosses their ends.
    """
    candidates = [c for token in doc for c in _best(token)]
    found = []
    for one in _outer_first(candidates, len(doc)):
        content = spans(doc, one.content)
        source = phrase(one.frame.source, one.frame.cue) if one.frame.source is not None else None
        if content and (source is not None or one.frame.source is None):
            found.append(Attribution(content, _between(doc, *one.frame.cue), source))
    return sorted(found, key=lambda a: a.cue.start if a.cue else a.content[0].start)


def predicates(doc: Doc, sentences: Sequence[Span]) -> list[Predicate]:
    """Every verb with its subject, in order: what a quotation may complete.

    :param doc: A parsed article (tags, dependencies and lemmas).
    :param sentences: Its sentences, in order.
    """
    return list(_predicates(doc))


def _best(token: Token) -> Iterator[_Candidate]:
    """The likeliest frames that a word heads and whose contents do not overlap."""
    candidates = []
    for frame in frames(token):
        if likelihood(frame, _LIKELY_LENGTH) < _LIKELY:  # however long its content is
            continue
        content = words(frame)
        likely = likelihood(frame, len(content))
        if content and likely >= _LIKELY and _can_tell(frame):
            candidates.append(_Candidate(frame, content, likely))
    taken: set[int] = set()
    for one in sorted(candidates, key=lambda c: -c.likely):
        if taken.isdisjoint(one.content):
            taken.update(one.content)
            yield one


def _can_tell(frame: Frame) -> bool:
    """Whether a source can speak: a measure cannot ("according to its weight"), nor can a question's "who"."""
    source = frame.source
    if source is not None and source.tag_ == "WP" and source.head.dep_ in {"pcomp", "ccomp"}:
        return False
    if frame.name != "according" or source is None or source.tag_ != "NN":
        return True
    owned = any(child.tag_ == "PRP$" for child in source.children)
    return not owned or fold(source.lemma_) in nouns_for_speakers()


def _outer_first(candidates: list[_Candidate], length: int) -> Iterator[_Candidate]:
    """The candidates without those that stand inside what a kept one says, unless somebody else is reported there."""
    said = bytearray(length)
    contents: set[tuple[int, ...]] = set()
    for one in sorted(candidates, key=lambda c: (-len(c.content), -c.likely)):
        if tuple(one.content) in contents:
            continue
        if said[one.frame.head.i] and not _reported(one):
            continue
        contents.add(tuple(one.content))
        for number in one.content:
            said[number] = 1
        yield one


def _reported(one: _Candidate) -> bool:
    """Whether a frame inside what another says gives a named speaker's words: Smith said Jones told him that ..."""
    source = one.frame.source
    return one.likely >= _CERTAIN and one.frame.name in _REPORTS and source is not None and source.pos_ == "PROPN"


def _predicates(doc: Doc) -> Iterator[Predicate]:
    for token in doc:
        if token.pos_ != "VERB":
            continue
        kids, source = children(token), subject(token)
        cue = verb_cue(token, kids)
        yield Predicate(
            _between(doc, token.i, token.i),
            _between(doc, *cue),
            phrase(source, cue) if source is not None else None,
            _between(doc, token.left_edge.i, token.right_edge.i),
            token.lemma_,
            bool(kids["ccomp"]),
        )


def _between(doc: Doc, first: int, last: int) -> Span:
    first, last = sorted((first, last))
    return Span(doc[first].idx, doc[last].idx + len(doc[last]))
