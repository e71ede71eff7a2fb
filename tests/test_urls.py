"""URLs: only servers on the public internet are asked, at the address that was checked, and never for long."""

import http.server
import ipaddress
import socket
import ssl
import threading
from contextlib import closing

import pytest
import trustme
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.articles import read_paths
from index.errors import UnreadableArticle
from index.loaders.addresses import is_public
from index.loaders.characters import NotText
from index.loaders.urls import Web, _redirected, split
from index.types import Article

SERVER = "127.0.0.2"  # the one address that the tests allow; every other is judged as it is for a user
BODY = "<p>“The ferry will not sail,” the harbour master, Zoë Lindt, said.</p>" + "<p>So the ferry stayed.</p>" * 9
PAGE = f"<html><head><title>Ferry</title></head><body><article>{BODY}</article></body></html>".encode()


def allow(address):
    return str(address) == SERVER or is_public(address)


class Names:
    """A resolver with a list of addresses for each look-up of a name, the last list for good."""

    def __init__(self, **answers):
        self.answers = {name.replace("_", "."): list(rounds) for name, rounds in answers.items()}
        self.asked = []

    def __call__(self, host, port):
        self.asked.append(host)
        rounds = self.answers.get(host)
        if not rounds:
            raise socket.gaierror(f"no such name: {host}")
        return rounds.pop(0) if len(rounds) > 1 else rounds[0]


class Server(http.server.ThreadingHTTPServer):
    """Answers each path with what `answers` has for it: status, headers, body."""

    daemon_threads = False

    def __init__(self):
        super().__init__((SERVER, 0), Handler)
        self.answers, self.asked = {}, []

    def handle_error(self, request, client_address):
        pass  # a client that hangs up is what is tested here

    def url(self, path="/", host="news.example", scheme="http"):
        return f"{scheme}://{host}:{self.server_port}{path}"


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append((self.headers["Host"], self.path))
        status, headers, body = self.server.answers[self.path]
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def server():
    one = Server()
    one.answers["/ferry"] = (200, {"Content-Type": "text/html; charset=utf-8"}, PAGE)
    thread = threading.Thread(target=one.serve_forever, args=(0.01,))
    thread.start()
    yield one
    one.shutdown()
    thread.join()
    one.server_close()


@pytest.fixture
def names():
    return Names(news_example=[[SERVER]], other_example=[[SERVER]])


def read(url, names, **options):
    notices = []
    (one,) = read_paths([url], notice=notices.append, web=Web(resolve=names, allow=allow, **options))
    return one, notices


def why(url, names, **options):
    one, _ = read(url, names, **options)
    assert isinstance(one, UnreadableArticle), one
    return one.why


def test_a_page_becomes_an_article_known_by_its_url(server, names):
    one, notices = read(server.url("/ferry#part"), names)
    assert isinstance(one, Article), one
    assert "“The ferry will not sail,” the harbour master, Zoë Lindt, said." in one.text and notices == []
    assert (one.title, one.url, one.source) == ("Ferry", server.url("/ferry"), server.url("/ferry#part"))
    assert one.id.startswith("ferry-")
    assert read(server.url("/ferry"), names)[0].id == one.id


def test_plain_text_is_read_with_settled_line_ends(server, names):
    server.answers["/a.txt"] = (200, {"Content-Type": "text/plain; charset=iso-8859-1"}, b"Dam\r\n\x93Zo\xeb\x94")
    assert read(server.url("/a.txt"), names)[0].text == "Dam\n“Zoë”"


