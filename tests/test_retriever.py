"""The face for langchain, held to langchain's own standard tests, and the pages that show it, run as they stand."""

import re
from pathlib import Path

import pytest
from langchain_core.messages import AIMessage
from scripted import QUOTES, ScriptedModel
from storing import article, open_store

from assistant import Assistant, Settings
from assistant.retriever import QuoteRetriever, quote_tool
from index.embedding.encoder import Encoder

standard = pytest.importorskip("langchain_tests.integration_tests", reason="langchain-tests is not installed")
DOCS = Path(__file__).parent.parent / "docs"
QUESTION = "What did Bo Chen say about the harbour?"


class CallingModel(ScriptedModel):
    """A scripted model that takes tools."""

    def bind_tools(self, tools: object, **kwargs: object) -> ScriptedModel:
        return self


def examples(page: str) -> str:
    """The Python of a page, at the lines where it stands there."""
    text = (DOCS / page).read_text(encoding="utf-8")
    lines, inside = [], False
    for line in text.splitlines():
        fence = line.startswith("```")
        lines.append(line if inside and not fence else "")
        inside = line.startswith("```python") or (inside and not fence)
    return "\n".join(lines)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory, parser: object):
    with open_store(tmp_path_factory.mktemp("library"), parser, Encoder()) as store:
        store.add(article(word, word, publisher="Eastport Echo") for word in ("harbour", "ferry"))
        store.add([article("pier", "harbour", title="Another harbour", text=OTHER)])
        yield Assistant(store, Settings())


OTHER = (
    "“The harbour needs a wall,” said Ida Frost, a mason.\n\n“The harbour is too shallow,” said Ned Ray, a pilot.\n\n"
    "“I sold the harbour's crane,” said Uma Holt, a dealer."
)


pytest.mark.asyncio(standard.RetrieversIntegrationTests.test_ainvoke_returns_documents)  # it is marked where it stands


class TestStandard(standard.RetrieversIntegrationTests):
    """What langchain asks of every retriever."""

    @pytest.fixture(autouse=True)
    def _library(self, assistant: Assistant) -> None:
        self.assistant = assistant

    @property
    def retriever_constructor(self) -> type[QuoteRetriever]:
        return QuoteRetriever

    @property
    def retriever_constructor_params(self) -> dict[str, object]:
        return {"assistant": self.assistant}

    @property
    def retriever_query_example(self) -> str:
        return "What do people say about the harbour?"


def test_a_document_is_a_quote_with_all_that_is_known_of_it(assistant: Assistant) -> None:
    first = QuoteRetriever(assistant=assistant).invoke(QUESTION)[0]
    (quote, *_) = assistant.ask(QUESTION).quotes
    assert first.page_content == quote.text == quote.article.text[first.metadata["start"] : first.metadata["end"]]
    assert first.metadata["speaker"]["name"] == "Bo Chen"
    assert first.id == f"{quote.article.id}:{quote.span.start}-{quote.span.end}"
    for start, end in first.metadata["content"]:
        assert quote.article.text[start:end] in first.page_content


@pytest.mark.asyncio
async def test_asynchronous_callers_get_the_same(assistant: Assistant) -> None:
    one = QuoteRetriever(assistant=assistant)
    assert await one.ainvoke(QUESTION) == one.invoke(QUESTION)


def test_a_question_without_an_answer_finds_nothing(assistant: Assistant) -> None:
    assert QuoteRetriever(assistant=assistant).invoke("What did Zed Marlow say about taxes?") == []


def test_an_unknown_filter_is_an_error(assistant: Assistant) -> None:
    with pytest.raises(TypeError, match="no filter colour"):
        QuoteRetriever(assistant=assistant).invoke(QUESTION, colour="red")


def test_the_tool_gives_text_and_the_whole_answer(assistant: Assistant) -> None:
    call = {"name": "quote", "args": {"question": QUESTION}, "id": "1", "type": "tool_call"}
    message = quote_tool(assistant).invoke(call)
    assert "Bo Chen" in message.content
    assert message.artifact["quotes"][0]["speaker"]["name"] == "Bo Chen"
    refused = quote_tool(assistant).invoke({**call, "args": {"question": "What did Zed Marlow say about taxes?"}})
    assert refused.artifact["answered"] is False and "“" not in refused.content


def test_the_page_on_langchain_runs(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    call = {"name": "quote", "args": {"question": QUESTION}, "id": "1"}
    model = CallingModel(replies=["He would swim in it.", AIMessage("", tool_calls=[call]), "He would swim in it."])
    monkeypatch.setattr(Assistant, "open", classmethod(lambda cls, path: assistant))  # it is open already
    monkeypatch.setattr(Assistant, "close", lambda self: None)
    scope = {"library": "library", "model": model}
    exec(compile(examples("langchain.md"), str(DOCS / "langchain.md"), "exec"), scope)
    assert scope["reply"] == "He would swim in it."
    assert re.search(r"\[1\] Bo Chen: “The harbour is safe,”", model.asked[0])


def test_the_page_on_models_runs() -> None:
    model = ScriptedModel(
        replies=["1", "The mayor says that the bridge is safe. [1]\nPaul Smith says that the bridge is safe. [1]"]
    )
    exec(compile(examples("models.md"), str(DOCS / "models.md"), "exec"), {"model": model, "quotes": QUOTES})
