"""A chat model: two messages in, its reply out, within a time, or ModelError with a sentence for the user.

Only home of langchain's chat models. Whatever a provider raises ends here; its own words are never passed on, for they
may hold a key. Does not know questions, quotes or what is asked for.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import closing
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from assistant.llm.deadline import ReplyPart, within_deadline
from index.errors import MissingExtra, ModelError, SettingsError
from prompts import Prompt

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage
    from langchain_core.runnables import Runnable

TIMEOUT = 60.0  # seconds
ATTEMPTS = 3
LONGEST_READ = 8_000  # characters of a reply that are read at all

# Providers whose package comes with an extra of ours, named as init_chat_model names them (with - for _).
EXTRAS = {
    "anthropic": "langchain-anthropic",
    "google_genai": "langchain-google-genai",
    "groq": "langchain-groq",
    "mistralai": "langchain-mistralai",
    "ollama": "langchain-ollama",
    "openai": "langchain-openai",
}

# Where their packages look for their keys.
KEYS = {
    "anthropic": "ANTHROPIC_API_KEY",
    "google_genai": "GOOGLE_API_KEY",
    "groq": "GROQ_API_KEY",
    "mistralai": "MISTRAL_API_KEY",
    "openai": "OPENAI_API_KEY",
}


def open_model(model: str | BaseChatModel, timeout: float = TIMEOUT) -> ChatModel:
    """Open a chat model by its name. Keys and addresses are read from the environment by the provider's package.

    :param model: `PROVIDER:NAME`, as langchain's init_chat_model has it, such as `ollama:llama3.2`, or any chat model
        of langchain's, used as it is.
    :param timeout: Seconds for one reply.
    :raises MissingExtra: If the provider's package is not installed.
    :raises SettingsError: If the name makes no sense, or the model cannot be set up as the environment stands.
    """
    if not isinstance(model, str):
        return ChatModel(model, type(model).__name__, timeout=timeout)
    from langchain.chat_models import init_chat_model

    provider, _, name = model.partition(":")
    provider = provider.replace("-", "_")
    if not provider or not name:
        raise SettingsError(f"a chat model is named PROVIDER:NAME, such as ollama:llama3.2, not {model!r}")
    package = EXTRAS.get(provider)
    if package and find_spec(package.replace("-", "_")) is None:
        raise MissingExtra(package, provider.replace("_", "-"))
    try:
        opened = init_chat_model(name, model_provider=provider, timeout=timeout, max_retries=0)
    except ImportError as error:
        named = re.search(r"pip install (?:-U )?([a-z0-9-]+)", str(error))
        needed = package or (named[1] if named else f"langchain's package for {provider}")
        raise SettingsError(
            f"{needed}, which {model} needs, is not installed or cannot be imported; install it with pip"
        ) from error
    except Exception as error:  # a provider may raise anything here, and its message may hold the key: hence no cause
        why = _unopened(provider, str(error))
        raise SettingsError(f"the chat model {model} cannot be set up: {why} (see docs/models.md)") from None
    return ChatModel(opened, model, timeout=timeout)


def _unopened(provider: str, error: str) -> str:
    """Why a model could not be set up, without a word of the provider's."""
    if error.startswith("Unsupported provider"):
        return f"no provider is called {provider}"
    key = KEYS.get(provider, "")
    if key and not os.environ.get(key):
        return f"its key is not in the environment; set {key}"
    return "its package does not take what the environment holds: check the key and the address"


class _NoForms(Exception):
    """The model turned out not to take a form."""


