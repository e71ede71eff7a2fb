"""Answers over a real library: the quote that was asked for, its speaker, and an honest refusal."""

import datetime as dt
import json
from pathlib import Path

import pytest

from assistant import Assistant, Settings
from assistant.chat import Chat
from assistant.history import chat_record
from assistant.query.filters import Filters
from assistant.query.resolution import resolve
from assistant.render import as_json
from assistant.retrieval.search import find_candidates
from assistant.retrieval.search_terms import search_terms
from assistant.selection.cut import cut
from assistant.web.greeting import examples
from index.errors import CutError, LibraryError, LibraryMismatch, QuestionError, UnknownArticle
from index.types import Passage, Span

STRIKES = """Two hundred died under bombs, watchdog says
Some strikes “seem to have hit military and civilian objects without distinction”, Harbour Watch said in its report.
“Some of the air strikes appear to have directly attacked homes”, Oskar Lindgren, Harbour Watch’s director for the \
coast, said in the report.
“Such attacks may amount to war crimes”, he claimed.
Cluster weapons hit everybody and must not be used anywhere.
These can maim people long after a war has ended.
But many more civilians, in all likelihood, were hurt than the six attacks tell of.
On Wednesday, Norland’s Defense Ministry slammed the Harbour Watch report as inaccurate, saying it lacks any basis.
The report cited town residents as saying there were no fighters in the area. “Our aviation does not use them”, he said.
‘Aircraft continued striking oil fields in the north. He did not give his full name, fearing for his own safety.
He added that the jets also destroyed two oil stores and several fuel pumps in the Dunmere district.
A local first responder told Harbour Watch that the nearest base was 300 metres away from the place where the bomb hit.
"""
HARBOUR = """Harbour to close for the winter

EASTPORT - The harbour will close in December, Mayor Ana Ruiz said on Monday.

“We cannot keep the ice out,” Ruiz said. “So we keep the boats out.”

The fishermen's union rejected the plan. Its chairman, Tom Okafor, said the town could rent an icebreaker for 9,000 \
crowns a month.

The icebreaker that Karin Blix left to the town was sold in 2019.
"""
COPY = HARBOUR.replace("9,000", "90,000")


def lines(*articles):
    return "".join(json.dumps(article) + "\n" for article in articles)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    folder = tmp_path_factory.mktemp("answers")
    (folder / "articles.jsonl").write_text(
        lines(
            {"id": "strikes", "title": "Two hundred died", "publisher": "The Norland Times", "published": "2026-01-05",
             "text": STRIKES},
            {"id": "harbour", "title": "Harbour to close", "publisher": "Eastport Post", "published": "2026-03-02",
             "text": HARBOUR},
            {"id": "copy", "title": "Harbour to close", "publisher": "Wire", "published": "2026-03-03", "text": COPY},
        ),
        encoding="utf-8",
    )  # fmt: skip
    with Assistant.open(folder / "library", Settings()) as opened:
        assert opened.add([folder / "articles.jsonl"]).failed == ()
        yield opened


@pytest.mark.parametrize(
    ("question", "words", "speaker"),
    [
        ("What did Oskar Lindgren say about the air strikes?", "directly attacked homes", "Oskar Lindgren"),
        ("What did Oskar Lindgren say about war crimes?", "may amount to war crimes", "Oskar Lindgren"),
        ("How did the Defense Ministry react?", "slammed the Harbour Watch report", "Norland’s Defense Ministry"),
        ("How far away was the nearest base?", "300 metres away", "A local first responder"),
        ("What did the mayor say about the ice?", "We cannot keep the ice out", "Ana Ruiz"),
        ("Who said that the town could rent an icebreaker?", "rent an icebreaker", "Tom Okafor"),
    ],
)
def test_the_passage_and_who_said_it(assistant, question, words, speaker):
    first = assistant.ask(question).quotes[0]
    assert words in first.text
    assert speaker in first.speaker.name


def test_the_questions_that_the_page_offers_can_be_answered(tmp_path):
    with Assistant.open(tmp_path / "library", Settings()) as opened:
        opened.add([Path(__file__).parent.parent / "examples" / "articles"])
        offered = examples(opened.store.library)
        assert len(offered) >= 3
        assert all(opened.ask(question).answered for question in offered)


def test_the_weights_of_words_are_summed_in_their_order_so_that_a_score_is_the_same_in_every_run(assistant):
    text = "How far from the Dunmere district did Harbour Watch say the oil stores, homes, pumps and aircraft stood?"
    terms = search_terms(resolve(text, Filters(), assistant.store), assistant.store)
    for some in (terms.matter, terms.names):
        assert list(some) == [stem for stem in terms.stems if stem in some]
    assert len(terms.matter) > 5


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Who says that our aviation does not use them?", "Our aviation does not use them"),
        ("What did the jets hit in the Dunmere district?", "two oil stores"),
    ],
)
def test_who_is_nowhere_named_stays_unnamed(assistant, question, words):
    first = assistant.ask(question).quotes[0]
    assert words in first.text
    assert (first.speaker, first.mention.lower(), first.resolution) == (None, "he", "unresolved")


