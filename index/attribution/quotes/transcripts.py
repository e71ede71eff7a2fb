"""Transcripts: takes the paragraphs of an article; gives the turns of a conversation ("LEE: Will he?", "Q. When?").

A paragraph that begins with a label and a colon (or with "Q." or "A.") is a turn, where the article has enough of them
to be a conversation. Knows layout; does not know grammar.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from index.attribution.outline import Outline
from index.attribution.types import Attribution
from index.types import Span

_LABEL = re.compile(
    r"[\"“‘'\s]*((?:[A-Z][A-Z.'’&-]+(?:\s+|(?=:))){1,5}|(?:[A-Z][\w.'’-]+(?:\s+|(?=:))){1,3}|[QA])(:|(?<=[QA])\.)"
    r"(?:\s+|(?=[\"“]))(?=\S)"
    r"|(Q)(?=[A-Z][a-z’' ])"  # "QWhat is it?", where a web page has lost the space
)
_OTHERS = frozenset(["RELATED", "MORE", "UPDATE", "WATCH", "READ", "PHOTOS", "VIDEO", "NOTE", "SEE", "ALSO"])
_QUOTATION_MARK = re.compile(r"[\"“]|''")
_ASIDE = re.compile(r"[\"“]?\s*[(\[]")  # "(Crosstalk.)"
_FEWEST = 2  # labels, each of them there more than once, that make a conversation
_EDGES = " \n\"“”'"


def transcript(outline: Outline) -> list[Attribution]:
    """The turns of the conversations that an article prints, in order.

    Where turns open with a quotation mark, so do the paragraphs in which one goes on.
    """
    text = outline.text
    labels = {p: m for p in outline.paragraphs if (m := _LABEL.match(text, p.start, p.end))}
    if sum(m[1] == "A" for m in labels.values()) < _FEWEST:  # "QAnon" is no question where nobody answers
        labels = {p: m for p, m in labels.items() if not m[3]}
    names = [" ".join((m[1] or m[3]).split()) for m in labels.values()]
    bare = {name for name in names if " " not in name}  # "JOEL BENSON:" and "BENSON:" are one
    counts = Counter(end if (end := name.split()[-1]) in bare else name for name in names)
    if sum(count > 1 for count in counts.values()) < _FEWEST:
        return []
    found: list[Attribution] = []
    contents: list[list[Span]] = []  # of those found
    goes_on = False
    for paragraph in outline.paragraphs:
        match = labels.get(paragraph)
        words = _words(text, match.end() if match else paragraph.start, paragraph.end)
        if match and words:
            start, name = match.start(1 if match[1] else 3), (match[1] or match[3]).rstrip()
            goes_on = name.split()[0].upper() not in _OTHERS
            if goes_on:
                cue = Span(*match.span(2)) if match[2] else None
                found.append(Attribution((words,), cue, Span(start, start + len(name))))
                contents.append([words])
            goes_on = goes_on and _QUOTATION_MARK.match(text, paragraph.start) is not None
        elif goes_on and words and not _ASIDE.match(text, paragraph.start):
            goes_on = _QUOTATION_MARK.match(text, paragraph.start) is not None
            if goes_on:
                contents[-1].append(words)
    return [replace(turn, content=tuple(content)) for turn, content in zip(found, contents, strict=True)]


def _words(text: str, start: int, end: int) -> Span | None:
    """The span without marks and white space around it."""
    start += len(text[start:end]) - len(text[start:end].lstrip(_EDGES))
    end = start + len(text[start:end].rstrip(_EDGES))
    return Span(start, end) if start < end else None
