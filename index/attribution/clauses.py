"""Clauses: a parsed article in, what the grammar says was said, thought, planned or wished out.

Knows syntax and word lists. Does not know quotation marks, speakers or storage.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.attribution.types import Attribution
from index.types import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})


@dataclass(frozen=True, slots=True)
class Predicate:
    """A verb that somebody does, so that a quotation beside it may be what he or she said.

    `verb` is the verb itself, `cue` the verb with its auxiliaries and particles, `source` its subject as printed;
    `clause` reaches from its first to its last word; `filled` says that the grammar already gives it a clause as object.
    """

    verb: Span
    cue: Span
    source: Span | None
    clause: Span
    lemma: str
    filled: bool


def attributions(doc: Doc, sentences: Sequence[Span]) -> list[Attribution]:
    """Everything that the grammar says was said or thought, in order of the cue; contents may nest.

    :param doc: A parsed article (tags, dependencies and lemmas).
    :param sentences: Its sentences, in order; no content crosses their ends.
    """
    found = []
    for token in doc:
        for child in token.children:
            if child.dep_ == "ccomp" and token.pos_ in {"VERB", "AUX"}:
                source = subject(token)
                found.append(Attribution(_content(child, token), _cue(token), source and _phrase(source)))
    return found


def predicates(doc: Doc, sentences: Sequence[Span]) -> list[Predicate]:
    """Every verb with its subject, in order: what a quotation may complete.

    :param doc: A parsed article (tags, dependencies and lemmas).
    :param sentences: Its sentences, in order.
    """
    return list(_predicates(doc))


def _predicates(doc: Doc) -> Iterator[Predicate]:
    for token in doc:
        if token.pos_ != "VERB":
            continue
        source = subject(token)
        yield Predicate(
            _span(token, token), _cue(token), source and _phrase(source),
            _span(token.left_edge, token.right_edge), token.lemma_,
            any(child.dep_ == "ccomp" for child in token.children),
        )


def subject(verb: Token) -> Token | None:
    """The head word of whoever does this verb, climbing from participles and conjuncts to the verb that has one."""
    for _ in range(4):
        for child in verb.children:
            if child.dep_ in SUBJECTS:
                return child
        if verb.dep_ in {"conj", "advcl", "xcomp", "aux"}:
            verb = verb.head
        elif verb.dep_ in {"acl", "relcl"}:
            return verb.head
        else:
            return None
    return None


def _phrase(noun: Token) -> Span:
    return _span(noun.left_edge, noun.right_edge)


def _cue(verb: Token) -> Span:
    first = last = verb
    for child in verb.lefts:
        if child.dep_ in {"aux", "auxpass", "neg"} and child.i < first.i:
            first = child
    for child in verb.rights:
        if child.dep_ == "prt" and child.i == verb.i + 1:
            last = child
    return _span(first, last)


def _content(clause: Token, verb: Token) -> tuple[Span, ...]:
    doc, start, end = clause.doc, clause.left_edge.i, clause.right_edge.i
    if start <= verb.i <= end:  # "A, he said, B": the cue stands inside what was said
        pieces = [(start, verb.left_edge.i - 1), (verb.right_edge.i + 1, end)]
    else:
        pieces = [(start, end)]
    return tuple(_span(doc[a], doc[b]) for a, b in pieces if a <= b)


def _span(first: Token, last: Token) -> Span:
    return Span(first.idx, last.idx + len(last))
