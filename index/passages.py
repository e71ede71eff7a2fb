"""Passages: the sentences and statements of an article in, what is searched and shown out.

A statement becomes a passage: the whole sentences that hold it, so that nobody is quoted without the clause that says
who speaks. One of more than `LONGEST` sentences (a speech, a transcript's turn) becomes several overlapping ones. The
reporter's own prose becomes windows of `WINDOW` sentences within a paragraph.

Knows articles, sentences and statements. Does not know questions, encoders or storage.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from index.types import Article, Passage, Reading, Span, Statement, hull

WINDOW = 2
LONGEST = 3


class Words(NamedTuple):
    """What the word index is given of a passage: its own `text`, and `context` that it can also be found by."""

    text: str
    context: str


def passages(article: Article, sentences: Sequence[Span], statements: Sequence[Statement]) -> tuple[Passage, ...]:
    """All passages of an article, in the order of their beginnings.

    :param sentences: Whole sentences, in order and disjoint.
    :param statements: The article's statements.
    :return: Passages numbered from 0; every sentence lies in at least one.
    """
    found: list[tuple[Span, int | None]] = []
    for statement in statements:
        inside = [s for s in sentences if s in statement.extent]
        found.extend((extent, statement.number) for extent in _windows(inside, LONGEST, statement.extent))
    voiced = [s.extent for s in statements]
    for paragraph in _paragraphs(article.text, sentences):
        for extent in _windows(paragraph, WINDOW, hull(paragraph)):
            if not any(extent in said for said in voiced):
                found.append((extent, None))
    found.sort(key=lambda one: (one[0], -1 if one[1] is None else one[1]))
    return tuple(Passage(article.id, n, extent, statement) for n, (extent, statement) in enumerate(found))


def _windows(sentences: Sequence[Span], size: int, whole: Span) -> Iterator[Span]:
    """Overlapping runs of `size` sentences, or the whole where there are no more than that."""
    if len(sentences) <= size:
        yield whole
        return
    step = max(1, size - 1)
    for first in range(0, len(sentences) - 1, step):
        yield hull(sentences[first : first + size])


def _paragraphs(text: str, sentences: Sequence[Span]) -> Iterator[list[Span]]:
    """The sentences in groups, parted where a line ends between two of them."""
    group: list[Span] = []
    for sentence in sentences:
        if group and "\n" in text[group[-1].end : sentence.start]:
            yield group
            group = []
        group.append(sentence)
    if group:
        yield group


def embedding_text(reading: Reading, passage: Passage) -> str:
    """What the encoder is given: who speaks, in what role, the passage itself, and the title."""
    speaker = _introduced(reading, passage)
    text = passage.extent.cut(reading.article.text)
    return f"{speaker}: {text} ({reading.article.title})" if speaker else f"{text} ({reading.article.title})"


def search_words(reading: Reading, passage: Passage) -> Words:
    """What the word index is given: the passage, and as context the speaker, the title and the sentence before."""
    article = reading.article
    before = [s for s in reading.sentences if s.end <= passage.extent.start][-1:]
    context = [_introduced(reading, passage), article.title, *(s.cut(article.text) for s in before)]
    return Words(passage.extent.cut(article.text), "\n".join(part for part in context if part))


def _introduced(reading: Reading, passage: Passage) -> str:
    """The speaker with his or her role, or nothing."""
    if passage.statement is None:
        return ""
    speaker = reading.statements[passage.statement].speaker
    if speaker is None:
        return ""
    return f"{speaker.name}, {speaker.description}" if speaker.description else speaker.name
