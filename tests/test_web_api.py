"""The page's server as programs see it: its endpoints, its sessions, and what it refuses."""

import json
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pytest
from serving import PASSWORD, USER, free_port
from storing import open_store

from assistant.assistant import Assistant
from assistant.query.filters import DAY_FILTERS, LIST_FILTERS, NAMES
from assistant.settings import Settings
from assistant.web.server import launch, page

CRACK = "What did Tomas Quill say about the crack?"


@pytest.fixture(scope="module")
def client(site):
    from gradio_client import Client

    return Client(site, verbose=False)


def status(url, headers=None, data=None):
    """The HTTP status and the headers of a reply."""
    request = urllib.request.Request(url, data=data, headers=headers or {})
    try:
        with urllib.request.urlopen(request) as reply:
            return reply.status, reply.headers
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers


# Endpoints


def test_a_program_asks_and_gets_the_answer_of_the_command_line(client):
    answer = client.predict(CRACK, api_name="/ask")
    assert answer["answered"] is True
    assert answer["refusal"] is None
    quote = answer["quotes"][0]
    assert quote["speaker"]["name"] == "Tomas Quill"
    article = client.predict(quote["article_id"], api_name="/article")
    assert article["text"][quote["start"] : quote["end"]] == quote["text"]


def test_a_program_narrows_what_it_asks(client):
    answer = client.predict("What did they say about the crack?", said_by="Adaeze Brandt", api_name="/ask")
    assert {quote["speaker"]["name"] for quote in answer["quotes"]} == {"Adaeze Brandt"}
    nothing = client.predict(CRACK, published_before="1990-01-01", api_name="/ask")
    assert nothing["answered"] is False
    assert nothing["refusal"]["reason"] == "filter_matches_nothing"


def test_a_program_is_told_what_was_wrong(client):
    from gradio_client.exceptions import AppError

    with pytest.raises(AppError, match="yesterday"):
        client.predict(CRACK, published_after="yesterday", api_name="/ask")
    with pytest.raises(AppError, match="no-such-article"):
        client.predict("no-such-article", api_name="/article")


def test_a_program_checks_a_quotation(client):
    exact = client.predict("This is a crack in the skin of the structure and not in its bones", api_name="/verify")
    altered = client.predict("This is a crack in the bones of the structure", api_name="/verify")
    assert (exact["finding"], altered["finding"]) == ("exact", "altered")


def test_a_program_lists_articles_and_speakers(client):
    articles = client.predict(api_name="/articles")
    assert len(articles) == 10
    speakers = client.predict("engineer", api_name="/speakers")
    quill = next(one for one in speakers if one["name"] == "Tomas Quill")
    said = client.predict(quill["key"], api_name="/statements")
    assert len(said) == quill["statements"]
    assert {one["speaker"]["name"] for one in said} == {"Tomas Quill"}


def test_endpoints_have_names_and_types_and_none_of_them_changes_the_library(client):
    offered = client.view_api(return_format="dict")["named_endpoints"]
    assert set(offered) == {"/ask", "/verify", "/articles", "/article", "/speakers", "/statements"}
    types = {one["parameter_name"]: one["python_type"]["type"] for one in offered["/ask"]["parameters"]}
    assert types["question"] == "str"
    assert types["articles"].startswith("list[str]")


# Sessions


def events(url, session, function, data):
    """Call one of the page's own functions as the page does, and wait for what it gives."""
    body = json.dumps({"fn_index": function, "data": data, "session_hash": session}).encode()
    joined = urllib.request.Request(f"{url}/gradio_api/queue/join", body, {"content-type": "application/json"})
    with urllib.request.urlopen(joined) as reply:
        reply.read()
    with urllib.request.urlopen(f"{url}/gradio_api/queue/data?session_hash={session}") as stream:
        for line in stream:
            if line.startswith(b"data:"):
                event = json.loads(line[5:])
                if event["msg"] == "process_completed":
                    return event["output"]["data"]
    raise AssertionError("the stream ended early")


def asking(url):
    """The number of the page's function that answers, from the configuration that every page gets."""
    with urllib.request.urlopen(f"{url}/config") as reply:
        config = json.load(reply)
    box = next(one["id"] for one in config["components"] if one["props"].get("elem_id") == "otr-question")
    return next(one["id"] for one in config["dependencies"] if [box, "submit"] in one["targets"])


