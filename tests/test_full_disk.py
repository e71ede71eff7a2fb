"""A full disk, a folder that may not be written, a folder that goes: one clear sentence, the data as it was."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from storing import article, contents, open_store, whole

from index.errors import LibraryError

HERE = Path(__file__).parent

# A limit on the size of a file stands for a full disk: what is written beyond it is refused by the system.
_FULL = """
import resource, signal, sys
from pathlib import Path
from storing import article, open_store
from index.errors import LibraryError
from index.language.parser import Parser
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with open_store(Path(sys.argv[1]), Parser()) as store:
    largest = max(path.stat().st_size for path in Path(sys.argv[1]).rglob("*"))
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest + 100_000, resource.RLIM_INFINITY))
    try:
        for n in range(100):
            store.add([article(f"more{n}-{m}", f"word{m}") for m in range(20)])
    except LibraryError as error:
        print(f"{type(error).__name__}: {error}")
        sys.exit(3)
"""
_OPEN = """
import os, sys
from pathlib import Path
from storing import open_store
os.setuid(65534)
from index.errors import LibraryError
try:
    open_store(Path(sys.argv[1]), None)
except LibraryError as error:
    print(f"{type(error).__name__}: {error}")
    sys.exit(3)
"""


def run(code, folder):
    paths = os.pathsep.join([str(HERE), str(HERE.parent)])
    return subprocess.run(
        [sys.executable, "-c", code, folder],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": paths, "OMP_NUM_THREADS": "1"},
    )


def test_a_full_disk_loses_nothing_that_was_acknowledged(tmp_path, parser):
    with open_store(tmp_path, parser) as store:
        store.add([article("a"), article("b", "tunnel")])
        before = contents(store)
    ended = run(_FULL, tmp_path)
    assert ended.returncode == 3, ended.stderr
    assert ended.stdout.count("\n") == 1
    with open_store(tmp_path, parser) as store:
        after = contents(store)
        assert {one: after[one] for one in before} == before
        whole(store)
        assert store.add([article("c", "meadow")]).added == ("c",)
        whole(store)


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become somebody who may not write")
def test_a_folder_that_may_not_be_written_is_one_clear_sentence(tmp_path, parser):
    with open_store(tmp_path / "library", parser) as store:
        store.add([article("a")])
        before = contents(store)
    tmp_path.chmod(0o755)
    for parent in tmp_path.parents:
        if parent != Path("/tmp") and parent.is_relative_to("/tmp"):
            parent.chmod(0o755)
    ended = run(_OPEN, tmp_path / "library")
    assert ended.returncode == 3, ended.stderr
    assert "check its permissions" in ended.stdout
    with open_store(tmp_path / "library", parser) as store:
        assert contents(store) == before


def test_a_folder_that_is_removed_under_an_open_store_is_one_clear_sentence(tmp_path, parser):
    store = open_store(tmp_path / "library", parser)
    store.add([article("a")])
    shutil.rmtree(tmp_path / "library")
    for act in (lambda: store.add([article("b", "tunnel")]), lambda: store.remove(["a"]), store.repair):
        with pytest.raises(LibraryError, match="check that their folder is there"):
            act()
    store.close()
