"""Takes the layout of an article; tells which poll a source means, and who made it.

"61 percent said they had made up their minds" is the word of the poll that the article names. May not know speakers.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from index.attribution.layout import Layout
from index.language.syntax import makers
from index.language.wordlists import sections
from index.types import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_POLLS = frozenset({"poll", "survey"})  # lemmas
_BY = frozenset({"by", "from", "for", "of"})
_COUNTING_NUMBER = r"(?:\d[\d.,]*|one|two|three|four|five|six|seven|eight|nine|ten)"
_APPROXIMATELY = (
    "only|just|about|nearly|almost|roughly|some|another|over|around|fully|more than|less than|fewer than|at least"
    "|as many as|an?|the|of"
)
_SIZE = "large|small|slim|big|vast|clear|narrow|overwhelming"
_OF_A_WHOLE = r" of\b| in (?:all|each|every|both)\b|$"  # what a share is of; not "half a dozen", "the majority leader"
_PERCENTAGE = re.compile(r"\d ?(?:%|percent\b|per cent\b|pct\b)", re.IGNORECASE)
_VOTING = re.compile(  # who votes and is not asked by a poll
    r"\b(?:courts?|councils?|senate|house|boards?|committees?|panels?|members?|senators?|justices?|judges?|lawmakers|delegates)\b",
    re.IGNORECASE,
)
_BEFORE = frozenset("a an the its their this that another new latest recent national statewide just-released".split())
_BEHIND = re.compile(r",? (?:in|of|on|from|with|by|out|released|conducted|taken|published|this|last|earlier)\b")
_SHARE_OF_PEOPLE = re.compile(
    rf"^(?:(?:{_APPROXIMATELY}) )*"
    r"(?:\d[\d.]* ?(?:%|percent\b|per cent\b|pct\b)"
    rf"|{_COUNTING_NUMBER} (?:in|out of) (?:every )?{_COUNTING_NUMBER}\b"
    rf"|(?:(?:{_SIZE}) )?(?:majority|majorities|plurality|share|proportion|percentage)(?={_OF_A_WHOLE})|most$"
    rf"|half(?={_OF_A_WHOLE})|{_COUNTING_NUMBER}[- ](?:thirds?|quarters?|fourths?|fifths?|tenths?)(?={_OF_A_WHOLE}))",
    re.IGNORECASE,
)


def is_share(source: str) -> bool:
    """Whether the words of a source are a share of people: "61 percent", "two in three voters"."""
    return _SHARE_OF_PEOPLE.match(" ".join(source.split())) is not None and _VOTING.search(source) is None


class Polls:
    """The polls that an article names, each where it is named."""

    def __init__(self, layout: Layout) -> None:
        self._text = layout.text
        polls = [(span, token) for token in layout.doc if (span := _named(token))]
        self._named = [span for span, _ in polls]
        self._makers = {span.start: maker for span, token in polls if (maker := _maker(token))}

    def of(self, source: Span) -> Span | None:
        """The poll that a source is, or names the maker of: "the CBS poll", the "CBS" of "in the CBS poll".

        Of "the poll, released by Gallup" it is who made it.
        """
        at = bisect_left(self._named, source.start, key=lambda one: one.start)
        poll = self._named[at] if at < len(self._named) else None
        if poll is None:
            return None
        leads = source.start == poll.start and source.end <= poll.end
        before = self._text[source.start : poll.start].casefold().split()
        whole = source.end == poll.end or _BEHIND.match(self._text, poll.end, source.end) is not None
        if not leads and not (whole and _BEFORE.issuperset(before)):  # not "the head of the CBS poll"
            return None
        return poll if poll.cut(self._text).lower().endswith(tuple(_POLLS)) else self._makers.get(poll.start)

    def before(self, span: Span) -> Span | None:
        """The poll named last before the end of some words; else the next in their paragraph, of a percentage any."""
        at = bisect_right(self._named, span.end, key=lambda one: one.start)
        if at:
            return self._named[at - 1]
        following = self._named[0] if self._named else None
        near = following and self._text.find("\n", span.end, following.start) < 0
        return following if near or _PERCENTAGE.search(span.cut(self._text)) else None


def _named(token: Token) -> Span | None:
    """A poll with the name of who made it: "CNN/WMUR poll", "survey by Gallup", "exit polls conducted for the Post"."""
    if token.lemma_.lower() not in _POLLS or token.pos_ not in {"NOUN", "PROPN"}:
        return None
    first = token
    while not first.is_sent_start and _is_of_name(first.nbor(-1)):
        first = first.nbor(-1)
    if any(one.pos_ == "PROPN" for one in token.doc[first.i : token.i]):
        return Span(first.idx, token.idx + len(token))
    for child in token.children:
        by = [inner for inner in child.children if inner.lower_ in _BY] if child.dep_ == "acl" else [child]
        for preposition in by:
            names = [one for one in preposition.children if one.dep_ == "pobj" and one.pos_ == "PROPN"]
            if preposition.lower_ in _BY and names:
                end = names[0].right_edge
                return Span(first.idx, end.idx + len(end))
    return None


def _maker(token: Token) -> Span | None:
    """Who made a poll: "the poll, released on Monday by the Gray Institute of Ohio"; not for whom it was made."""
    making = sections("bodies.txt")["making"] | sections("bodies.txt")["showing"]
    noun = next((one for one in makers(token, making, {"acl"}, {"by"}) if one.pos_ == "PROPN"), None)
    if noun is None:
        return None
    first = noun.left_edge.nbor() if noun.left_edge.pos_ == "DET" else noun.left_edge
    return Span(first.idx, noun.right_edge.idx + len(noun.right_edge))


def _is_of_name(token: Token) -> bool:
    """Whether a word before "poll" is of its name: "Washington Post/ABC News", "exit"."""
    return token.pos_ == "PROPN" or token.dep_ == "compound" or token.text in {"-", "/", "–"}
