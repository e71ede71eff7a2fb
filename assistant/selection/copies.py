"""Syndicated copies: takes quotes; gives each passage once, with the other articles that print it.

Articles of one agency report print the same sentences. A copy has the same words (marks and case apart), and its
article names nobody else as the speaker. One that differs in a few words is shown as differing; one that differs in a
"not" or a figure also stays a quote of its own, so that no copy can hide another's words.

Pure. Knows quotes; does not know how they were found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz.distance import Indel

from assistant.types import Copy, Quote
from assistant.verification.comparison import compare
from index.language.numerals import numerals
from index.language.tokens import negates, words
from index.types import Span

# Editors shorten and mend agency reports by a word or two a sentence; two sentences on one event by two reporters share
# about half their words. So passages with four words in five in common, in the same order, are versions of one.
COPY_LIKENESS = 0.8
# So many words are never the same by chance ("We won," he said); fewer need one and the same speaker by name.
SHORTEST_COPY = 8
_COPY_REACH = 400  # characters round a quote in which the other's sentences may go on


def collapse(quotes: Sequence[Quote]) -> tuple[Quote, ...]:
    """Join the copies of each passage to its best quote.

    :param quotes: Best first; those of one article are left as they are.
    :return: The quotes that remain, in order, with `copies`.
    """
    kept: list[Quote] = []
    heads: list[list[str]] = []
    for quote in quotes:
        keys = _keys(quote.text)
        for place, first in enumerate(kept):
            copy = _copy(first, quote) if _may_be_copies(first, quote, heads[place], keys) else None
            if copy is None:
                continue
            kept[place] = replace(first, copies=(*first.copies, copy))
            if not (copy.differs and _changes_meaning(first.text, copy.span.cut(copy.article.text))):
                break
            quote = replace(quote, copies=(*quote.copies, Copy(first.article, first.span, differs=True)))
        else:
            kept.append(quote)
            heads.append(keys)
    return tuple(kept)


def _keys(text: str) -> list[str]:
    return [word.key for word in words(text)]


def _may_be_copies(first: Quote, quote: Quote, one: Sequence[str], two: Sequence[str]) -> bool:
    """Whether they may be copies, going by article, speaker and shared words."""
    if quote.article.id == first.article.id or any(copy.article.id == quote.article.id for copy in first.copies):
        return False
    keys = [set(speaker.key.split()) if speaker else set() for speaker in (first.speaker, quote.speaker)]
    if all(keys):
        if not (keys[0] <= keys[1] or keys[1] <= keys[0]):
            return False
    elif min(len(one), len(two)) < SHORTEST_COPY:
        return False
    return 2 * len(set(one) & set(two)) >= min(len(set(one)), len(set(two)))


def _copy(first: Quote, quote: Quote) -> Copy | None:
    """Where the other quote's article prints the first quote's passage; None where it does not."""
    text = quote.article.text
    near = Span(max(0, quote.span.start - _COPY_REACH), quote.span.end + _COPY_REACH)
    found = compare(first.text, text, within=near)
    if found is None:
        return None
    span = _with_marks(found.span, text)
    if not span.overlaps(quote.span):
        return None
    if found.exact and not found.shortened:
        return Copy(quote.article, span, differs=False)
    likeness = Indel.normalized_similarity(_keys(first.text), _keys(span.cut(text)))
    return Copy(quote.article, span, differs=True) if likeness >= COPY_LIKENESS else None


def _with_marks(span: Span, text: str) -> Span:
    """The span with the marks that stand right before and after it."""
    start, end = span.start, span.end
    while start and not (text[start - 1].isspace() or text[start - 1].isalnum()):
        start -= 1
    while end < len(text) and not (text[end].isspace() or text[end].isalnum()):
        end += 1
    return Span(start, end)


def _changes_meaning(one: str, two: str) -> bool:
    """Whether the two differ in a figure or in a word that negates."""
    return Counter(numerals(one)) != Counter(numerals(two)) or _negations(one) != _negations(two)


def _negations(text: str) -> Counter[str]:
    return Counter(word.key for word in words(text) if negates(word))
