"""A quotation and a text in, where the words stand in it and what differs, word by word, out.

The same words are the same whatever their case, accents' encoding, marks and spaces; every other difference counts, a
"not" and a figure as much as any word. Nothing here is a matter of likeness: `exact` means that no word differs.

Pure. Knows offsets and words; does not know articles, speakers or storage.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.language.tokens import Word, negates, words
from index.types import Span, hull

# Cost of a word that the quotation lacks. A word left out for free costs 1, so that of two ways the shorter is taken;
# one that the text lacks, or has otherwise, a little more than _EDIT, so that a "not" passed over is told as such.
_EDIT = 4096
_SUBSTITUTION = _EDIT + 8
_ELLIPSIS = re.compile(r"…|\.(?:\s?\.){2,}")


@dataclass(frozen=True, slots=True)
class Edit:
    """A difference: words of the quotation (offsets in it) against words of the text (offsets in that).

    `asked` is None where the text has words that the quotation lacks, `printed` where it lacks words of the quotation.
    """

    asked: Span | None
    printed: Span | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The place in a text that comes nearest to a quotation.

    `span` reaches from the first to the last word of the text that the quotation has, or has in other words.
    `shortened` is what the quotation leaves out with an ellipsis, `interrupted` what it leaves out of the frame: no
    differences, but worth telling. `negations` are the words that negate among those left out with an ellipsis.
    `likeness` is the share of the quotation's words without a difference, in [0, 1].
    """

    span: Span
    edits: tuple[Edit, ...]
    shortened: tuple[Span, ...]
    interrupted: tuple[Span, ...]
    likeness: float
    negations: tuple[Span, ...] = ()

    @property
    def exact(self) -> bool:
        """Whether no word differs, and none that negates is left out."""
        return not self.edits and not self.negations


def compare(quotation: str, text: str, frame: Sequence[Span] = (), within: Span | None = None) -> Comparison | None:
    """The place in the text that comes nearest to the quotation; None where it has not one of its words.

    Of several equally near the first. See `Alignment.nearest` for all that are exact.

    :param frame: What a quotation may leave out of the text: the reporter's words in the midst of a statement.
    :param within: Where in the text to look; None for everywhere.
    """
    found = Alignment(quotation, text, frame, within).nearest()
    return found[0] if found else None


def unbroken(quotation: str) -> list[list[Word]]:
    """The words of a quotation in runs, parted where it has an ellipsis."""
    asked = words(quotation)
    runs: list[list[Word]] = [[]]
    for word, ends in zip(asked, [*_ellipses(quotation, asked), False], strict=False):
        runs[-1].append(word)
        if ends:
            runs.append([])
    return runs


def _ellipses(quotation: str, asked: Sequence[Word]) -> list[bool]:
    """For each word but the last whether an ellipsis follows it."""
    gaps = [hit.start() for hit in _ELLIPSIS.finditer(quotation)]
    return [any(one.end <= gap <= two.start for gap in gaps) for one, two in itertools.pairwise(asked)]


class _Step(NamedTuple):
    """A word of the quotation beside one of the text (their numbers), or one of them beside nothing."""

    asked: int | None
    printed: int | None
    same: bool = False


