"""The vector index finds the nearest, in a folder and in a server alike."""

import datetime as dt
import os
import subprocess
import sys
import threading
import uuid
from pathlib import Path

import numpy as np
import pytest
from chromadb.errors import InternalError

from index.errors import LibraryDamaged, LibraryError, SettingsError
from index.storage.keys import Labels, number
from index.storage.vectors import _HNSW, Vectors
from index.types import Scope

DIM = 8


def labels(key, article="a", publisher="", speaker="", day=None):
    return Labels(key, number(article), number(publisher), number(speaker) if speaker else None, day)


def rows(count, seed=0):
    some = np.random.default_rng(seed).normal(size=(count, DIM)).astype(np.float32)
    return some / np.linalg.norm(some, axis=1, keepdims=True)


@pytest.fixture
def vectors(vectors_url, tmp_path):
    one = Vectors(vectors_url or tmp_path / "vectors", uuid.uuid4().hex)
    yield one
    one.close()


def test_the_nearest_come_first_with_their_cosine(vectors):
    every = rows(50)
    vectors.put([labels(key) for key in range(1, 51)], every)
    near = vectors.nearest(every[7], 50)
    cosines = every @ every[7]
    assert [one.key for one in near] == [int(place) + 1 for place in np.argsort(-cosines)]
    assert [one.score for one in near] == pytest.approx(sorted(cosines, reverse=True), abs=1e-5)
    assert [one.key for one in vectors.nearest(every[7], 1)] == [8]
    assert vectors.nearest(every[7], 0) == ()


def test_an_empty_index_finds_nothing(vectors):
    assert vectors.nearest(rows(1)[0], 5) == ()
    assert vectors.all_keys() == set()
    assert vectors.stored([1, 2]) == {}
    vectors.remove(1, 5)


def test_a_scope_narrows_inside_the_search(vectors):
    every = rows(200)
    day = dt.date(2020, 5, 1).toordinal()
    vectors.put([labels(key, f"a{key}", "Gazette") for key in range(1, 199)], every[:198])
    vectors.put(
        [
            labels(500, "b", "O'Brien's Herald", "bo chen", day),
            labels(501, "c", "Herald", "ann lee", day + 1),
        ],
        every[198:],
    )

    def found(**scope):
        return {near.key for near in vectors.nearest(every[0], 10, Scope(**scope))}

    assert found(publishers=frozenset({"O'Brien's Herald"})) == {500}
    assert found(speakers=frozenset({"ann lee", "bo chen", "nobody"})) == {500, 501}
    assert found(articles=frozenset({"a7", "zzz"})) == {7}
    assert found(published_after=dt.date(2020, 5, 1)) == {500, 501}
    assert found(published_before=dt.date(2020, 5, 1)) == {500}
    assert found(published_after=dt.date(2020, 5, 1), published_before=dt.date(2020, 5, 1)) == {500}
    assert found(speakers=frozenset({"ann lee"}), articles=frozenset({"b"})) == set()
    assert found(publishers=frozenset({"nobody"})) == set()


def test_removed_passages_are_not_found_and_the_rest_is(vectors):
    every = rows(300)
    vectors.put([labels(key) for key in range(1, 301)], every)
    vectors.remove(2, 299)
    vectors.remove(1000, 1010)
    assert [near.key for near in vectors.nearest(every[100], 10)] in ([1, 300], [300, 1])
    assert vectors.all_keys() == {1, 300}
    assert vectors.count() == 2


@pytest.mark.parametrize("written", [5, 2000], ids=["in the index", "in the log"])
def test_not_a_byte_of_a_removed_vector_is_left_once_all_is_written_anew(tmp_path, monkeypatch, written):
    monkeypatch.setitem(_HNSW, "sync_threshold", written)
    monkeypatch.setitem(_HNSW, "batch_size", written)
    vectors, every = Vectors(tmp_path / "vectors", "u"), rows(40)
    vectors.put([labels(key, f"a{key}") for key in range(1, 41)], every)
    vectors.remove(7, 9)

    def left(key):
        some = every[key - 1, :4].astype("<f4").tobytes()
        return [path for path in tmp_path.rglob("*") if path.is_file() and some in path.read_bytes()]

    assert left(8)  # Chroma keeps what it was told to remove
    vectors.renew()
    assert not left(8)
    assert left(10)
    assert vectors.all_keys() == {*range(1, 7), *range(10, 41)}
    assert vectors.nearest(every[19], 1)[0].key == 20
    assert [near.key for near in vectors.nearest(every[19], 9, Scope(articles=frozenset({"a3"})))] == [3]
    assert [path.name for path in tmp_path.iterdir()] == ["vectors"]
    vectors.close()


