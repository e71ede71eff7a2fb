"""Renderings: whatever its characters, each rendering gives the passage back, and the passage steers nothing."""

import csv
import datetime as dt
import io
import itertools
import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant.render import (
    Role,
    as_csv,
    as_json,
    as_markdown,
    as_text,
    attributions_as_json,
    citation,
    dumps,
    pieces,
    quote_as_json,
    quote_as_markdown,
    quote_as_text,
    reveal,
    show,
    visible,
)
from assistant.render.commonmark import block_quotation
from assistant.render.csv import COLUMNS, guard, unguard
from assistant.render.wording import sureness
from assistant.types import Answer, Copy, Quote, Reason, Refusal, Remark
from index.types import Article, Flag, Manner, PossibleSpeaker, Reading, Resolution, Scope, Span, Speaker, Statement

TEXT = "“We won,” said Lee, “and they lost.” He told us the vote was fair.\n\nNobody slept. “I did,” he said."
LEE = Speaker("s0", "Ann Lee", "the winning candidate", ("Lee",), "ann lee")
GUARD = Speaker("s1", "a night guard")


def at(words: str, text: str = TEXT) -> Span:
    assert text.count(words) == 1, words
    return Span(text.index(words), text.index(words) + len(words))


def article(text: str = TEXT, **other: object) -> Article:
    fields = {
        "title": "The Count",
        "publisher": "The Daily Example",
        "author": "Jo Doe",
        "url": "https://x.example/a?b=1",
    }
    return Article("a1", text=text, published=dt.date(2024, 5, 3), **{**fields, **other})


MIXED = Statement(
    *("a1", 0, (at("“We won,”"), at("“and they lost.”")), Span(10, 14), at("Lee"), LEE),
    *(Manner.MIXED, Resolution.NAMED, at("“We won,” said Lee, “and they lost.”")),
)
INDIRECT = Statement(
    *("a1", 1, (at("the vote was fair"),), at("told us"), at("He"), LEE, Manner.INDIRECT, Resolution.PRONOUN),
    *(at("He told us the vote was fair."), at("Lee")),
)
UNNAMED = Statement(
    *("a1", 2, (at("“I did,”"),), Span(94, 98), Span(91, 93), None),
    *(Manner.DIRECT, Resolution.UNRESOLVED, at("“I did,” he said."), None, (Flag.UNCLOSED,)),
)
QUOTES = tuple(Quote(article(), said.extent, said, 0.5) for said in (MIXED, INDIRECT, UNNAMED))
AWKWARD = (
    "İstanbul\r\n“😀 cafe\u0301”",
    "\u202eevil\u202c \u2066x\u2069",
    "a\U000e0041\U000e0042b",
    "\x1b[2J\x1b]0;title\x07\x00\x85\u2028x",
    "line\rover\r\n\r\nwritten",
    "\\u{202e} and \\u{5c}",
    "\ud800 alone",
    "  * one\n\t- two\n\n\n\n    code\n---\n===\n1. x\n10) y\n# z\n> q\n```\n~~~",
    "\n",
    "\n\n \n x \n\u3000\n",
    "<img src=x onerror=alert(1)>&lt;b&amp;",
    "[a](javascript:x) ![b](http://x/y.png) <http://z> http://w.example www.w.example a@b.example",
    "=1+1",
    "'=1",
    "|a|b|\n|-|-|",
    "trailing \\",
)
texts = st.one_of(
    st.sampled_from(AWKWARD), st.text(min_size=1, max_size=60), st.text("*_`[]()<>&\\\n\r \t#-=+!'\"|0.)x")
)
texts = texts.filter(bool)


def whole(text: str) -> Quote:
    return Quote(article(text), Span(0, len(text)))


def markdown_text(source: str) -> str:
    """The text of the block quotation in it, as a page would show it; anything but plain paragraphs is an error."""
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(source)
    first = [token.type for token in tokens].index("blockquote_open")
    last = [token.type for token in tokens].index("blockquote_close")
    paragraphs = []
    for token in tokens[first + 1 : last]:
        assert token.type in ("paragraph_open", "inline", "paragraph_close"), token.type
        kinds = [child.type for child in token.children or ()]
        assert set(kinds) <= {"text", "hardbreak", "softbreak", "text_special"}, kinds
        if token.type == "inline":
            paragraphs.append("".join("\n" if c.type == "hardbreak" else c.content for c in token.children))
    return "\n\n".join(paragraphs)