@pytest.mark.parametrize(
    ("question", "reason", "detail"),
    [
        ("What did John Kerry say about the strikes?", "no_such_speaker", "John Kerry is not quoted"),
        ("What did Karin Blix say about the icebreaker?", "no_such_speaker", "named in these articles, but not found"),
        ("What is the weather in Moscow tomorrow?", "not_in_articles", "The articles do not say."),
        ("What is the name of the local first responder?", "not_in_articles", "do not name the local first responder"),
    ],
)
def test_what_the_articles_do_not_say_is_refused(assistant, question, reason, detail):
    answer = assistant.ask(question)
    assert (answer.quotes, str(answer.refusal.reason)) == ((), reason)
    assert detail in answer.refusal.detail


@pytest.mark.parametrize(
    ("question", "answered"),
    [
        ("What did Tom Okafor say about renting an icebreaker?", True),
        ("What did Tom Okafor say about cluster weapons in Dunmere?", False),
        ("What did Ana Ruiz tell parents about the new school?", False),
        ("What did Ana Ruiz tell the town in March, exactly?", True),  # nothing is asked for but her words
        ("What did Ana Ruiz say about berths?", True),  # one word, which may be told in another
    ],
)
def test_who_is_quoted_on_something_else_is_not_quoted_on_this(assistant, question, answered):
    answer = assistant.ask(question)
    assert answer.answered == answered
    assert answered or "quoted in these articles, but not on this" in answer.refusal.detail


@pytest.mark.parametrize(
    ("question", "speakers"),
    [
        ("What did Tom Okafor say?", {"Tom Okafor", None}),
        ("What did Ana Ruiz say about the harbour?", {"Ana Ruiz", None}),  # None: the reporter, where she is named
        ("What did Oskar Lindgren say in the report?", {"Oskar Lindgren", None}),
    ],
)
def test_who_is_asked_about_by_name_answers_without_others(assistant, question, speakers):
    assert {quote.speaker and quote.speaker.name for quote in assistant.ask(question).quotes} <= speakers


def test_others_answer_too_where_a_reaction_or_who_said_it_is_asked_for(assistant):
    quotes = assistant.ask("How did Tom Okafor and others react to the harbour plan?").quotes
    assert len({quote.speaker and quote.speaker.name for quote in quotes} - {None}) > 1


@pytest.mark.parametrize(
    ("question", "said_by", "shown"),
    [
        (
            "What did Karin Blix say about the winter?",
            None,
            ["The icebreaker that Karin Blix left to the town was sold"],
        ),
        ("What about the winter?", "Karin Blix", ["The icebreaker that Karin Blix left to the town was sold"]),
        ("What did John Kerry say about the winter?", None, []),
        ("What did Karin Bli say about the winter?", None, []),  # a part of a name is another name
    ],
)
def test_who_is_named_and_not_quoted_is_shown_where_he_or_she_is_named(assistant, question, said_by, shown):
    refusal = assistant.ask(question, said_by=said_by).refusal
    assert str(refusal.reason) == "no_such_speaker"
    assert [quote.text.removesuffix(" in 2019.") for quote in refusal.closest] == shown
    assert ("but not found quoted" in refusal.detail) == bool(shown)


def test_the_closest_passage_stands_beside_a_refusal_and_not_in_the_answer(assistant):
    answer = assistant.ask("What is the name of the local first responder?")
    assert "300 metres" in answer.refusal.closest[0].text
    assert as_json(answer)["quotes"] == []


@pytest.mark.parametrize(
    ("question", "publishers"),
    [
        ("What does the mayor say about the harbour in the Post?", {"Eastport Post"}),
        ("What did the mayor say in the Eastport Post?", {"Eastport Post"}),
        ("What is said of the harbour in Wire?", {"Wire"}),
        ("What will close in Eastport?", {"Eastport Post", "Wire", "The Norland Times"}),  # a town, no paper
        ("What did the Post say about the harbour?", {"Eastport Post", "Wire", "The Norland Times"}),
    ],
)
def test_a_paper_that_the_question_names_is_looked_through_alone(assistant, question, publishers):
    answer = assistant.ask(question)
    scope = answer.scope.publishers or {"Eastport Post", "Wire", "The Norland Times"}
    assert scope == publishers
    assert bool(answer.scope.publishers) == any("was taken as published by" in one for one in answer.notices)
    assert {q.article.publisher for q in answer.quotes} <= publishers


