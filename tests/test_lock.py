"""One folder has one owner, and a second is told who."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from index.errors import LibraryBusy, LibraryError
from index.storage.lock import Lock

ROOT = Path(__file__).parent.parent
_HOLD = """
import sys
from pathlib import Path
from index.storage.lock import Lock
lock = Lock(Path(sys.argv[1]))
lock.announce(sys.argv[2])
print("held", flush=True)
sys.stdin.read()
"""


def holder(folder, address=""):
    process = subprocess.Popen(
        [sys.executable, "-c", _HOLD, folder, address], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT
    )
    assert process.stdout.readline() == b"held\n"
    return process


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("", "in use by process {pid}; wait until that ends, or stop it"),
        ("http://127.0.0.1:7860", "process {pid}, which serves it at http://127.0.0.1:7860: ask there, or stop it"),
    ],
)
def test_a_second_process_is_told_who_holds_the_library_and_what_to_do(tmp_path, address, told):
    with holder(tmp_path, address) as process:
        with pytest.raises(LibraryBusy) as busy:
            Lock(tmp_path)
        assert told.format(pid=process.pid) in str(busy.value)
        process.stdin.close()
    Lock(tmp_path).release()


def test_the_lock_goes_with_a_process_that_is_killed(tmp_path):
    with holder(tmp_path) as process:
        process.send_signal(signal.SIGKILL)
        process.wait()
    Lock(tmp_path).release()


def test_the_same_process_cannot_own_a_folder_twice(tmp_path):
    first = Lock(tmp_path)
    with pytest.raises(LibraryBusy, match=f"process {os.getpid()};"):
        Lock(tmp_path)
    first.release()
    first.release()
    Lock(tmp_path).release()


@pytest.mark.parametrize("note", [b"", b"not json", b"[]", b"{}", b"\xff\xfe"])
def test_a_broken_note_does_not_hide_that_the_library_is_in_use(tmp_path, note):
    first = Lock(tmp_path)
    (tmp_path / "owner.json").write_bytes(note)
    with pytest.raises(LibraryBusy, match="process unknown"):
        Lock(tmp_path)
    first.release()


def test_a_folder_that_is_not_there_is_one_clear_sentence(tmp_path):
    with pytest.raises(LibraryError, match="cannot be used as a library"):
        Lock(tmp_path / "file" if (tmp_path / "file").write_text("x") else tmp_path)
