"""History: an answer as a record that cites and does not copy, and back again.

A quote is kept as its article's id and digest, its span and its statement's number; loading cuts it again. So a saved
answer cannot show words that the library does not hold (any more).
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from assistant.render.json import scope_as_json
from assistant.types import Answer, Copy, Quote, Reason, Refusal, Remark
from index.errors import LibraryError
from index.types import Scope, Span

if TYPE_CHECKING:
    from index.storage.library import Library

Record = dict[str, Any]


def record_of(answer: Answer) -> Record:
    """An answer as plain values for JSON."""
    refusal = answer.refusal
    return {
        "question": answer.question,
        "standalone_question": answer.standalone_question,
        "quotes": [_cited(quote) for quote in answer.quotes],
        "refusal": refusal
        and {
            "reason": str(refusal.reason),
            "detail": refusal.detail,
            "closest": [_cited(quote) for quote in refusal.closest],
        },
        "remarks": [[remark.text, list(remark.numbers)] for remark in answer.remarks],
        "notices": list(answer.notices),
        "scope": scope_as_json(answer.scope),
    }


def answer_from(record: Record, library: Library) -> Answer:
    """The answer that a record stands for.

    :raises LibraryError: If an article it cites is gone or has another text now.
    :raises ValueError, KeyError, TypeError: If it is no such record.
    """
    refusal = record["refusal"]
    scope = record["scope"]
    return Answer(
        question=record["question"],
        standalone_question=record["standalone_question"],
        quotes=tuple(_cut(one, library) for one in record["quotes"]),
        refusal=refusal
        and Refusal(
            Reason(refusal["reason"]), refusal["detail"], tuple(_cut(one, library) for one in refusal["closest"])
        ),
        remarks=tuple(Remark(text, tuple(numbers)) for text, numbers in record["remarks"]),
        notices=tuple(record["notices"]),
        scope=Scope(
            frozenset(scope["speakers"]),
            frozenset(scope["articles"]),
            frozenset(scope["publishers"]),
            _day(scope["published_after"]),
            _day(scope["published_before"]),
        ),
    )


def _cited(quote: Quote) -> Record:
    return {
        "article": quote.article.id,
        "digest": quote.article.digest,
        "span": [quote.span.start, quote.span.end],
        "statement": quote.statement.number if quote.statement else None,
        "others": [said.number for said in quote.others],
        "score": quote.score,
        "copies": [[copy.article.id, copy.span.start, copy.span.end, copy.differs] for copy in quote.copies],
    }


def _cut(record: Record, library: Library) -> Quote:
    article = library.article(record["article"])
    if article.digest != record["digest"]:
        raise LibraryError(f"the article {article.id!r} has another text than when it was quoted; ask again")
    number = record["statement"]
    statement = None if number is None else library.statement(article.id, number)
    copies = tuple(
        Copy(library.article(other), Span(start, end), differs) for other, start, end, differs in record["copies"]
    )
    others = tuple(library.statement(article.id, one) for one in record.get("others", ()))  # older records have none
    return Quote(article, Span(*record["span"]), statement, record["score"], copies, others)


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
