"""One folder, one owner: a lock that the system drops when its process ends, and a note of who holds it.

Two processes on one vector folder lose vectors for good and silently, so a second one is told who is there. Knows
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
            raise LibraryBusy(self._who()) from None
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
        """Let others know where the owner can be asked.

        :param address: The page's address; empty where none is served.
        """
        fresh = self._note.with_suffix(".new")
        fresh.write_text(json.dumps({"pid": os.getpid(), "address": address}), encoding="utf-8")
        fresh.replace(self._note)

    def release(self) -> None:
        """Give the folder back; harmless where that was done, or where the folder is gone."""
        if self._lock.is_locked:
            self._note.unlink(missing_ok=True)
            self._lock.release()

    def _who(self) -> str:
        pid, address = "unknown", ""
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            note = json.loads(self._note.read_text(encoding="utf-8"))
            pid, address = str(note["pid"]), str(note["address"])
        if address:
            where = f"which serves it at {address}: ask there, or stop it"
            return f"the library {self._folder} is in use by process {pid}, {where}"
        return f"the library {self._folder} is in use by process {pid}; wait until that ends, or stop it"
