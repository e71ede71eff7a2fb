"""Contents: takes a frame; gives the stretches of text that were said.

They are a clause's own words, without the cue and its source, and end where the clause ends, whatever the parse says.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from index.attribution.cues.frames import Frame
from index.language.syntax import MODALS
from index.types import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_CLAUSE_FRAMES = frozenset({"ccomp"})


def words(frame: Frame) -> list[int]:
    """The numbers of the tokens that were said, in order."""
    inside: set[int] = set()
    for head in frame.content:
        inside.update(t.i for t in head.subtree)
    if frame.around:
        cue = frame.head
        inside.difference_update(t.i for t in cue.subtree)
    elif frame.name in _CLAUSE_FRAMES:
        for more in _goes_on(frame):
            inside.update(range(max(inside), more.right_edge.i + 1))
    inside.difference_update(range(frame.cue[0], frame.cue[1] + 1))
    if frame.name == "before" and frame.source is not None:
        inside.difference_update(t.i for t in frame.source.subtree)
    return _before_semicolon(frame.head.doc, sorted(inside)) if frame.name in _CLAUSE_FRAMES else sorted(inside)


def _before_semicolon(doc: Doc, numbers: list[int]) -> list[int]:
    """The tokens up to the first semicolon: what stands behind it is a sentence of its own."""
    for at, number in enumerate(numbers):
        if at and doc[number].text == ";":
            return numbers[:at]
    return numbers


def _goes_on(frame: Frame) -> Iterator[Token]:
    """What the parser hangs on the cue though it goes on with the clause: "said he hoped so, and would go on"."""
    end = frame.content[0].right_edge.i
    for child in frame.head.rights:
        behind = child.i > end and child.dep_ == "conj" and child.pos_ in {"VERB", "AUX"}
        if behind and any(c.dep_ == "aux" and c.lower_ in MODALS for c in child.lefts):
            yield child


def spans(doc: Doc, numbers: list[int]) -> tuple[Span, ...]:
    """Tokens as stretches of text: joined over white space, without the commas and stops at their ends.

    :param numbers: Token numbers in rising order.
    """
    pieces: list[tuple[int, int]] = []
    for number in numbers:
        if doc[number].is_space:
            continue
        if pieces and all(doc[i].is_space for i in range(pieces[-1][1] + 1, number)):
            pieces[-1] = (pieces[-1][0], number)
        else:
            pieces.append((number, number))
    return tuple(span for first, last in pieces if (span := _trimmed(doc, first, last)))


def _trimmed(doc: Doc, first: int, last: int) -> Span | None:
    """A stretch without punctuation at its ends, quotation marks excepted; None if no word is left."""
    while first <= last and _stops(doc[first]):
        first += 1
    while last >= first and _stops(doc[last]):
        last -= 1
    if first > last or not any(c.isalnum() for c in doc[first : last + 1].text):
        return None
    return Span(doc[first].idx, doc[last].idx + len(doc[last]))


def _stops(token: Token) -> bool:
    return token.is_space or (token.is_punct and not token.is_quote and token.text not in {"''", "``"})
