"""Single marks: takes a paragraph and its double quotations; gives the quotations in single marks.

An apostrophe looks like a closing mark (soldiers', rock 'n' roll, the '90s), so a single mark opens only where a
closing one follows in the same stretch, and closes where nothing but a closing mark can stand. Knows characters only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.attribution.types import Quotation
from index.types import Flag, Span

LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_SINGLE_MARK = re.compile(r"['‘’‹›`]")
_BEFORE_OPENING_SINGLE = re.compile(r"[\s(\[{—–/“\"„«-]")
_ELIDED = re.compile(
    r"['‘’](?:\d\ds?\b|t(?:is|was|were|will)\b|em\b|n['’]?\b|til\b|till\b|cause\b|bout\b|round\b|cuz\b|im\b|er\b)", re.I
)
_STRONG_BEFORE = frozenset('.,!?;:…—–-)]”"')
_STRONG_AFTER = frozenset('.,!?;:…—–)]”"')
_LONGEST_SENTENCE = 1_000  # characters
_SENTENCE_END = re.compile(r"[.!?…](?=\s+[^\sa-z])")


def single_quotations(
    text: str, paragraph: Span, doubles: Sequence[Quotation], resumes: bool = False, goes_on: bool = False
) -> list[Quotation]:
    """What stands between single marks, in any order.

    :param doubles: The paragraph's quotations in double marks, in order. A single quotation lies inside one of them
        or holds it whole; it never crosses one.
    :param resumes: Whether the paragraph before left a quotation open, that this one may go on with.
    :param goes_on: Whether the next paragraph begins with an opening mark, so that a quotation may go on there.
    """
    found: list[Quotation] = []
    for at, region in enumerate(_regions(paragraph, doubles)):
        found.extend(_paired(text, region, resumes and not at, goes_on and not at))
    return found


def opens_with_mark(text: str, paragraph: Span) -> bool:
    """Whether a paragraph begins with a single mark that opens a quotation."""
    marked = _SINGLE_MARK.match(text, paragraph.start) is not None
    begins = marked and _can_open(text, paragraph.start, *_edges(paragraph))
    return begins and text[paragraph.start + 1].isupper()


def _edges(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _regions(paragraph: Span, doubles: Sequence[Quotation]) -> Iterator[list[Span]]:
    """Stretches whose single marks may belong together: the inside of each quotation, and what is outside all."""
    wholes = [paragraph, *(q.inner for q in doubles)]
    holes: list[list[Span]] = [[] for _ in wholes]
    around = [0]
    for number, quotation in enumerate(doubles, 1):
        while len(around) > 1 and wholes[around[-1]].end < quotation.span.end:
            around.pop()
        holes[around[-1]].append(quotation.span)
        around.append(number)
    for whole, inside in zip(wholes, holes, strict=True):
        starts = [whole.start, *(h.end for h in inside)]
        ends = [*(h.start for h in inside), whole.end]
        pieces = [Span(a, b) for a, b in zip(starts, ends, strict=True) if a < b]
        if pieces:
            yield pieces


def _paired(text: str, region: Sequence[Span], resumes: bool, goes_on: bool) -> Iterator[Quotation]:
    """The single quotations of one region."""
    marks = [m.start() for piece in region for m in _SINGLE_MARK.finditer(text, piece.start, piece.end)]
    if not marks:
        return
    start, end = region[0].start, region[-1].end
    closers = [at for at in marks if _can_close(text, at, start, end)]
    strong = [at for at in closers if _must_close(text, at, start, end)]
    done, c, s = start, 0, 0
    for at in marks:
        if at < done or not _can_open(text, at, start, end):
            continue
        while c < len(closers) and closers[c] <= at + 1:
            c += 1
        while s < len(strong) and strong[s] <= at + 1:
            s += 1
        close = _closer(text, closers[c : c + 8], strong[s] if s < len(strong) else None)
        begins = _begins_sentence(text, at, start)
        if goes_on and begins and s == len(strong):
            close = None  # what looks like a closing mark belongs to a plural: "the players' ground"
        if close is not None and LETTER_OR_DIGIT.search(text, at, close):
            yield Quotation(Span(at, close + 1), Span(at + 1, close))
            done = close + 1
        elif begins:
            whole = goes_on or (resumes and at == start)
            stop = None if whole else _SENTENCE_END.search(text, at, end)
            done = stop.end() if stop else start + len(text[start:end].rstrip())
            yield Quotation(Span(at, done), Span(at + 1, done), flags=(Flag.UNCLOSED,))


def _can_open(text: str, at: int, start: int, end: int) -> bool:
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    placed = bool(_BEFORE_OPENING_SINGLE.match(before)) or (text[at] == "‘" and not before.isalnum())
    return placed and text[at] not in "’›" and not after.isspace() and not _ELIDED.match(text, at)


def _can_close(text: str, at: int, start: int, end: int) -> bool:
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    return text[at] not in "‘‹`" and not before.isspace() and not after.isalnum()


def _must_close(text: str, at: int, start: int, end: int) -> bool:
    """Whether this is no plural's apostrophe: the mark stands at a stop, or behind something that is no plural."""
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    return before in _STRONG_BEFORE or before not in "sSzZxX" or after in _STRONG_AFTER


def _closer(text: str, near: Sequence[int], strong: int | None) -> int | None:
    """The mark that closes what was opened: the first that must, if it stands in the same sentence, else the first."""
    if not near or strong is None or strong - near[0] > _LONGEST_SENTENCE:
        return near[0] if near else None
    ended = _SENTENCE_END.search(text, near[0], strong)
    opened = any(_BEFORE_OPENING_SINGLE.match(text[i - 1]) for i in near if i < strong)
    return near[0] if ended or opened else strong


def _begins_sentence(text: str, at: int, start: int) -> bool:
    """Whether the mark stands where a sentence begins, with a capital behind it."""
    before = text[max(start, at - 4) : at].rstrip()
    return text[at + 1 : at + 2].isupper() and (at == start or not before or before[-1] in '.!?…:,”"')
