"""Takes the quotations of an article in order; gives the reporting clause of each as an attribution.

A quotation has a reporting clause beside it, or goes on with the quotation before it, or belongs to the subject of the
sentence before it. May not know who a source is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from index.attribution.cues.reporting_clauses import Reporting
from index.attribution.cues.surface import Report
from index.attribution.outline import Outline
from index.attribution.types import Attribution, Quotation
from index.types import Flag, Span

_SCARE = 4  # words: without a reporting clause, one no longer is a name, a title, or scare quotes
_NEAR = 3  # words between a reporting verb and the quotation that it introduces
_PARAGRAPHS_APART = 3  # paragraphs between two quotations of one speaker, at most
_NOBODY = Report(None, None, known=False)
_SMALL_IN_TITLES = frozenset("a an the of in on at to for by and or nor but with from into as vs is".split())
_SPEECH_ENDS = ",.?!…—-"
_ASKED = frozenset({"he", "she"})


@dataclass(slots=True)
class _Turn:
    """One speaker's quotations that belong together, while they are gathered."""

    report: Report
    pieces: list[Quotation] = field(default_factory=list)

    def attribution(self) -> Attribution:
        flags: tuple[Flag, ...] = tuple(dict.fromkeys(f for q in self.pieces for f in q.flags))
        report = self.report
        said = tuple(q.span for q in self.pieces)
        return Attribution(said, report.cue, report.source, flags, report.others, report.answers)


def direct(outline: Outline, reporting: Reporting, clauses: Mapping[int, Sequence[Attribution]]) -> list[Attribution]:
    """Who says each quotation, as the article prints it, in order.

    :param clauses: What the grammar says was said, by the number of each sentence that it touches: a quotation that
        one of them holds, and that no known reporting verb claims, is left to it.
    """
    turns = _Turns(outline, reporting).gathered()
    return [turn.attribution() for turn in turns if turn.report.known or not _held(turn, outline, clauses)]


def _held(turn: _Turn, outline: Outline, clauses: Mapping[int, Sequence[Attribution]]) -> bool:
    """Whether a clause holds the whole of a turn."""
    words = [q.inner for q in turn.pieces]
    near = clauses.get(outline.sentence(words[0].start), ())
    return any(all(any(w in c for c in clause.content) for w in words) for clause in near)