@settings(deadline=None)
@given(texts)
def test_unseen_characters_are_shown_and_can_be_had_back(text: str) -> None:
    shown = visible(text)
    assert reveal(shown) == text
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]", shown)
    shown.encode("utf-8")


@pytest.mark.parametrize("text", ["Ünï ‘naïve’ 👩‍👩‍👧 \u200fשלום\u200e", "a\tb\nc\r\nd", "C:\\users", "\\u0041"])
def test_what_a_reader_can_see_stands_as_it_is(text: str) -> None:
    assert visible(text) == text


@settings(deadline=None)
@given(texts)
def test_text_gives_the_passage_back(text: str) -> None:
    for styled in (False, True):
        lines = quote_as_text(whole(text), "[1]", styled=styled).split("\n")[1:-1]
        assert all(line.startswith("    ") for line in lines)
        assert reveal("\n".join(line[4:] for line in lines)) == text


@settings(deadline=None)
@given(texts)
def test_markdown_gives_the_passage_back(text: str) -> None:
    assert reveal(markdown_text(quote_as_markdown(whole(text), "[1]"))) == text
    assert reveal(markdown_text(block_quotation(text))) == text


@settings(deadline=None)
@given(texts)
def test_csv_gives_the_passage_back_and_no_cell_is_a_formula(text: str) -> None:
    table = as_csv([Answer(text, text, (Quote(article(text, title=text, author=text), Span(0, len(text))),))])
    table.encode("utf-8")
    header, row = csv.reader(io.StringIO(table, newline=""))
    cells = dict(zip(header, row, strict=True))
    assert (
        reveal(unguard(cells["text"])) == reveal(unguard(cells["title"])) == reveal(unguard(cells["question"])) == text
    )
    assert not [cell for cell in row if re.match(r"\s*[=+\-@\t\r＝＋－＠]", cell)]


@settings(deadline=None)
@given(texts)
def test_json_gives_the_passage_back_on_one_line(text: str) -> None:
    line = dumps(as_json(Answer("q", "q", (whole(text),))))
    assert len(line.splitlines()) == 1
    assert json.loads(line)["quotes"][0]["text"] == text


@settings(deadline=None)
@given(texts, st.integers(1, 40))
def test_show_gives_the_article_back(text: str, width: int) -> None:
    said = Statement(
        *("a1", 0, (Span(0, len(text)),), None, None, LEE, Manner.DIRECT, Resolution.NAMED, Span(0, len(text)))
    )
    plain, marked = (show(Reading(article(text), (), (), found), width=width) for found in ((), (said,)))
    rows = plain.split("\n\n", 2)[2].split("\n")[:-1]
    assert all(row.startswith("  ") for row in rows if row)
    shown = visible(text)
    for row in rows:
        assert shown.startswith(row[2:])
        shown = shown[len(row[2:]) :].removeprefix("\n")
    assert shown == ""
    assert [line for line in marked.split("\n\n", 2)[2].split("\n")[:-1] if not re.fullmatch(r"  A=*", line)] == [
        row for row in rows if not re.fullmatch(r"  A=*", row)
    ]


@settings(deadline=None)
@given(texts.map(lambda text: text + "pad"), st.data())
def test_pieces_cover_the_quote_exactly_in_order(text: str, data: st.DataObject) -> None:
    def span(inside: Span) -> Span:
        start = data.draw(st.integers(inside.start, inside.end - 1))
        return Span(start, data.draw(st.integers(start + 1, inside.end)))

    everything = Span(0, len(text))
    content = span(everything)
    said = Statement(
        *("a1", 0, (content,), span(everything), span(everything), None),
        *(Manner.DIRECT, Resolution.UNRESOLVED, everything),
    )
    extent = Span(data.draw(st.integers(0, content.start)), data.draw(st.integers(content.end, len(text))))
    quote = Quote(article(text), extent, said)
    found = pieces(quote)
    assert "".join(piece.span.cut(text) for piece in found) == quote.text
    assert all(one.role is not two.role for one, two in itertools.pairwise(found))
    for piece in found:
        inside = {
            Role.SOURCE: piece.span in said.source,
            Role.CUE: piece.span in said.cue,
            Role.CONTENT: piece.span in content,
            Role.FRAME: not any(piece.span.overlaps(s) for s in (content, said.cue, said.source)),
        }
        assert inside[piece.role]


