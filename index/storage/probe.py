"""The probe: takes a folder of vectors, finds out in a process of its own whether they can be read and searched.

A damaged index file can end the process that reads it without an exception, so `check` lets another process read all of
it first. Does not know what the vectors stand for.
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.errors import LibraryDamaged, OnTheRecordError
from index.runtime.processes import own_process

_PAGE = 10_000


def probe(folder: Path, uid: str) -> None:
    """Read and search all vectors of a library, which no process may have open.

    :raises LibraryDamaged: If that fails in any way.
    """
    run = subprocess.run(
        **own_process("index.storage.probe", str(folder), uid), capture_output=True, text=True, check=False
    )
    if run.returncode:
        why = run.stdout.strip() or (
            f"the vectors {folder} cannot be used (reading them ended the process that did); "
            "run `ontherecord check --repair`"
        )
        raise LibraryDamaged(why)


def main(folder: Path, uid: str) -> str:
    """Read all vectors, and search for as many as there are, so that the whole index is read.

    :return: Why that failed, in a sentence; empty if it did not.
    """
    from index.storage.vectors import Vectors

    try:
        with contextlib.closing(Vectors(folder, uid)) as vectors:
            keys = sorted(vectors.all_keys())
            rows: dict[int, NDArray[np.float32]] = {}
            for first in range(0, len(keys), _PAGE):
                rows = vectors.stored(keys[first : first + _PAGE])
            if keys:
                vectors.nearest(rows[keys[-1]], len(keys))
    except OnTheRecordError as error:
        return str(error)
    return ""


if __name__ == "__main__":
    if why := main(Path(sys.argv[1]), sys.argv[2]):
        sys.stdout.write(why)
        sys.exit(1)
