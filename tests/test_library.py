"""The library gives back exactly what was put in, and tells what exists."""

import datetime as dt
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.errors import LibraryDamaged, LibraryError, LibraryMismatch, UnknownArticle
from index.storage.appearances import Appearance
from index.storage.library import Library, Model
from index.types import Article, Flag, Manner, Passage, Reading, Resolution, Scope, Span, Speaker, Statement

letters = st.characters(blacklist_categories=["Cs"])
words = st.text(letters, max_size=8)


@st.composite
def spans_in(draw, end, least=0, most=4):
    """Spans within [0, end), sorted and disjoint."""
    edges = draw(st.lists(st.integers(0, end), min_size=2 * least, max_size=2 * most, unique=True).map(sorted))
    return tuple(Span(a, b) for a, b in zip(edges[::2], edges[1::2], strict=False))


@st.composite
def readings(draw, article_id="a"):
    text = draw(st.text(letters, min_size=12, max_size=60))
    whole = Span(0, len(text))
    article = Article(
        article_id, draw(words), text, draw(words), draw(words), draw(st.none() | st.dates()), draw(words), draw(words)
    )
    speaker = st.builds(Speaker, words, words, words, st.lists(words, max_size=2).map(tuple), words)
    statements = []
    for number in range(draw(st.integers(0, 3))):
        content = draw(spans_in(len(text), least=1))
        one = draw(st.none() | speaker)
        resolution = Resolution.UNRESOLVED if one is None else draw(st.sampled_from(list(Resolution)[:3]))
        cue, source, antecedent = (draw(st.none() | st.just(content[0])) for _ in range(3))
        flags = draw(st.lists(st.sampled_from(list(Flag)), max_size=2).map(tuple))
        manner = draw(st.sampled_from(list(Manner)))
        statements.append(
            Statement(article_id, number, content, cue, source, one, manner, resolution, whole, antecedent, flags)
        )
    extents = draw(spans_in(len(text)))
    which = st.none() if not statements else st.none() | st.integers(0, len(statements) - 1)
    passages = tuple(Passage(article_id, n, extent, draw(which)) for n, extent in enumerate(extents))
    return Reading(article, draw(spans_in(len(text))), passages, tuple(statements))


def simple(article_id="a", text="Bo Chen said no.", name="Bo Chen", **more):
    """A reading with one statement and one passage, both the whole text."""
    whole = Span(0, len(text))
    speaker = Speaker("s", name, "mayor", (name.split()[-1],), name.lower())
    said = Statement(article_id, 0, (whole,), None, None, speaker, Manner.INDIRECT, Resolution.NAMED, whole)
    article = Article(article_id, more.pop("title", "Title"), text, **more)
    return Reading(article, (whole,), (Passage(article_id, 0, whole, 0),), (said,))


@given(readings())
@example(simple(text="İstanbul\r\n“😀 cafe\u0301”\0"))
@example(simple(text="year one", published=dt.date(1, 1, 1)))
@example(simple(text="last year", published=dt.date(9999, 12, 31)))
@settings(max_examples=150, deadline=None)
def test_a_reading_comes_back_exactly_as_it_was_put(reading):
    library = Library.in_memory()
    library.put([reading])
    assert library.reading(reading.article.id) == reading
    assert library.article(reading.article.id) == reading.article
    assert tuple(library.passages(library.keys(reading.article.id)).values()) == reading.passages
    for statement in reading.statements:
        assert library.statement(reading.article.id, statement.number) == statement
    library.close()


def test_a_reading_survives_closing_and_opening(tmp_path):
    reading = simple(text="It’s “over”,\r\nsaid Bo.", published=dt.date(2020, 2, 29), url="https://a.example/1")
    library = Library.open(tmp_path)
    library.put([reading])
    library.close()
    library = Library.open(tmp_path)
    assert library.reading("a") == reading
    library.close()


def test_an_unknown_id_is_an_error_that_names_it():
    library = Library.in_memory()
    for ask in (library.article, library.reading, lambda one: library.statement(one, 0)):
        with pytest.raises(UnknownArticle, match="nobody"):
            ask("nobody")
    library.put([simple()])
    with pytest.raises(LibraryDamaged, match="no statement 7"):
        library.statement("a", 7)
    assert library.keys("nobody") == ()
    assert library.passages([12345]) == {}


def test_putting_the_same_id_again_replaces_it_under_new_keys():
    library = Library.in_memory()
    library.put([simple()])
    old = library.keys("a")
    library.put([simple(text="Bo Chen said yes, at last.")])
    new = library.keys("a")
    assert library.article("a").text == "Bo Chen said yes, at last."
    assert library.counts() == (1, 1, 1)
    assert library.passages(old) == {}
    assert min(new) > max(old)
    assert [(keys.first, keys.last) for keys in library.unsettled()] == [(old[0], old[-1])]


