"""Text and Markdown files: the characters that were written are the characters that are kept."""

import codecs
import datetime as dt

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.articles import read_paths
from index.loaders.characters import NotText, check, decode, first_line, settle
from index.loaders.fields import day, slug, stable_id
from index.types import Article

SAID = "“No,” said Zoë — “İstanbul 😀 cafe\u0301”.\u200b\ufeff\x07\x85\u2028"


def remarks(data, said=""):
    told = []
    return decode(data, told.append, said), told


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_every_marked_encoding_gives_the_same_characters(mark, encoding):
    assert remarks(mark + SAID.encode(encoding)) == (SAID, [])


def test_windows_1252_is_read_and_remarked_on():
    said = "“No,” said Zoë – it’s £5…"
    text, told = remarks(said.encode("cp1252"))
    assert text == said
    assert len(told) == 1 and "Windows-1252" in told[0]


def test_a_legacy_encoding_that_was_declared_is_used_without_a_remark():
    assert remarks("Łódź".encode("cp1250"), "windows-1250") == ("Łódź", [])
    assert remarks("“Zoë”".encode("cp1252"), "ISO-8859-1") == ("“Zoë”", [])  # what browsers do


@pytest.mark.parametrize("said", ["utf-7", "rot13", "unicode_escape", "hex", "nonsense", "windows-9999"])
def test_a_declared_encoding_that_is_none_is_not_used(said):
    text, told = remarks(b"caf\xe9", said)
    assert (text, len(told)) == ("café", 1)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ("“I don’t,” said Bo.".encode("mac_roman"), "encoding is not known"),
        ("“Will you?”".encode("mac_roman"), "encoding is not known"),
        (b"\x81\x8d\x8f", "encoding is not known"),
        ("Zoë".encode("utf-16-le") + b"\x00\xd8", "NUL"),
        (codecs.BOM_UTF8 + b"ab\xff", "says UTF-8, but byte 5"),
        (codecs.BOM_UTF16_LE + b"a", "says UTF-16-LE, but byte 2"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8a\x00", "says UTF-16-LE"),
    ],
)
def test_bytes_that_could_be_misread_are_refused(data, why):
    with pytest.raises(NotText, match=why):
        remarks(data)


@settings(deadline=None)
@given(st.text())
@example("a\r\nb\rc\n\r\n\r\rd")
@example("\x0b\x0c\x1c\x85\u2028\u2029")
def test_settling_changes_line_ends_and_nothing_else(text):
    settled = settle(text)
    assert "\r" not in settled
    assert settled.replace("\n", "") == text.replace("\r", "").replace("\n", "")
    assert settle(settled) == settled
    assert settled.count("\n") == len(text.replace("\r\n", "\r").replace("\n", "\r").split("\r")) - 1


@settings(deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), min_size=1))
@example("\ufeff\ufeff")
@example("ÿþ")
def test_a_text_file_is_kept_character_for_character(tmp_path_factory, text):
    path = tmp_path_factory.getbasetemp() / "kept.txt"
    path.unlink(missing_ok=True)  # a new file is written much faster than an old one
    path.write_bytes(codecs.BOM_UTF8 + text.encode())
    (one,) = read_paths([path], notice=pytest.fail)
    assert (one.text == text) if text.strip() else (one.why == "it holds no text")


def test_the_first_line_is_the_title_and_stays_in_the_text(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"\r\n  Dam holds \r\n\r\nIt does.")
    (one,) = read_paths([tmp_path], notice=pytest.fail)
    assert one.title == "Dam holds"
    assert one.text == "\n  Dam holds \n\nIt does."


def test_a_first_line_too_long_for_a_title_is_cut_at_a_word():
    cut = first_line("word " * 100)
    assert len(cut) <= 201 and cut.endswith("word…")
    assert first_line("x" * 500) == "x" * 200 + "…"
    assert first_line("\n \n") == ""


@pytest.mark.parametrize(
    ("text", "why"), [("a\0", "NUL at character 1"), ("ab\udc80", "surrogate pair at character 2")]
)
def test_what_cannot_be_kept_exactly_is_refused(text, why):
    with pytest.raises(NotText, match=why):
        check(text)


FRONT = """---
title: "Dam: officials say it holds"
author:
  - Ann Lee
  - 'Bo Chen'
date: 2026-03-05
publisher: The Courier
url: https://courier.example/dam
---

**“It holds,”** said Lee.
"""


def markdown(tmp_path, text):
    notices = []
    (tmp_path / "a.md").write_bytes(text.encode())
    (one,) = read_paths([tmp_path / "a.md"], notice=notices.append)
    return one, notices