class _Turns:
    """The walk over an article's quotations."""

    def __init__(self, outline: Outline, reporting: Reporting) -> None:
        self._outline = outline
        self._reporting = reporting
        self._turns: list[_Turn] = []
        self._starts = [q.span.start for q in outline.quotations]
        self._asides: set[int] = set()  # where quotations begin that only tell of a speaker

    def gathered(self) -> list[_Turn]:
        quotations = self._outline.quotations
        for i, quotation in enumerate(quotations):
            title = not quotation.resumes and _is_title(quotation.inner.cut(self._outline.text))
            if title or quotation.span.start in self._asides:
                continue
            before = quotations[i - 1] if i else None
            after = quotations[i + 1] if i + 1 < len(quotations) else None
            self._place(quotation, before, after)
        return [t for t in self._turns if t.report.known or any(self._long(q) for q in t.pieces)]

    def _place(self, quotation: Quotation, before: Quotation | None, after: Quotation | None) -> None:
        """Give a quotation to a turn, new or going on."""
        last = self._turns[-1] if self._turns else None
        report = self._beside(quotation, after) or self._shared(quotation, after)
        if quotation.resumes and last and last.pieces[-1] is before and not (report and report.known):
            if _is_title(quotation.inner.cut(self._outline.text).rstrip(".")):  # a name that signs, inside the mark
                last.report = Report(quotation.inner, None)
            else:
                last.pieces.append(quotation)
            return
        if report:
            if last and report == last.report:
                last.pieces.append(quotation)
            else:
                self._turns.append(_Turn(report, [quotation]))
        elif before and last and self._goes_on(before, quotation, last) and (turn := self._main_turn(before)):
            turn.pieces.append(quotation)
        elif self._long(quotation):
            self._turns.append(_Turn(self._from_context(quotation, last), [quotation]))

    def _beside(self, quotation: Quotation, after: Quotation | None) -> Report | None:
        """The reporting clause of its own sentence, or of a sentence that is nothing else."""
        outline, reporting = self._outline, self._reporting
        paragraph = outline.paragraph(quotation.span.start)
        alone = outline.paragraphs[paragraph] == quotation.span  # then the next paragraph may sign it
        signed = reporting.signature(quotation, outline.paragraphs[paragraph : paragraph + 1 + alone][-1].end)
        if signed:
            return signed
        number = outline.sentence(quotation.span.end - 1)
        end = outline.sentences[number].end
        limit = min(end, after.span.start if after else end)
        start = outline.sentences[outline.sentence(quotation.span.start)].start
        leads = outline.words(start, quotation.span.start) > 0
        ended = quotation.inner.cut(outline.text).rstrip("'’ ")[-1:] in _SPEECH_ENDS
        if limit > quotation.span.end:
            ended = ended or outline.text[quotation.span.end] == ","
            near, known = (_NEAR, leads) if ended else (0, True)
            follows = reporting.after(quotation, limit, near, known)
            if ended and after and not (follows and follows.known):
                follows = self._around(quotation, after) or follows
            if follows:
                return follows
        report = reporting.before(start, quotation) if leads else None
        report = report or reporting.tail(quotation.span.end, end) or self._heading(quotation)
        return report or (self._late(quotation, after, number + 1) if limit == quotation.span.end else None)

    def _around(self, quotation: Quotation, aside: Quotation) -> Report | None:
        """The reporting clause whose speaker is told of with quoted words, between commas.

        '"A," Ann Lee, who wore a "B" hat, said': the hat's words are nobody's, and are passed over from then on.
        """
        outline, quotations = self._outline, self._outline.quotations
        number = bisect_right(self._starts, aside.span.start)
        end = outline.sentences[outline.sentence(quotation.span.end - 1)].end
        end = min(end, quotations[number].span.start) if number < len(quotations) else end
        if aside.resumes or self._long(aside) or end <= aside.span.end:
            return None
        found = self._reporting.after(quotation, end, known=True)
        if not (found and found.source and found.cue) or not found.source.start < aside.span.start < found.cue.start:
            return None
        comma = outline.text.find(",", found.source.start, aside.span.start)
        closed = outline.text[aside.inner.start : found.cue.start].rstrip(" '’\"”")
        if comma < 0 or not closed.endswith(","):
            return None
        self._asides.add(aside.span.start)
        return Report(Span(found.source.start, comma), found.cue)

    def _late(self, quotation: Quotation, after: Quotation | None, number: int) -> Report | None:
        """The reporting clause in the next sentence, if it is of the same paragraph and has no quotation."""
        outline = self._outline
        if number >= len(outline.sentences):
            return None
        sentence = outline.sentences[number]
        if "\n" in outline.text[quotation.span.end : sentence.start]:
            return None
        end = min(sentence.end, after.span.start) if after else sentence.end
        report = self._reporting.late(quotation, sentence, end) if sentence.start < end else None
        if report and report.cue and end < sentence.end and outline.words(report.cue.end, end) <= _NEAR:
            return None  # it leads up to the next quotation
        return report

    def _shared(self, quotation: Quotation, after: Quotation | None) -> Report | None:
        """The reporting clause of the next quotation, where the two are joined: '"A" and "B," she said'."""
        if after is None or self._outline.words(quotation.span.end, after.span.start) > 1:
            return None
        if self._outline.sentence(quotation.span.end - 1) != self._outline.sentence(after.span.start):
            return None
        quotations = self._outline.quotations
        number = bisect_right(self._starts, after.span.start)
        return self._beside(after, quotations[number] if number < len(quotations) else None)

    def _heading(self, quotation: Quotation) -> Report | None:
        """The line before that ends in a colon."""
        outline = self._outline
        number = outline.sentence(quotation.span.start)
        if number and outline.sentences[number].start == quotation.span.start:
            lead = outline.sentences[number - 1]
            if lead.cut(outline.text).endswith(":"):
                return self._reporting.before(lead.start, quotation)
        return None

    def _goes_on(self, before: Quotation, quotation: Quotation, last: _Turn) -> bool:
        """Whether nothing but the first quotation's own reporting clause stands between the two."""
        outline = self._outline
        if outline.paragraph(before.span.start) != outline.paragraph(quotation.span.start):
            return False
        number = outline.sentence(quotation.span.start)
        if outline.words(outline.sentences[number].start, quotation.span.start):
            return False
        end = before.span.end
        if last.report.cue and end < last.report.cue.end <= quotation.span.start:
            end = last.report.cue.end
        return number - outline.sentence(end - 1) <= 1

    def _main_turn(self, before: Quotation) -> _Turn | None:
        """The turn that the sentence in which a quotation ends is built on."""
        sentence = self._outline.sentences[self._outline.sentence(before.span.end - 1)]
        chosen = None
        for turn in reversed(self._turns[-4:]):
            if turn.pieces[-1].span.end > sentence.start:
                chosen = turn if chosen is None or (turn.report.cue and turn.report.cue in sentence) else chosen
        return chosen

    def _from_context(self, quotation: Quotation, last: _Turn | None) -> Report:
        """Who speaks where no reporting clause stands beside: whoever the sentence before is about."""
        outline = self._outline
        number = outline.sentence(quotation.span.start)
        if not number:
            return _NOBODY
        lead = outline.sentences[number - 1]
        new = outline.paragraph(lead.start) != outline.paragraph(quotation.span.start)
        if outline.text[lead.end - 1] == "?" and not outline.crossed(lead):
            return self._answer(lead, quotation, last)
        leads = outline.words(outline.sentences[number].start, quotation.span.start) > 0
        if new and leads:
            return _NOBODY
        if last and last.pieces[-1].span.end > lead.start:
            return replace(last.report, cue=None, known=False)
        told = self._reporting.about(lead, known=True)
        if told or not new:
            return Report(told or self._reporting.about(lead, known=False), None, known=False)
        subject = self._reporting.about(lead, known=False)
        spoke = last.report.source if last and self._near(last, quotation) else None
        sources = [one for one in (subject, spoke) if one]
        return Report(sources[0] if sources else None, None, known=False, others=tuple(sources[1:]))

    def _answer(self, question: Span, quotation: Quotation, last: _Turn | None) -> Report:
        """Who answers a question of the reporter's: "Was she angry?" is hers to answer, others are who spoke last's."""
        subject = self._reporting.about(question, known=False)
        if subject is None or subject.cut(self._outline.text).lower() not in _ASKED:
            subject = last.report.source if last and self._near(last, quotation) else None
        return Report(subject, None, known=False, answers=True)

    def _near(self, last: _Turn, quotation: Quotation) -> bool:
        """Whether only a few paragraphs part a quotation from the turn before it."""
        outline = self._outline
        here, before = (outline.paragraph(one.span.start) for one in (quotation, last.pieces[-1]))
        return here - before <= _PARAGRAPHS_APART

    def _long(self, quotation: Quotation) -> bool:
        return self._outline.words(quotation.inner.start, quotation.inner.end) > _SCARE


def _is_title(words: str) -> bool:
    """Whether quoted words are a title: each but the smallest has a capital, and no sentence ends."""
    found = re.findall(r"[^\W\d_][\w’'-]*", words)
    capitals = sum(w[0].isupper() for w in found)
    small = all(w[0].isupper() or w in _SMALL_IN_TITLES for w in found)
    return capitals > 1 and small and words.rstrip()[-1:] not in _SPEECH_ENDS.replace(",", "")