def test_keys_are_never_given_again_even_when_a_build_dies_or_an_article_goes():
    library = Library.in_memory()
    died = library.reserve(5)
    library.put([simple()])
    gone = library.keys("a")
    library.remove(["a"])
    library.put([simple()])
    assert died.last < gone[0] < library.keys("a")[0]
    with pytest.raises(ValueError, match="one passage at least"):
        library.reserve(0)


def test_what_is_not_settled_is_known_until_it_is():
    library = Library.in_memory()
    library.put([simple("a"), simple("b")])
    assert library.unsettled() == ()
    died = library.reserve(2)
    assert library.remove(["b", "nobody"]) == ("b",)
    first, second = library.unsettled()
    assert first == died
    assert second.thorough
    assert not first.thorough
    library.settle([first])
    assert library.unsettled() == (second,)


def test_articles_are_listed_by_scope():
    library = Library.in_memory()
    library.put(
        [
            simple("a", publisher="Gazette", published=dt.date(2020, 1, 1), name="Bo Chen"),
            simple("b", publisher="O'Brien's Herald", published=dt.date(2021, 1, 1), name="Ann Lee"),
            simple("c", publisher="Gazette", name="Ann Lee"),
        ]
    )

    def ids(**scope):
        return [entry.id for entry in library.articles(Scope(**scope))]

    assert ids() == ["a", "b", "c"]
    assert ids(publishers=frozenset({"O'Brien's Herald"})) == ["b"]
    assert ids(publishers=frozenset({"Gazette"}), speakers=frozenset({"ann lee"})) == ["c"]
    assert ids(published_after=dt.date(2020, 1, 1)) == ["a", "b"]
    assert ids(published_before=dt.date(2020, 12, 31)) == ["a"]
    assert ids(articles=frozenset({"a", "c"})) == ["a", "c"]
    assert ids(articles=frozenset({"' OR 1=1 --"})) == []
    entry = library.articles()[0]
    assert (entry.words, entry.statements, entry.publisher) == (4, 1, "Gazette")
    assert library.publishers() == ("Gazette", "O'Brien's Herald")


def test_a_speaker_is_joined_over_articles_by_key():
    library = Library.in_memory()
    library.put([simple("a", name="Bo Chen"), simple("b", name="Bo Chen"), simple("c", name="Ann Lee")])
    both, ann = library.speakers()
    assert (both.key, both.name, both.description, both.aliases) == ("bo chen", "Bo Chen", "mayor", ("Chen",))
    assert (both.statements, both.articles) == (2, 2)
    assert (ann.name, ann.statements, ann.articles) == ("Ann Lee", 1, 1)
    assert [one.article_id for one in library.statements_by("bo chen")] == ["a", "b"]
    assert library.statements_by("") == library.statements_by("nobody") == ()


def test_within_a_snapshot_a_reader_sees_one_moment(tmp_path):
    library = Library.open(tmp_path)
    library.put([simple(text="the old text")])
    keys = library.keys("a")
    with library.snapshot():
        assert library.passages(keys)
        writer = threading.Thread(target=lambda: library.put([simple(text="a text that is new")]))
        writer.start()
        writer.join()
        assert library.article("a").text == "the old text"
        assert library.passages(keys)[keys[0]].extent == Span(0, len("the old text"))
    assert library.article("a").text == "a text that is new"
    assert library.passages(keys) == {}
    library.close()


def test_where_somebody_is_quoted_is_told_article_by_article_the_latest_first():
    library = Library.in_memory()
    old, new = dt.date(2020, 1, 1), dt.date(2021, 1, 1)
    twice = simple("b", title="News", published=new)
    twice = replace(twice, statements=(replace(twice.statements[0], number=3), replace(twice.statements[0], number=4)))
    library.put([simple("a", published=old), twice, simple("c"), simple("d", name="Ann Lee", published=new)])
    found = library.appearances(["bo chen", "nobody", ""])
    assert found["bo chen"] == (
        Appearance("b", "News", new, 3, 2), Appearance("a", "Title", old, 0, 1), Appearance("c", "Title", None, 0, 1)
    )  # fmt: skip
    assert found["nobody"] == found[""] == ()


def test_a_failed_put_leaves_everything_as_it_was():
    library = Library.in_memory()
    library.put([simple("a")])
    with pytest.raises(UnicodeEncodeError):
        library.put([simple("b"), simple("a", text="half a \ud800 character")])
    assert [entry.id for entry in library.articles()] == ["a"]
    assert library.article("a").text == "Bo Chen said no."


