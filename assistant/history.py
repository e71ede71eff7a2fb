"""History: takes the answers of a chat, gives a record that cites and does not copy, and back again.

A quote is kept as its article's id and digest, its span and its statement's number; loading cuts it again. So a saved
answer cannot show words that the library does not hold (any more). A record has the version of its form; `UPGRADES[n]`
takes form n + 1 to form n + 2, and one that was released never changes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from assistant.render.json import scope_as_json
from assistant.types import Answer, Copy, Quote, Reason, Refusal, Remark
from index.errors import LibraryError, LibraryMismatch
from index.types import Scope, Span

if TYPE_CHECKING:
    from index.storage.library import Library

Record = dict[str, Any]


def _name_others(record: Record) -> Record:
    """1 to 2: every quote lists the other statements in it, be it none."""
    for turn in record["turns"]:
        for quote in (*turn["quotes"], *(turn["refusal"] or {"closest": ()})["closest"]):
            quote.setdefault("others", [])
    return record


UPGRADES: tuple[Callable[[Record], Record], ...] = (_name_others,)
CHAT_VERSION = len(UPGRADES) + 1


def chat_record(turns: Iterable[Answer]) -> Record:
    """A chat as plain values for JSON."""
    return {"version": CHAT_VERSION, "turns": [record_of(answer) for answer in turns]}


def saved_turns(record: Record) -> list[Record]:
    """The answers of a saved chat in this version's form, each for `answer_from`.

    :raises LibraryMismatch: If a newer version of the program saved it.
    :raises ValueError, KeyError, TypeError: If it is no saved chat.
    """
    version = record["version"]
    if version > CHAT_VERSION:
        raise LibraryMismatch(
            f"a newer On the Record saved the chat (its version is {version}, this program's is {CHAT_VERSION}); "
            "update the program"
        )
    if version < 1:
        raise ValueError(f"its version is {version}")
    for upgrade in UPGRADES[version - 1 :]:
        record = upgrade(record)
    return list(record["turns"])


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
        "probability": answer.probability,
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
        probability=record.get("probability"),  # older chats have none
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
    others = tuple(library.statement(article.id, one) for one in record["others"])
    return Quote(article, Span(*record["span"]), statement, record["score"], copies, others)


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
