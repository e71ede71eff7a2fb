"""Takes "they" or "it"; gives the earlier subject that it stands for.

It looks back two sentences, outside quotation marks. The subject that it finds may be a pronoun again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.attribution.layout import Layout
from index.attribution.people.entities import Entities
from index.attribution.people.mentions import Kind
from index.language.names import fold
from index.language.syntax import ANY_SUBJECT
from index.language.wordlists import sections
from index.types import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_SENTENCES_BACK = 2
_TOKENS_BACK = 120


def earlier_subject(layout: Layout, entities: Entities, pronoun: Token, plural: bool) -> Token | None:
    """The subject that "they" (plural) or "it" stands for: the first that fits in the nearest sentence, or None."""
    here = layout.sentence(pronoun)
    found: dict[int, Token] = {}
    for i in range(pronoun.i - 1, max(-1, pronoun.i - _TOKENS_BACK), -1):
        token = layout.doc[i]
        sentence = layout.sentence(token)
        if here - sentence > _SENTENCES_BACK or layout.paragraph(pronoun.idx) - layout.paragraph(token.idx) > 1:
            break
        if layout.quotation(token.idx) >= 0 or token.dep_ not in ANY_SUBJECT or layout.heading(token.idx):
            continue
        if token.head.i == pronoun.head.i or (sentence == here and pronoun.head.is_ancestor(token)):
            continue
        if _many(token) if plural else _thing(token, entities):
            found[sentence] = token
    return found[max(found)] if found else None


def noun_phrase(noun: Token) -> Span:
    """A noun with the words that belong to it, without clauses."""
    start = max(noun.left_edge.i, noun.i - 12)
    stop = noun.i
    for token in noun.doc[noun.i + 1 : noun.right_edge.i + 1]:
        if token.dep_ in {"relcl", "acl", "punct", "mark"} or token.is_space:
            break
        stop = token.i
    first, last = noun.doc[start], noun.doc[stop]
    return Span(first.idx, last.idx + len(last))


def _many(token: Token) -> bool:
    """Whether a subject is plural: by its form, or several joined by "and"."""
    if token.tag_ in {"NNS", "NNPS"} or token.lower_ == "they":
        return True
    return token.pos_ in {"NOUN", "PROPN"} and any(child.dep_ == "conj" for child in token.children)


def _thing(token: Token, entities: Entities) -> bool:
    """Whether a subject is a body or a paper, or "it"."""
    if token.lower_ == "it":
        return True
    if token.tag_ in {"NNS", "NNPS"}:
        return False
    i = entities.ending_at(token.idx + len(token))
    if i is not None:
        return entities.kind(i) in {Kind.BODY, Kind.PLACE} or (entities.kind(i) is Kind.UNKNOWN)
    lists = sections("bodies.txt")
    return fold(token.text) in lists[""] or fold(token.text) in lists["papers"]
