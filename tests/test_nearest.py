"""Within a scope the nearest are the same, whether its passages are compared one by one or the index is walked."""

import numpy as np
import pytest
from test_vectors import labels, rows

from index.storage import nearest as module
from index.storage.fulltext import Entry, Words
from index.storage.nearest import nearest
from index.storage.vectors import Vectors
from index.types import Scope


@pytest.fixture
def parts(tmp_path):
    words, vectors, every = Words(None), Vectors(tmp_path / "vectors", "one"), rows(60)
    marked = [labels(key, f"a{key % 3}", "Gazette" if key % 2 else "Herald") for key in range(60)]
    words.put(Entry(one, "word", "") for one in marked)
    vectors.put(marked, every)
    yield words, vectors, every
    words.close()
    vectors.close()


@pytest.mark.parametrize(
    "scope", [Scope(), Scope(publishers=frozenset({"Gazette"})), Scope(articles=frozenset({"a1", "a2"}))]
)
@pytest.mark.parametrize("few", [0, 4, 5, 1000])
def test_the_nearest_of_a_scope_are_found_in_either_way(parts, monkeypatch, scope, few):
    words, vectors, every = parts
    monkeypatch.setattr(module, "FEW", few)
    near = nearest(words, vectors, every[7], 12, scope)
    best = vectors.nearest(every[7], 12, scope)
    assert [one.key for one in near] == [one.key for one in best]
    assert np.allclose([one.score for one in near], [one.score for one in best], atol=1e-5)
    assert len(near) == 12


def test_a_scope_that_holds_nothing_finds_nothing(parts):
    words, vectors, every = parts
    assert nearest(words, vectors, every[7], 12, Scope(speakers=frozenset({"nobody"}))) == ()


def test_a_passage_whose_vector_is_gone_is_passed_over(parts):
    words, vectors, every = parts
    vectors.remove(7, 7)
    assert 7 not in [one.key for one in nearest(words, vectors, every[7], 60, Scope(articles=frozenset({"a1"})))]
