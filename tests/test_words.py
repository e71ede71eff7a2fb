"""The word index finds plain words, phrases and parts of a library, and forgets for good."""

import datetime as dt
import shutil

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.errors import LibraryDamaged
from index.storage.fulltext import Entry, Words
from index.storage.keys import Labels, number
from index.types import Scope


def entry(key, text, context="", article="a", publisher="", speaker="", day=None):
    labels = Labels(key, number(article), number(publisher), number(speaker) if speaker else None, day)
    return Entry(labels, text, context)


def found(words, query, k=10, **scope):
    return [near.key for near in words.search(query, k, Scope(**scope))]


@pytest.fixture
def words():
    one = Words(None)
    yield one
    one.close()


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("airstrike", [1]),  # another form of the word
        ("AIRSTRIKES!", [1]),
        ("cafe", [2]),  # without its accent
        ("O'Brien", [3]),
        ("O’Brien's", [3]),
        ("200,000", [2]),
        ('"not agree"', [3]),
        ("“agree not”", []),  # a phrase stands as it is written
        ("“not agree” airstrike", [3]),  # a phrase must occur, a loose word may
        ("mayor", [4]),  # only in the context
        ("EU", [5]),  # with dots or without is one word
        ("E.U.?", [5]),
        ("U.N.-led", [6]),
        ("J.D. Lund", [6]),
        ("e u", []),
        ("nobody ever wrote this", []),
        ("", []),
        ("???", []),
    ],
)
def test_words_and_phrases(words, query, keys):
    words.put(
        [
            entry(1, "The airstrikes hit a bridge."),
            entry(2, "A café burned; 200,000 saw it."),
            entry(3, "O’Brien did not agree to that."),
            entry(4, "It was over.", context="Bo Chen, mayor"),
            entry(5, "So says the E.U."),
            entry(6, "JD left the UN-led talks. A later round ended."),
        ]
    )
    assert found(words, query) == keys


def test_what_a_passage_says_counts_more_than_what_stands_around_it(words):
    words.put([entry(1, "Nothing to see.", context="the bridge"), entry(2, "See the bridge.", context="nothing")])
    assert found(words, "bridge") == [2, 1]
    first, second = words.search("bridge", 2)
    assert first.score > second.score > 0


@given(st.text(max_size=40))
@example('AND OR NOT (text:"')
@example("text:[a TO *] ^2 ~1 {!}")
@example('"""')
@example("\0\ufffd")
def test_no_query_breaks_the_search(words_once, query):
    words_once.search(query, 5)


@pytest.fixture(scope="module")
def words_once():
    one = Words(None)
    one.put([entry(1, "The bridge is safe.")])
    yield one
    one.close()


def test_a_scope_narrows_inside_the_search(words):
    day = dt.date(2020, 5, 1).toordinal()
    words.put(entry(key, "The bridge is safe.", article=f"a{key}", publisher="Gazette") for key in range(1, 200))
    words.put(
        [
            entry(500, "The bridge is safe, he said.", "", "b", "O'Brien's Herald", "bo chen", day),
            entry(501, "The bridge is safe, she said.", "", "c", "Herald", "ann lee", day + 1),
        ]
    )
    assert found(words, "bridge", publishers=frozenset({"O'Brien's Herald"})) == [500]
    assert found(words, "bridge", speakers=frozenset({"ann lee"})) == [501]
    assert sorted(found(words, "bridge", speakers=frozenset({"ann lee", "bo chen"}))) == [500, 501]
    assert found(words, "bridge", articles=frozenset({"a7", "zzz"})) == [7]
    assert sorted(found(words, "bridge", published_after=dt.date(2020, 5, 1))) == [500, 501]
    assert found(words, "bridge", published_before=dt.date(2020, 5, 1)) == [500]
    assert found(words, "bridge", published_after=dt.date(2020, 5, 3)) == []
    assert found(words, "bridge", speakers=frozenset({"ann lee"}), articles=frozenset({"b"})) == []
    assert found(words, "bridge", publishers=frozenset({"nobody"})) == []


