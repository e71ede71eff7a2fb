"""JSON lines: one article a line, its text exactly as given, a reason for each line that is none."""

import datetime as dt
import json
import tracemalloc

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.articles import read_paths
from index.errors import UnreadableArticle
from index.types import Article

FULL = {
    "id": "dam-1",
    "title": "Dam holds",
    "publisher": "The Courier",
    "author": "Ann Lee",
    "published": "2026-03-05",
    "url": "https://courier.example/dam",
    "text": "“It holds,” said Lee.\r\nThen it rained.\r",
}


def read(tmp_path, *lines, end="\n"):
    notices = []
    data = [line if isinstance(line, bytes) else (line if isinstance(line, str) else json.dumps(line)).encode("utf-8") for line in lines]  # fmt: skip  # noqa: E501
    (tmp_path / "a.jsonl").write_bytes(end.encode().join(data))
    return list(read_paths([tmp_path / "a.jsonl"], notice=notices.append)), notices


def why(tmp_path, line):
    (one,), _ = read(tmp_path, line)
    assert isinstance(one, UnreadableArticle), one
    assert one.where == f"{tmp_path / 'a.jsonl'}:1"
    return one.why


def test_every_field_arrives_and_the_text_is_exactly_as_given(tmp_path):
    found, notices = read(tmp_path, FULL)
    assert notices == []
    source = str(tmp_path / "a.jsonl")
    assert found == [Article(**{**FULL, "published": dt.date(2026, 3, 5)}, source=source)]


@settings(deadline=None)
@given(text=st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0")), ascii=st.booleans())
@example("a\r\nb\rc\u2028d\x85e\x1e", False)
@example("\ufeff“😀 cafe\u0301”\u200b\x07", True)
def test_the_text_is_kept_character_for_character(tmp_path_factory, text, ascii):
    path = tmp_path_factory.getbasetemp() / "kept.jsonl"
    path.unlink(missing_ok=True)  # a new file is written much faster than an old one
    path.write_bytes(json.dumps({"id": "a", "text": text}, ensure_ascii=ascii).encode())
    (one,) = read_paths([path], notice=pytest.fail)
    assert (one.text == text) if text.strip() else (one.why == "it holds no text")


def test_blank_lines_windows_ends_a_mark_and_no_last_line_end_are_fine(tmp_path):
    lines = [b"\xef\xbb\xbf" + json.dumps(FULL).encode(), "", "  \t", {"id": 2, "text": "Two."}]
    found, _ = read(tmp_path, *lines, end="\r\n")
    assert [one.id for one in found] == ["dam-1", "2"]


def test_unknown_fields_are_kept_out_with_one_notice_a_file(tmp_path):
    lines = [{"id": n, "text": "x", "section": "news", f"field {n}": n, "text ": "y"} for n in range(50)]
    found, notices = read(tmp_path, *lines)
    assert len(found) == 50 and all(isinstance(one, Article) for one in found)
    (notice,) = notices
    assert "section" in notice and notice.endswith("...") and len(notice) < 1000


def test_null_is_a_field_that_is_absent(tmp_path):
    (one,), notices = read(tmp_path, {**dict.fromkeys(FULL), "text": "Dam\n\nIt holds."})
    assert (one.title, one.author, one.published, one.url, notices) == ("Dam", "", None, "", [])


def test_without_an_id_an_article_is_known_by_its_url_and_else_by_its_words(tmp_path):
    url = {"url": "https://a.example/x", "title": "Dam"}
    (one, two), _ = read(tmp_path, {**url, "text": "First."}, {"text": "Dam\nholds"})
    (again, moved, other), _ = read(tmp_path, {**url, "text": "Other."}, {"text": "Dam\nholds"}, {"text": "Dam\nheld"})
    assert one.id == again.id and two.id == moved.id and len({one.id, two.id, other.id}) == 3
    assert one.id.startswith("dam-") and two.id.startswith("dam-")


def test_the_later_of_two_lines_with_one_id_is_refused_with_both_numbers(tmp_path):
    found, _ = read(
        tmp_path, {"id": "a", "text": "One."}, "", {"id": "a", "text": "Two."}, {"id": "b", "text": "Three."}
    )
    assert [getattr(one, "text", None) for one in found] == ["One.", None, "Three."]
    assert found[1].where.endswith(":3") and "line 1" in found[1].why


def test_a_refused_line_does_not_claim_its_id(tmp_path):
    bad, good = read(tmp_path, {"id": "a", "text": ""}, {"id": "a", "text": "Two."})[0]
    assert (bad.why, good.text) == ("it holds no text", "Two.")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("nope", "not JSON: Expecting value at character 1"),
        ('{"text": "a"', "not JSON"),
        ('{"text": "a"} {"text": "b"}', "not JSON: Extra data"),
        ('{"text": "a\nb"}'.split("\n")[0], "not JSON"),
        ('{"text": "a\tb"}', "not JSON: Invalid control character"),
        ("[1, 2]", "not a JSON object but a list"),
        ('"text"', "not a JSON object but a string"),
        ("12", "not a JSON object but a number"),
        ("null", "not a JSON object but null"),
        ("{}", "it has no text"),
        ('{"id": "a"}', "it has no text"),
        ('{"text": null}', "text is not a string but null"),
        ('{"text": ["a"]}', "text is not a string but a list"),
        ('{"text": 7}', "text is not a string but a number"),
        ('{"text": ""}', "holds no text"),
        ('{"text": " \\u00a0\\n"}', "holds no text"),
        ('{"text": "a", "text": "b"}', "'text' twice"),
        ('{"text": "a\\u0000b"}', "NUL at character 1"),
        ('{"text": "a\\ud83d"}', "half a surrogate pair at character 1"),
        ('{"text": "a", "title": "\\udc00"}', "its title has half a surrogate pair"),
        ('{"text": "a", "id": true}', "id is not a string but true or false"),
        ('{"text": "a", "id": 1.5}', "id is not a string but a number"),
        ('{"text": "a", "id": "x\\ny"}', "does not print"),
        ('{"text": "a", "title": 3}', "title is not a string but a number"),
        ('{"text": "a", "author": ["A", "B"]}', "author is not a string but a list"),
        ('{"text": "a", "publisher": {"name": "x"}}', "publisher is not a string but an object"),
        ('{"text": "a", "published": 20260305}', "published is not a string"),
        ('{"text": "a", "published": "0000-01-01"}', "not a date"),
        ('{"text": "a", "published": "0001-01-01"}', "year 1;"),
        ('{"text": "a", "published": "9999-12-31"}', "year 9999"),
        ('{"text": "a", "published": "soon"}', "'soon' is not a date"),
        ('{"text": NaN}', "text is not a string but a number"),
        ("1" * 10_000, "number too long"),
        ("[" * 100_000, "nesting too deep"),
        ('{"a":' * 100_000, "nesting too deep"),
        (b'{"text": "caf\xe9"}', "byte 13 of the line is not UTF-8"),
        (b'{"text": "a\0b"}', "not JSON"),
        (b"\x80\x04\x95", "not UTF-8"),
        ('{"text": "a", "title": "%s"}' % ("x" * 3000), "title has 3,000 characters"),
        ('{"text": "a", "id": "%s"}' % ("x" * 300), "id has 300 characters"),
        ('{"text": "%s"}' % ("x" * 1_000_001), "text has 1,000,001 characters"),
    ],
)  # fmt: skip
def test_a_line_that_is_no_article_is_refused_with_its_reason(tmp_path, line, reason):
    assert reason in why(tmp_path, line)