NOT_PUBLIC = [
    "127.0.0.1", "127.255.255.254", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "192.0.0.8", "192.0.2.1", "192.88.99.1", "198.18.0.1", "203.0.113.1", "224.0.0.1", "240.0.0.1",
    "255.255.255.255", "::1", "::", "::ffff:127.0.0.1", "::ffff:7f00:1", "::ffff:10.0.0.1", "::ffff:0:127.0.0.1",
    "::127.0.0.1", "64:ff9b::127.0.0.1", "64:ff9b::a00:1", "64:ff9b:1::1", "100::1", "2001::7f00:1", "2001:db8::1",
    "2002:7f00:1::", "2002:0808:0808::", "3fff::1", "5f00::1", "fc00::1", "fd12::1", "fe80::1", "fec0::1", "ff02::1",
    "ff0e::1",
]  # fmt: skip
PUBLIC = ["8.8.8.8", "93.184.215.14", "2606:4700::1111", "2a00:1450:4001::200e", "::ffff:8.8.8.8", "64:ff9b::808:808"]


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_an_address_that_is_not_public_is_refused_as_such_by_name_and_by_redirect(address, server, names):
    assert not is_public(ipaddress.ip_address(address))
    literal = f"[{address}]" if ":" in address else address
    assert "not an address of the public internet" in why(f"http://{literal}:{server.server_port}/", names)
    names.answers["inside.example"] = [[address]]
    reason = why(server.url("/", "inside.example"), names)
    assert reason.startswith("inside.example leads to ") and "not an address of the public internet" in reason
    for target in (literal, "inside.example"):
        server.answers["/away"] = (302, {"Location": f"http://{target}:{server.server_port}/ferry"}, b"")
        assert "not an address of the public internet" in why(server.url("/away"), names)
    assert {path for _, path in server.asked} == {"/away"}


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_allowed(address):
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "host",
    ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "127.0.0.01", "0x7f.0.0.1", "0", "017700000001", "1.2.3.4.5",
     "127.0.0.1.", "256.256.256.256", "4294967296", "１２７.1", "①27.0.0.0x1", "127。1"],
)  # fmt: skip
def test_odd_numbers_for_an_address_are_not_even_looked_up(host, server, names):
    assert "an odd way to write an address" in why(f"http://{host}/", names)
    server.answers["/away"] = (302, {"Location": f"http://{host.encode('idna').decode()}/"}, b"")
    assert "an odd way to write an address" in why(server.url("/away"), names)
    assert names.asked == ["news.example"]


@pytest.mark.parametrize("host", ["１２７.0.0.1", "127。0。0。1"])
def test_an_address_in_fancy_characters_is_judged_as_the_address_it_is(host, names):
    assert "not an address of the public internet" in why(f"http://{host}/", names)


def test_one_address_that_is_not_public_among_several_is_enough(server, names):
    names.answers["mixed.example"] = [[SERVER, "10.0.0.1"]]
    assert "mixed.example leads to 10.0.0.1" in why(server.url("/ferry", "mixed.example"), names)
    assert server.asked == []


def test_the_address_that_was_checked_is_the_one_that_is_connected_to(server, names):
    names.answers["turning.example"] = [[SERVER], ["127.0.0.1"]]
    assert isinstance(read(server.url("/ferry", "turning.example"), names)[0], Article)
    assert names.asked == ["turning.example"]  # nobody asked a second time, so a second answer changes nothing


def test_a_name_that_changes_before_a_redirect_is_checked_again(server, names):
    names.answers["turning.example"] = [[SERVER], ["169.254.169.254"]]
    server.answers["/away"] = (301, {"Location": "/ferry"}, b"")
    assert "leads to 169.254.169.254" in why(server.url("/away", "turning.example"), names)
    assert [path for _, path in server.asked] == ["/away"]


