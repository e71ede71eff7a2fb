"""The page's HTML without a browser: what a card and the source view show of an article, and what they never do."""

import datetime as dt
import html
import json
import re
import threading
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assistant.query.filters import NAMES, Filters
from assistant.render import visible
from assistant.render.wording import citation
from assistant.types import Answer, Copy, Quote, Reason, Refusal, Remark
from assistant.web.cards import card, conversation, passage, turn
from assistant.web.chat_session import Asking, Halted, Talk, restored
from assistant.web.export import export
from assistant.web.filter_form import chips
from assistant.web.guard import HEADERS, credentials, loopback
from assistant.web.html_tables import ROWS, more
from assistant.web.markup import Highlight, button, link, marked
from assistant.web.source_view import explain, source
from assistant.web.timeline_plot import Point, plot
from index.errors import QuestionError, SettingsError
from index.storage.library import Library
from index.types import Article, Flag, Manner, Passage, Reading, Resolution, Span, Speaker, Statement

TEXT = (
    "“The lock is closed,” said Mara Ellison, the county’s engineer.\n\n"
    "She said that it would stay so. He did not believe her.\n\n"
    "A passer-by called it “a scandal”."
)
MARA = Speaker("mara", "Mara Ellison", "the county’s engineer", key="mara ellison")
HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    '"><svg onload=alert(1)>',
    "![x](http://elsewhere.example/x.png)",
    "${alert(1)} {{constructor}} `x`",
    "javascript:alert(1)",
    "&lt;b&gt; &#60;",
    "\u202egnp.exe",
    "\U000e0068\U000e0069",
)


def span(words, text=TEXT):
    start = text.index(words)
    return Span(start, start + len(words))


def article(**more):
    fields = {"title": "Lock closed", "publisher": "The Wend Courier", "author": "Ines Okafor"}
    return Article(**{"id": "lock", "text": TEXT, **fields, "published": dt.date(2024, 3, 12), **more})


def statement(number, content, cue, source, speaker, manner, resolution, extent, **more):
    parts = tuple(span(one) for one in content)
    return Statement(
        "lock",
        number,
        parts,
        span(cue),
        span(source) if source else None,
        speaker,
        manner,
        resolution,
        span(extent),
        **more,
    )


FIRST = statement(
    0, ["“The lock is closed,”"], "said", "Mara Ellison", MARA, Manner.DIRECT, Resolution.NAMED,
    "“The lock is closed,” said Mara Ellison, the county’s engineer.",
)  # fmt: skip
SECOND = statement(
    1, ["it would stay so"], "said that", "She", MARA, Manner.INDIRECT, Resolution.PRONOUN,
    "She said that it would stay so.", antecedent=span("Mara Ellison"),
)  # fmt: skip
THIRD = statement(
    2,
    ["He did not believe her"],
    "believe",
    "He",
    None,
    Manner.INDIRECT,
    Resolution.UNRESOLVED,
    "He did not believe her.",
)
FOURTH = statement(
    3, ["“a scandal”"], "called", "A passer-by", Speaker("p", "A passer-by"), Manner.MIXED, Resolution.DESCRIPTION,
    "A passer-by called it “a scandal”.",
)  # fmt: skip
SAID = (FIRST, SECOND, THIRD, FOURTH)


def reading(said=SAID, **more):
    sentences = tuple(span(one) for one in (
        "“The lock is closed,” said Mara Ellison, the county’s engineer.", "She said that it would stay so.",
        "He did not believe her.", "A passer-by called it “a scandal”.",
    ))  # fmt: skip
    passages = tuple(Passage("lock", one.number, one.extent, one.number) for one in said)
    return Reading(article(**more), sentences, passages, said)


def quote(said=FIRST, **more):
    return Quote(article(), said.extent, said, **more)


class Page(HTMLParser):
    """What a browser would make of HTML: its text, its tags, its attributes."""

    def __init__(self, markup):
        super().__init__(convert_charrefs=True)
        self.texts, self.tags, self.attributes = [], [], []
        self.feed(markup)
        self.close()
        self.text = "".join(self.texts)

    def handle_data(self, data):
        self.texts.append(data)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]


def text_of(markup):
    return Page(markup).text


# Text stays text