def test_searches_go_on_while_all_is_written_anew(tmp_path):
    vectors, every, wrong, stop = Vectors(tmp_path / "vectors", "u"), rows(60), [], threading.Event()
    vectors.put([labels(key) for key in range(1, 61)], every)

    def search():
        while not stop.is_set():
            try:
                if (near := vectors.nearest(every[11], 5))[0].key != 12 or len(near) != 5:
                    wrong.append(near)
            except LibraryError as error:
                wrong.append(error)

    searchers = [threading.Thread(target=search) for _ in range(3)]
    for searcher in searchers:
        searcher.start()
    for _ in range(3):
        vectors.renew()
    stop.set()
    for searcher in searchers:
        searcher.join()
    assert wrong == []
    vectors.close()


@pytest.mark.parametrize(
    ("there", "kept"),
    [(("vectors.old", "vectors.new"), "vectors.old"), (("vectors", "vectors.old"), "vectors"),
     (("vectors", "vectors.new"), "vectors")],
)  # fmt: skip
def test_a_kill_while_all_is_written_anew_loses_nothing(tmp_path, there, kept):
    for name in there:
        one = Vectors(tmp_path / "made", "u")
        one.put([labels(1 if name == kept else 2)], rows(1))
        one.close()
        (tmp_path / "made").rename(tmp_path / name)
    vectors = Vectors(tmp_path / "vectors", "u")
    assert vectors.all_keys() == {1}
    assert [path.name for path in tmp_path.iterdir()] == ["vectors"]
    vectors.close()


def test_vectors_are_kept_as_they_were_given(vectors):
    every = rows(20)
    vectors.put([labels(key) for key in range(1, 21)], every)
    stored = vectors.stored([1, 20, 999])
    assert set(stored) == {1, 20}
    np.testing.assert_allclose(stored[20], every[19], atol=1e-6)


def test_more_than_one_batch_goes_in_whole(vectors):
    vectors._most = 7
    vectors.put([labels(key) for key in range(1, 31)], rows(30))
    assert vectors.all_keys() == set(range(1, 31))
    vectors.remove(1, 29)
    assert vectors.all_keys() == {30}


def test_clearing_forgets_all_and_goes_on(vectors):
    vectors.put([labels(1)], rows(1))
    vectors.clear()
    assert vectors.count() == 0
    vectors.put([labels(1)], np.ones((1, 3), dtype=np.float32))  # of another length, too
    assert vectors.all_keys() == {1}


def test_labels_and_vectors_must_line_up(vectors):
    with pytest.raises(ValueError, match="2 labels need as many vectors, not 3"):
        vectors.put([labels(1), labels(2)], rows(3))


def test_a_vector_of_another_length_is_one_clear_sentence(vectors):
    vectors.put([labels(1)], rows(1))
    with pytest.raises(LibraryDamaged, match=r"cannot be used .* check --repair"):
        vectors.nearest(np.ones(3, dtype=np.float32), 1)


def test_two_libraries_in_one_place_do_not_see_each_other(vectors_url, tmp_path):
    where = vectors_url or tmp_path / "vectors"
    one, two = Vectors(where, uuid.uuid4().hex), Vectors(where, uuid.uuid4().hex)
    one.put([labels(1)], rows(1))
    assert two.count() == 0
    one.close()
    two.close()


def test_vectors_are_there_after_closing_and_opening(vectors_url, tmp_path):
    where, uid = vectors_url or tmp_path / "vectors", uuid.uuid4().hex
    vectors = Vectors(where, uid)
    vectors.put([labels(1)], rows(1))
    vectors.close()
    vectors = Vectors(where, uid)
    assert vectors.all_keys() == {1}
    vectors.close()


