"""The chat model at the border: opened by name, in time, tried again, and never in the provider's own words."""

import http.server
import json
import sys
import threading
import tomllib
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from langchain_core import exceptions as known
from langchain_core.messages import AIMessage
from scripted import BRIDGE, QUOTES, FormModel, ScriptedModel, reader

from assistant.llm.chat_model import EXTRAS, ChatModel, open_model
from assistant.llm.steps import ModelSteps
from assistant.types import Answer
from index.errors import MissingExtra, ModelError, SettingsError
from prompts import Prompt

ROOT = Path(__file__).parent.parent
KEY = "sk-a-key-nobody-may-see-1234567890"
ASK = Prompt("rules", "data")
TURN = Answer("What did the mayor say?", "What did the mayor say?", QUOTES[:1])


@pytest.mark.parametrize("name", ["", "gpt", ":gpt", "openai:", "ollama"])
def test_a_name_without_provider_or_model_is_a_settings_error(name: str) -> None:
    with pytest.raises(SettingsError, match="PROVIDER:NAME"):
        open_model(name)


def test_an_unknown_provider_is_a_settings_error() -> None:
    with pytest.raises(SettingsError, match="no provider is called nowhere"):
        open_model("nowhere:gpt")


@pytest.mark.parametrize("provider", EXTRAS)
def test_a_missing_package_names_the_extra(provider: str, monkeypatch: pytest.MonkeyPatch) -> None:
    module = EXTRAS[provider].replace("-", "_")
    monkeypatch.delitem(sys.modules, module, raising=False)
    monkeypatch.setattr("assistant.llm.chat_model.find_spec", lambda name: None if name == module else object())
    with pytest.raises(MissingExtra) as missing:
        open_model(f"{provider}:some-model")
    assert missing.value.extra == provider.replace("_", "-")
    assert f"pip install 'ontherecord[{missing.value.extra}]'" in str(missing.value)


def test_every_extra_that_an_error_names_can_be_installed() -> None:
    offered = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    for provider, package in EXTRAS.items():
        assert any(line.startswith(package) for line in offered[provider.replace("_", "-")])