def test_front_matter_says_what_it_is_and_the_rest_is_kept_as_printed(tmp_path):
    one, notices = markdown(tmp_path, FRONT)
    assert isinstance(one, Article) and notices == []
    assert one.text == "**“It holds,”** said Lee.\n"
    assert (one.title, one.author, one.publisher) == ("Dam: officials say it holds", "Ann Lee, Bo Chen", "The Courier")
    assert (one.published, one.url) == (dt.date(2026, 3, 5), "https://courier.example/dam")


def test_front_matter_with_windows_line_ends_and_a_mark_is_read_too(tmp_path):
    assert markdown(tmp_path, "\ufeff" + FRONT.replace("\n", "\r\n"))[0] == markdown(tmp_path, FRONT)[0]


def test_fields_that_an_article_does_not_have_are_told_once(tmp_path):
    one, notices = markdown(tmp_path, "---\ntags:\n  - a\nlayout: post\n# a comment\nid: dam\n---\nText")
    assert (one.id, one.text) == ("dam", "Text")
    assert len(notices) == 1 and notices[0].endswith("layout, tags")


@pytest.mark.parametrize(
    ("text", "kept", "title"),
    [
        ("# Dam\n\nText", "# Dam\n\nText", "Dam"),
        ("---\n\nText", "---\n\nText", "---"),  # a rule, not front matter
        ("Text\n---\ntitle: x\n---\n", "Text\n---\ntitle: x\n---\n", "Text"),
        ("---\n---\nText", "Text", "Text"),
        ("---\ntitle: ''\n---\nText\n\n---\n\nMore", "Text\n\n---\n\nMore", "Text"),
    ],
)
def test_only_front_matter_at_the_top_is_taken_off(tmp_path, text, kept, title):
    one, _ = markdown(tmp_path, text)
    assert (one.text, one.title) == (kept, title)


@pytest.mark.parametrize(
    ("front", "why"),
    [
        ("title: a\ntitle: b", "'title' twice"),
        ("date: 2026-01-01\npublished: 2026-01-02", "'published' twice"),
        ("date: 03/04/2026", "not a date"),
        ("date: 0000-01-01", "not a date"),
        ("date: 9999-12-31", "year 9999"),
        ("just words", "not 'field: words'"),
        ("title: " + "x" * 3000, "title has 3,000 characters"),
    ],
)
def test_front_matter_that_makes_no_sense_is_refused(tmp_path, front, why):
    assert why in markdown(tmp_path, f"---\n{front}\n---\nText")[0].why


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("2026-03-05", (2026, 3, 5)),
        ("20260305", (2026, 3, 5)),
        ("2026-03-05T23:30:00-08:00", (2026, 3, 5)),  # the day as printed, in no other time zone
        ("2026-03-05T23:30:00Z", (2026, 3, 5)),
        ("2026-03-05 23:30", (2026, 3, 5)),
        ("Thu, 05 Mar 2026 23:30:00 GMT", (2026, 3, 5)),
        ("5 March 2026", (2026, 3, 5)),
        (" March 5, 2026 ", (2026, 3, 5)),
        ("Mar 5, 2026", (2026, 3, 5)),
        ("1609-07-01", (1609, 7, 1)),
        ("2024-02-29", (2024, 2, 29)),
    ],
)
def test_dates_are_read_as_printed(words, date):
    assert day(words) == dt.date(*date)


@pytest.mark.parametrize(
    "words",
    ["03/04/2026", "2026", "March 2026", "yesterday", "2025-02-29", "2026-13-01", "0000-00-00", "9999-12-31", "-1",
     "0001-01-01", "1e9", "1772668800", "2026-03-05T25:00", "٢٠٢٦-٠٣-٠٥", "5. März 2026", "99999-01-01", "x" * 10**5],
)  # fmt: skip
def test_what_is_no_one_day_is_no_date(words):
    with pytest.raises(NotText):
        day(words)


@settings(deadline=None)
@given(st.text())
def test_any_words_are_a_date_or_are_not(words):
    try:
        assert 1400 <= day(words).year < 2200
    except NotText as error:
        assert len(str(error)) < 400


@settings(deadline=None)
@given(st.text(), st.text())
@example("", "")
@example("Ünï_côdé — x", "\udcff")
def test_ids_are_words_a_person_can_type(words, key):
    one = stable_id(words, key)
    assert one.isprintable() and not any(c.isspace() for c in one) and len(one) <= 60
    assert one == stable_id(words, key) and slug(words)