def test_pieces_have_the_roles_of_the_statement() -> None:
    assert [(piece.span.cut(TEXT), str(piece.role)) for piece in pieces(QUOTES[0])] == [
        ("“We won,”", "content"),
        (" ", "frame"),
        ("said", "cue"),
        (" ", "frame"),
        ("Lee", "source"),
        (", ", "frame"),
        ("“and they lost.”", "content"),
    ]
    assert [str(piece.role) for piece in pieces(whole("Nobody slept."))] == ["frame"]


def test_text_says_who_how_and_where_and_adds_no_quotation_marks() -> None:
    copies = (Copy(article(), Span(0, 3), False), Copy(article(title="Other"), Span(0, 3), True))
    quotes = (*QUOTES[:2], Quote(article(), UNNAMED.extent, UNNAMED, 0.1, copies))
    answer = Answer("Who won?", "Who won?", quotes, remarks=(Remark("Lee won.", (1, 2)),), notices=("Spelt so.",))
    where = "    — Jo Doe, “The Count”, The Daily Example, 3 May 2024, https://x.example/a?b=1"
    assert as_text(answer).split("\n") == [
        "Note: Spelt so.",
        "Lee won. [1, 2]",
        "(Written by the chat model; the numbers are the quotes it rests on.)",
        "",
        "[1] Ann Lee, the winning candidate (partly quoted; printed as “Lee”)",
        "    “We won,” said Lee, “and they lost.”",
        f"{where} (article a1, 0-36)",
        "",
        "[2] Ann Lee, the winning candidate (indirect speech; printed as “He”)",
        "    He told us the vote was fair.",
        f"{where} (article a1, 37-66)",
        "",
        "[3] not named: “he” (direct speech)",
        "    “I did,” he said.",
        f"{where} (article a1, 82-99)",
        "    Note: The article opens this quotation and never closes it; where it ends is our reading.",
        "      also in: Jo Doe, “The Count”, The Daily Example, 3 May 2024, https://x.example/a?b=1",
        "      in other words in: Jo Doe, “Other”, The Daily Example, 3 May 2024, https://x.example/a?b=1",
        "        “We",
        "",
    ]


@pytest.mark.parametrize(
    ("source", "speaker", "resolution", "line"),
    [
        (at("Lee"), LEE, Resolution.NAMED, "Ann Lee, the winning candidate"),
        (at("Lee"), GUARD, Resolution.DESCRIPTION, "not named: “a night guard”"),
        (at("Lee"), None, Resolution.UNRESOLVED, "not named: “Lee”"),
        (None, None, Resolution.UNRESOLVED, "not named"),
    ],
)
def test_nobody_is_named_whom_the_article_does_not_name(source, speaker, resolution, line) -> None:
    said = Statement("a1", 0, (at("“We won,”"),), None, source, speaker, Manner.DIRECT, resolution, Span(0, 36))
    quote = Quote(article(), said.extent, said)
    assert citation(quote).startswith(f"{line} (direct speech), in Jo Doe, “The Count”")
    assert quote_as_text(quote, "[1]").startswith(f"[1] {line} (direct speech")


def test_narration_is_the_publications() -> None:
    assert quote_as_text(whole("It rained."), "[1]").startswith("[1] The Daily Example (the reporter's own words)\n")


@pytest.mark.parametrize("render", [as_text, as_markdown])
def test_what_is_closest_to_a_refused_question_is_never_numbered(render) -> None:
    shown = render(Answer("q", "q", refusal=Refusal(Reason.NO_SUCH_SPEAKER, "Kerry is not quoted.", QUOTES[:1])))
    assert "Kerry is not quoted." in shown
    assert "(not an answer)" in shown
    assert "[1" not in shown


