"""Damaged files: one clear sentence wherever they are met, nothing taken away, and mended from the text of record."""

import os
import random
import shutil
from pathlib import Path

import pytest
from storing import article, contents, open_store, whole

from index.errors import LibraryDamaged
from index.storage import vectors

pytestmark = pytest.mark.slow

PAGE = 4096
_SEED = 5


@pytest.fixture(scope="module")
def sound(tmp_path_factory, parser):
    """A library of several files, closed; Chroma writes its index out at every fifth vector, as at every 2,000th."""
    folder = tmp_path_factory.mktemp("sound") / "library"
    with pytest.MonkeyPatch.context() as small:
        small.setitem(vectors._HNSW, "sync_threshold", 5)
        small.setitem(vectors._HNSW, "batch_size", 5)
        with open_store(folder, parser) as store:
            store.add([article(f"a{n}", f"word{n}") for n in range(40)])
    return folder


@pytest.fixture
def folder(sound, tmp_path):
    return Path(shutil.copytree(sound, tmp_path / "library"))


def scribble(path, start, length):
    """Put noise in the place of some bytes."""
    with path.open("r+b") as file:
        file.seek(start)
        file.write(random.Random(_SEED).randbytes(length))


def told(folder, parser, mending=False):
    """What a user is told who lets it be checked, or who reads it, searches it and removes from it."""
    try:
        with open_store(folder, parser, mending=mending) as store:
            if mending:
                return "\n".join(store.check())
            contents(store), store.library.speakers(), store.library.publishers()
            store.vectors.nearest(store.encoder.encode(["word5"])[0], 10)
            store.fulltext.search("word5 opens", 10)
            store.remove(["a3"])
    except LibraryDamaged as error:
        assert "\n" not in str(error)
        return str(error)
    return ""


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_a_damaged_page_in_the_middle_of_the_library_is_told(folder, parser, part):
    file = folder / "library.sqlite"
    pages = file.stat().st_size // PAGE
    scribble(file, int(pages * part) * PAGE, PAGE)
    for mending in (False, True):
        assert "bring it back from a copy" in told(folder, parser, mending)


@pytest.mark.parametrize("left", [0, 1, PAGE, 5 * PAGE + 77])
def test_a_library_that_was_cut_off_is_told_and_left_as_it_is(folder, parser, left):
    os.truncate(folder / "library.sqlite", left)
    before = (folder / "library.sqlite").read_bytes()
    for mending in (False, True):
        assert "bring it back from a copy" in told(folder, parser, mending)
    assert (folder / "library.sqlite").read_bytes() == before


def test_a_log_that_is_cut_off_loses_its_end_and_nothing_else(folder, parser):
    with open_store(folder, parser) as store:
        before = contents(store)
        store.add([article("late", "meadow")])
        log = (folder / "library.sqlite-wal").read_bytes()
        copy = Path(shutil.copytree(folder, folder.with_name("copy")))
    (copy / "library.sqlite-wal").write_bytes(log[: len(log) // 3])
    with open_store(copy, parser) as store:
        assert contents(store) == before
        whole(store)


def _noise(path):
    scribble(path, path.stat().st_size // 2, max(1, path.stat().st_size // 4))


def _half(path):
    os.truncate(path, path.stat().st_size // 2)


@pytest.mark.parametrize(
    ("which", "damage"),
    [
        ("vectors/*/header.bin", _noise),  # would end the process that reads it
        ("vectors/*/data_level0.bin", _half),
        ("vectors/chroma.sqlite3", _half),
        ("words/*.idx", _noise),  # makes the index break off
        ("words/*.pos", Path.unlink),
    ],
)
def test_damaged_words_or_vectors_are_told_and_mended(folder, parser, which, damage):
    with open_store(folder, parser) as store:
        before = contents(store)
    file = max(folder.glob(which), key=lambda path: path.stat().st_size)
    damage(file)
    after = file.read_bytes() if file.exists() else None
    assert "ontherecord check --repair" in told(folder, parser, mending=True)
    assert (file.read_bytes() if file.exists() else None) == after
    with open_store(folder, parser, mending=True, anew=True) as store:
        store.repair()
        assert contents(store) == before
        whole(store)


@pytest.mark.parametrize(
    ("which", "damage"),
    [
        ("vectors/*/header.bin", _noise),  # would end the process that reads it
        ("vectors/*/data_level0.bin", _half),
        ("vectors/chroma.sqlite3", _half),
    ],
)
def test_vectors_that_a_kill_broke_are_made_anew_when_the_library_is_opened(folder, parser, caplog, which, damage):
    with open_store(folder, parser) as store:
        before = contents(store)
        store.library.reserve(2)  # as a run leaves it that is killed while it adds
    damage(max(folder.glob(which), key=lambda path: path.stat().st_size))
    with open_store(folder, parser) as store:
        assert contents(store) == before
        whole(store)
    assert "they are made anew" in caplog.text


def test_check_makes_nothing_anew_unless_it_is_told_to(folder, parser):
    with open_store(folder, parser) as store:
        store.library.reserve(2)
    file = max(folder.glob("vectors/*/data_level0.bin"), key=lambda path: path.stat().st_size)
    _half(file)
    after = file.read_bytes()
    assert "ontherecord check --repair" in told(folder, parser, mending=True)
    assert file.read_bytes() == after


def test_what_a_kill_left_sound_is_not_made_anew(folder, parser, caplog):
    with open_store(folder, parser) as store:
        store.library.reserve(2)
    with open_store(folder, parser) as store:
        assert not store.encoder.encoded
        whole(store)
    assert not caplog.text


def test_vectors_of_which_a_kill_left_some_are_completed(folder, parser):
    with open_store(folder, parser) as store:
        store.library.reserve(2)
        lost = sorted(store.library.all_keys())[:5]
        store.vectors.remove(lost[0], lost[-1])
    with open_store(folder, parser) as store:
        assert 0 < len(store.encoder.encoded) < 40
        whole(store)