def test_the_model_is_remembered(tmp_path):
    library = Library.open(tmp_path)
    assert library.model is None
    library.model = Model("one", "ab12", 3)
    library.model = Model("two", "cd34", 4)
    uid = library.uid
    library.close()
    library = Library.open(tmp_path)
    assert (library.model, library.uid) == (Model("two", "cd34", 4), uid)
    library.close()


def test_a_newer_library_is_refused_and_left_alone(tmp_path):
    library = Library.open(tmp_path)
    library.put([simple()])
    with library._database.writing() as connection:
        connection.exec_driver_sql("UPDATE meta SET value = '99' WHERE name = 'version'")
    library.close()
    before = (tmp_path / "library.sqlite").read_bytes()
    with pytest.raises(LibraryMismatch, match=r"newer On the Record.*99.*update the program"):
        Library.open(tmp_path)
    assert (tmp_path / "library.sqlite").read_bytes() == before


def test_a_file_that_is_no_database_is_one_clear_sentence(tmp_path):
    (tmp_path / "library.sqlite").write_bytes(b"this is no database, though it is long enough to be one" * 20)
    with pytest.raises(LibraryDamaged, match=r"cannot be read.*copy"):
        Library.open(tmp_path)


def test_a_folder_that_is_not_there_is_one_clear_sentence(tmp_path):
    with pytest.raises(LibraryError, match="cannot be written"):
        Library.open(Path(tmp_path / "nowhere"))


def test_what_is_derived_is_kept_until_an_article_comes_or_goes(tmp_path):
    library = Library.open(tmp_path)
    made = []

    def ids(reader):
        made.append(tuple(entry.id for entry in reader.articles()))
        return made[-1]

    assert library.derived(ids) == library.derived(ids) == ()
    library.put([simple("a")])
    assert library.derived(ids) == library.derived(ids) == ("a",)
    library.put([simple("a", text="a text that is new"), simple("b")])
    library.derived(ids)
    library.remove(["a"])
    assert library.derived(ids) == ("b",)
    assert made == [(), ("a",), ("a", "b"), ("b",)]
    library.close()


def test_within_a_snapshot_what_is_derived_is_of_the_same_moment(tmp_path):
    library = Library.open(tmp_path)
    library.put([simple("a")])

    def ids(reader):
        return [entry.id for entry in reader.articles()]

    with library.snapshot():
        assert library.derived(ids) == ["a"]
        seen = []
        writer = threading.Thread(target=lambda: (library.put([simple("b")]), seen.extend(library.derived(ids))))
        writer.start()
        writer.join()
        assert seen == ["a", "b"]
        assert library.derived(ids) == ["a"]
    newer = library.derived(ids)
    assert newer == ["a", "b"]
    assert library.derived(ids) is newer
    library.close()


def test_whether_a_part_of_the_library_holds_anything_and_its_last_day():
    library = Library.in_memory()
    assert library.newest() is None
    assert not library.holds(Scope())
    library.put([simple("a", published=dt.date(2020, 1, 1)), simple("b", publisher="Gazette")])
    assert library.newest() == dt.date(2020, 1, 1)
    assert library.holds(Scope())
    assert library.holds(Scope(published_before=dt.date(2020, 1, 1)))
    assert not library.holds(Scope(published_before=dt.date(2019, 12, 31)))
    assert not library.holds(Scope(publishers=frozenset({"Gazette"}), published_after=dt.date(2020, 1, 1)))


def test_found_passages_come_with_what_is_said_in_them():
    text = "Ann Lee said no. Bo Chen said yes. It rained."
    spans = [Span(0, 16), Span(17, 34), Span(35, 45)]
    voices = [Speaker(f"s{n}", name, "mayor", (name,), name.lower()) for n, name in enumerate(("Ann Lee", "Bo Chen"))]
    said = tuple(
        Statement("a", n, (spans[n],), None, None, voices[n], Manner.INDIRECT, Resolution.NAMED, spans[n])
        for n in range(2)
    )
    extents = [(Span(0, 34), 1), (Span(0, 16), 1), (Span(17, 45), None)]
    passages = tuple(Passage("a", n, extent, statement) for n, (extent, statement) in enumerate(extents))
    library = Library.in_memory()
    library.put([Reading(Article("a", "Title", text, published=dt.date(2020, 1, 1)), tuple(spans), passages, said)])
    library.put([simple("b")])
    keys = library.keys("a")
    found = library.located([*keys, 12345])
    assert [found[key].passage for key in keys] == list(passages)
    assert {found[key].article for key in keys} == {library.article("a")}
    assert [found[key].statement for key in keys] == [said[1], said[1], None]
    assert [found[key].within for key in keys] == [said, said[:1], said[1:]]
    assert len(found) == 3
