"""Direct speech: the quotations of an article in, who says each out.

Walks the quotations in order. Each has a reporting clause beside it, or goes on with the one before it, or belongs to
whoever the sentence before it is about. Knows marks and reporting clauses; does not know who a source is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from index.attribution.outline import Outline
from index.attribution.reporting import Report, Reporting
from index.attribution.types import Attribution, Quotation
from index.types import Flag, Span

_SCARE = 4  # words: a shorter quotation with no reporting clause of its own is a name, a title, or a word held with tongs
_ENDS = ",.?!…—-"


@dataclass(slots=True)
class _Turn:
    """One speaker's quotations that belong together, while they are gathered."""

    report: Report
    pieces: list[Quotation] = field(default_factory=list)

    def attribution(self) -> Attribution:
        flags: tuple[Flag, ...] = tuple(dict.fromkeys(f for q in self.pieces for f in q.flags))
        return Attribution(tuple(q.span for q in self.pieces), self.report.cue, self.report.source, flags)


def direct(outline: Outline, reporting: Reporting) -> list[Attribution]:
    """Who says each quotation, as the article prints it, in order."""
    return [turn.attribution() for turn in _Turns(outline, reporting).gathered()]


class _Turns:
    """The walk over an article's quotations."""

    def __init__(self, outline: Outline, reporting: Reporting) -> None:
        self._outline = outline
        self._reporting = reporting
        self._turns: list[_Turn] = []

    def gathered(self) -> list[_Turn]:
        quotations = self._outline.quotations
        for i, quotation in enumerate(quotations):
            before = quotations[i - 1] if i else None
            after = quotations[i + 1] if i + 1 < len(quotations) else None
            self._place(quotation, before, after)
        return [t for t in self._turns if t.report.source or t.report.cue or self._long(t.pieces[0])]

    def _place(self, quotation: Quotation, before: Quotation | None, after: Quotation | None) -> None:
        """Give a quotation to a turn, new or going on."""
        last = self._turns[-1] if self._turns else None
        if quotation.resumes and last and last.pieces[-1] is before:
            last.pieces.append(quotation)
            return
        report = self._beside(quotation, before, after)
        if report:
            if last and report == last.report:
                last.pieces.append(quotation)
            else:
                self._turns.append(_Turn(report, [quotation]))
        elif last and before and last.pieces[-1] is before and self._goes_on(before, quotation):
            last.pieces.append(quotation)
        elif self._long(quotation):
            self._turns.append(_Turn(self._from_context(quotation, last), [quotation]))

    def _beside(self, quotation: Quotation, before: Quotation | None, after: Quotation | None) -> Report | None:
        """The reporting clause of its own sentence."""
        outline = self._outline
        sentence = outline.sentences[outline.sentence(quotation.span.end - 1)]
        first = outline.sentences[outline.sentence(quotation.span.start)]
        limit = min(sentence.end, after.span.start if after else sentence.end)
        follows = self._reporting.after(quotation, limit) if limit > quotation.span.end else None
        ended = quotation.inner.cut(outline.text).rstrip()[-1:] in _ENDS or outline.text[quotation.span.end : limit].startswith(",")
        if follows and ended:
            return follows
        start = max(first.start, before.span.end if before else 0)
        report = self._reporting.before(start, quotation) if start < quotation.span.start else None
        if before and before.span.end > first.start and report is None and start < quotation.span.start:
            last = self._turns[-1] if self._turns else None
            if last and last.pieces[-1] is before and not outline.sentence(before.span.start) != outline.sentence(quotation.span.start):
                return last.report
        return report or follows or self._heading(quotation)

    def _heading(self, quotation: Quotation) -> Report | None:
        """The line before that ends in a colon."""
        outline = self._outline
        number = outline.sentence(quotation.span.start)
        if number and outline.sentences[number].start == quotation.span.start:
            lead = outline.sentences[number - 1]
            if lead.cut(outline.text).endswith(":"):
                return self._reporting.before(lead.start, quotation)
        return None

    def _goes_on(self, before: Quotation, quotation: Quotation) -> bool:
        """Whether nothing but the first quotation's own sentence stands between the two."""
        outline = self._outline
        if outline.paragraph(before.span.start) != outline.paragraph(quotation.span.start):
            return False
        return outline.sentence(quotation.span.start) - outline.sentence(before.span.end - 1) <= 1

    def _from_context(self, quotation: Quotation, last: _Turn | None) -> Report:
        """Who speaks where no reporting clause stands beside: whoever the sentence before is about."""
        outline = self._outline
        number = outline.sentence(quotation.span.start)
        if number:
            lead = outline.sentences[number - 1]
            if last and last.pieces[-1].span in lead:
                return last.report
            subjects = [p for p in self._reporting.between(lead.start, lead.end) if p.source]
            if subjects:
                return Report(subjects[0].source, None)
        return last.report if last else Report(None, None)

    def _long(self, quotation: Quotation) -> bool:
        return self._outline.words(quotation.inner.start, quotation.inner.end) > _SCARE