def test_a_scope_does_not_change_the_scores(words):
    words.put(entry(key, "The bridge is safe.", publisher=f"p{key % 2}") for key in range(1, 9))
    everywhere = {near.key: near.score for near in words.search("safe bridge", 8)}
    for near in words.search("safe bridge", 8, Scope(publishers=frozenset({"p1"}))):
        assert near.score == pytest.approx(everywhere[near.key])


def test_removed_passages_are_not_found(words):
    words.put(entry(key, "The bridge is safe.") for key in range(1, 10))
    words.remove(2, 8)
    words.remove(100, 200)
    assert sorted(found(words, "bridge")) == [1, 9]
    assert words.all_keys() == {1, 9}
    assert words.count() == 2


def test_a_rebuild_leaves_nothing_of_what_was_there(words):
    words.put([entry(1, "The zebra is safe."), entry(2, "The bridge is safe.")])
    words.remove(1, 1)
    words.rebuild([entry(2, "The bridge is safe.")])
    assert words.all_keys() == {2}
    assert words._tantivy.searcher().terms_with_prefix("text", "zebra") == []
    assert words._tantivy.searcher().terms_with_prefix("text", "bridg") == [("bridg", 1)]


def test_passages_that_were_there_at_a_rebuild_can_be_removed_after_it(words):
    words.put(entry(key, "The bridge is safe.") for key in range(1, 10))
    for key in range(3, 10):
        words.remove(key, key)
    words.rebuild([entry(1, "The bridge is safe."), entry(2, "The bridge is safe.")])
    words.put([entry(20, "The bridge is closed.")])
    words.remove(1, 1)
    assert words.all_keys() == {2, 20}


def test_a_failed_put_leaves_the_index_as_it_was(words):
    def entries():
        yield entry(1, "The bridge is safe.")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        words.put(entries())
    assert words.count() == 0
    words.put([entry(2, "The bridge is safe.")])
    assert words.all_keys() == {2}


def test_words_are_there_after_closing_and_opening(tmp_path):
    words = Words(tmp_path / "words")
    words.put([entry(1, "The bridge is safe.")])
    words.close()
    words = Words(tmp_path / "words")
    assert found(words, "bridge") == [1]
    words.close()


def test_a_folder_of_something_else_is_one_clear_sentence(tmp_path):
    words = Words(tmp_path / "words")
    words.put([entry(1, "The bridge is safe.")])
    words.close()
    (tmp_path / "words" / "meta.json").write_text("{}")
    with pytest.raises(LibraryDamaged, match=r"word index .* cannot be used .* check --repair"):
        Words(tmp_path / "words")


def test_a_commit_that_was_killed_does_not_stand_in_the_next_ones_way(tmp_path):
    """It wrote which passages are deleted, and not yet that this counts; the next one takes the same file name."""
    words = Words(tmp_path / "words")
    words.put([entry(key, "harbour") for key in (1, 2, 3)])
    words.close()
    killed = shutil.copytree(tmp_path / "words", tmp_path / "killed")
    words = Words(tmp_path / "words")
    words.remove(1, 1)
    words.close()
    for left in (".managed.json", *(path.name for path in (tmp_path / "words").glob("*.del"))):
        shutil.copy(tmp_path / "words" / left, killed)
    again = Words(killed)
    assert again.all_keys() == {1, 2, 3}
    again.remove(1, 1)
    assert again.all_keys() == {2, 3}
    again.close()


def test_damaged_and_missing_files_are_known(tmp_path):
    words = Words(tmp_path / "words")
    words.put([entry(key, "harbour") for key in (1, 2, 3)])
    assert words.damaged() == ()
    words.close()
    for path in (tmp_path / "words").glob("*.*"):
        if path.suffix not in (".json", ".lock"):
            whole = path.read_bytes()
            path.unlink()
            assert words.damaged() == (path.name,)
            path.write_bytes(bytes([whole[0] ^ 1]) + whole[1:])
            assert words.damaged() == (path.name,)
            path.write_bytes(whole)
    assert words.damaged() == ()
