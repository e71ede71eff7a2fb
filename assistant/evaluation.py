"""Evaluation: questions whose answers are known, and the answers given, in; how many are right, out.

A quote hits a gold passage when it is of the same article, holds at least half of the passage's words, and at least 30%
of its own words lie in it, so that quoting a page is no hit. Pure; see docs/evaluation.md for the form of a question.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.types import Answer, Quote
from index.errors import QuestionError
from index.language.names import speaker_key
from index.types import Span

SCORED_WORD = re.compile(r"\w+(?:[’'\-]\w+)*")
OWN, WANTED = 0.3, 0.5


@dataclass(frozen=True, slots=True)
class Gold:
    """One right passage of a question; `names` are its speaker's, none where the reporter speaks."""

    article: str
    span: Span
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question with its right passages; none where the articles do not say."""

    id: str
    type: str
    question: str
    gold: tuple[Gold, ...]


def gold_question(record: Mapping[str, object]) -> GoldQuestion:
    """A question from its JSON.

    :raises QuestionError: If something is missing or of the wrong kind; says what.
    """
    try:
        answers = record["answers"]
        assert isinstance(answers, list)
        gold = tuple(
            Gold(
                str(one["article"]),
                Span(int(one["start"]), int(one["end"])),
                tuple(name for name in (one.get("speaker"), *one.get("speaker_aliases", ())) if name),
            )
            for one in answers
        )
        return GoldQuestion(str(record["id"]), str(record.get("type", "")), str(record["question"]), gold)
    except (KeyError, TypeError, ValueError, AssertionError) as error:
        raise QuestionError(f"question {record.get('id')!r} has no gold answers that can be read ({error})") from error


def hits(quote: Quote, gold: Gold) -> bool:
    """Whether a quote shows a right passage."""
    if quote.article.id != gold.article:
        return False
    said, wanted = (_words_in(quote.article.text, span) for span in (quote.span, gold.span))
    both = len(said & wanted)
    return bool(both) and both >= WANTED * len(wanted) and both >= OWN * len(said)


def same_speaker(quote: Quote, gold: Gold) -> bool:
    """Whether a quote's speaker is the right one: by a name's key or its surname; nobody where nobody is right."""
    if quote.speaker is None or not gold.names:
        return quote.speaker is None and not gold.names
    ours = speaker_key(quote.speaker.name)
    theirs = [speaker_key(name) for name in gold.names]
    return ours in theirs or any(ours.split()[-1:] == key.split()[-1:] for key in theirs[:1])


def figures(pairs: Iterable[tuple[GoldQuestion, Answer]]) -> dict[str, float]:
    """Shares in 0..1, by their usual names; those of which there is no case are left out."""
    n: Counter[str] = Counter()
    for question, answer in pairs:
        n["quotes"] += len(answer.quotes)
        n["verbatim"] += sum(quote.text in quote.article.text for quote in answer.quotes)
        if not question.gold:
            n["unanswerable"] += 1
            n["refused"] += not answer.answered
            continue
        n["answerable"] += 1
        n["answered"] += answer.answered
        _count(n, question, answer.quotes[:5])
    shares = {
        "passage_and_speaker@1": ("both@1", "answerable"),
        "passage@1": ("hit@1", "answerable"),
        "passage@3": ("hit@3", "answerable"),
        "passage@5": ("hit@5", "answerable"),
        "gold_coverage@5": ("found", "gold"),
        "speaker_accuracy_on_hits": ("speaker", "hit@5"),
        "verbatim_quotes": ("verbatim", "quotes"),
        "answered_when_answerable": ("answered", "answerable"),
        "abstained_when_unanswerable": ("refused", "unanswerable"),
    }
    return {name: round(n[top] / n[bottom], 4) for name, (top, bottom) in shares.items() if n[bottom]}


def _count(n: Counter[str], question: GoldQuestion, quotes: Sequence[Quote]) -> None:
    n["gold"] += len(question.gold)
    n["found"] += sum(any(hits(quote, gold) for quote in quotes) for gold in question.gold)
    ranks = [rank for rank, quote in enumerate(quotes) if any(hits(quote, gold) for gold in question.gold)]
    if not ranks:
        return
    first = quotes[ranks[0]]
    right = any(same_speaker(first, gold) for gold in question.gold if hits(first, gold))
    n["speaker"] += right
    n["both@1"] += right and ranks[0] == 0
    for k in (1, 3, 5):
        n[f"hit@{k}"] += ranks[0] < k


def _words_in(text: str, span: Span) -> set[int]:
    return {match.start() for match in SCORED_WORD.finditer(text, span.start, span.end)}
