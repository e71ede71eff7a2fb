"""Probing: whether vectors can be read and searched at all, found out in a process of its own.

A damaged file of Chroma's index can end the process that reads it, without an exception. So `check` lets another one
read all of it first. Knows processes. Does not know what the vectors stand for.
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.errors import LibraryDamaged, OnTheRecordError
from index.runtime.processes import ours

_PAGE = 10_000


def probe(folder: Path, uid: str) -> None:
    """Read and search all vectors of a library, which nobody may have open.

    :raises LibraryDamaged: If that fails, in whatever way.
    """
    run = subprocess.run(**ours("index.storage.probe", str(folder), uid), capture_output=True, text=True, check=False)
    if run.returncode:
        why = run.stdout.strip() or (
            f"the vectors {folder} cannot be used (reading them ended the process that did); "
            "run `ontherecord check --repair`"
        )
        raise LibraryDamaged(why)


def main(folder: Path, uid: str) -> str:
    """Read all vectors, and search so widely that all of the index is read.

    :return: Why that failed, in a sentence; empty where all is well.
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