def test_filters_narrow_and_an_empty_one_refuses(assistant):
    ask = assistant.ask
    assert {q.article.id for q in ask("What was said?", articles=["strikes"]).quotes} == {"strikes"}
    assert {q.article.id for q in ask("What about the harbour?", publisher="eastport").quotes} == {"harbour"}
    assert {q.speaker.name for q in ask("What about the town?", said_by="the mayor").quotes} == {"Ana Ruiz"}
    late = ask("What about the harbour?", published_after=dt.date(2026, 3, 3)).quotes
    assert {q.article.id for q in late} == {"copy"}
    nothing = [
        ask("What about the harbour?", publisher="Gazette"),
        ask("What about the harbour?", published_after=dt.date(2027, 1, 1)),
    ]
    assert {str(answer.refusal.reason) for answer in nothing} == {"filter_matches_nothing"}
    assert [answer.refusal.detail.partition(": ")[2] for answer in nothing] == [
        "no article here was published by Gazette.",
        "no article here is published from 2027-01-01.",
    ]
    assert {q.article.id for q in ask("What was said?", about="war crimes").quotes} == {"strikes"}
    assert {q.article.id for q in ask("What will close?", about="the icebreaker").quotes} <= {"harbour", "copy"}
    refusal = ask("What did the mayor say?", about="elephants").refusal
    assert (str(refusal.reason), refusal.detail) == ("filter_matches_nothing", "No passage here is about “elephants”.")
    both = ask("What about it?", published_after=dt.date(2026, 3, 3), articles=["strikes"]).refusal.detail
    assert both.endswith("no article here is published from 2026-03-03 and one of those with the ids given.")
    assert str(ask("What about it?", said_by="Kofi Annan").refusal.reason) == "no_such_speaker"
    with pytest.raises(UnknownArticle):
        ask("What about the harbour?", articles=["nope"])


@pytest.mark.parametrize(
    ("question", "publishers", "notice"),
    [
        ("What did Ana Ruiz say in the Eastport Post?", {"Eastport Post"}, "“in the Eastport Post” was taken as"),
        ("In the Eastport Post, what did Ana Ruiz say?", {"Eastport Post"}, "“In the Eastport Post” was taken as"),
        ("what did ana ruiz say in the eastport post", {"Eastport Post"}, "“in the eastport post” was taken as"),
        ("What did Ana Ruiz say in the wire?", {"Wire"}, "“in the wire” was taken as"),
        ("What will close in wire?", set(), ""),  # as people believe in nature
        ("What did Ana Ruiz say in the Vale Gazette?", set(), "“in the Vale Gazette” names no publisher of these"),
        ("What did Ana Ruiz say in Eastport?", set(), ""),
    ],
)
def test_a_paper_that_the_question_names_narrows_it_and_is_not_what_it_is_about(
    assistant, question, publishers, notice
):
    answer = assistant.ask(question)
    assert set(answer.scope.publishers) == publishers
    assert answer.answered and any(one.startswith(notice) for one in (*answer.notices, ""))
    assert "Ana Ruiz" in {quote.speaker.name for quote in answer.quotes if quote.speaker}


def test_the_days_that_a_question_says_are_filters_and_told(assistant):
    answer = assistant.ask("What did the mayor say in March?")
    assert {q.article.id for q in answer.quotes} <= {"harbour", "copy"}
    assert answer.notices == ("“in March” was taken as published from 2026-03-01 to 2026-03-31.",)
    refusal = assistant.ask("What did the mayor say in February?").refusal
    assert str(refusal.reason) == "filter_matches_nothing"
    assert refusal.detail == (
        "Nothing could be looked through: no article here is published from 2026-02-01 to 2026-02-28. "
        "“in February” was taken as published from 2026-02-01 to 2026-02-28. "
        "Ask without these words to look through all."
    )


def test_a_copy_is_one_quote_and_one_that_differs_says_so(assistant):
    [ice] = [q for q in assistant.ask("What did the mayor say about the ice?").quotes if "ice out" in q.text]
    assert {copy.differs for copy in ice.copies} == {False}
    crowns = [q for q in assistant.ask("What would an icebreaker cost a month?").quotes if "crowns" in q.text]
    assert len(crowns) == 2  # a figure differs: neither hides the other
    assert all(copy.differs for quote in crowns for copy in quote.copies)


def test_a_misspelt_name_is_found_and_told(assistant):
    answer = assistant.ask("What did Oskar Lindgern say about war crimes?")
    assert answer.quotes[0].speaker.name == "Oskar Lindgren"
    assert answer.notices == ("“Oskar Lindgern” was taken as Oskar Lindgren.",)


