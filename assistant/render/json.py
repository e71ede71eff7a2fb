"""Answers and what a library holds as plain dictionaries for JSON, the same for the page, Python and the command line.

Spans are [start, end] in code points of the article's stored text. Knows no files; `dumps` gives one line of ASCII, so
any text, with whatever line separators or broken surrogates in it, stays one line and comes back exactly.
"""

from __future__ import annotations

import json
from typing import Any

from assistant.types import Answer, Quote
from index.types import Article, Reading, Resolution, Scope, Span, Speaker, Statement

Record = dict[str, Any]


def dumps(record: Record) -> str:
    """One record as one line of JSON, in ASCII."""
    return json.dumps(record, ensure_ascii=True, allow_nan=False)


def as_json(answer: Answer) -> Record:
    """An answer in the form that DESIGN.md gives, with remarks, notices, scope and the refusal's closest quotes."""
    refusal = answer.refusal
    return {
        "question": answer.question,
        "standalone_question": answer.standalone_question,
        "answered": answer.answered,
        "probability": None if answer.probability is None else round(answer.probability, 4),
        "refusal": None
        if refusal is None
        else {
            "reason": str(refusal.reason),
            "detail": refusal.detail,
            "closest": [quote_as_json(quote) for quote in refusal.closest],
        },
        "quotes": [quote_as_json(quote) for quote in answer.quotes],
        "remarks": [{"text": remark.text, "numbers": list(remark.numbers)} for remark in answer.remarks],
        "notices": list(answer.notices),
        "scope": scope_as_json(answer.scope),
    }


def quote_as_json(quote: Quote) -> Record:
    """A quote: its article, span, text, the statement's spans, who says it and how that is known.

    `also_in` are the ids of the articles that print the same words, `differs_in` the places where they differ.
    """
    said = quote.statement
    return {
        "article_id": quote.article.id,
        "title": quote.article.title,
        "publisher": quote.article.publisher,
        "author": quote.article.author,
        "published": _date(quote.article),
        "url": quote.article.url,
        "start": quote.span.start,
        "end": quote.span.end,
        "text": quote.text,
        "content": [_span(span) for span in quote.content],
        "cue": _optional(said.cue if said else None),
        "source": _optional(said.source if said else None),
        "speaker": _speaker(quote.speaker),
        "mention": quote.mention,
        "manner": quote.manner,
        "resolution": quote.resolution,
        "antecedent": _optional(said.antecedent if said else None),
        "certainty": said.certainty if said else None,
        "candidates": [{"name": one.name, "probability": one.probability} for one in said.candidates] if said else [],
        "flags": [str(flag) for flag in said.flags] if said else [],
        "also_in": [copy.article.id for copy in quote.copies if not copy.differs],
        "differs_in": [
            {"article_id": copy.article.id, "start": copy.span.start, "end": copy.span.end}
            for copy in quote.copies
            if copy.differs
        ],
        "score": float(quote.score),
    }


def scope_as_json(scope: Scope) -> Record:
    """Where was looked; an empty list or null does not restrict."""
    return {
        "speakers": sorted(scope.speakers),
        "articles": sorted(scope.articles),
        "publishers": sorted(scope.publishers),
        "published_after": scope.published_after.isoformat() if scope.published_after else None,
        "published_before": scope.published_before.isoformat() if scope.published_before else None,
    }


def attributions_as_json(reading: Reading) -> Record:
    """An article's statements in the form that attribution scorers read.

    `source`, `cue` and `content` are lists of spans, `speaker` the name (or the description, where only that is
    printed), null where the article does not say. What an opinion piece or a letter says as a whole is not among them.
    """
    told = (said for said in reading.statements if said.resolution is not Resolution.SIGNED or said.cue)
    return {"id": reading.article.id, "attributions": [_attribution(said) for said in told]}


def _attribution(said: Statement) -> Record:
    return {
        "source": [_span(said.source)] if said.source else [],
        "cue": [_span(said.cue)] if said.cue else [],
        "content": [_span(span) for span in said.content],
        "speaker": said.speaker.name if said.speaker else None,
        "direct": str(said.manner) == "direct",
    }


def _span(span: Span) -> list[int]:
    return [span.start, span.end]


def _optional(span: Span | None) -> list[int] | None:
    return _span(span) if span else None


def _speaker(speaker: Speaker | None) -> Record | None:
    return {"name": speaker.name, "description": speaker.description, "key": speaker.key} if speaker else None


def _date(article: Article) -> str | None:
    return article.published.isoformat() if article.published else None
