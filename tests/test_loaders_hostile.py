"""Whatever bytes a file holds, it becomes articles or reasons: nothing is raised, nothing hangs, the rest goes on.

A hundred cases for each kind of file; `pytest --hypothesis-profile=large` tries ten thousand.
"""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.articles import read_paths
from index.errors import UnreadableArticle
from index.loaders import html
from index.loaders.characters import NotText
from index.loaders.pages import PageExtractor
from index.types import Article

ROOT = Path(__file__).parent.parent
PIECES = [
    b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\0\0", b"\0", b"\r", b"\n", b"\r\n", b"\xc3\x28",
    b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\x81", b"\x93No,\x94 said Zo\xeb", "“No,” said Zoë".encode(),
    "\u202e\u200b\ufeff".encode(), b"---\n", b"title: x\n", b"date: 9999-01-01\n", b"id: \x1b\n", b"# Title\n",
    b"- \n", b"{}", b'{"text": "a"}\n', b'{"id": "a", "text": "\\ud800"}\n', b'{"id": "a", "text": "b"}\n', b'"',
    b"[[[[", b"<p>", b"</div>", b"<!--", b"<![CDATA[", b"<table><td>", b"&#0;", b"&#xD800;", b"&a;",
    b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"<meta charset=utf-7>", b"<meta charset='\xff'>", b"<script>",
    b"<article><p>A sentence that is long enough to be kept.</p>", b"<title>\xe9",
    b'<?xml version="1.0" encoding="utf-16"?>', b"<svg><math>", b"<base href='//['>",
    b"<link rel=canonical href='http://[x'>", b'<meta property="article:published_time" content="0000-00-00">',
    b'<time datetime="2026-99-99" pubdate>',
    b'<script type="application/ld+json">{"datePublished": [1], "author": {"name": []}}</script>',
]  # fmt: skip
bytes_of_any_kind = st.lists(st.sampled_from(PIECES) | st.binary(max_size=8), max_size=20).map(b"".join)


def fits(one):
    """Whether it is an article that can be stored and shown as it is, or a reason in one printable line."""
    if isinstance(one, UnreadableArticle):
        return one.why and str(one).isprintable()
    words = (one.id, one.title, one.text, one.publisher, one.author, one.url, one.source)
    assert all("\0" not in word and word == word.encode("utf-8").decode("utf-8") for word in words)
    return isinstance(one, Article) and one.id.isprintable() and one.title and one.text.strip()


@pytest.mark.parametrize("suffix", [".txt", ".md", ".jsonl"])
@settings(deadline=None)
@given(data=bytes_of_any_kind)
@example(data=b"\xef\xbb\xbf\xef\xbb\xbf")
@example(data=b"\xff\xfe\x00\xd8")
@example(data=b"---\n---\n---\n")
@example(data=b"\xff\xfe\0\0\0\0\x11\0")
@example(data=b"# \n#")
def test_any_bytes_in_a_file_are_an_article_or_a_reason(suffix, data, tmp_path_factory):
    path = tmp_path_factory.getbasetemp() / f"any{suffix}"
    path.unlink(missing_ok=True)  # a new file is written much faster than an old one
    path.write_bytes(data)
    *found, after = read_paths([path, ROOT / "examples/articles/2026-03-12-bridge.txt"], notice=lambda words: None)
    assert all(map(fits, found))
    assert after.title == "Weir Bridge closed after ice damages pier"


@pytest.fixture(scope="module")
def pages():
    with PageExtractor() as one:
        yield one


@settings(deadline=None)
@given(data=bytes_of_any_kind)
@example(data=b"<p>a</p>" * 50)
@example(data=b"\xff\xfe<\0p\0>\0\x00\xd8")
def test_any_bytes_on_a_page_are_an_article_or_a_reason(pages, data):
    try:
        words = html.decode(data, lambda words: None)
        assert fits(html.article(words, pages, fallback_id="a", source="a.html"))
    except NotText as error:
        assert str(error) and "brought its reader down" not in str(error) and "in 30 seconds" not in str(error)


def test_a_folder_of_everything_that_is_wrong_stays_small_in_memory(tmp_path):
    """In a process of its own, whose memory the system caps: what it imports, and 100 MB for 400 MB of input."""
    (tmp_path / "tiny.jsonl").write_bytes(b'{"text": "x"}\n' * 50_000)
    for name in ("hole.txt", "hole.md", "hole.html", "hole.jsonl"):
        with (tmp_path / name).open("wb") as file:
            file.write(b"<p>Text</p>")
            file.truncate(100_000_000)
    (tmp_path / "zz.txt").write_text("After.")
    code = """
import resource, sys
from index.articles import read_paths
before = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (before + 100_000_000,) * 2)
found = [getattr(one, "text", None) for one in read_paths([sys.argv[1]], notice=print)]
print(len(found), found.count(None), found[-1])
"""
    run = subprocess.run([sys.executable, "-c", code, tmp_path], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["50005", str(50_000 - 1 + 4), "After."]