class ChatModel:
    """A chat model that answers in time or raises ModelError. May be shared by threads.

    :param model: Any chat model of langchain's.
    :param name: What a user calls it.
    :param timeout: Seconds for one reply, from the request to its last word.
    :param pause: Seconds before the second try; about twice as long before the third.
    """

    def __init__(self, model: BaseChatModel, name: str, *, timeout: float = TIMEOUT, pause: float = 0.5) -> None:
        self._model = model
        self._forms = _has_forms(model)
        self._timeout = timeout
        self._pause = pause
        self.name = name

    def reply(self, prompt: Prompt, form: Mapping[str, Any]) -> str:
        """The whole reply: JSON where the model can be held to the form, else text as it comes.

        :param form: A JSON schema with a title.
        :raises ModelError: If there is none in time; a sentence for the user.
        """
        last: ReplyPart = ""
        for part in self._ask(prompt, form, _whole):
            last = part
        return last if isinstance(last, str) else json.dumps(last)

    def growing(self, prompt: Prompt, form: Mapping[str, Any]) -> Generator[ReplyPart]:
        """The reply again and again as it grows: the object of the form where the model has it, else its lines.

        Closing the generator stops the model.

        :raises ModelError: If it does not come, or breaks off; a sentence for the user.
        """
        return self._ask(prompt, form, _growing)

    def _ask(self, prompt: Prompt, form: Mapping[str, Any], how: _How) -> Generator[ReplyPart]:
        from langchain_core.messages import HumanMessage, SystemMessage

        messages: list[BaseMessage] = [SystemMessage(prompt.rules)] if prompt.rules else []
        messages.append(HumanMessage(prompt.data))
        begun: tuple[Generator[ReplyPart], ReplyPart | None] | None = None
        if self._forms:
            try:
                begun = self._begin(lambda: how(self._model.with_structured_output(dict(form)), messages))
            except _NoForms:
                self._forms = False
        parts, part = begun or self._begin(lambda: how(self._model, messages))
        with closing(parts):
            try:
                while part is not None:
                    yield part
                    part = next(parts, None)
            except Exception as error:  # whatever a provider raises ends here
                raise ModelError(self._sentence(error)) from None

    def _begin(self, ask: Callable[[], Iterator[ReplyPart]]) -> tuple[Generator[ReplyPart], ReplyPart | None]:
        """Ask until the first part of a reply is there; what fails in passing is asked three times."""
        from tenacity import Retrying, retry_if_exception, stop_after_attempt, wait_exponential_jitter

        def once() -> tuple[Generator[ReplyPart], ReplyPart | None]:
            parts = within_deadline(ask, self._timeout, LONGEST_READ)
            return parts, next(parts, None)

        pauses = wait_exponential_jitter(multiplier=self._pause, max=8 * self._pause, jitter=self._pause)
        tries = Retrying(
            stop=stop_after_attempt(ATTEMPTS), wait=pauses, retry=retry_if_exception(_passes), reraise=True
        )
        try:
            return tries(once)
        except Exception as error:  # whatever a provider raises ends here
            if self._forms and _refuses(error):
                raise _NoForms from None
            raise ModelError(self._sentence(error)) from None

    def _sentence(self, error: BaseException) -> str:
        """What went wrong, as a clause that begins with the model's name; never in the provider's words."""
        from langchain_core import exceptions as known

        status, kind = _status(error), type(error).__name__
        if isinstance(error, known.ModelTimeoutError | TimeoutError) or "Timeout" in kind:
            return f"{self.name} took longer than {self._timeout:g} seconds (model_timeout in the settings)"
        if isinstance(error, known.ModelConnectionError | ConnectionError) or "Connect" in kind:
            return f"{self.name} could not be reached (is its server running, and its address right?)"
        if isinstance(error, known.ModelAuthenticationError | known.ModelPermissionDeniedError) or status in (401, 403):
            key = KEYS.get(self.name.partition(":")[0].replace("-", "_"))
            return f"{self.name} did not accept the key in the environment" + (f" ({key})" if key else "")
        if isinstance(error, known.ModelRateLimitError) or status == 429:
            return f"{self.name} takes no more requests for now"
        if isinstance(error, known.ModelNotFoundError) or status == 404:
            pull = self.name.partition("ollama:")[2]
            return f"{self.name} is not there under this name" + (f" (run: ollama pull {pull})" if pull else "")
        if isinstance(error, known.ContextOverflowError):
            return f"{self.name} has too little room for the quotes (give it a longer context)"
        return f"{self.name} could not answer ({kind})"


_How = Callable[["Runnable[Any, Any]", "list[BaseMessage]"], Iterator[ReplyPart]]


def _whole(model: Runnable[Any, Any], messages: list[BaseMessage]) -> Iterator[ReplyPart]:
    try:
        reply = model.invoke(messages)
    except Exception as error:  # any other goes on
        if not _broken(error):
            raise
        reply = {}  # the reader of the form will say what is wrong with it
    yield _text(reply) if not isinstance(reply, Mapping) else reply


def _growing(model: Runnable[Any, Any], messages: list[BaseMessage]) -> Iterator[ReplyPart]:
    text = ""
    try:
        for part in model.stream(messages):
            if isinstance(part, Mapping):
                yield dict(part)
            else:
                new = _text(part)
                text += new
                if "\n" in new or len(text) >= LONGEST_READ:
                    yield text
    except Exception as error:  # any other goes on
        if not _broken(error):
            raise
        yield {}  # what was whole before has been read
    if text:
        yield text


def _broken(error: BaseException) -> bool:
    """Whether a reply came, and its form was cut off at the longest that the server allows, or filled in wrongly."""
    from langchain_core.exceptions import OutputParserException

    return isinstance(error, OutputParserException) or type(error).__name__ == "LengthFinishReasonError"


def _text(message: object) -> str:
    """The text of a message, without reasoning and calls of tools; nothing where there is none."""
    return str(getattr(message, "text", ""))[:LONGEST_READ]


def _has_forms(model: BaseChatModel) -> bool:
    """Whether a model can be held to a form, as far as it tells before it is asked."""
    from langchain_core.language_models import BaseChatModel

    profile = model.profile or {}
    if "structured_output" in profile:
        return bool(profile["structured_output"])
    kind = type(model)
    own = (kind.with_structured_output, kind.bind_tools)
    return own != (BaseChatModel.with_structured_output, BaseChatModel.bind_tools)


def _status(error: BaseException) -> int:
    found = getattr(error, "status_code", None) or getattr(getattr(error, "response", None), "status_code", None)
    return found if isinstance(found, int) else 0


def _passes(error: BaseException) -> bool:
    """Whether asking again may help: the server is away or busy. A time-out is not asked again, it took long enough."""
    from langchain_core import exceptions as known

    kind = type(error).__name__
    if isinstance(error, TimeoutError | known.ModelTimeoutError) or "Timeout" in kind:
        return False
    if isinstance(error, known.ModelError) and error.is_retryable:
        return True
    status = _status(error)
    return isinstance(error, ConnectionError) or "Connect" in kind or status in (408, 409, 429) or status >= 500


def _refuses(error: BaseException) -> bool:
    """Whether a failure may mean that the model takes no form."""
    from langchain_core.exceptions import ModelInvalidRequestError

    wrong = isinstance(error, NotImplementedError | TypeError | ValueError | ModelInvalidRequestError)
    return wrong or _status(error) in (400, 404, 415, 422, 501)