def test_twenty_chats_at_once_each_get_their_own_answers(site):
    function = asking(site)
    values = [[] if name in LIST_FILTERS else None if name in DAY_FILTERS else "" for name in NAMES]
    people = ("Tomas Quill", "Adaeze Brandt", "Rosa Delgado", "Nadia Osei", "Yusuf Larkin")

    def chat(number):
        questions = [f"What did {people[number % 5]} say in chat {number}x{turn}?" for turn in range(2)]
        return questions, [
            events(site, f"session{number}", function, [question, None, *values])[0] for question in questions
        ]

    with ThreadPoolExecutor(20) as pool:
        chats = list(pool.map(chat, range(20)))
    for questions, (first, second) in chats:
        assert questions[0] in first and questions[1] not in first
        assert questions[0] in second and questions[1] in second
        others = [one for asked, _ in chats if asked is not questions for one in asked]
        assert not [one for one in others if one in first + second]


def test_nothing_is_kept_of_a_call_whose_reply_was_read(parser, tmp_path):
    with Assistant(open_store(tmp_path, parser), Settings()) as assistant:
        server = launch(page(assistant), host="127.0.0.1", port=free_port())
        try:
            for name in ("articles", "v2/articles", "articles"):
                call = f"{server.url}gradio_api/call/{name}"
                body = json.dumps({"publisher": ""} if "v2" in name else {"data": [""]}).encode()
                begun = urllib.request.Request(call, body, {"content-type": "application/json"})
                with urllib.request.urlopen(begun) as reply:
                    event = json.load(reply)["event_id"]
                with urllib.request.urlopen(f"{call}/{event}") as reply:
                    assert b"event: complete" in reply.read()
            assert status(server.url)[0] == 200  # by then the server is done with the last reply, too
            queue = server.blocks._queue
            assert not server.blocks.state_holder.session_data
            assert not queue.pending_event_ids_session
            assert not queue.pending_messages_per_session
        finally:
            server.close()


# Refusals


def test_every_answer_forbids_fetching_from_elsewhere(site):
    code, headers = status(site)
    assert code == 200
    assert "default-src 'self'" in headers["content-security-policy"]
    assert headers["referrer-policy"] == "no-referrer"


def test_a_page_elsewhere_cannot_reach_it_by_a_name_of_its_own(site):
    assert status(f"{site}/config", {"Host": "127.0.0.1"})[0] == 200
    assert status(f"{site}/config", {"Host": "rebound.example"})[0] == 400


@pytest.mark.parametrize("path", ["/etc/passwd", "{library}", "../../../../etc/passwd"])
def test_no_file_of_the_machine_is_served(site, path, tmp_path_factory):
    library = next(tmp_path_factory.getbasetemp().glob("sites*")) / "site" / "library.sqlite"
    assert library.exists()
    path = path.format(library=library)
    assert status(f"{site}/gradio_api/file={path}")[0] in (403, 404)


def test_an_upload_has_a_limit(site):
    boundary = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
    body = boundary + b"a" * 53_000_000 + b"\r\n--x--\r\n"
    headers = {"content-type": "multipart/form-data; boundary=x", "Origin": site}
    assert status(f"{site}/gradio_api/upload", headers, boundary + b"a\r\n--x--\r\n")[0] == 200
    assert status(f"{site}/gradio_api/upload", headers, body)[0] == 413


def test_a_password_keeps_others_out(sites):
    from gradio_client import Client

    assert status(f"{sites['guarded']}/config")[0] == 401
    client = Client(sites["guarded"], auth=(USER, PASSWORD), verbose=False)
    assert client.predict(api_name="/articles") == []
    answer = client.predict(CRACK, api_name="/ask")
    assert answer["refusal"]["reason"] == "no_articles"


def test_other_assistants_quote_from_the_library_over_mcp(site):
    import asyncio

    mcp = pytest.importorskip("mcp", reason="the extra mcp is not installed")
    from mcp.client.streamable_http import streamablehttp_client

    async def talk(url):
        async with (
            streamablehttp_client(f"{url}/gradio_api/mcp/") as (read, write, _),
            mcp.ClientSession(read, write) as session,
        ):
            await session.initialize()
            tools = {tool.name: tool for tool in (await session.list_tools()).tools}
            reply = await session.call_tool("ask", {"question": CRACK})
            return tools, reply.content[0].text

    with ThreadPoolExecutor(1) as pool:  # the browser's tests leave a loop running in this thread
        tools, text = pool.submit(asyncio.run, talk(site)).result()
    assert {"ask", "verify", "articles", "article", "speakers", "statements"} <= set(tools)
    assert "quoted word for word" in tools["ask"].description
    assert "Tomas Quill" in text
