"""Paragraphs: a text in, the stretches that a reader sees as paragraphs out.

A blank line always ends a paragraph. A single line end does too, unless the lines around it are hard-wrapped: cut at
one width by whoever saved the file. Knows characters only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.types import Span

_TEXT_LINE = re.compile(r"[^\n]+")
_NARROWEST, _WIDEST = 40, 100  # characters: the widths at which people wrap plain text
_SLACK = 0.6  # a wrapped line is at least this share of the widest: the next word did not fit


def paragraphs(text: str) -> tuple[Span, ...]:
    """The paragraphs of a text in order, without the white space around them.

    :return: Disjoint spans; everything outside them is white space.
    """
    return tuple(span for block in _blocks(text) for span in _parts(text, block))


def _blocks(text: str) -> Iterator[list[tuple[int, int]]]:
    """The lines between two blank lines, each as its start and its end."""
    block: list[tuple[int, int]] = []
    for line in _TEXT_LINE.finditer(text):
        blank = line.group().isspace()
        if block and (blank or line.start() > block[-1][1] + 1):
            yield block
            block = []
        if not blank:
            block.append(line.span())
    if block:
        yield block


def _parts(text: str, lines: list[tuple[int, int]]) -> Iterator[Span]:
    """The lines of a block: one paragraph if they are hard-wrapped, else one each."""
    if _wrapped([stop - begin for begin, stop in lines]):
        lines = [(lines[0][0], lines[-1][1])]
    for begin, stop in lines:
        raw = text[begin:stop]
        left = len(raw) - len(raw.lstrip())
        right = len(raw.rstrip())
        if right > left:
            yield Span(begin + left, begin + right)


def _wrapped(lengths: list[int]) -> bool:
    """Whether lines of these lengths (characters) are one paragraph cut at a width."""
    if len(lengths) < 3:
        return False
    widest = max(lengths)
    return _NARROWEST <= widest <= _WIDEST and all(n >= _SLACK * widest for n in lengths[:-1])