@given(st.text(min_size=1), st.lists(st.tuples(st.integers(0, 40), st.integers(1, 40)), max_size=5))
@example("İstanbul\r\n“😀 cafe\u0301” <b>&amp;", [(0, 9), (3, 12)])
def test_marked_text_is_the_article_s_text(text, spans):
    marks = [Highlight(Span(start, start + size), "m", {"data_x": text}) for start, size in spans]
    assert text_of(marked(text, Span(0, len(text)), marks)) == visible(text)


@given(st.text(min_size=1))
def test_whatever_stands_in_an_article_adds_no_element(text):
    plain = Page(marked("x", Span(0, 1), ())).tags
    assert Page(marked(text, Span(0, len(text)), ())).tags == plain


@pytest.mark.parametrize("words", HOSTILE)
def test_a_hostile_article_is_shown_as_text(words):
    text = f"“{words},” said {words}."
    hostile = Article("lock", words, text, words, words, None, words, words)
    speaker = Speaker("h", words, words, (words,), words)
    said = Statement(
        "lock", 0, (Span(0, len(words) + 3),), None, Span(len(text) - 1 - len(words), len(text) - 1), speaker,
        Manner.DIRECT, Resolution.NAMED, Span(0, len(text)),
    )  # fmt: skip
    shown = Quote(hostile, Span(0, len(text)), said, copies=(Copy(hostile, Span(0, len(text)), True),))
    answer = Answer(words, words + "?", (shown,), remarks=(Remark(words, (1,)),), notices=(words,))
    whole = turn(answer, 1) + source(Reading(hostile, (Span(0, len(text)),), (), (said,)), said.extent, 0)
    page, harmless = Page(whole), Page(turn(Answer("a", "a?", (quote(),)), 1) + source(reading(), FIRST.extent, 0))
    assert {"script", "img", "iframe", "svg"}.isdisjoint(page.tags)
    assert not [name for _, name, _ in page.attributes if name.startswith("on") or name in ("src", "srcdoc", "style")]
    assert set(page.tags) - {"details", "summary", "a"} <= set(harmless.tags) | {"ul", "li", "q", "div", "p"}
    assert all(value.startswith("#") for _, name, value in page.attributes if name == "href")
    assert not re.search("[\u202e\U000e0068]", whole)
    assert visible(words) in page.text


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://wend.example/a?b=c&d=1", True),
        ("HTTP://wend.example", True),
        ("javascript:alert(1)", False),
        ("data:text/html,<script>", False),
        ("//wend.example", False),
        ("https://wend.example/\"onclick='x'", False),
        (" https://wend.example", False),
        ("https://wend.example/\nx", False),
    ],
)
def test_only_web_addresses_become_links(url, linked):
    assert ("<a " in link(url, "original")) is linked


# Cards


def test_a_card_sets_the_speaker_s_words_apart():
    shown = passage(quote())
    assert '<span class="otr-content direct">“The lock is closed,”</span>' in shown
    assert '<span class="otr-cue">said</span>' in shown
    assert '<span class="otr-source">Mara Ellison</span>' in shown


@pytest.mark.parametrize("said", SAID, ids=lambda said: said.resolution)
def test_no_quotation_marks_are_put_round_anything(said):
    assert text_of(passage(quote(said))) == said.extent.cut(TEXT)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (FIRST, "Mara Ellisonthe county’s engineerDirect speech"),
        (SECOND, "Mara Ellisonthe county’s engineer · printed as “She”Indirect speech"),
        (THIRD, "not named: “He”Indirect speech"),
        (FOURTH, "not named: “A passer-by”Partly quoted"),
    ],
)
def test_a_card_says_who_speaks_and_how(said, words):
    assert text_of(card(quote(said), "q")).startswith(words)


def test_the_reporter_s_own_words_are_called_so():
    narration = Quote(article(), Span(0, 10))
    assert text_of(card(narration, "q")).startswith("The Wend CourierThe reporter’s words")


def test_a_card_says_where_it_was_printed_and_where_else():
    elsewhere = article(id="copy", title="Lock shut", publisher="Northern Wire")
    copies = (Copy(elsewhere, Span(0, 5), False), Copy(elsewhere, Span(0, 5), True))
    shown = text_of(card(quote(copies=copies), "q"))
    assert "Lock closed · The Wend Courier · Ines Okafor · 12 March 2024" in shown
    assert "Also in 1 other" in shown
    assert "In other words in 1 other" in shown


