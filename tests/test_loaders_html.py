"""Pages: the article on a page, and what the page says of it; no page can take the run with it."""

import datetime as dt

import pytest

from index.articles import read_paths
from index.errors import UnreadableArticle
from index.loaders.characters import NotText
from index.loaders.extract import extract
from index.loaders.pages import PageExtractor
from index.types import Article

SAID = "“The ferry will not sail before Monday,” the harbour master, Zoë Lindt, said on Friday."
BODY = f"<p>{SAID}</p>" + "".join(
    f"<p>Passenger number {n} said that the crossing had been rough and the coffee cold.</p>" for n in range(8)
)
HEAD = """<title>Ferry stays in port - The Courier</title>
<meta property="og:title" content="Ferry stays in port"><meta property="og:site_name" content="The Courier">
<meta name="author" content="Ann Lee"><meta property="article:published_time" content="2026-03-05T10:00:00Z">
<link rel="canonical" href="https://courier.example/ferry">"""


def page(body=BODY, head=HEAD, footer="<footer>© 2019 The Courier. All rights reserved.</footer>"):
    menu = "<nav><a href='/'>Home</a></nav>"
    return f"<!DOCTYPE html><html><head>{head}</head><body>{menu}<article>{body}</article>{footer}</body></html>"


def read(tmp_path, data, name="a.html"):
    notices = []
    (tmp_path / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    (one,) = read_paths([tmp_path / name], notice=notices.append)
    return one, notices


def test_a_page_gives_its_text_and_what_it_says_of_itself(tmp_path):
    one, notices = read(tmp_path, page())
    assert isinstance(one, Article), one
    assert SAID in one.text and "Home" not in one.text and "rights reserved" not in one.text
    assert (one.title, one.author, one.publisher) == ("Ferry stays in port", "Ann Lee", "The Courier")
    assert (one.published, one.url) == (dt.date(2026, 3, 5), "https://courier.example/ferry")
    assert notices == []


@pytest.mark.parametrize(
    ("body", "head", "url", "date"),
    [
        (BODY, HEAD, "", "2026-03-05"),
        (BODY, HEAD.replace("2026-03-05", "1985-03-05"), "", "1985-03-05"),
        (BODY, HEAD.replace("2026-03-05", "9999-12-31"), "", None),
        (BODY, HEAD.replace("2026-03-05T10:00:00Z", "soon"), "", None),
        (
            BODY,
            '<script type="application/ld+json">{"datePublished": "2026-02-03T00:00:00Z"}</script>',
            "",
            "2026-02-03",
        ),
        ('<time datetime="2026-04-04">today</time>' + BODY, "", "", "2026-04-04"),
        (BODY, "", "https://courier.example/2026/03/07/ferry", "2026-03-07"),
        (BODY + "<p>On 5 May 1998 the ferry sank; it was raised on 12/06/1999.</p>", "", "", None),
        (BODY, "<title>The wreck of 2019-01-01</title>", "", None),
        (BODY + '</article><aside><time datetime="2020-04-04">another story</time></aside>', "", "", None),
    ],
)
def test_a_date_is_one_that_the_page_states_and_never_a_number_in_its_text(body, head, url, date):
    assert extract(page(body, head), url).get("published") == date


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (
            "<p>“It will\n   <b>hold</b>,”\r\n\tsaid  Tomas\n<a href='x'>Quill</a>.</p>",
            "“It will hold,” said Tomas Quill.",
        ),
        ("<p>One line.<br>The other\nline.</p>", "One line.\nThe other line."),
        ("<p>“It&nbsp;holds” &mdash; cafe\u0301, £5&hellip; 😀</p>", "“It holds” — cafe\u0301, £5… 😀"),
        ("<p>“Yes,” she said.</p><p>“Yes,” she said.</p>", "“Yes,” she said.\n“Yes,” she said."),
        ("<p>The bell&#7;\x07 &#xFFFE;tolls.</p>", "The bell tolls."),
        ("<blockquote><p>“A quotation in a block.”</p></blockquote>", "\n“A quotation in a block.”\n"),
    ],
)
def test_the_words_of_a_page_are_kept_and_its_wrapped_lines_joined(written, read):
    assert read in extract(page(BODY + written + BODY), "")["text"]


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", ""),
        ("utf-8-sig", ""),
        ("utf-8", '<meta charset="iso-8859-1">'),  # wrong, and seen to be
        ("utf-16", ""),
        ("cp1252", '<meta charset="windows-1252">'),
        ("cp1252", '<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-1">'),
    ],
)
def test_a_page_is_read_in_its_encoding(tmp_path, encoding, declared):
    one, notices = read(tmp_path, page(head=declared + HEAD).encode(encoding))
    assert SAID in one.text and notices == []