def test_every_quote_is_cut_from_its_article(assistant):
    for question in ("What did the mayor say?", "Who denies the report?", "What happened to the oil?"):
        for quote in (*assistant.ask(question).quotes,):
            assert quote.text == quote.article.text[quote.span.start : quote.span.end]


def test_an_empty_question_is_an_error_and_not_a_refusal(assistant):
    with pytest.raises(QuestionError):
        assistant.ask("  ?")


def test_a_chat_follows_up_and_survives_being_saved(assistant, tmp_path):
    chat = assistant.chat()
    chat.ask("What did Oskar Lindgren say about the air strikes?")
    answer = chat.ask("And what did he say about war crimes?")
    assert answer.standalone_question == "What did Oskar Lindgren say about war crimes?"
    assert answer.question == "And what did he say about war crimes?"
    chat.save(tmp_path / "chat.json")
    assert Chat.load(tmp_path / "chat.json", assistant).turns == chat.turns
    assert "war crimes”" not in (tmp_path / "chat.json").read_text()  # cited, not copied


@pytest.mark.parametrize("text", ["", "{}", "7", '{"version": 0, "turns": []}', '{"version": 1, "turns": [{}]}'])
def test_a_file_that_is_no_chat_is_refused_in_a_sentence(assistant, tmp_path, text):
    (tmp_path / "chat.json").write_text(text)
    with pytest.raises(LibraryError, match="not a saved chat"):
        Chat.load(tmp_path / "chat.json", assistant)


def test_a_chat_saved_before_quotes_listed_their_other_statements_is_read(assistant, tmp_path):
    chat = assistant.chat()
    chat.ask("What did Oskar Lindgren say about the air strikes?")
    chat.ask("What did Oskar Lindgren say about onions?")
    record = chat_record(chat.turns)
    answered, refused = record["turns"]
    for quotes in (answered["quotes"], refused["refusal"]["closest"]):
        without = [quote.pop("others") for quote in quotes if not quote["others"]]
        assert without
    (tmp_path / "chat.json").write_text(json.dumps({**record, "version": 1}))
    assert Chat.load(tmp_path / "chat.json", assistant).turns == chat.turns


def test_a_chat_of_a_newer_version_is_refused_in_a_sentence(assistant, tmp_path):
    (tmp_path / "chat.json").write_text('{"version": 99, "turns": "who knows"}')
    with pytest.raises(LibraryMismatch, match=r"newer On the Record.*99.*update the program"):
        Chat.load(tmp_path / "chat.json", assistant)


def test_a_passage_that_does_not_fit_is_never_shown(assistant):
    article = assistant.store.library.article("harbour")
    for passage in (
        Passage("strikes", 0, Span(0, 5)),
        Passage("harbour", 0, Span(0, len(article.text) + 1)),
        Passage("harbour", 0, Span(0, 5), statement=0),
    ):
        with pytest.raises(CutError):
            cut(article, passage, None)


def test_an_empty_library_says_how_to_begin(tmp_path):
    with Assistant.open(tmp_path / "empty", Settings()) as empty:
        refusal = empty.ask("Is there anything?").refusal
        verdict = empty.verify("one two three")
    assert str(refusal.reason) == "no_articles"
    assert "ontherecord add" in refusal.detail
    assert verdict.detail == refusal.detail  # not that no article has these words


def test_a_persons_name_describes_nobody_else(tmp_path):
    (tmp_path / "pond.txt").write_text(
        "The pond\n\nTom Hale, who is suing Anna Blix, said the ice on the pond is thin.\n\n"
        "Anna Blix said the pond is deep.\n\nPeter Voss, a spokesman for the Pond Board, said the ice is thick.\n"
    )
    with Assistant.open(tmp_path / "library", Settings()) as opened:
        opened.add([tmp_path / "pond.txt"])
        roles = {}
        for who in ("Anna Blix", "the Pond Board spokesman"):
            terms = search_terms(resolve(f"What did {who} say about the ice?", Filters(), opened.store), opened.store)
            for one in find_candidates(terms, opened.store):
                if one.statement:
                    roles[who, one.statement.speaker.name] = one.features["role"]
    assert roles["Anna Blix", "Tom Hale"] == 0.0
    assert roles["Anna Blix", "Anna Blix"] == 1.0
    assert roles["the Pond Board spokesman", "Peter Voss"] == 1.0


def test_a_question_without_capitals_or_a_mark_is_read_as_one_with_them(assistant):
    query = resolve("what did lindgren say about war crimes", Filters(), assistant.store)
    assert [match.name for match in query.named] == ["Oskar Lindgren"]
    assert [mention.text for mention in query.question.said_by] == ["Lindgren"]
    typed = "what did lindgren say about war crimes"
    assert assistant.ask(typed).standalone_question == typed  # and nothing is shown as understood otherwise