def test_a_card_can_be_copied_in_three_forms_and_opened():
    page = Page(card(quote(), "q"))
    copied = [value for _, name, value in page.attributes if name == "data-text"]
    assert "“The lock is closed,” said" in copied[0]
    assert copied[1].startswith("**Mara Ellison")
    assert copied[2].startswith("Mara Ellison, the county’s engineer (direct speech), in Ines Okafor, “Lock closed”")
    data = {name: value for _, name, value in page.attributes if name in ("data-article", "data-start", "data-end")}
    assert data == {"data-article": "lock", "data-start": "0", "data-end": str(FIRST.extent.end)}


def test_doubtful_bounds_are_told():
    doubtful = statement(
        0, ["“The lock is closed,”"], "said", None, None, Manner.DIRECT, Resolution.UNRESOLVED,
        "“The lock is closed,” said Mara Ellison, the county’s engineer.", flags=(Flag.UNCLOSED,),
    )  # fmt: skip
    assert "never closes it" in card(quote(doubtful), "q")
    assert "never closes it" not in card(quote(), "q")


def test_what_was_not_said_is_no_direct_speech():
    shown = card(quote(replace(FIRST, flags=(Flag.NOT_SAID,))), "q")
    assert "Told as not said" in shown and "Direct speech" not in shown
    assert "it is denied, supposed, or from a forged paper" in shown
    assert "Told as not said" not in card(quote(), "q")


def test_a_follow_up_is_shown_as_it_was_understood():
    assert "Understood as" in turn(Answer("And the lock?", "What of the lock?", (quote(),)), 1)
    assert "Understood as" not in turn(Answer("What of the lock?", "What of the lock?", (quote(),)), 1)


def test_a_refusal_keeps_what_is_closest_apart():
    refusal = Refusal(Reason.NOT_IN_ARTICLES, "The articles do not say.", (quote(),))
    shown = turn(Answer("Why?", "Why?", refusal=refusal), 1)
    assert shown.index("The articles do not say.") < shown.index("Not an answer") < shown.index("otr-card")


def test_quotes_arrive_one_by_one():
    answer = Answer("Who?", "Who?", (quote(), quote(SECOND)), remarks=(Remark("Mara does.", (1,)),))
    assert conversation([answer], limit=1).count("otr-card") == 1
    assert "Mara does." not in conversation([answer], limit=1)
    assert conversation([answer]).count("otr-card") == 2
    assert 'href="#q1-1"' in conversation([answer])


# Stopping, and keeping over a reload


def test_an_answer_that_is_halted_keeps_what_it_has_and_asks_a_model_nothing_more():
    going_on, drawn = threading.Event(), []
    whole = Answer("Who?", "Who?", (quote(),))

    def ask(watch):
        watch(whole)
        going_on.wait(60)
        watch(replace(whole, remarks=(Remark("Mara does.", (1,)),)))  # a second sentence of a chat model
        drawn.append("asked on")
        return whole

    asking = Asking(ask)
    for answer in asking.growing():
        drawn.append(answer)
        asking.halt()
    going_on.set()
    with pytest.raises(Halted):
        asking._done.result()
    assert drawn == [whole]


def test_an_answer_that_nobody_looks_at_any_more_ends():
    going_on = threading.Event()

    def ask(watch):
        watch(Answer("Who?", "Who?", (quote(),)))
        going_on.wait(60)
        watch(Answer("Who?", "Who?", (quote(),)))

    asking = Asking(ask)
    growing = asking.growing()
    next(growing)
    growing.close()
    going_on.set()
    with pytest.raises(Halted):
        asking._done.result()


