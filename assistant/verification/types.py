"""Defines what checking a quotation gives: the finding, the places compared, and the verdict.

Frozen and compared by value. They know quotes and comparisons; they decide nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assistant.types import Quote
from assistant.verification.comparison import Comparison
from index.types import Manner, Resolution, Span


class Finding(StrEnum):
    """What was found of a quotation."""

    EXACT = "exact"  # these words stand there, said by this person, and that is certain
    ALTERED = "altered"  # an article has it in other words
    MISATTRIBUTED = "misattributed"  # all its words stand in an article, but another named person certainly says them
    UNCLEAR = "unclear"  # the words stand there, but who says them is not certain, or the cut changes what is said
    NOT_SAID = "not_said"  # the article tells it as what was not said, or may not have been
    ABSENT = "absent"  # nothing like it stands in the articles


@dataclass(frozen=True, slots=True)
class ComparedPlace:
    """A place in an article that a quotation was compared with.

    `quote` is the passage to show, with the statement that the words belong to, None in it for the reporter's own.
    `framed`: the quotation takes in words of the reporter beside the speaker's. `joined`: its ellipsis joins words of
    several statements. `depth`: in how many quotations, one inside the other, the words stand. `turned`: the words of
    the sentence that the quotation leaves out and that negate, condition or doubt it. `others`: the names of further
    speakers whose words it takes in. `narrated`: the words are the reporter's own, as nothing around them looks like a
    quotation. `told`: their sentence tells that somebody speaks, so that they may be a report that no statement holds.
    """

    quote: Quote
    comparison: Comparison
    framed: bool = False
    joined: bool = False
    depth: int = 0
    turned: tuple[Span, ...] = ()
    others: tuple[str, ...] = ()
    narrated: bool = False
    told: bool = False

    @property
    def repeated(self) -> bool:
        """Whether the words are quoted in what somebody says: they may be another's."""
        return self.quote.statement is not None and self.depth > 1

    @property
    def denied(self) -> bool:
        """Whether the article tells of the words as what was not said."""
        return self.quote.statement is not None and self.quote.statement.denied

    @property
    def stands(self) -> bool:
        """Whether all words of the quotation stand there, whatever it leaves out between or around them."""
        return not self.comparison.edits

    @property
    def exact(self) -> bool:
        """Whether the quotation is a fair one of this place's words."""
        return self.comparison.exact and not self.joined and not self.turned

    @property
    def reported(self) -> bool:
        """Whether the words are the article's, not the speaker's: they stand in no quotation marks."""
        said = self.quote.statement
        prose = said is not None and said.manner is not Manner.DIRECT and said.resolution is not Resolution.SIGNED
        return prose and self.depth == 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found of a quotation; `detail` is one plain sentence, or two.

    `places` are all where its words stand (those that decided the finding first) and then those of other articles that
    have nearly the same words; the nearest for an altered quotation, none for an absent one. `nearest` are then the
    quotes nearest to it in meaning, which do not have its words.
    """

    quotation: str
    speaker: str
    finding: Finding
    detail: str
    places: tuple[ComparedPlace, ...] = ()
    nearest: tuple[Quote, ...] = ()

    @property
    def exact(self) -> bool:
        """Whether the quotation is fair: these words, and said by whom they are given to."""
        return self.finding is Finding.EXACT