def test_the_lines_around_a_bad_one_are_read(tmp_path):
    good = [{"id": n, "text": f"Number {n}."} for n in range(3)]
    found, _ = read(tmp_path, good[0], "{", good[1], {"text": 0}, good[2], b"\xff")
    assert [type(one) for one in found] == [Article, UnreadableArticle] * 3
    assert [one.where.rpartition(":")[2] for one in found[1::2]] == ["2", "4", "6"]


def test_utf_16_is_refused_once_for_the_file(tmp_path):
    found, _ = read(tmp_path, "\n".join(json.dumps(FULL) for _ in range(3)).encode("utf-16"))
    assert [(one.where, one.why) for one in found] == [
        (str(tmp_path / "a.jsonl"), "it is in UTF-16; JSON lines must be UTF-8")
    ]


def test_200_megabytes_in_one_line_are_passed_over_in_little_memory(tmp_path):
    path = tmp_path / "a.jsonl"
    with path.open("wb") as file:
        file.write(b'{"id": 1, "text": "One."}\n{"id": 2, "text": "')
        file.seek(200_000_000, 1)  # a hole: NUL bytes that take no disk
        file.write(b'"}\n{"id": 3, "text": "Three."}\n')
    tracemalloc.start()
    found = list(read_paths([path], notice=pytest.fail))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [getattr(one, "text", None) for one in found] == ["One.", None, "Three."]
    assert found[1].where.endswith(":2") and "more than 16,000,000 bytes" in found[1].why
    assert most < 64_000_000


@pytest.mark.parametrize("line", [b"\n", b" \n", b"x\n", b'{"text":"x"}\n'])
def test_very_many_tiny_lines_stream(tmp_path, line):
    (tmp_path / "a.jsonl").write_bytes(line * 20_000)
    run = read_paths([tmp_path / "a.jsonl"], notice=pytest.fail)
    count = sum(1 for _ in run)
    assert count == (0 if line.isspace() else 20_000)


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
rows = st.dictionaries(st.sampled_from([*FULL, "other"]) | st.text(max_size=5), json_values, max_size=8)
dates = st.sampled_from(["0000-01-01", "9999-12-31", "2026-02-30", "2026-03-05", "now", ""])
lines = st.one_of(
    rows.map(lambda row: json.dumps(row).encode()),
    st.tuples(rows, st.text(), dates).map(
        lambda parts: json.dumps({**parts[0], "text": parts[1], "published": parts[2]}).encode()
    ),
    st.binary(max_size=50),
    st.just(json.dumps(FULL).encode()),
)


@settings(deadline=None)
@given(st.lists(lines, max_size=8))
def test_any_lines_give_articles_or_reasons_and_nothing_else(tmp_path_factory, some):
    path = tmp_path_factory.getbasetemp() / "any.jsonl"
    path.unlink(missing_ok=True)  # a new file is written much faster than an old one
    path.write_bytes(b"\n".join(some))
    notices = []
    for one in read_paths([path], notice=notices.append):
        if isinstance(one, Article):
            one.text.encode("utf-8")
            assert one.id and one.title and one.text.strip()
        else:
            assert isinstance(one, UnreadableArticle) and one.why and one.where.startswith(str(path))
            assert str(one).isprintable()
    assert len(notices) <= 1