class Alignment:
    """A quotation laid along a text so that the fewest words differ (an edit distance with free ends in the text).

    What may be left out costs next to nothing: where the quotation has an ellipsis, any words; of the frame, its words;
    but one that negates costs as much as a difference, so that a place without it is nearer.
    """

    def __init__(self, quotation: str, text: str, frame: Sequence[Span] = (), within: Span | None = None) -> None:
        self._asked, self._text = words(quotation), words(text, within)
        self._ellipsis = _ellipses(quotation, self._asked)
        turning = np.array([negates(word) for word in self._text], dtype=bool)
        framed = np.zeros(len(self._text), dtype=bool)
        for span in frame:
            framed |= np.array([Span(word.start, word.end) in span for word in self._text], dtype=bool)
        self._plain_cost = np.where(framed & ~turning, 1, _EDIT).astype(np.int32)
        self._free_cost = np.where(turning, _EDIT, 1).astype(np.int32)
        numbers = {key: n for n, key in enumerate(dict.fromkeys(word.key for word in self._text))}
        self._numbers = numbers
        self._keys = np.array([numbers[word.key] for word in self._text], dtype=np.int32)
        self._upper = np.array([word.upper for word in self._text], dtype=bool)
        self._acronym = np.array([word.acronym for word in self._text], dtype=bool)

    def nearest(self) -> tuple[Comparison, ...]:
        """Every exact place in order; if there is none, the first of the nearest; empty where no word is shared."""
        if not self._asked or not self._text:
            return ()
        costs = self._costs()
        last = costs[-1]
        ends = np.flatnonzero(last < _EDIT)
        if not len(ends):
            ends = np.array([int(np.argmin(last))])
        found: dict[int, tuple[int, Comparison]] = {}
        for end in map(int, ends):
            traced = self._traced(costs, end)
            if traced is not None:
                start, cost = traced.span.start, int(last[end])
                if start not in found or cost < found[start][0]:
                    found[start] = (cost, traced)
        return tuple(one for _, one in sorted(found.values(), key=lambda pair: pair[1].span))

    def _left_out(self, row: int) -> NDArray[np.int32]:
        """What it costs to leave out each word of the text after `row` words of the quotation."""
        return self._free_cost if self._ellipsis[row - 1] else self._plain_cost

    def _same(self, row: int) -> NDArray[np.bool_]:
        """Which words of the text are the quotation's word number `row` (from 1)."""
        word = self._asked[row - 1]
        same: NDArray[np.bool_] = self._keys == self._numbers.get(word.key, -1)
        if not word.upper:
            same &= ~self._acronym
        if word.acronym:
            same &= self._upper
        return same

    def _costs(self) -> NDArray[np.int32]:
        """Shape (words of the quotation + 1, words of the text + 1): the least cost of ending there."""
        rows = len(self._asked)
        costs = np.zeros((rows + 1, len(self._text) + 1), dtype=np.int32)
        for row in range(1, rows + 1):
            here = costs[row - 1] + _SUBSTITUTION
            across = costs[row - 1, :-1] + np.where(self._same(row), 0, _SUBSTITUTION)
            here[1:] = np.minimum(here[1:], across)
            if row < rows:
                along = np.concatenate(([0], np.cumsum(self._left_out(row))))
                here = np.minimum.accumulate(here - along) + along
            costs[row] = here
        return costs

    def _traced(self, costs: NDArray[np.int32], end: int) -> Comparison | None:
        """The alignment that ends after `end` words of the text."""
        row, column = len(self._asked), end
        steps: list[_Step] = []
        spare: dict[bool, list[int]] = {True: [], False: []}  # left out: by ellipsis, of the frame
        while row:
            same = bool(column) and bool(self._same(row)[column - 1])
            cost = costs[row, column]
            if same and cost == costs[row - 1, column - 1]:
                row, column = row - 1, column - 1
                steps.append(_Step(row, column, same=True))
            elif self._passes(costs, row, column):
                column -= 1
                if self._ellipsis[row - 1] or self._left_out(row)[column] < _EDIT:
                    spare[self._ellipsis[row - 1]].append(column)
                else:
                    steps.append(_Step(None, column))
            elif column and not same and cost == costs[row - 1, column - 1] + _SUBSTITUTION:
                row, column = row - 1, column - 1
                steps.append(_Step(row, column))
            else:
                row -= 1
                steps.append(_Step(row, None))
        return self._comparison(steps[::-1], spare)

    def _passes(self, costs: NDArray[np.int32], row: int, column: int) -> bool:
        """Whether the least cost comes from leaving out the word of the text before `column`."""
        if not column or row == len(self._asked):
            return False
        return bool(costs[row, column] == costs[row, column - 1] + self._left_out(row)[column - 1])

    def _comparison(self, steps: Sequence[_Step], spare: dict[bool, list[int]]) -> Comparison | None:
        printed = [step.printed for step in steps if step.printed is not None]
        if not any(step.same for step in steps):
            return None
        edits = _differences(steps)
        wrong = sum(max(len(asked), len(place)) for asked, place in edits)
        return Comparison(
            span=self._printed(printed),
            edits=tuple(
                Edit(_over(self._asked, asked) if asked else None, self._printed(place) if place else None)
                for asked, place in edits
            ),
            shortened=self._runs(spare[True]),
            interrupted=self._runs(spare[False]),
            likeness=max(0.0, 1 - wrong / len(self._asked)),
            negations=self._runs([place for place in spare[True] if negates(self._text[place])]),
        )

    def _printed(self, places: Sequence[int]) -> Span:
        return _over(self._text, places)

    def _runs(self, places: Sequence[int]) -> tuple[Span, ...]:
        """Spans of words that follow upon each other."""
        runs: list[list[int]] = []
        for place in sorted(places):
            if runs and runs[-1][-1] == place - 1:
                runs[-1].append(place)
            else:
                runs.append([place])
        return tuple(map(self._printed, runs))


def _differences(steps: Sequence[_Step]) -> list[tuple[list[int], list[int]]]:
    """The words that differ, in runs that no same word parts, nor any that was left out for free."""
    runs: list[tuple[list[int], list[int]]] = []
    going = False
    for asked, printed, same in steps:
        if not same:
            if not going or (printed is not None and runs[-1][1] and runs[-1][1][-1] != printed - 1):
                runs.append(([], []))
            runs[-1][0].extend([] if asked is None else [asked])
            runs[-1][1].extend([] if printed is None else [printed])
        going = not same
    return runs


def _over(these: Sequence[Word], places: Sequence[int]) -> Span:
    return hull(Span(these[place].start, these[place].end) for place in places)
