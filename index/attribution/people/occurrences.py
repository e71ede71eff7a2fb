"""Takes the entities and the parse; gives each place outside quotation marks where somebody is spoken of.

Each occurrence has a weight that says how prominent it is. May not know pronouns.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.attribution.layout import Layout
from index.attribution.people.entities import Entities
from index.attribution.people.entity import Entity
from index.attribution.people.mentions import Kind, role
from index.attribution.people.roles import is_role_noun
from index.language.lexicon import Quoting, quoting
from index.language.names import fold
from index.language.syntax import ANY_SUBJECT
from index.types import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

# How prominent a mention is by its relation, and by what it is part of. Set on hand-read articles; the entities that
# come of them are flat around these values.
_WEIGHTS = {
    "nsubj": 1.0, "nsubjpass": 0.9, "csubj": 0.9, "ROOT": 0.6, "agent": 0.6, "dobj": 0.5, "dative": 0.5, "pobj": 0.45,
    "poss": 0.45, "compound": 0.15, "nmod": 0.15,
}  # fmt: skip
_OTHERWISE = 0.4
_OF_SPEECH = 1.1  # the subject of a verb of speech
_EMBEDDED = 0.4  # the subject of a clause within another
_DESCRIBED, _DESCRIBED_OBJECT = 0.4, 0.3  # one who has no name
_UNSURE = 0.75  # a name that need not be a person's
_EMBEDDED_CLAUSES = frozenset({"ccomp", "advcl", "relcl", "acl", "pcomp"})
_DESCRIBING_RELATIONS = frozenset({"compound", "appos", "attr", "amod", "nmod", "oprd"})


@dataclass(frozen=True, slots=True)
class DescribedPerson:
    """Somebody whom the article only describes.

    :param may_rename: Whether the description may be another name for somebody in focus.
    """

    span: Span
    gender: str
    may_rename: bool = False


Referent = Entity | DescribedPerson


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A place where somebody is spoken of.

    :param weight: How prominently, 0 to about 1.
    :param span: The words that name, describe or stand for him or her.
    """

    who: Referent
    token: int
    sentence: int
    paragraph: int
    role: str
    weight: float
    span: Span


def occurrence(layout: Layout, who: Referent, token: Token, span: Span | None = None) -> Occurrence:
    """The occurrence of somebody's being spoken of at a token."""
    relation = role(token)
    weight = _WEIGHTS.get(relation, _OTHERWISE)
    subject = relation in ANY_SUBJECT
    if isinstance(who, DescribedPerson):
        weight *= _DESCRIBED if subject else _DESCRIBED_OBJECT
    elif who.kind is not Kind.PERSON:
        weight *= _UNSURE
    if subject:
        weight *= _OF_SPEECH if token.head.lemma_ in quoting(Quoting.SPEECH) else 1.0
        weight *= _EMBEDDED if token.head.dep_ in _EMBEDDED_CLAUSES and not _outermost(token.head) else 1.0
    here = span or Span(token.idx, token.idx + len(token))
    return Occurrence(who, token.i, layout.sentence(token), layout.paragraph(token.idx), relation, weight, here)


def named_occurrences(layout: Layout, entities: Entities) -> list[Occurrence]:
    """The names of persons outside quotation marks and headlines, in order."""
    return [
        occurrence(layout, entity, layout.doc[mention.token], mention.span)
        for mention, entity in zip(entities.mentions, entities.of, strict=True)
        if entity is not None and not mention.heading and mention.quotation < 0
        if entity.kind in {Kind.PERSON, Kind.UNKNOWN}
    ]


def quoted_names(entities: Entities) -> dict[int, set[int]]:
    """Who is named in each quotation, by `id`."""
    found: dict[int, set[int]] = defaultdict(set)
    for mention, entity in zip(entities.mentions, entities.of, strict=True):
        if mention.quotation >= 0 and entity is not None:
            found[mention.quotation].add(id(entity))
    return found


def person_nouns(layout: Layout, entities: Entities) -> Iterator[Token]:
    """The nouns for one person that stand without a name beside them, outside quotation marks and headlines."""
    named = zip(entities.mentions, entities.of, strict=True)
    spans = [(mention.run.title_start, mention.run.end) for mention, entity in named if entity is not None]
    starts = [start for start, _ in spans]
    for i, word in enumerate(layout.words):
        if not is_role_noun(fold(word)):
            continue
        token = layout.doc[i]
        if token.tag_ not in {"NN", "NNP"} or token.dep_ in _DESCRIBING_RELATIONS:
            continue
        if layout.quotation(token.idx) >= 0 or layout.heading(token.idx):
            continue
        near = bisect_left(starts, token.idx)
        before_a_name = near < len(spans) and spans[near][0] - token.idx - len(token) <= 2
        if not before_a_name and not (near and spans[near - 1][1] > token.idx):
            yield token


def is_age(token: Token) -> bool:
    """Whether a token ends an age that stands for a person whom the reader knows: "the 18-year-old said".

    Not "an 18-year-old", who is new, nor "the 18-year-old student".
    """
    if token.lower_ != "old" or token.i < 4 or token.nbor(-2).lower_ != "year" or not token.nbor(-4).like_num:
        return False
    before = token.nbor(-5).lower_ if token.i > 4 else ""
    describes = token.head.i > token.i and token.head.pos_ in {"NOUN", "PROPN"}
    return before not in {"a", "an"} and not describes


def _outermost(verb: Token) -> bool:
    """Whether a verb that the parse puts under another is the sentence's own: "it works, she said".

    So too where its clause leads up to what is quoted: 'Lee saw it otherwise: "It works," she said'.
    """
    last = verb.right_edge.i
    leads = ":" in {token.text for token in verb.doc[last - 1 : last + 2]}
    return leads or any(child.dep_ in {"ccomp", "parataxis"} and child.i < verb.i for child in verb.children)