def test_a_copy_in_other_words_is_shown_with_its_words() -> None:
    copies = (Copy(article("It *did not* rain."), Span(0, 18), True), Copy(article("It rained."), Span(0, 10), False))
    shown = quote_as_markdown(Quote(article("It rained."), Span(0, 10), None, 0.0, copies))
    assert shown.count("> It") == 2 and "\n\n> It \\*did not\\* rain." in shown
    assert shown.index("In other words in: ") < shown.index("> It \\*") < shown.index("Also in: ")


def test_a_follow_up_shows_how_it_was_understood() -> None:
    for render in (as_text, as_markdown):
        assert "Understood as: What did Lee say?" in render(Answer("And she?", "What did Lee say?", QUOTES[:1]))
        assert "Understood as" not in render(Answer("q", "q", QUOTES[:1]))


def test_json_has_the_form_of_the_design() -> None:
    scope = Scope(speakers=frozenset({"ann lee"}), published_after=dt.date(2024, 1, 2))
    copies = (Copy(Article("a2", "", "xyz"), Span(0, 3), False), Copy(Article("a3", "", "xyz"), Span(1, 3), True))
    quote = Quote(article(), INDIRECT.extent, INDIRECT, 0.25, copies)
    assert as_json(Answer("And she?", "What?", (quote,), scope=scope)) == {
        "question": "And she?",
        "standalone_question": "What?",
        "answered": True,
        "probability": None,
        "refusal": None,
        "quotes": [
            {
                "article_id": "a1",
                "title": "The Count",
                "publisher": "The Daily Example",
                "author": "Jo Doe",
                "published": "2024-05-03",
                "url": "https://x.example/a?b=1",
                "start": 37,
                "end": 66,
                "text": "He told us the vote was fair.",
                "content": [[48, 65]],
                "cue": [40, 47],
                "source": [37, 39],
                "speaker": {"name": "Ann Lee", "description": "the winning candidate", "key": "ann lee"},
                "mention": "He",
                "manner": "indirect",
                "resolution": "pronoun",
                "antecedent": [15, 18],
                "certainty": 1.0,
                "candidates": [],
                "flags": [],
                "also_in": ["a2"],
                "differs_in": [{"article_id": "a3", "start": 1, "end": 3}],
                "score": 0.25,
            }
        ],
        "remarks": [],
        "notices": [],
        "scope": {
            "speakers": ["ann lee"],
            "articles": [],
            "publishers": [],
            "published_after": "2024-01-02",
            "published_before": None,
        },
    }


def test_json_of_a_refusal_holds_the_closest_quotes_apart() -> None:
    record = as_json(Answer("q", "q", refusal=Refusal(Reason.NOT_IN_ARTICLES, "No.", QUOTES[2:])))
    assert record["quotes"] == [] and record["answered"] is False
    assert record["refusal"]["reason"] == "not_in_articles" and record["refusal"]["detail"] == "No."
    (closest,) = record["refusal"]["closest"]
    assert (closest["speaker"], closest["mention"], closest["flags"]) == (None, "he", ["unclosed"])


def test_statements_as_json_are_lists_of_spans() -> None:
    record = attributions_as_json(Reading(article(), (), (), (MIXED, UNNAMED)))
    assert record == {
        "id": "a1",
        "attributions": [
            {
                "source": [[15, 18]],
                "cue": [[10, 14]],
                "content": [[0, 9], [20, 36]],
                "speaker": "Ann Lee",
                "direct": False,
            },
            {"source": [[91, 93]], "cue": [[94, 98]], "content": [[82, 90]], "speaker": None, "direct": True},
        ],
    }


def test_csv_has_a_row_for_each_quote_and_each_refusal() -> None:
    refused = Answer("r", "r", refusal=Refusal(Reason.NO_ARTICLES, "There are no articles."))
    header, *rows = csv.reader(io.StringIO(as_csv([Answer("q", "q", QUOTES), refused]), newline=""))
    assert tuple(header) == COLUMNS
    assert [(row[0], row[2], row[3], row[-2]) for row in rows] == [
        ("q", "1", "Ann Lee", ""),
        ("q", "2", "Ann Lee", ""),
        ("q", "3", "", ""),
        ("r", "", "", "no_articles"),
    ]


