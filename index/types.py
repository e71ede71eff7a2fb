"""The values that everything else is made of: spans, articles, passages, speakers, statements.

They are frozen and compared by value. They know nothing of storage, models or questions.
All offsets count code points of `Article.text`, half-open.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch [start, end) of an article's text, in code points.

    :raises ValueError: If it is empty, reversed or begins before the text.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, not {self.start} and {self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def __contains__(self, other: object) -> bool:
        """Whether another span (or an offset) lies wholly inside this one."""
        if isinstance(other, Span):
            return self.start <= other.start and other.end <= self.end
        return isinstance(other, int) and self.start <= other < self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def cut(self, text: str) -> str:
        """The characters of `text` that the span covers.

        :raises ValueError: If the text ends before the span does.
        """
        if self.end > len(text):
            raise ValueError(f"span {self.start}-{self.end} ends after a text of {len(text)} characters")
        return text[self.start : self.end]


def hull(spans: Iterable[Span]) -> Span:
    """The smallest span that covers them all.

    :raises ValueError: If there are none.
    """
    every = list(spans)
    return Span(min(s.start for s in every), max(s.end for s in every))


def overlapping(spans: Sequence[Span], other: Span) -> Sequence[Span]:
    """Those of some sorted and disjoint spans that share a character with another; found without a look at each."""
    first = bisect_right(spans, other.start, key=lambda one: one.end)
    return spans[first : bisect_left(spans, other.end, key=lambda one: one.start)]


@dataclass(frozen=True, slots=True)
class Article:
    """An article as it was read; its text never changes afterwards.

    `published` is the day it was published, not the day it was added. `source` is the file or URL it was read from.
    """

    id: str
    title: str
    text: str
    publisher: str = ""
    author: str = ""
    published: dt.date | None = None
    url: str = ""
    source: str = ""

    @property
    def digest(self) -> str:
        """SHA-256 of the text in UTF-8, as 64 hexadecimal digits."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


class Manner(StrEnum):
    """How somebody's words stand in the article."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Resolution(StrEnum):
    """How the speaker of a statement was found."""

    NAMED = "named"  # the source itself holds the name: "Philip Luther", "Mr. Luther"
    PRONOUN = "pronoun"  # "he", taken as a speaker named elsewhere in the article
    SIGNED = "signed"  # prose of an opinion piece or a letter; `antecedent` is the name that stands under it
    DESCRIPTION = "description"  # no name is given, only "a local first responder"; speaker.name is that description
    UNRESOLVED = "unresolved"  # "he", whom the article does not name (or nobody at all); speaker is None


class Flag(StrEnum):
    """What a careful reader should know before trusting a statement or its bounds."""

    UNCLOSED = "unclosed"  # a quotation mark was opened and never closed
    UNOPENED = "unopened"  # a quotation mark was closed and never opened
    NOT_SAID = "not_said"  # the article tells it as what was not said, or might be: "Lee never said", "if Lee says"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who speaks in one article: a person, an organisation, or one whom the article only describes.

    `name` is the fullest form the article prints, without its title ("Philip Luther"); for one who is only described,
    the description as printed ("a local first responder"). `description` is role and affiliation as printed ("Amnesty's
    director of its Middle East and North Africa program"), `aliases` the other forms printed. `key` joins the same
    person over articles (the normalised full name); it is empty for one who is only described.
    """

    id: str
    name: str
    description: str = ""
    aliases: tuple[str, ...] = ()
    key: str = ""


@dataclass(frozen=True, slots=True)
class PossibleSpeaker:
    """Somebody who may have said a statement, by name, with the probability (0 to 1) that he or she did."""

    name: str
    probability: float


@dataclass(frozen=True, slots=True)
class Statement:
    """Something said or thought in an article, and by whom.

    `content` is what was said, in one or several pieces, sorted and disjoint; `cue` is what tells that it was said
    ("said", "according to"), `source` the words that point to the speaker, as printed. `extent` is the whole sentences
    that hold all of them: what a reader should be shown. `antecedent` is where the speaker is named, when the source
    itself does not name him or her. `number` counts the statements of one article, from 0, in order of their content.
    `certainty` is the probability that `speaker` is right, 0 where there is none; `candidates` are those who may have
    said it where that is not certain, the likeliest first.

    :raises ValueError: If the spans are out of order, overlap, or lie outside `extent`; or if `speaker` is None exactly
        when `resolution` says there is one.
    """

    article_id: str
    number: int
    content: tuple[Span, ...]
    cue: Span | None
    source: Span | None
    speaker: Speaker | None
    manner: Manner
    resolution: Resolution
    extent: Span
    antecedent: Span | None = None
    flags: tuple[Flag, ...] = ()
    certainty: float = 1.0
    candidates: tuple[PossibleSpeaker, ...] = ()

    @property
    def denied(self) -> bool:
        """Whether the article tells it as what was not said, or might be."""
        return Flag.NOT_SAID in self.flags

    def __post_init__(self) -> None:
        if not self.content:
            raise ValueError("a statement needs content")
        for one, two in zip(self.content, self.content[1:], strict=False):
            if two.start < one.end:
                raise ValueError(f"content spans must be sorted and disjoint, not {one} and {two}")
        for span in (*self.content, self.cue, self.source):
            if span is not None and span not in self.extent:
                raise ValueError(f"{span} lies outside the statement's extent {self.extent}")
        if (self.speaker is None) != (self.resolution is Resolution.UNRESOLVED):
            raise ValueError(f"speaker {self.speaker} does not fit resolution {self.resolution}")


@dataclass(frozen=True, slots=True)
class Passage:
    """Some whole sentences of an article: what is searched and what is shown.

    `statement` is the number of the statement that it holds (the same sentences may hold several, then there are
    several passages), or None where the reporter speaks. `number` counts an article's passages from 0.
    """

    article_id: str
    number: int
    extent: Span
    statement: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """All that is known of an article before anyone asks. `sentences` cover it in order, without its blank lines.

    `rules` is the version of the rules that read it (`index.reading.RULES`), or 0 where that is not known. `prose_only`
    says that reading it would have taken longer than the limit: there are no statements, as nobody looked for them.
    """

    article: Article
    sentences: tuple[Span, ...]
    passages: tuple[Passage, ...]
    statements: tuple[Statement, ...]
    rules: int = 0
    prose_only: bool = False


@dataclass(frozen=True, slots=True)
class Scope:
    """Where to look: an empty field does not restrict. Within a field any value will do, between fields all must hold.

    `speakers` are speaker keys, `articles` article ids, `publishers` as stored; the dates are inclusive.
    """

    speakers: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    publishers: frozenset[str] = frozenset()
    published_after: dt.date | None = None
    published_before: dt.date | None = None

    @property
    def everywhere(self) -> bool:
        """Whether nothing is restricted."""
        return self == Scope()


@dataclass(frozen=True, slots=True)
class KnownSpeaker:
    """Somebody who is named in one article or several, joined by `key`; `statements` and `articles` are counts."""

    key: str
    name: str
    description: str
    aliases: tuple[str, ...]
    statements: int
    articles: int
