"""One registry of filters: every door offers each of them, and the newest, "by author", works through each."""

import datetime as dt
import inspect

import pytest

from assistant import Assistant, Chat, Settings
from assistant.query.filters import BY_NAME, NAMES, Filters
from assistant.query.resolution import match_authors
from index.errors import QuestionError
from index.types import Article

TEXT = "Mayor Ann Lee came to the harbour on Monday. “The bridge is safe for everyone,” said Ann Lee."


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    folder = tmp_path_factory.mktemp("authors")
    with Assistant.open(folder, Settings()) as opened:
        opened.store.add(
            [
                Article("one", "The bridge", TEXT, author="Ida Moss, Tom Vane"),
                Article("two", "The bridge again", TEXT.replace("everyone", "every lorry"), author="Bo Chen"),
            ]
        )
        yield opened


def test_python_the_command_line_and_the_endpoints_offer_every_filter():
    from assistant.cli.commands import ask
    from assistant.web.endpoints import Endpoints

    assert [name for name in inspect.signature(Assistant.ask).parameters if name in BY_NAME] == list(NAMES)
    assert [name for name in inspect.signature(ask).parameters if name in BY_NAME] == list(NAMES)
    assert list(inspect.signature(Endpoints.ask).parameters) == ["self", "question", *NAMES]
    assert all(f"{name}: " in (Endpoints.ask.__doc__ or "") for name in NAMES)


def test_the_page_has_an_input_for_every_filter(assistant):
    import gradio as gr

    from assistant.web.ask_tab import _fields

    with gr.Blocks():
        assert list(_fields(assistant)) == list(NAMES)


@pytest.mark.parametrize(
    ("typed", "ids"),
    [("Ida Moss", {"one"}), ("vane", {"one"}), ("CHEN", {"two"}), ("Ida Chen", set()), ("Mos", set()), ("", set())],
)
def test_an_author_is_meant_by_whole_words_of_the_name(assistant, typed, ids):
    assert match_authors(typed, assistant.store.library) == ids


@pytest.mark.parametrize(("author", "article"), [("Ida Moss", "one"), ("Bo Chen", "two")])
def test_only_articles_by_an_author_answer(assistant, author, article):
    answer = assistant.ask("What did Ann Lee say about the bridge?", author=author)
    assert {quote.article.id for quote in answer.quotes} == {article}


def test_an_author_of_no_article_is_refused_also_with_articles_given(assistant):
    for filters in ({"author": "Nora Holm"}, {"author": "Bo Chen", "articles": ["one"]}):
        refusal = assistant.ask("What did Ann Lee say about the bridge?", **filters).refusal
        assert refusal.reason == "filter_matches_nothing"
        assert f"no article here was written by {filters['author']}" in refusal.detail


def test_the_retriever_takes_an_author(assistant):
    from assistant.retriever import QuoteRetriever

    found = QuoteRetriever(assistant=assistant, filters={"author": "Bo Chen"}).invoke("What did Ann Lee say?")
    assert {document.metadata["article_id"] for document in found} == {"two"}


def test_a_saved_chat_keeps_where_was_looked(assistant, tmp_path):
    chat = assistant.chat()
    chat.ask("What did Ann Lee say about the bridge?", author="Bo Chen")
    chat.save(tmp_path / "chat.json")
    assert Chat.load(tmp_path / "chat.json", assistant).turns[0].scope.articles == {"two"}


def test_what_is_given_as_text_is_read_by_the_kind_of_its_filter():
    read = Filters.read({"said_by": " Ann ", "published_after": "2024-05-03", "articles": ["a"], "author": None})
    assert read == Filters(said_by="Ann", published_after=dt.date(2024, 5, 3), articles=("a",))
    with pytest.raises(QuestionError, match="no day"):
        Filters.read({"published_before": "soon"})
    with pytest.raises(TypeError, match="there is no filter speaker"):
        Filters.read({"speaker": "Ann"})