@pytest.mark.parametrize(
    ("cell", "guarded"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+1 said Lee", "'+1 said Lee"),
        ("- a list", "'- a list"),
        ("@lee", "'@lee"),
        (" =1", "' =1"),
        ("＝1", "'＝1"),
        ("'=1", "''=1"),
        ("'Tis so", "'Tis so"),
        ("a = b", "a = b"),
        ("“We won,” said Lee", "“We won,” said Lee"),
    ],
)
def test_only_what_could_be_a_formula_is_guarded(cell: str, guarded: str) -> None:
    assert guard(cell) == guarded
    assert unguard(guarded) == cell


def test_show_marks_each_statement_below_its_words() -> None:
    reading = Reading(article(), (), (), (MIXED, INDIRECT, UNNAMED))
    assert show(reading, width=53).split("\n") == [
        "Jo Doe, “The Count”, The Daily Example, 3 May 2024, https://x.example/a?b=1",
        "",
        "  A  Ann Lee, the winning candidate (2 statements)",
        "  ?  not named in the article (1 statement)",
        "     === direct speech  --- indirect speech  ~~~ partly quoted  ... who says it, and the words for it",
        "",
        "  “We won,” said Lee, “and they lost.” He told us the ",
        "  A~~~~~~~~ .... ...  A~~~~~~~~~~~~~~~ .. ....... A---",
        "  vote was fair.",
        "  A------------",
        "",
        "  Nobody slept. “I did,” he said.",
        "                ?======= .. ....",
        "",
    ]


def test_marks_stand_below_wide_and_combining_characters() -> None:
    text = "日本 cafe\u0301 “yes”"
    span = at("“yes”", text)
    said = Statement("a1", 0, (span,), None, None, None, Manner.DIRECT, Resolution.UNRESOLVED, span)
    assert show(Reading(article(text), (), (), (said,))).endswith(f"\n  {text}\n            ?====\n")


def test_an_address_is_a_link_only_when_it_is_one() -> None:
    def cited(url: str) -> str:
        return quote_as_markdown(Quote(article(url=url), Span(0, 5))).split("\n")[-1]

    assert cited("https://x.example/a_b?c=1&d").endswith(", <https://x.example/a_b?c=1&d>")
    for url in ("javascript:alert(1)", "https://x.example/ ![x](y)", "https://x> <img src=y>"):
        html = MarkdownIt("commonmark").render(cited(url))
        assert "<a" not in html and "<img" not in html


def test_titles_and_names_are_no_markup() -> None:
    hostile = "![x](http://e.example/p.png) <img src=x onerror=y>\n# h\n[a](javascript:b) **c** `d`"
    quote = Quote(article(title=hostile, author=hostile, publisher=hostile, url=hostile), Span(0, 5))
    answer = Answer(hostile, "other " + hostile, (quote,), notices=(hostile,), remarks=(Remark(hostile, (1,)),))
    html = MarkdownIt("commonmark").render(as_markdown(answer))
    assert set(re.findall(r"<(\w+)", html)) == {"h2", "p", "strong", "em", "blockquote"}


@pytest.mark.parametrize(
    ("certainty", "speaker", "word", "sentence"),
    [
        (0.99, LEE, "certain", ""),
        (0.9, LEE, "likely", ""),
        (0.6, LEE, "not certain", "Who says this is not certain: Ann Lee or Eve Poe."),
        (0.0, None, "", "Who says this is not certain: Ann Lee or Eve Poe."),
    ],
)
def test_how_sure_a_speaker_is_stands_everywhere(certainty, speaker, word, sentence) -> None:
    names = (PossibleSpeaker("Ann Lee", 0.6), PossibleSpeaker("Eve Poe", 0.3))
    resolution = Resolution.PRONOUN if speaker else Resolution.UNRESOLVED
    said = Statement(
        "a1", 0, (Span(0, 9),), None, None, speaker, Manner.DIRECT, resolution, Span(0, 9), None, (), certainty, names
    )
    quote = Quote(article(), said.extent, said)
    record = quote_as_json(quote)
    assert sureness(said) == word
    assert (record["certainty"], len(record["candidates"])) == (certainty, 2)
    for shown in (quote_as_text(quote, "[1]"), quote_as_markdown(quote)):
        assert (sentence in shown) == bool(sentence) or not sentence
        assert ("not certain" in shown) == bool(sentence)
