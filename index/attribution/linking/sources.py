"""Takes a source phrase; tells whether it is a pronoun, holds names of its own, or is a description with a head noun.

"Clinton campaign spokesman Brian Fallon" and "a spokesman for Mr. Paul" both hold a name that only belongs to the
description; such names are told apart from the source's own.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.attribution.layout import Layout
from index.attribution.people.entities import Entities
from index.attribution.people.mentions import Kind, Mention
from index.attribution.people.occurrences import is_age
from index.attribution.people.roles import is_role_noun
from index.language.names import fold
from index.language.syntax import makers
from index.language.wordlists import sections
from index.types import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_PRONOUNS = frozenset(
    """i we me us my our myself ourselves you your he she it they him her them his hers its their himself herself itself
    themselves who whom which that whose this these those what there both""".split()
)
_PREPOSITIONS = frozenset(
    """of for from at with by in to about on against under over after before including behind near outside inside like
    than as between among around via through throughout across within who whom whose which that where when""".split()
)
_CLAUSE_OPENERS = frozenset("who whom whose which that where when".split())  # the clause describes the noun before
_SHOWN = frozenset({"statement", "report"})  # papers that are those's who release them
_TOPIC_MARKER = re.compile("(?:As for|Of|On) ")
_TOPIC = re.compile(rf"(?:^|[.!?”\n] ?){_TOPIC_MARKER.pattern}$", re.MULTILINE)
_PLAIN = frozenset({"the", "a", "an"})
_OF_OFFICERS = frozenset(
    "chief financial operating executive medical technology technical scientific information marketing".split()
)
_NEW = frozenset({"a", "an", "one", "another"})


@dataclass(frozen=True, slots=True)
class SourcePhrase:
    """A source taken apart; exactly one of `pronoun`, `named` and the bare description holds.

    :param head: The noun that a description turns on.
    :param named: The numbers of the mentions that name the source.
    :param body: Whether the description is a body's proper description: "the Trump campaign".
    """

    span: Span
    head: Token
    pronoun: Token | None = None
    named: tuple[int, ...] = ()
    body: bool = False


def parse_source(layout: Layout, entities: Entities, source: Span) -> SourcePhrase:
    """Take a source apart."""
    span = _without_topic(layout.text, _trimmed(layout.text, source))
    tokens = layout.doc[layout.token(span.start).i : layout.token(span.end - 1).i + 1]
    words = [t for t in tokens if not t.is_punct and not t.is_space]
    head = tokens[-1] if is_age(tokens[-1]) else tokens.root
    if (
        words
        and words[0].lower_ in _PRONOUNS
        and (
            len(words) == 1
            or words[1].text[0] in "'’"
            or words[1].lower_ in _PRONOUNS
            or words[1].lower_ in {"all", "both"}
        )
    ):
        return SourcePhrase(span, words[0], pronoun=words[0])
    named = own_names(layout, entities, span)
    if named:
        return SourcePhrase(span, head, named=named)
    writers = _writers(layout, entities, span, head)
    if writers:
        return SourcePhrase(span, head, named=writers)
    own = [child for child in head.children if child.tag_ == "PRP$" and child.idx >= span.start]
    if own and _is_writing(head):  # "his best response"
        return SourcePhrase(span, head, pronoun=own[0])
    return SourcePhrase(span, head, body=_names_a_body(layout, entities, span, head))


def own_names(layout: Layout, entities: Entities, span: Span) -> tuple[int, ...]:
    """The mentions in a stretch that name it, rather than somebody it is described by: the persons, else the body."""
    starts = entities.starts
    first = bisect_left(starts, span.start)
    if first and entities.mentions[first - 1].run.end > span.start:
        first -= 1
    found: list[int] = []
    for i in range(first, len(starts)):
        mention = entities.mentions[i]
        if mention.run.start >= span.end:
            break
        if _no_name(entities, i) or _describes(layout, span, i, entities):
            continue
        gap = layout.text[entities.mentions[found[-1]].run.end : mention.run.title_start] if found else ""
        persons, person = bool(found) and entities.kind(found[-1]) is Kind.PERSON, entities.kind(i) is Kind.PERSON
        if persons and not person and gap.startswith(","):  # "Ann Lee, Chief Executive, Acme"
            continue
        if found and not _goes_on(gap):
            if persons or not person:
                continue
            found = []
        found.append(i)
    return tuple(found if len(found) > 1 and "and" in layout.text[span.start : span.end].split() else found[:1])


def _no_name(entities: Entities, i: int) -> bool:
    """Whether a mention that belongs to nobody is no name: a party, a headline, a word that begins a sentence."""
    mention, entity = entities.mentions[i], entities.of[i]
    alone = entity is None or len(entity.words) == 1
    if alone and len(mention.words) == 1 and is_role_noun(mention.words[0]):  # "Vice President"
        return True
    last, others = mention.words[-1], mention.words[:-1]
    if _OF_OFFICERS & {*mention.words} and {*others} <= _OF_OFFICERS and (last in _OF_OFFICERS or is_role_noun(last)):
        return True  # "Operating Officer"
    if others and is_role_noun(last) and mention.run.words[-1].text.isupper():  # "Vale PM"
        return True
    if entity is not None:
        return entity.kind is Kind.OTHER
    return mention.kind is Kind.OTHER or mention.heading or mention.doubtful


def _describes(layout: Layout, span: Span, i: int, entities: Entities) -> bool:
    """Whether a name in a source only belongs to a description: "Clinton spokesman", "of Amnesty", "Apple's chief"."""
    text, mention = layout.text, entities.mentions[i]
    end = mention.run.end
    rest = text[end : span.end]
    if mention.run.possessive and rest.lstrip("'’sS").strip(" ,.:"):
        return True
    if is_role_noun(mention.words[-1]) and re.match(r" and \w*[a-z] ", rest):  # "Acme CEO and candidate Ann Lee"
        return True
    coming = entities.mentions[i + 1] if i + 1 < len(entities.mentions) else None
    joined = coming and coming.run.end < span.end and text[end : coming.run.title_start] == " and "
    if coming and joined and text[coming.run.end] in " -" and _describes(layout, span, i + 1, entities):
        return True  # "Vale and Salem striker"
    before = text[span.start : max(span.start, mention.run.title_start)].split()
    if _behind_office(before, mention):
        return False
    if "including" in before:
        return True
    while before and fold(before[-1]) in _PLAIN:
        before.pop()
    if (len(before) > 1 and _after_preposition(before)) or (before and fold(before[0]) in _PREPOSITIONS and rest):
        return True
    if mention.run.possessive or not rest.startswith((" ", "-")):
        return False
    after = layout.token(end + 1)
    return (
        after.idx < span.end
        and after.pos_ in {"NOUN", "ADJ", "PROPN"}
        and after.lower_ not in {"himself", "herself", "itself"}
        and after.text[0].islower()
    )


def _behind_office(before: Sequence[str], mention: Mention) -> bool:
    """Whether a name stands right behind the whole office: "medical director at Salem Hospital Ann Lee".

    The hospital's name has run on into hers. Not "a lawyer for Salem Gov. Ann Lee".
    """
    beside = bool(mention.run.title) and not mention.run.titled and len(mention.words) > 1
    office = len(before) > 1 and fold(before[-1]) in _PREPOSITIONS and is_role_noun(fold(before[-2]))
    return beside and office and fold(before[0]) not in _NEW


def _after_preposition(before: Sequence[str]) -> bool:
    """Whether words that stand before a name put it into a complement: "a lawyer for", "a post on the website"."""
    since = len(before) - next((i for i, word in enumerate(reversed(before)) if word.endswith(",")), len(before))
    at = next((i for i in range(len(before) - 1, max(since, 1) - 1, -1) if fold(before[i]) in _PREPOSITIONS), 0)
    of = fold(before[at]) not in _CLAUSE_OPENERS and is_role_noun(fold(before[at - 1])) and before[-1].islower()
    return bool(at) and not (at == len(before) - 2 and of)  # "a member of parliament Ann Lee"


def _goes_on(gap: str) -> bool:
    """Whether what stands between two names makes them a list."""
    return gap.strip() in {"and", "&", ",", ", and", "or"} or (
        gap.strip(" ,").startswith("and ") and len(gap.split()) <= 6
    )


def _writers(layout: Layout, entities: Entities, span: Span, head: Token) -> tuple[int, ...]:
    """Those whose words a source is, if it names paper and writers: "Jane Doe's brief", "a study by Doe and Roe"."""
    study = fold(head.text) in sections("bodies.txt")["studies"]
    if not (study or _is_writing(head)):
        return ()
    for i in range(bisect_left(entities.starts, span.start), len(entities.starts)):
        mention = entities.mentions[i]
        if mention.run.start >= span.end:
            break
        owner = entities.ending_at(head.idx - 3) if mention.run.possessive and not study else None
        body = entities.kind(i) is Kind.BODY and (len(mention.words) > 1 or mention.run.words[0].text.isupper())
        counted = body and fold(head.text) in sections("bodies.txt")["counts"] and entities.ending_at(head.idx - 1) == i
        if owner == i or counted:
            return (i,)
        if entities.kind(i) not in {Kind.PLACE, Kind.OTHER} and any(
            mention.run.start <= noun.idx < mention.run.end for noun in _by_whom(head)
        ):
            if entities.kind(i) is Kind.PERSON:
                return own_names(layout, entities, Span(mention.run.title_start, span.end)) or (i,)
            before, behind = layout.text[head.idx : mention.run.start], layout.text[mention.run.end : span.end]
            return () if " and " in before or behind.startswith(" and ") else (i,)  # several are left together
    return ()


def _by_whom(head: Token) -> list[Token]:
    """The nouns behind "by" or "from": "a statement from Lee", "figures that were released on Friday by the board".

    Not "an email obtained by the board", nor "a letter published by the Post".
    """
    lists, noun = sections("bodies.txt"), fold(head.text)
    making = lists["making"] | (lists["showing"] if noun in lists["counts"] | _SHOWN else frozenset())
    return makers(head, making, {"acl", "relcl"}, {"by", "from"})


def _is_writing(head: Token) -> bool:
    """Whether a noun is what somebody has written or said, or has counted: "brief", "statement", "figures"."""
    return fold(head.text) in sections("bodies.txt")["writings"] | sections("bodies.txt")["counts"]


def _names_a_body(layout: Layout, entities: Entities, span: Span, head: Token) -> bool:
    """Whether a description holds a name right before a body's noun: "the Trump campaign", "Clinton's campaign"."""
    if fold(head.text) not in sections("bodies.txt")[""] or head.tag_ in {"NNS", "NNPS"}:
        return False
    at = bisect_left(entities.starts, span.start)
    for i in range(at, len(entities.starts)):
        mention = entities.mentions[i]
        if mention.run.start >= head.idx:
            return False
        if not _no_name(entities, i) and len(layout.text[mention.run.end : head.idx].strip("'’s ")) <= 20:
            before = layout.text[span.start : mention.run.title_start].split()
            return all(fold(w) in {"the"} for w in before)
    return False


def _without_topic(text: str, span: Span) -> Span:
    """A source without whom it is about, where the parse joins the two: "Of Carson, Levine said"."""
    topic = _TOPIC.search(text, max(0, span.start - 12), span.start) or _TOPIC_MARKER.match(text, span.start, span.end)
    comma = span.cut(text).find(", ") if topic else -1
    named = comma > 0 and text[span.start + comma + 2].isupper()
    return Span(span.start + comma + 2, span.end) if named else span


def _trimmed(text: str, span: Span) -> Span:
    """A source without white space and punctuation at its edges."""
    start, end = span.start, span.end
    while start < end - 1 and not text[start].isalnum() and text[start] != "@":
        start += 1
    while end > start + 1 and not (text[end - 1].isalnum() or text[end - 1] in ".)%"):
        end -= 1
    return Span(start, end) if text[start:end].strip() else span