def test_a_chat_is_kept_as_citations_and_cut_again_from_the_library():
    library = Library.in_memory()
    library.put([reading(), replace(reading(id="gone"), passages=(), statements=())])
    one = Quote(article(), Span(0, SECOND.extent.end), FIRST, copies=(Copy(article(), Span(0, 5), True),))
    talk = Talk([Answer("Who?", "Who is it?", (replace(one, others=(SECOND,)),), remarks=(Remark("Mara.", (1,)),))])
    kept = talk.kept()
    assert "lock is closed" not in kept
    again, lost = restored(kept, library)
    assert (again.turns, lost) == (talk.turns, 0)
    gone = Answer("And?", "And?", (Quote(article(id="gone"), Span(0, 9)),))
    library.remove(["gone"])
    again, lost = restored(Talk([gone, *talk.turns]).kept(), library)
    assert (again.turns, lost) == (talk.turns, 1)


@pytest.mark.parametrize(
    "kept",
    ["", "{", "[]", "7", "null", '{"version": 9, "turns": [{}]}', '{"version": 1, "turns": [{"question": 5}, 7]}'],
)
def test_what_a_browser_kept_that_is_no_chat_counts_as_none(kept):
    talk, lost = restored(kept, Library.in_memory())
    assert (talk.turns, lost) == ([], 0)


# The source view


def test_the_source_view_holds_the_whole_article():
    page = text_of(source(reading()))
    assert all(line in page for line in TEXT.split("\n\n"))


def test_the_passage_is_highlighted_once_and_every_statement_marked():
    page = Page(source(reading(), SECOND.extent, 1))
    assert [value for _, name, value in page.attributes if name == "data-here"] == ["true"]
    reachable = [value for tag, name, value in page.attributes if tag == "span" and name == "tabindex"]
    assert len(reachable) == len(SAID)
    numbers = {value for tag, name, value in page.attributes if tag == "span" and name == "data-statement"}
    assert numbers == {"0", "1", "2", "3"}


def test_each_speaker_has_a_colour_and_stands_in_the_legend():
    shown = source(reading())
    assert 'class="otr-swatch s0"' in shown
    assert "Mara Ellison</bdi> 2" in shown
    assert "not named</bdi> 1" in shown


@pytest.mark.parametrize(
    ("said", "how"),
    [
        (FIRST, "Named in the sentence: “Mara Ellison”."),
        (SECOND, "“She”, taken as Mara Ellison, named one sentence before."),
        (THIRD, "“He”: the article does not say who this is."),
        (FOURTH, "“A passer-by”: the article describes who speaks and gives no name."),
    ],
)
def test_the_source_view_tells_how_we_know(said, how):
    assert explain(reading(), said) == how
    assert html.escape(how) in source(reading(), None, said.number)


def test_what_is_signed_is_said_to_be_and_not_called_speech():
    signed = replace(FIRST, cue=None, source=None, resolution=Resolution.SIGNED)
    assert explain(reading(), signed) == "Mara Ellison signed this piece; the sentence itself names nobody who says it."
    assert text_of(card(quote(signed), "q")).startswith("Mara Ellisonthe county’s engineerIn a signed piece")
    assert "(in a signed piece)" in citation(quote(signed))


def test_an_article_without_statements_says_so():
    assert "No statements were found" in source(reading(said=()))


# Filters, lists, plot, files


def test_filters_are_read_and_shown_as_chips():
    filters = Filters.read(
        {"said_by": " Mara ", "about": "lock", "published_after": "2024-01-01",
         "published_before": "2024-12-31 00:00:00", "articles": ["lock"], "author": "Ada"}
    )  # fmt: skip
    assert filters.given() == {
        "said_by": "Mara", "about": "lock", "publisher": "", "published_after": dt.date(2024, 1, 1),
        "published_before": dt.date(2024, 12, 31), "articles": ("lock",), "author": "Ada",
    }  # fmt: skip
    page = Page(chips(filters, {"lock": "Lock closed"}))
    assert page.text == (
        "Speaker Mara×About lock×From 1 January 2024×Until 31 December 2024×Article Lock closed×Author Ada×"
    )
    dropped = [value for _, name, value in page.attributes if name == "data-field"]
    assert dropped == ["said_by", "about", "published_after", "published_before", "articles", "author"]
    assert chips(Filters.read(dict.fromkeys(NAMES)), {}) == ""


@pytest.mark.parametrize(("after", "before"), [("yesterday", ""), ("2024-13-01", ""), ("2024-05-02", "2024-05-01")])
def test_dates_that_make_no_sense_are_told(after, before):
    with pytest.raises(QuestionError):
        Filters.read({"published_after": after, "published_before": before}).check_days()


