"""Transcripts: an article's paragraphs in, the turns of a printed conversation out ("WALLACE: Will he be there?").

A paragraph that begins with a label and a colon is a turn, where the article has enough of them to be a conversation.
Knows the lie of the text; does not know grammar.
"""

from __future__ import annotations

import re
from collections import Counter

from index.attribution.outline import Outline
from index.attribution.types import Attribution
from index.types import Span

_LABEL = re.compile(
    r"[\"“‘'\s]*((?:[A-Z][A-Z.'’&-]+(?:\s+|(?=:))){1,5}|(?:[A-Z][\w.'’-]+(?:\s+|(?=:))){1,3})(:)(?:\s+|(?=[\"“]))(?=\S)"
)
_OTHERS = frozenset("RELATED MORE UPDATE UPDATED WATCH READ PHOTOS PHOTO VIDEO NOTE CORRECTION POLL BREAKING LISTEN SEE ALSO PS".split())
_FEWEST = 2  # labels, each of them there more than once, that make a conversation
_CLOSING = " \n\"“”'’"


def transcript(outline: Outline) -> list[Attribution]:
    """The turns of the conversations that an article prints, in order."""
    labelled = [(p, m) for p in outline.paragraphs if (m := _LABEL.match(outline.text, p.start, p.end))]
    labels = Counter(m.group(1).strip() for _, m in labelled)
    if sum(count > 1 for count in labels.values()) < _FEWEST:
        return []
    found = []
    for paragraph, match in labelled:
        start, name = match.end(), match.group(1).rstrip()
        end = start + len(outline.text[start : paragraph.end].rstrip(_CLOSING))
        if end > start and name.split()[0].upper() not in _OTHERS:
            source = Span(match.start(1), match.start(1) + len(name))
            found.append(Attribution((Span(start, end),), Span(*match.span(2)), source))
    return found
