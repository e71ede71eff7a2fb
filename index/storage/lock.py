"""The lock: takes a folder, makes this process its only owner until the process ends.

Two processes on one folder of vectors silently lose vectors, so the second one is told which process owns it. Knows
files and processes. Does not know what the folder holds.
"""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path

from filelock import FileLock, Timeout

from index.errors import LibraryBusy, LibraryError


class Lock:
    """Owns a folder from `Lock(folder)` until `release`.

    :raises LibraryBusy: If another owner holds it; the message names the process and, if it serves, its page.
    :raises LibraryError: If the folder cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._note = folder / "owner.json"
        self._lock = FileLock(folder / "owner.lock", timeout=0, thread_local=False, fallback_to_soft=False)
        try:
            self._lock.acquire()
        except Timeout:
            raise LibraryBusy(self._owner()) from None
        except OSError as error:
            raise LibraryError(
                f"{folder} cannot be used as a library ({error.strerror}); check its permissions"
            ) from error
        try:
            self.announce("")
        except OSError as error:
            self._lock.release()
            raise LibraryError(f"{folder} cannot be written ({error.strerror}); free some space or check it") from error

    def announce(self, address: str) -> None:
        """Write for others who the owner is and where it serves the page.

        :param address: The page's address; empty where no page is served.
        """
        fresh = self._note.with_suffix(".new")
        fresh.write_text(json.dumps({"pid": os.getpid(), "address": address}), encoding="utf-8")
        fresh.replace(self._note)

    def release(self) -> None:
        """Release the folder; harmless if that was done before, or if the folder is gone."""
        if self._lock.is_locked:
            self._note.unlink(missing_ok=True)
            self._lock.release()

    def _owner(self) -> str:
        pid, address = "unknown", ""
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            note = json.loads(self._note.read_text(encoding="utf-8"))
            pid, address = str(note["pid"]), str(note["address"])
        if address:
            where = f"which serves it at {address}: ask there, or stop it"
            return f"the library {self._folder} is in use by process {pid}, {where}"
        return f"the library {self._folder} is in use by process {pid}; wait until that ends, or stop it"
