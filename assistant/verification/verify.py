"""Checking a quotation: words and perhaps a name in; where they stand, who says them and what differs out.

    quotation -> candidate passages (phrases, words, meaning) -> word by word -> who says it -> a verdict

A verdict rests on words alone, never on likeness: "exact" means that no word differs (see tokens.py for what is one
word), and that a speaker, where one was given, is the one whom the article names. Knows the store; shows nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from assistant.types import NO_ARTICLES, Quote
from assistant.verification.comparison import Alignment, Comparison, unbroken
from assistant.verification.statement_of import WordsOwner, frame, is_called, is_meant, may_be, words_owner
from index.attribution.quotes.marks import quotations
from index.errors import QuestionError
from index.language.names import fold
from index.language.tokens import words
from index.types import Reading, Scope, Span, hull

if TYPE_CHECKING:
    from index.storage.store import Store

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


class Finding(StrEnum):
    """What was found of a quotation."""

    EXACT = "exact"  # all its words stand in an article, and nothing speaks against the speaker asked about
    ALTERED = "altered"  # an article has it in other words
    MISATTRIBUTED = "misattributed"  # all its words stand in an article, but another says them, or nobody
    ABSENT = "absent"  # nothing like it stands in the articles


@dataclass(frozen=True, slots=True)
class ComparedPlace:
    """A place in an article that a quotation was compared with.

    `quote` is the passage to show, with the statement that the words belong to, None in it for the reporter's own.
    `framed`: the quotation takes in words of the reporter beside the speaker's. `joined`: its ellipsis joins words of
    several statements, which makes it no exact one even where no word differs. `depth`: in how many quotations, one
    inside the other, the words stand.
    """

    quote: Quote
    comparison: Comparison
    framed: bool = False
    joined: bool = False
    depth: int = 0

    @property
    def repeated(self) -> bool:
        """Whether the words are quoted in what somebody says: they may be another's."""
        return self.quote.statement is not None and self.depth > 1

    @property
    def denied(self) -> bool:
        """Whether the article tells of the words as what was not said."""
        return self.quote.statement is not None and self.quote.statement.denied

    @property
    def exact(self) -> bool:
        """Whether the quotation is a fair one of this place's words."""
        return self.comparison.exact and not self.joined


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found of a quotation; `detail` is one plain sentence.

    `places` are all exact ones (those said by the speaker asked about first) and then those of other articles that have
    nearly the same words; the nearest for an altered quotation, none for an absent one.
    """

    quotation: str
    speaker: str
    finding: Finding
    detail: str
    places: tuple[ComparedPlace, ...] = ()


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
    exact = [place for place in places if place.exact]
    if exact:
        return _with_others(_exact(quotation, speaker.strip(), exact), places if len(asked) >= ALIKE_FROM else ())
    near = [place for place in places if place.comparison.likeness >= NEAR]
    near.sort(key=lambda place: -place.comparison.likeness)
    nearest = list({(place.quote.article.id, place.comparison.span): place for place in near}.values())[:SHOWN_NEAREST]
    if not nearest:
        return Verdict(quotation, speaker, Finding.ABSENT, "No article has these words, or nearly these.")
    return Verdict(quotation, speaker, Finding.ALTERED, _altered(nearest[0], speaker.strip()), tuple(nearest))


def _elsewhere(quotation: str, store: Store, places: Sequence[ComparedPlace]) -> Iterator[ComparedPlace]:
    """What comes near it in words or meaning, in articles that do not have it as it stands."""
    having = {place.quote.article.id for place in places if place.exact}
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
                yield _place(reading, comparison, sum(comparison.span in mark.span for mark in marks))


def _place(reading: Reading, comparison: Comparison, depth: int) -> ComparedPlace:
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
        depth=depth,
    )


def _shown(reading: Reading, span: Span, found: WordsOwner) -> Span:
    """The passage to show: the sentences in which the words stand, and those that tell who says them."""
    said = found.statement
    told = hull([span, *(part for part in (said.source, said.cue) if part)]) if said else span
    return hull([told, *(sentence for sentence in reading.sentences if sentence.overlaps(told))])


def _exact(quotation: str, speaker: str, places: Sequence[ComparedPlace]) -> Verdict:
    """The verdict on words that stand in the articles."""
    if not speaker:
        return Verdict(quotation, speaker, Finding.EXACT, _stands(places), tuple(places))
    called = [place for place in places if place.quote.speaker and is_meant(place.quote, speaker)]
    theirs, denied = [place for place in called if not place.denied], [place for place in called if place.denied]
    unnamed = [place for place in places if place not in called and _left_open(place, speaker)]
    others = [place for place in places if place not in called and place not in unnamed]
    taken_back = denied or [place for place in others if place.denied]
    listed = _names(theirs or [place for place in others if not place.denied])
    if theirs:
        repeats = all(place.repeated for place in theirs)
        said = f"quoted by {listed}, and may be another's" if repeats else f"said by {listed}"
        finding, detail = Finding.EXACT, f"These words are {said}."
    elif denied or (taken_back and not listed):
        finding = Finding.MISATTRIBUTED
        detail = f"The articles tell of these words as what {_names(taken_back)} did not say."
    elif unnamed and not listed and all(place.repeated for place in unnamed):
        finding, detail = Finding.EXACT, f"These words are quoted by {_names(unnamed)}, who may repeat {speaker}'s."
    elif unnamed and not listed:
        finding, detail = (
            Finding.EXACT,
            f"The articles do not name who says these words, so not whether it is {speaker}.",
        )
    elif listed:
        finding, detail = Finding.MISATTRIBUTED, f"These words are said by {listed}, not by {speaker}."
    else:
        finding, detail = Finding.MISATTRIBUTED, f"These words are the reporter's own, not said by {speaker}."
    return Verdict(quotation, speaker, finding, detail, (*theirs, *denied, *unnamed, *others))


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


def _left_open(place: ComparedPlace, asked: str) -> bool:
    """Whether the article does not tell whose words they are, so that they may be those of who is asked about.

    Nor where a headline quotes them; nor where somebody repeats them, and tells of who is asked about.
    """
    quote, span, text = place.quote, place.comparison.span, place.quote.article.text
    headline = quote.statement is None and place.depth > 0 and "\n" not in text[: span.end]
    told = place.repeated and fold(asked.split()[-1]) in (fold(word.key) for word in words(quote.text))
    return quote.unnamed or headline or told or (quote.speaker is not None and may_be(quote.speaker, asked))


def _names(places: Sequence[ComparedPlace]) -> str:
    """Those who speak there, by name: "Ann Lee and Bo Chen"."""
    return " and ".join(dict.fromkeys(place.quote.speaker.name for place in places if place.quote.speaker))


def _stands(places: Sequence[ComparedPlace]) -> str:
    if all(place.quote.statement is None for place in places):
        return "These words stand in the articles as the reporter's own: nobody is quoted with them."
    if all(place.denied for place in places):
        return "These words stand in the articles as what was not said."
    where = "one place" if len(places) == 1 else f"{len(places)} places"
    return f"These words stand in {where} of the articles."


def _altered(place: ComparedPlace, speaker: str) -> str:
    if place.comparison.exact:
        return "The words stand in an article, but the ellipsis joins what was not said in one statement."
    named = place.quote.speaker
    if speaker and named and named.key and not is_called(named, speaker):
        return f"The nearest passage differs in its words, and is said by {named.name}, not by {speaker}."
    return "The nearest passage differs in its words."
