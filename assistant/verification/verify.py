"""Checking a quotation: words and perhaps a name in; where they stand, who says them and what differs out.

    quotation -> candidate passages (phrases, words, meaning) -> word by word -> who says it -> a verdict

A verdict rests on words alone, never on likeness: "exact" means that no word differs (see tokens.py for what is one
word), and that a speaker, where one was given, is the one whom the article names. Knows the store; shows nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.query.resolution import library_facts
from assistant.types import NO_ARTICLES, Quote
from assistant.verification.asked import Asked
from assistant.verification.comparison import Alignment, Comparison, unbroken
from assistant.verification.findings import verdict_on_speaker, verdict_without_speaker
from assistant.verification.statement_of import WordsOwner, frame, is_called, is_narrated, tells, words_owner
from assistant.verification.turning import may_turn, turning_words
from assistant.verification.types import ComparedPlace, Finding, Verdict
from index.attribution.quotes.pairing import quotations
from index.errors import QuestionError
from index.language.tokens import words
from index.types import Manner, Reading, Scope, Span, Statement, hull

if TYPE_CHECKING:
    from index.attribution.types import Quotation
    from index.language.parser import Parser
    from index.storage.store import Store

__all__ = ["ComparedPlace", "Finding", "Verdict", "verify"]

SHORTEST = 3  # words; fewer stand everywhere
MOST_WORDS = 1000  # words
# Of three words, one may differ and the passage is still shown as the one that was meant; of ten words, four.
NEAR = 0.6
SHOWN_NEAREST = 3  # nearest passages of an altered quotation
ALIKE, ALIKE_FROM = 0.8, 6  # the likeness of a copy that differs; the words of a quotation from which it tells
_WINDOW_WORDS = 4  # words of a phrase that is looked up
_SHORT_QUOTATION = 10  # words of a quotation that is looked up by its pairs of words, too
_WINDOWS = 24  # phrases at most
_PHRASED, _WORDED, _MEANT = 200, 40, 20  # passages taken from each search


def verify(quotation: str, store: Store, speaker: str = "") -> Verdict:
    """Look a quotation up.

    Marks, spaces and case are passed over, words never: a "not" or a figure more, less or other makes it altered. An
    ellipsis may leave words out, though none that negates, and the reporter's words inside a statement ("A," he said,
    "B") may be left out or taken in; each place tells of it.

    :param speaker: Who is said to have said it, as one would type it; empty to ask only where the words stand.
    :raises QuestionError: If the quotation has fewer than `SHORTEST` words, or more than `MOST_WORDS`.
    """
    asked = words(quotation)
    if len(asked) < SHORTEST:
        raise QuestionError(f"a quotation of {len(asked)} words cannot be checked; give at least {SHORTEST}")
    if len(asked) > MOST_WORDS:
        raise QuestionError(f"a quotation of {len(asked)} words is too long; give at most {MOST_WORDS} at once")
    with store.library.snapshot():
        if not store.library.has_articles(Scope()):
            return Verdict(quotation, speaker, Finding.ABSENT, NO_ARTICLES)
        places = list(_places(quotation, store, _phrased(quotation, store)))
        if len(asked) >= ALIKE_FROM or not any(place.exact for place in places):
            places += _elsewhere(quotation, store, places)
        given = Asked.find(speaker.strip(), library_facts(store.library).people) if speaker.strip() else None
        near = _nearest(places)
        closest = () if near or any(place.stands for place in places) else tuple(_like_in_meaning(quotation, store))
    standing = list({_key(place): place for place in places if place.stands}.values())
    if standing:
        if given:
            verdict = verdict_on_speaker(quotation, given, standing)
        else:
            verdict = verdict_without_speaker(quotation, standing)
        return _with_others(verdict, places if len(asked) >= ALIKE_FROM else ())
    if near:
        return Verdict(quotation, speaker, Finding.ALTERED, _altered(near[0], speaker.strip()), near)
    detail = "No article has these words, or nearly these" + ("; see the nearest in meaning." if closest else ".")
    return Verdict(quotation, speaker, Finding.ABSENT, detail, nearest=closest)


def _nearest(places: Sequence[ComparedPlace]) -> tuple[ComparedPlace, ...]:
    """The places that have most of the words, if any has enough of them, best first."""
    near = [place for place in places if place.comparison.likeness >= NEAR]
    near.sort(key=lambda place: -place.comparison.likeness)
    return tuple({_key(place): place for place in near}.values())[:SHOWN_NEAREST]


def _key(place: ComparedPlace) -> tuple[str, Span]:
    return place.quote.article.id, place.comparison.span


def _like_in_meaning(quotation: str, store: Store) -> Iterator[Quote]:
    """The passages nearest in meaning to a quotation whose words stand nowhere, each once."""
    scores = {one.key: one.score for one in store.vectors.nearest(store.encoder.encode([quotation])[0], SHOWN_NEAREST)}
    shown = set()
    for key, passage in store.library.passages(list(scores)).items():
        reading = store.library.reading(passage.article_id)
        said = reading.statements[passage.statement] if passage.statement is not None else None
        if (passage.article_id, passage.extent) not in shown:
            shown.add((passage.article_id, passage.extent))
            yield Quote(reading.article, passage.extent, said, scores[key])


def _elsewhere(quotation: str, store: Store, places: Sequence[ComparedPlace]) -> Iterator[ComparedPlace]:
    """What comes near it in words or meaning, in articles that do not have it as it stands."""
    having = {place.quote.article.id for place in places if place.stands}
    near = _places(quotation, store, _akin(quotation, store))
    return (place for place in near if place.quote.article.id not in having)


def _phrased(quotation: str, store: Store) -> list[int]:
    """Passages that share its phrases, those with most of them first.

    Any place that has all the words has the phrases cut from them, but for those that run over a passage's end.
    """
    counts = _counted(quotation, _WINDOW_WORDS, store)
    most = max(counts.values(), default=0)
    return [key for key, count in counts.most_common(_PHRASED) if 2 * count >= most]


def _akin(quotation: str, store: Store) -> list[int]:
    """Passages that share its words or its meaning; of a short one, whose phrases one other word breaks, the pairs."""
    asked = words(quotation)
    keys = (
        [key for key, _ in _counted(quotation, 2, store).most_common(_WORDED)] if len(asked) <= _SHORT_QUOTATION else []
    )
    near = list(store.fulltext.search(" ".join(word.key for word in asked), _WORDED))
    near += store.vectors.nearest(store.encoder.encode([quotation])[0], _MEANT)
    return keys + [one.key for one in near]


def _counted(quotation: str, size: int, store: Store) -> Counter[int]:
    """How many of its runs of `size` words each passage has; of a long quotation, of runs spread over it."""
    phrases = [
        " ".join(quotation[word.start : word.end] for word in run[first : first + size])
        for run in unbroken(quotation)
        for first in range(max(1, len(run) - size + 1))
    ]
    counts: Counter[int] = Counter()
    for phrase in dict.fromkeys(phrases[:: -(-len(phrases) // _WINDOWS)]):
        counts.update(near.key for near in store.fulltext.search(f'"{phrase}"', _PHRASED))
    return counts


def _widened(extents: Sequence[Span], reach: int) -> list[Span]:
    """Stretches that reach so many characters beyond the extents, joined where they meet; in order."""
    found: list[Span] = []
    for extent in sorted(extents):
        start, end = max(0, extent.start - reach), extent.end + reach
        if found and start <= found[-1].end:
            start, end = found[-1].start, max(end, found.pop().end)
        found.append(Span(start, end))
    return found


def _places(quotation: str, store: Store, keys: Sequence[int]) -> Iterator[ComparedPlace]:
    """Where it stands in or about those passages, or what comes nearest there."""
    near: dict[str, list[Span]] = {}
    for passage in store.library.passages(keys).values():
        near.setdefault(passage.article_id, []).append(passage.extent)
    for article_id, extents in near.items():
        reading = store.library.reading(article_id)
        inside, marks = frame(reading), quotations(reading.article.text)
        for stretch in _widened(extents, 2 * len(quotation) + 200):
            for comparison in Alignment(quotation, reading.article.text, inside, stretch).nearest():
                yield _place(reading, comparison, marks, store.parser)


def _place(reading: Reading, comparison: Comparison, marks: Sequence[Quotation], parser: Parser) -> ComparedPlace:
    text, span = reading.article.text, comparison.span
    passed = (*comparison.shortened, *comparison.interrupted)
    spoken = [Span(word.start, word.end) for word in words(text, span)]
    spoken = [one for one in spoken if one in span and not any(one in other for other in passed)]
    found = words_owner(reading, spoken)
    whole = found.share == 1 or (found.statement is None and found.share == 0)
    return ComparedPlace(
        quote=Quote(reading.article, _shown(reading, span, found), found.statement, comparison.likeness),
        comparison=comparison,
        framed=0 < found.share < 1,
        joined=bool(comparison.shortened) and not (whole and (found.single or "\n" not in span.cut(text))),
        depth=sum(span in mark.span for mark in marks),
        turned=() if comparison.edits else _turning(reading, comparison, spoken, found.statement, parser),
        others=found.others,
        narrated=found.statement is None and found.share == 0 and is_narrated(reading, span, marks),
        told=found.statement is None and tells(reading, span),
    )


def _turning(
    reading: Reading, comparison: Comparison, spoken: Sequence[Span], said: Statement | None, parser: Parser
) -> tuple[Span, ...]:
    """The words that turn what is quoted among those that the quotation leaves out of its sentences.

    In quotation marks, only what stands between them counts: "Lee did not smile. '[The dam is safe].'"
    """
    text = reading.article.text
    around = hull([comparison.span, *(one for one in reading.sentences if one.overlaps(comparison.span))])
    if said is not None and said.manner is Manner.DIRECT:
        content = hull(said.content)
        start, end = max(around.start, content.start), min(around.end, content.end)
        around = hull([comparison.span, Span(start, end)])
    if not may_turn(text, spoken, around):
        return comparison.negations
    doc = next(iter(parser.parse([around.cut(text)])))
    first = around.start
    places = {token.i: Span(first + token.idx, first + token.idx + len(token)) for token in doc if len(token)}
    quoted = {at for at, place in places.items() if any(place.overlaps(word) for word in spoken)}
    turning = {places[token.i] for token in turning_words(doc, quoted)}
    return tuple(sorted(turning | set(comparison.negations)))


def _shown(reading: Reading, span: Span, found: WordsOwner) -> Span:
    """The passage to show: the sentences in which the words stand, and those that tell who says them."""
    said = found.statement
    told = hull([span, *(part for part in (said.source, said.cue) if part)]) if said else span
    return hull([told, *(sentence for sentence in reading.sentences if sentence.overlaps(told))])


def _with_others(verdict: Verdict, places: Sequence[ComparedPlace]) -> Verdict:
    """The verdict with the articles that have nearly the same words, behind it: a copy with a "not", or another figure.

    :param places: All that come near; none for a short quotation, to which any sentence would.
    """
    shown = {place.quote.article.id for place in verdict.places}
    near = [one for one in places if not one.exact and one.comparison.likeness >= ALIKE]
    other = {one.quote.article.id: one for one in near if one.quote.article.id not in shown}
    if not other:
        return verdict
    detail = f"{verdict.detail} Elsewhere they are printed in other words: see the last of the places."
    return replace(verdict, detail=detail, places=(*verdict.places, *other.values()))


def _altered(place: ComparedPlace, speaker: str) -> str:
    if place.comparison.exact:
        return "The words stand in an article, but the ellipsis joins what was not said in one statement."
    named = place.quote.speaker
    if speaker and named and named.key and not is_called(named, speaker):
        return f"The nearest passage differs in its words, and is said by {named.name}, not by {speaker}."
    return "The nearest passage differs in its words."
