"""Defines what resolving a source phrase gives: the speaker, the rule that linked it, and who else may be meant."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from index.types import Resolution, Span, Speaker


class Link(StrEnum):
    """The rule that linked a source to its speaker."""

    NAME = "name"  # the source holds the name of a known person or body
    UNKNOWN_NAME = "unknown name"  # it holds a name that may be a person's, a body's or a place's
    NAMES = "names"  # it holds several names
    APPOSITION = "apposition"  # "One voter, Ann Lee of Iowa, said"
    BODY = "body"  # "the Trump campaign"
    POLL = "poll"
    RELATIVE = "relative pronoun"
    PRONOUN = "pronoun"  # "he", "she"
    EARLIER_SUBJECT = "earlier subject"  # "they", "it"
    AUTHOR = "author"  # "I", outside quotation marks, of a signed article
    INTERVIEWEE = "interviewee"  # "A."
    DESCRIPTION = "description"  # "the governor", which one named person fits
    IN_FOCUS = "in focus"  # "the striker", after sentences about one named person
    DESCRIBED = "described"  # "a voter", who is not named
    DOCUMENT = "document"  # "the letter said", which somebody was told to have written
    SIGNATURE = "signature"  # prose that is signed
    CONTINUED = "continued"  # goes on with the statement before it
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Resolved:
    """The speaker whom a source means: `speaker` is None exactly where `resolution` is UNRESOLVED.

    :param antecedent: Where the article names the speaker, when the source itself does not.
    :param link: The rule that linked the source to the speaker.
    :param rivals: Everybody whom the source may mean, the speaker included, with weights that compare them; the
        heaviest first. Empty where nobody else was considered.
    :param person: Whether the source means a person, named or not, rather than a body or a thing.
    """

    speaker: Speaker | None
    resolution: Resolution
    antecedent: Span | None = None
    link: Link = Link.NOBODY
    rivals: tuple[tuple[Speaker, float], ...] = ()
    person: bool = False


UNRESOLVED = Resolved(None, Resolution.UNRESOLVED)