def test_a_list_shows_fifty_at_a_time():
    assert more(ROWS, ROWS, "articles", "x") == ""
    shown = more(20_000, ROWS, "articles", "more_articles")
    assert "50 of 20,000 articles" in shown
    assert 'data-rows="100"' in shown


def test_the_plot_has_a_dot_for_each_article_a_speaker_is_in():
    points = [Point(dt.date(2024, month, 1), f"a{month}", "Lock <closed>", 3, month) for month in (1, 2, 5)]
    drawn = plot([("Mara <Ellison>", points), ("Bo Chen", points[:1])])
    page = Page(drawn)
    assert page.tags.count("circle") == 4
    xs = [float(value) for tag, name, value in page.attributes if (tag, name) == ("circle", "cx")]
    assert xs[0] < xs[1] < xs[2] and xs[0] == xs[3]
    assert "Mara <Ellison>, 1 May 2024: 5 statements in Lock <closed>" in page.text
    assert plot([("Mara", [])]) == ""


def test_the_plot_of_thousands_of_articles_has_dots_that_can_be_told_apart():
    first = dt.date(2015, 1, 1)
    points = [Point(first + dt.timedelta(at // 2), f"a{at}", "Lock closed", 3, 2) for at in range(6000)]
    page = Page(plot([("Mara Ellison", points)]))
    xs = [float(value) for tag, name, value in page.attributes if (tag, name) == ("circle", "cx")]
    assert 20 < len(xs) < 100
    counts = [int(count.replace(",", "")) for count in re.findall(r"([\d,]+) statements in", page.text)]
    assert sum(counts) == 12_000
    assert re.search(
        r"Mara Ellison, 1 January 2015 to .*: \d+ statements in Lock closed and \d+ more articles", page.text
    )


@pytest.mark.parametrize(("form", "start"), [("md", "## Who?"), ("json", "["), ("csv", "question,")])
def test_a_chat_is_saved_with_offsets_and_links(form, start):
    answers = [Answer("Who?", "Who?", (Quote(article(url="https://wend.example/lock"), FIRST.extent, FIRST),))] * 2
    whole, one = export(answers, form), export(answers, form, 2)
    assert whole.text.startswith(start)
    assert (whole.name, one.name) == (f"on-the-record-chat.{form}", f"on-the-record-who.{form}")
    assert "https://wend.example/lock" in one.text
    if form == "json":
        assert [turn["quotes"][0]["end"] for turn in json.loads(whole.text)] == [FIRST.extent.end] * 2


# Who may use it


@pytest.mark.parametrize(("held", "given"), [("ada:se:cret\n", ("ada", "se:cret")), ("ada:s", ("ada", "s"))])
def test_credentials_come_from_a_file_or_the_environment(tmp_path, held, given):
    file = tmp_path / "auth"
    file.write_text(held)
    assert credentials(file, {}) == given
    assert credentials(None, {"ONTHERECORD_AUTH": held.strip()}) == given
    assert credentials(None, {}) is None


@pytest.mark.parametrize("held", ["", "ada", "ada:", ":secret", "a:b\nc:d"])
def test_credentials_of_another_form_are_refused(tmp_path, held):
    file = tmp_path / "auth"
    file.write_text(held)
    with pytest.raises(SettingsError):
        credentials(file, {})
    with pytest.raises(SettingsError):
        credentials(tmp_path / "missing", {})


@pytest.mark.parametrize(
    ("host", "ours"),
    [
        ("127.0.0.1", True),
        ("localhost", True),
        ("::1", True),
        ("0.0.0.0", False),
        ("192.168.1.5", False),
        ("a.b", False),
    ],
)
def test_loopback_is_told_from_the_open(host, ours):
    assert loopback(host) is ours


def test_nothing_may_be_fetched_from_elsewhere():
    policy = dict(part.strip().split(" ", 1) for part in HEADERS["content-security-policy"].split(";"))
    assert not [rule for rule in policy.values() if "http" in rule or "*" in rule]


def test_a_button_carries_its_data_escaped():
    assert Page(button("Open", "open", title='"><b>')).attributes[-1] == ("button", "data-title", '"><b>')