def test_the_next_address_is_tried_where_nobody_answers(server, names):
    names.answers["two.example"] = [["127.0.0.3", SERVER]]
    web = Web(resolve=names, allow=lambda address: str(address) in ("127.0.0.3", SERVER))
    (one,) = read_paths([server.url("/ferry", "two.example")], notice=print, web=web)
    assert isinstance(one, Article)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://news.example/a", "begins with neither http:// nor https://"),
        ("file:///etc/passwd", "begins with neither"),
        ("gopher://news.example/_x", "begins with neither"),
        ("http://ann:secret@news.example/", "user name or password"),
        ("http://ann@news.example/", "user name or password"),
        ("http://@news.example/", "user name or password"),
        ("http://news.example\\@127.0.0.1/", "backslash"),
        ("http://news.example/a b", "a space"),
        ("http://news.example/\r\nHost: x", "a space, a backslash or a character"),
        ("http://news.example\t/", "does not print"),
        ("http://:80/", "names no server"),
        ("http://news.example:0/", "names no server"),
        ("http://news.example:99999/", "not a URL"),
        ("http://news.example:x/", "not a URL"),
        ("http://[::1/", "not a URL"),
        ("http://[nonsense]/", "not a URL"),
        ("http://a..b/", "not a URL"),
        ("http://ann:secret/x@news.example/", "server's name or port makes no sense"),
        ("http://" + "a" * 64 + ".example/", "not a URL"),
        ("http://news.example/" + "a" * 2000, "more than 2,000 characters"),
        ("http://unknown.example/", "cannot be looked up"),
    ],
)
def test_what_is_not_to_be_asked_for_is_refused_directly_and_as_a_redirect(url, reason, server, names):
    assert reason in why(url, names)
    if url.isprintable() and not {" ", "\\"} & set(url):  # a redirect's are escaped, which makes them harmless
        server.answers["/away"] = (302, {"Location": url}, b"")
        assert reason in why(server.url("/away"), names)


def test_a_url_without_a_server_is_refused(names):
    assert why("http:///path", names) == "it names no server"


def test_a_password_is_not_repeated():
    (one,) = read_paths(["https://ann:secret@news.example/"], notice=print)
    assert "secret" not in str(one)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ((404, {}, b""), "the server answered 404"),
        ((500, {}, PAGE), "the server answered 500"),
        ((204, {}, b""), "the server answered 204"),
        ((302, {}, b""), "redirects to nowhere"),
        ((302, {"Location": "/loop"}, b""), "redirects more than 5 times"),
        ((200, {"Content-Type": "application/pdf"}, b"%PDF"), "it is application/pdf, and from the web only text"),
        ((200, {"Content-Type": "image/png\x1b"}, b""), "only text or HTML is read"),
        ((200, {"Content-Encoding": "gzip"}, b"\x1f\x8b"), "compressed"),
        ((200, {"Content-Type": "text/html"}, b""), "no readable text"),
        ((200, {"Content-Type": "text/plain"}, b""), "holds no text"),
        ((200, {"Content-Type": "text/plain"}, b"a\0"), "NUL"),
        ((200, {"Content-Type": "text/html"}, b"a" * 100_001), "more than 100,000 bytes"),
        ((200, {"Content-Length": "5"}, b"abc"), "the connection failed"),
        ((200, {f"X-{n}": "x" * 60_000 for n in range(9)}, b""), "the connection failed"),
    ],
)
def test_an_answer_that_is_no_article_is_refused_with_its_reason(answer, reason, server, names):
    server.answers["/loop"] = answer
    assert reason in why(server.url("/loop"), names, most_bytes=100_000)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed_to_an_article(status, server, names):
    server.answers["/old"] = (status, {"Location": server.url("/ferry", "other.example")}, b"")
    one, _ = read(server.url("/old"), names)
    assert one.url == server.url("/ferry", "other.example") and one.source == server.url("/old")
    assert [host for host, _ in server.asked] == [
        f"{name}:{server.server_port}" for name in ("news.example", "other.example")
    ]


def test_five_redirects_are_followed_and_a_sixth_is_not(server, names):
    server.answers |= {f"/{n}": (302, {"Location": f"/{n - 1}"}, b"") for n in range(1, 7)}
    server.answers["/0"] = server.answers["/ferry"]
    assert isinstance(read(server.url("/5"), names)[0], Article)
    assert why(server.url("/6"), names) == "it redirects more than 5 times"


