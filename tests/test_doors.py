"""The doors of the served page: what is turned away, and what still comes in."""

import http.client
import json
import urllib.parse

import pytest
from serving import PASSWORD, USER, free_port
from storing import open_store

from assistant.assistant import Assistant
from assistant.settings import Settings
from assistant.web.doors import BODY, WRONG, Window
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


def test_a_call_with_too_few_values_is_not_written_to_the_log(parser, tmp_path, capfd):
    given = "secret words"
    with Assistant(open_store(tmp_path, parser), Settings()) as assistant:
        server = launch(page(assistant), host="127.0.0.1", port=free_port())
        try:
            code, told = reply(server.url, "POST", "/gradio_api/call/ask", JSON, json.dumps({"data": [given]}))
            assert code == 200
            path = f"/gradio_api/call/ask/{json.loads(told)['event_id']}"
            assert "event: error" in reply(server.url, "GET", path)[1]
        finally:
            server.close()
    written = capfd.readouterr()
    assert given not in written.out + written.err
