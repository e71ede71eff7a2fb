"""Defines the values that the stages of attribution hand to one another."""

from __future__ import annotations

from dataclasses import dataclass, field

from index.types import Flag, Span


@dataclass(frozen=True, slots=True)
class Attribution:
    """Somebody's words or thoughts, as the article prints them, before it is known who the source is.

    `content` is sorted and disjoint; `cue` is what tells that it was said, `source` the words that point to the
    speaker. Either is None where the article gives none. `others` are further sources for a quotation without a cue,
    each to be tried where those before it mean no person. `answers` tells that it answers a question of the reporter's.
    """

    content: tuple[Span, ...]
    cue: Span | None = None
    source: Span | None = None
    flags: tuple[Flag, ...] = ()
    others: tuple[Span, ...] = ()
    answers: bool = False


@dataclass(frozen=True, slots=True)
class Quotation:
    """What stands between two quotation marks that belong together.

    :param span: The marks included.
    :param inner: Without them.
    :param depth: 0 for an outermost quotation, 1 for one inside it, and so on.
    :param resumes: Whether it goes on where the one before stopped: that one was not closed at its paragraph's end, and
        this one opens the next paragraph.
    """

    span: Span
    inner: Span
    depth: int = 0
    resumes: bool = False
    flags: tuple[Flag, ...] = field(default=())
