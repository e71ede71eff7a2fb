"""Quotes written for the tests, and a chat model that says what it is told to and remembers what it was asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from langchain_core.runnables import Runnable, RunnableLambda
from pydantic import Field

from assistant.llm.chat_model import ChatModel
from assistant.llm.steps import ModelSteps
from assistant.types import Quote
from index.types import Article, Manner, Resolution, Span, Speaker, Statement


class ScriptedModel(BaseChatModel):
    """Gives its replies in turn, the last one for ever after; a reply that is an exception is raised.

    `asked` holds the text of each request. Streams a few characters at a time. `stopped` counts the streams that were
    not read to their end.
    """

    replies: list[Any] = Field(default_factory=list)
    asked: list[str] = Field(default_factory=list)
    stopped: list[str] = Field(default_factory=list)

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def next(self, messages: Sequence[BaseMessage]) -> AIMessage:
        self.asked.append("\n\n".join(str(message.text) for message in messages))
        reply = self.replies[min(len(self.asked), len(self.replies)) - 1]
        if isinstance(reply, BaseException):
            raise reply
        return reply if isinstance(reply, AIMessage) else AIMessage(reply)

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        return ChatResult(generations=[ChatGeneration(message=self.next(messages))])

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        text = str(self.next(messages).text)
        for at in range(0, max(1, len(text)), 7):
            yield ChatGenerationChunk(message=AIMessageChunk(text[at : at + 7]))


class FormModel(ScriptedModel):
    """One that can be held to a form: its replies are objects (in a stream, object by object as they grow)."""

    forms: list[str] = Field(default_factory=list)

    def with_structured_output(self, schema: Any, **kwargs: Any) -> Runnable[Any, Any]:
        self.forms.append(schema["title"])

        def fill_in(messages: Any) -> Any:
            self.asked.append("\n\n".join(str(message.text) for message in messages))
            reply = self.replies[min(len(self.asked), len(self.replies)) - 1]
            if isinstance(reply, BaseException):
                raise reply
            return reply

        return RunnableLambda(fill_in)


def reader(*replies: Any, kind: type[ScriptedModel] = ScriptedModel) -> tuple[ModelSteps, Any]:
    """A reader with a scripted model that never waits between tries."""
    model = kind(replies=list(replies))
    return ModelSteps(ChatModel(model, "owl", timeout=20, pause=0.0)), model


MAYOR = Speaker("s1", "Ada Quill", "the mayor of Ottersby", ("Quill", "Mayor Quill"), "ada quill")
UNION = Speaker("s2", "Bo Chen", "a spokesman for the dockers' union", ("Chen",), "bo chen")

BRIDGE = Article(
    "bridge",
    "Otter Bridge to open in May",
    "“The bridge is safe,” said Ada Quill, the mayor of Ottersby. “It opens on 3 May.”\n"
    "Bo Chen, a spokesman for the dockers' union, said he would not cross it before 1,200 bolts were replaced.\n"
    "The bridge cost $5 million, a third of the town's budget. Nobody was hurt in the storm.\n"
    "He denied that the union had asked for money. “Rita Moss lied,” Chen told the Echo.",
    publisher="Ottersby Echo",
)


def span_of(text: str, within: Span | None = None) -> Span:
    start = BRIDGE.text.index(text, within.start if within else 0)
    return Span(start, start + len(text))


def said(
    number: int, extent: str, content: Sequence[str], source: str, speaker: Speaker | None, manner: Manner
) -> Quote:
    """A quote from the bridge's article; the source need not name the speaker."""
    whole = span_of(extent)
    pieces = tuple(span_of(piece, whole) for piece in content)
    named = speaker and speaker.name in source
    how = Resolution.UNRESOLVED if not speaker else Resolution.NAMED if named else Resolution.PRONOUN
    statement = Statement(BRIDGE.id, number, pieces, None, span_of(source, whole), speaker, manner, how, whole)
    return Quote(BRIDGE, whole, statement)


SAFE = said(
    0,
    "“The bridge is safe,” said Ada Quill, the mayor of Ottersby. “It opens on 3 May.”",
    ["“The bridge is safe,”", "“It opens on 3 May.”"],
    "Ada Quill",
    MAYOR,
    Manner.DIRECT,
)
BOLTS = said(
    1,
    "Bo Chen, a spokesman for the dockers' union, said he would not cross it before 1,200 bolts were replaced.",
    ["he would not cross it before 1,200 bolts were replaced"],
    "Bo Chen, a spokesman for the dockers' union,",
    UNION,
    Manner.INDIRECT,
)
COST = Quote(BRIDGE, span_of("The bridge cost $5 million, a third of the town's budget. Nobody was hurt in the storm."))
DENIAL = said(
    2, "He denied that the union had asked for money.", ["the union had asked for money"], "He", UNION, Manner.INDIRECT
)
LIAR = said(3, "“Rita Moss lied,” Chen told the Echo.", ["“Rita Moss lied,”"], "Chen", UNION, Manner.DIRECT)
QUOTES = (SAFE, BOLTS, COST, DENIAL)