def test_letters_that_a_url_cannot_have_are_escaped(server, names):
    server.answers["/%C3%A9t%C3%A9?q=%E2%80%9Cx%E2%80%9D"] = (200, {}, PAGE)
    assert isinstance(read(server.url("/été?q=“x”"), names)[0], Article)


@pytest.mark.parametrize(
    "start", [b"", b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\n\r\n"], ids=["silent", "head", "body"]
)
def test_a_server_that_drips_is_given_up(start, names):
    done = threading.Event()

    def drip():
        connection, _ = listening.accept()
        with connection:
            connection.sendall(start)
            while not done.wait(0.05):
                try:
                    connection.sendall(b"x" if start else b"")
                except OSError:
                    return

    with closing(socket.create_server((SERVER, 0))) as listening:
        thread = threading.Thread(target=drip)
        thread.start()
        url = f"http://news.example:{listening.getsockname()[1]}/"
        assert why(url, names, seconds=0.4) == "the server took too long"
        done.set()
        thread.join()


def test_a_port_where_nobody_listens_is_told(names):
    with closing(socket.create_server((SERVER, 0))) as gone:
        port = gone.getsockname()[1]
    assert "the connection failed" in why(f"http://news.example:{port}/", names)


@pytest.fixture
def secure(server):
    """A server with a certificate for news.example, what clients need to trust it, and the names it was asked for."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("news.example").configure_cert(context)
    greeted = []
    context.sni_callback = lambda _, name, __: greeted.append(name)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    trusting = ssl.create_default_context()
    authority.configure_trust(trusting)
    return server, trusting, greeted


def test_tls_is_verified_for_the_name_though_the_address_is_fixed(secure, names):
    server, trusting, greeted = secure
    one, _ = read(server.url("/ferry", scheme="https"), names, tls=trusting)
    assert isinstance(one, Article), one
    assert greeted == ["news.example"]
    assert "certificate" in why(server.url("/ferry", "other.example", "https"), names, tls=trusting)
    assert "certificate" in why(server.url("/ferry", scheme="https"), names)  # an authority that nobody knows


@pytest.mark.parametrize(
    ("url", "whole"),
    [
        ("HTTP://News.Example:80/A?b#c", "http://news.example/A?b"),
        ("https://news.example:443", "https://news.example"),
        ("https://bücher.example/ü", "https://xn--bcher-kva.example/ü"),
        ("http://[2606:4700::1]:8080/", "http://[2606:4700::1]:8080/"),
    ],
)
def test_a_url_has_one_form(url, whole):
    assert split(url).geturl() == whole


@settings(deadline=None)
@given(st.text(max_size=40), st.sampled_from(["http://", "https://", "http://news.example/", "HTTP://[", "x://"]))
@example("news.example:80:80/", "http://")
@example("\ud800/", "http://")
@example("xn--\x80/", "http://")
@example("%00.example/", "http://")
def test_any_words_as_a_url_give_a_reason(words, start):
    nobody = Web(resolve=Names(), allow=is_public)
    (one,) = read_paths([start + words], notice=print, web=nobody)
    assert isinstance(one, UnreadableArticle) and one.why and str(one).isprintable()


@settings(deadline=None)
@given(st.binary(max_size=40))
@example(b"http://[/")
@example(b"//\xff@[::1")
def test_any_bytes_as_a_redirect_give_a_url_or_a_reason(location):
    try:
        assert _redirected("http://news.example/a", location.decode("latin-1"))
    except NotText as error:
        assert str(error)


def test_nothing_is_asked_when_the_default_web_is_used(server):
    """The allowance is the test's own: without it the same server is out of bounds."""
    with pytest.raises(NotText, match="not an address of the public internet"):
        Web().fetch(server.url("/ferry", SERVER))
    assert server.asked == []
