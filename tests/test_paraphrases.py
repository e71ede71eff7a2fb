"""What models write of quotes, the good and the wrong, on 26 quotes: the good is shown, the wrong never is.

A line of data/paraphrases.jsonl is a quote, or a remark that cites some. One that is `lost` is good and dropped all the
same: the checks err towards dropping, and how far is to be seen here.
"""

import json
import re
from pathlib import Path

import pytest

from assistant.llm.remarks import objection
from assistant.types import Quote, Remark
from index.types import Article, Manner, Resolution, Span, Speaker, Statement

LINES = [json.loads(line) for line in (Path(__file__).parent / "data" / "paraphrases.jsonl").read_bytes().splitlines()]
REMARKS = [line for line in LINES if "remark" in line]


def quote_of(line: dict) -> Quote:
    text = line["text"]
    article = Article(line["quote"], "", text, publisher="Weston Post")
    if line["manner"] == "narration":
        return Quote(article, Span(0, len(text)))
    at = text.index(line["source"])
    source = Span(at, at + len(line["source"]))
    rest = (Span(0, at),) if at > 30 else (Span(source.end, len(text)),)
    content = tuple(Span(*hit.span()) for hit in re.finditer("“[^”]*”", text)) if line["manner"] == "direct" else rest
    name = line["speaker"]
    speaker = Speaker("s", name, line["description"], (name.split()[-1],), name.lower()) if name else None
    how = Resolution.NAMED if speaker else Resolution.UNRESOLVED
    whole = Span(0, len(text))
    return Quote(
        article, whole, Statement(article.id, 0, content, None, source, speaker, Manner(line["manner"]), how, whole)
    )


QUOTES = {line["quote"]: quote_of(line) for line in LINES if "quote" in line}


def said_against(line: dict) -> str:
    cited = [QUOTES[name] for name in line["cites"]]
    return objection(Remark(line["remark"], tuple(range(1, len(cited) + 1))), cited)


@pytest.mark.parametrize(
    "line", [one for one in REMARKS if one["fit"] and not one.get("lost")], ids=lambda one: one["remark"][:60]
)
def test_what_says_what_the_quotes_say_is_shown(line: dict) -> None:
    assert said_against(line) == ""


@pytest.mark.parametrize("line", [one for one in REMARKS if not one["fit"]], ids=lambda one: one["remark"][:60])
def test_what_says_something_else_is_not(line: dict) -> None:
    assert said_against(line)


def test_few_good_sentences_are_lost() -> None:
    fit = [one for one in REMARKS if one["fit"]]
    assert sum(said_against(one) != "" for one in fit) <= 0.05 * len(fit)