def test_searches_go_on_while_what_they_find_is_removed(vectors):
    every, troubles, stop = rows(1000), [], threading.Event()
    vectors.put([labels(key) for key in range(1000)], every)

    def ask(question):
        while not stop.is_set():
            try:
                question()
            except LibraryError as error:
                troubles.append(error)

    questions = [lambda: vectors.nearest(every[0], 1000), lambda: vectors.stored(range(1000, 6000))]
    askers = [threading.Thread(target=ask, args=[question]) for question in questions * 3]
    for asker in askers:
        asker.start()
    for first in range(1000, 6000, 100):
        vectors.put([labels(key) for key in range(first, first + 100)], rows(100, first))
        vectors.remove(first, first + 99)
    stop.set()
    for asker in askers:
        asker.join()
    assert troubles == []
    assert vectors.all_keys() == set(range(1000))


@pytest.mark.parametrize(("failures", "answered"), [(1, True), (5, True), (6, False)])
def test_a_server_that_lost_what_it_found_is_asked_again_and_not_for_ever(tmp_path, monkeypatch, failures, answered):
    vectors, every, asked = Vectors(tmp_path / "vectors", "u"), rows(3), []
    vectors.put([labels(key) for key in range(3)], every)
    query = vectors._collection.query

    def failing(*args, **kwargs):
        asked.append(1)
        if len(asked) <= failures:
            raise InternalError("Error executing plan: Internal error: Error finding id")
        return query(*args, **kwargs)

    monkeypatch.setattr(vectors._collection, "query", failing)
    if answered:
        assert vectors.nearest(every[1], 1)[0].key == 1
    else:
        with pytest.raises(LibraryDamaged, match="Error finding id"):
            vectors.nearest(every[1], 1)
    vectors.close()


@pytest.mark.parametrize("url", ["localhost:8000", "ftp://localhost", "http://", "not a url"])
def test_what_is_no_address_of_a_server_is_refused(url):
    with pytest.raises(SettingsError, match="http://host:port"):
        Vectors(url, "u")


def test_a_server_that_is_away_is_one_clear_sentence():
    with pytest.raises(LibraryError, match="does not answer; start it, or check the address"):
        Vectors("http://127.0.0.1:9", "u")


def test_a_folder_that_holds_something_else_is_one_clear_sentence(tmp_path):
    folder = tmp_path / "vectors"
    folder.mkdir()
    (folder / "chroma.sqlite3").write_bytes(b"this is no database" * 100)
    with pytest.raises(LibraryDamaged, match=r"cannot be used .* check --repair"):
        Vectors(folder, "u")


_ADD = """
import sys, numpy as np
from pathlib import Path
from test_vectors import Vectors, labels, rows
vectors = Vectors(Path(sys.argv[1]), "u")
keys = range(int(sys.argv[2]), int(sys.argv[3]))
vectors.put([labels(key) for key in keys], rows(len(keys)))
"""


def test_without_the_lock_two_processes_lose_vectors(tmp_path):
    """Why there is a lock: one opens, another adds and ends, the first adds, and what the other added is gone."""
    first = Vectors(tmp_path / "vectors", "u")
    first.put([labels(key) for key in range(1, 2501)], rows(2500))
    paths = os.pathsep.join([str(Path(__file__).parent), str(Path(__file__).parent.parent)])
    subprocess.run(
        [sys.executable, "-c", _ADD, tmp_path / "vectors", "5001", "7501"],
        check=True,
        env={**os.environ, "PYTHONPATH": paths},
    )
    first.put([labels(key) for key in range(10001, 12501)], rows(2500))
    first.close()
    again = Vectors(tmp_path / "vectors", "u")
    reached = {near.key for seed in range(20) for near in again.nearest(rows(1, seed=100 + seed)[0], 100)}
    theirs = {key for key in reached if 5001 <= key < 7501}
    again.close()
    assert reached - theirs
    assert not theirs
