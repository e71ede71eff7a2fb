"""The doors of the served page: what is turned away, and what still comes in."""

import http.client
import json
import urllib.parse

import pytest
from serving import PASSWORD, USER, free_port
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from storing import open_store

from assistant.assistant import Assistant
from assistant.query.filters import LIST_FILTERS, NAMES
from assistant.settings import Settings
from assistant.web import doors
from assistant.web.doors import BODY, WRONG, Doors, Window
from assistant.web.server import launch, page

FORM = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\na\r\n--x--\r\n'
MULTIPART = {"content-type": "multipart/form-data; boundary=x"}
JSON = {"content-type": "application/json"}
TAKING = ("/gradio_api/call/ask", "/gradio_api/queue/join", "/gradio_api/run/ask", "/gradio_api/mcp/", "/login", "/")


def reply(url, method, path, headers=None, body=None, chunked=False):
    """Status and text of a reply."""
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(url).netloc, timeout=60)
    try:
        connection.request(method, path, body, headers or {}, encode_chunked=chunked)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def allowing(url, method, headers):
    """Status of a reply, and the headers by which it lets other origins in."""
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(url).netloc, timeout=60)
    try:
        connection.request(method, "/config", None, headers)
        answer = connection.getresponse()
        return answer.status, [one for one in answer.headers if one.lower().startswith("access-control")]
    finally:
        connection.close()


@pytest.mark.parametrize("name", ["site", "guarded"])
@pytest.mark.parametrize("path", TAKING)
def test_a_large_body_is_refused_before_it_is_sent(sites, name, path):
    code, told = reply(sites[name], "POST", path, {**JSON, "content-length": "200000000"})
    assert code == 413
    assert "1,000,000 bytes" in told


@pytest.mark.parametrize("name", ["site", "guarded"])
def test_a_large_body_of_untold_size_is_refused(sites, name):
    head = {**JSON, "transfer-encoding": "chunked"}
    parts = iter([b"a" * (BODY // 2)] * 2 + [b"a"])
    assert reply(sites[name], "POST", "/gradio_api/call/ask", head, parts, chunked=True)[0] == 413


def test_a_small_body_of_untold_size_comes_in(site):
    head = {**JSON, "transfer-encoding": "chunked"}
    body = iter([b'{"data": ', b'[""]}'])
    code, told = reply(site, "POST", "/gradio_api/call/articles", head, body, chunked=True)
    assert code == 200
    assert json.loads(told)["event_id"]


@pytest.mark.parametrize("origin", ["http://localhost:1", "http://elsewhere.example", "null"])
@pytest.mark.parametrize("path", ["/config", "/gradio_api/info"])
def test_a_page_of_another_origin_gets_nothing(site, origin, path):
    code, told = reply(site, "GET", path, {"Origin": origin})
    assert code == 403
    assert "Another website" in told
    assert reply(site, "GET", path, {"Origin": site})[0] == 200


@pytest.mark.parametrize("name", ["site", "guarded"])
@pytest.mark.parametrize("origin", ["http://localhost:1", "http://127.0.0.1:1", "http://elsewhere.example", "null"])
def test_no_other_origin_is_allowed_to_read_or_to_ask(sites, name, origin):
    asking = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    for method, more in (("OPTIONS", asking), ("GET", {}), ("POST", JSON)):
        code, allowed = allowing(sites[name], method, {"Origin": origin, **more})
        assert (code, allowed) == (403, [])


@pytest.mark.parametrize("origin", [{}, {"Origin": "null"}, {"Origin": "http://elsewhere.example"}])
def test_only_the_page_itself_uploads(site, origin):
    assert reply(site, "POST", "/gradio_api/upload", {**MULTIPART, **origin}, FORM)[0] == 403
    assert reply(site, "POST", "/gradio_api/upload", {**MULTIPART, "Origin": site}, FORM)[0] == 200


def test_uploads_have_a_cap_and_tell_their_size(site):
    own = {**MULTIPART, "Origin": site}
    code, told = reply(site, "POST", "/gradio_api/upload", {**own, "content-length": "900000000"})
    assert code == 413
    assert "MB an hour" in told
    unsized = {**own, "transfer-encoding": "chunked"}
    assert reply(site, "POST", "/gradio_api/upload", unsized, iter([FORM]), chunked=True)[0] == 411


def test_uploads_use_up_a_visitors_share_and_that_of_all(monkeypatch):
    monkeypatch.setattr(doors, "VISITOR", 2 * len(FORM))
    monkeypatch.setattr(doors, "ALL", 3 * len(FORM))
    now = [0.0]
    app = Starlette(
        routes=[Route(doors.UPLOAD_PATH, lambda request: PlainTextResponse("taken"), methods=["POST"])],
        middleware=[Middleware(Doors, lambda: now[0])],
    )

    def sent(address):
        visitor = TestClient(app, client=(address, 1))
        return visitor.post(
            doors.UPLOAD_PATH, content=FORM, headers={**MULTIPART, "Origin": "http://testserver"}
        ).status_code

    assert [sent("192.0.2.1") for _ in range(3)] == [200, 200, 413]
    assert [sent("192.0.2.2") for _ in range(2)] == [200, 413]
    now[0] = doors.HOUR
    assert sent("192.0.2.1") == 200


def test_a_window_sums_by_visitor_and_forgets():
    now = [0.0]
    window = Window(60, lambda: now[0])
    window.put("one", 3)
    now[0] = 30
    window.put("other", 4)
    assert (window.sum("one"), window.sum("other"), window.sum()) == (3, 4, 7)
    now[0] = 60
    assert (window.sum("one"), window.sum()) == (0, 4)


@pytest.mark.parametrize(
    "path", ["/gradio_api/mcp/", "/gradio_api/mcp/schema", "/gradio_api/info", "/gradio_api/token"]
)
def test_nothing_but_the_login_page_answers_without_login(sites, path):
    assert reply(sites["guarded"], "GET", path)[0] == 401
    assert reply(sites["guarded"], "GET", "/")[0] == 200


def test_ten_wrong_passwords_are_enough(sites):
    head = {"content-type": "application/x-www-form-urlencoded"}

    def tried(password):
        return reply(sites["tried"], "POST", "/login", head, f"username={USER}&password={password}")

    assert tried(PASSWORD)[0] == 200
    assert {tried("guess")[0] for _ in range(WRONG)} == {400}
    code, told = tried(PASSWORD)
    assert code == 429
    assert "wait a minute" in told


@pytest.mark.parametrize("more", [[], [[] if name in LIST_FILTERS else "" for name in NAMES]])
def test_no_question_is_written_to_the_log(parser, tmp_path, capfd, more):
    question = "secret words " * 50_000
    with Assistant(open_store(tmp_path, parser), Settings()) as assistant:
        server = launch(page(assistant), host="127.0.0.1", port=free_port())
        try:
            assert "event: error" in called(server.url, [question, *more])
        finally:
            server.close()
    written = capfd.readouterr()
    assert "secret" not in written.out + written.err


@pytest.mark.parametrize("question", ["What did \ud800 say?", None, 3])
def test_a_question_that_is_no_text_is_told_to_programs(site, question):
    told = called(site, [question, *([] if name in LIST_FILTERS else "" for name in NAMES)])
    assert "event: error" in told
    assert "the question" in told


def called(url, values):
    """What the ask endpoint replies, as it is streamed."""
    code, told = reply(url, "POST", "/gradio_api/call/ask", JSON, json.dumps({"data": values}))
    assert code == 200
    return reply(url, "GET", f"/gradio_api/call/ask/{json.loads(told)['event_id']}")[1]