def test_a_missing_key_is_a_settings_error(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("langchain_openai", reason="the extra openai is not installed")
    for name in ("OPENAI_API_KEY", "OPENAI_ADMIN_KEY"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(SettingsError, match="its key is not in the environment; set OPENAI_API_KEY"):
        open_model("openai:gpt-test")


@pytest.mark.parametrize(
    ("error", "clause"),
    [
        (ConnectionRefusedError(KEY), "could not be reached (is its server running, and its address right?)"),
        (httpx.ConnectError(KEY), "could not be reached (is its server running, and its address right?)"),
        (known.ModelConnectionError(KEY), "could not be reached (is its server running, and its address right?)"),
        (known.ModelTimeoutError(KEY), "took longer than 20 seconds (model_timeout in the settings)"),
        (httpx.ReadTimeout(KEY), "took longer than 20 seconds (model_timeout in the settings)"),
        (known.ModelAuthenticationError(KEY), "did not accept the key in the environment"),
        (known.ModelRateLimitError(KEY), "takes no more requests for now"),
        (known.ModelNotFoundError(KEY), "is not there under this name"),
        (known.ContextOverflowError(KEY), "has too little room for the quotes (give it a longer context)"),
        (ValueError(KEY), "could not answer (ValueError)"),
        (RuntimeError(KEY), "could not answer (RuntimeError)"),
    ],
)
@pytest.mark.parametrize("kind", [ScriptedModel, FormModel])
def test_a_failure_costs_the_answer_only_the_models_help(
    error: Exception, clause: str, kind: type[ScriptedModel], caplog: pytest.LogCaptureFixture
) -> None:
    for use in (
        lambda one: one.choose("q", QUOTES),
        lambda one: one.say("q", QUOTES),
        lambda one: one.standalone([TURN], "q"),
    ):
        one, _ = reader(error, kind=kind)
        assert use(one) in ((1, 2, 3, 4), (), "q")
        (notice,) = one.notices
        assert notice.startswith(f"The model owl {clause}; ")
        assert KEY not in notice and KEY not in caplog.text


def test_an_error_keeps_no_trace_of_the_providers_words() -> None:
    model = ChatModel(ScriptedModel(replies=[RuntimeError(KEY)]), "m", pause=0.0)
    with pytest.raises(ModelError) as failed:
        model.reply(ASK, {"title": "form"})
    assert failed.value.__suppress_context__ and KEY not in str(failed.value)


@pytest.mark.parametrize(
    "error", [ConnectionResetError(), httpx.ConnectError(""), known.ModelRateLimitError(""), known.ModelAPIError("")]
)
def test_what_fails_in_passing_is_asked_again(error: Exception) -> None:
    one, model = reader(error, error, "2")
    assert one.choose("q", QUOTES) == (2,)
    assert len(model.asked) == 3 and one.notices == []


@pytest.mark.parametrize("error", [known.ModelAuthenticationError(""), known.ModelTimeoutError(""), RuntimeError()])
def test_what_does_not_pass_is_not(error: Exception) -> None:
    one, model = reader(error, "2")
    assert one.choose("q", QUOTES) == (1, 2, 3, 4)
    assert len(model.asked) == 1


def test_a_model_that_is_away_is_asked_nothing_more_for_this_question() -> None:
    one, model = reader(ConnectionError())
    one.choose("q", QUOTES)
    asked = len(model.asked)
    assert one.say("q", QUOTES) == () and one.standalone([TURN], "q") == "q"
    assert len(model.asked) == asked == 3 and len(one.notices) == 1


def test_a_model_that_never_answers_is_left_in_time() -> None:
    never = threading.Event()

    class Silent(ScriptedModel):
        def next(self, messages: object) -> AIMessage:
            never.wait()
            return AIMessage("1")

    one = ModelSteps(ChatModel(Silent(), "m", timeout=0.05, pause=0.0))
    assert one.choose("q", QUOTES) == (1, 2, 3, 4)
    assert one.notices == [
        "The model m took longer than 0.05 seconds (model_timeout in the settings); "
        "the quotes stand as the search ranked them."
    ]
    never.set()


def test_a_stream_that_trickles_is_left_in_time() -> None:
    never = threading.Event()

    class Trickle(ScriptedModel):
        def _stream(self, *args: object, **kwargs: object) -> Iterator[object]:
            yield from super()._stream(*args, **kwargs)
            never.wait()

    one = ModelSteps(ChatModel(Trickle(replies=["It is safe. [1]\nIt"]), "m", timeout=0.3, pause=0.0))
    assert [remark.text for remark in one.remarks("q", QUOTES)] == ["It is safe."]
    assert one.notices == [
        "The model m took longer than 0.3 seconds (model_timeout in the settings); no more is said about the quotes."
    ]
    never.set()


def test_calls_of_tools_are_no_reply_and_call_nothing() -> None:
    call = AIMessage("", tool_calls=[{"name": "remove", "args": {"ids": [BRIDGE.id]}, "id": "1"}])
    one, _ = reader(call)
    assert one.choose("q", QUOTES) == (1, 2, 3, 4)
    assert "it was empty" in one.notices[0]


def test_an_endless_reply_is_read_only_so_far() -> None:
    one, _ = reader("1, " * 100_000)
    assert one.choose("q", QUOTES) == (1, 2, 3, 4)
    assert "it was longer than 4000 characters" in one.notices[0]


def test_a_form_that_is_cut_off_is_a_reply_that_cannot_be_read() -> None:
    openai = pytest.importorskip("openai", reason="the extra openai is not installed")
    completion = openai.types.chat.ChatCompletion.model_construct(usage=None)
    one, model = reader(openai.LengthFinishReasonError(completion=completion), {"numbers": [2]}, kind=FormModel)
    assert one.choose("q", QUOTES) == (2,)
    assert 'it did not hold "numbers"' in model.asked[1] and one.notices == []
    one, model = reader(openai.LengthFinishReasonError(completion=completion), kind=FormModel)
    assert one.say("q", QUOTES) == () and len(model.asked) == 2
    assert "may not be shown" in one.notices[0]


@pytest.fixture
def server() -> Iterator[tuple[str, list[dict[str, object]]]]:
    """An OpenAI-compatible server on loopback that refuses every form and answers "2"."""
    asked: list[dict[str, object]] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            asked.append({**body, "key": self.headers["Authorization"]})
            formed = "response_format" in body or "tools" in body
            said = (
                {"error": {"message": f"no forms here; your key {KEY}"}}
                if formed
                else {
                    "id": "1",
                    "object": "chat.completion",
                    "created": 1,
                    "model": "m",
                    "choices": [
                        {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": "2"}}
                    ],
                }
            )
            data = json.dumps(said).encode()
            self.send_response(400 if formed else 200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *args: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as httpd:
        threading.Thread(target=httpd.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{httpd.server_port}/v1", asked
        httpd.shutdown()


def test_a_server_that_refuses_forms_is_asked_in_plain_text(
    server: tuple[str, list[dict[str, object]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("langchain_openai", reason="the extra openai is not installed")
    url, asked = server
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("OPENAI_BASE_URL", url)
    model = open_model("openai:some-local-model", timeout=20)
    for _ in range(2):
        one = ModelSteps(model)
        assert one.choose("q", QUOTES) == (2,)
        assert one.notices == []
    assert [("response_format" in body) for body in asked] == [True, False, False]
    assert asked[0]["key"] == f"Bearer {KEY}"
    assert KEY not in repr(model) and KEY not in repr(vars(model))