def test_a_page_in_an_undeclared_encoding_is_remarked_on(tmp_path):
    one, notices = read(tmp_path, page().encode("cp1252"))
    assert SAID in one.text and len(notices) == 1


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "no readable text"),
        (b"<html><body></body></html>", "no readable text"),
        (b"<html><body><script>var a = 'text text text';</script></body></html>", "no readable text"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "NUL"),
        (page().encode("utf-16-le"), "NUL"),
        (b"<p>" + b"a" * 10_000_001, "more than 10,000,000 bytes"),
        (page("<p>" + "word " * 250_000 + "</p>").encode(), "characters; 1,000,000 is the most"),
    ],
)
def test_a_page_without_an_article_is_refused_with_its_reason(tmp_path, data, why):
    one, _ = read(tmp_path, data)
    assert isinstance(one, UnreadableArticle) and why in one.why


BOMBS = {
    "nested div": "<div>" * 100_000 + "<p>deep</p>",
    "nested tables": "<table><tr><td>" * 50_000 + "deep",
    "nested lists": "<ul><li>" * 100_000 + "deep",
    "never closed": "<b><i><p>" * 5_000 + "deep",
    "only brackets": "<" * 200_000,
    "an open comment": "<!--" + "-" * 500_000,
    "nested JSON": '<script type="application/ld+json">' + "[" * 100_000 + "</script>",
    "character references": "<p>&#0;&#xD800;&#x110000;&#99999999999;</p>",
    "entities that grow": '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    + "".join(f'<!ENTITY {chr(n)} "&{chr(n - 1)};&{chr(n - 1)};&{chr(n - 1)};&{chr(n - 1)};">' for n in range(99, 115))
    + "]><p>&r;</p>",
    "an entity that reads a file": '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><p>&x;</p>',
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_hostile_html_becomes_an_article_or_a_reason(tmp_path, bomb):
    one, _ = read(tmp_path, page(bomb + BODY))
    if isinstance(one, Article):
        assert len(one.text) < 1_000_000 and "root:" not in one.text
        one.text.encode("utf-8")
    else:
        assert one.why


def test_a_page_that_takes_too_long_is_given_up_and_the_next_one_is_read():
    bomb = "<p " + " ".join(f"a{n}='x'" for n in range(100_000)) + ">" + BODY  # minutes
    with PageExtractor(seconds=1.5) as pages, pytest.raises(NotText, match=r"not be read in 1\.5 seconds"):
        pages.extract(page(bomb))
    with PageExtractor() as pages:
        assert SAID in pages.extract(page())["text"]


def test_a_reader_that_was_killed_is_started_again():
    with PageExtractor() as pages:
        pages.extract(page())
        pages._process.kill()
        pages._process.wait()
        with pytest.raises(NotText, match="brought its reader down"):
            pages.extract(page())
        assert SAID in pages.extract(page())["text"]


def test_the_reader_imports_nothing_from_the_folder_it_is_run_in(tmp_path, monkeypatch):
    (tmp_path / "json.py").write_text("raise SystemExit('hijacked')")
    (tmp_path / "trafilatura.py").write_text("raise SystemExit('hijacked')")
    monkeypatch.chdir(tmp_path)
    one, _ = read(tmp_path, page())
    assert SAID in one.text
