"""Heaps: glibc gives threads up to eight heaps a processor, and each keeps about as much as it ever held.

The page answers in dozens of threads that take turns, so that its memory would grow until every heap had been full
once. Two are as fast, for Python runs one thread at a time. Knows the C library, and nothing of the page.
"""

from __future__ import annotations

import ctypes
import os
import platform

HEAPS = 2
_ARENA_MAX = -8  # M_ARENA_MAX of <malloc.h>, see mallopt(3)


def share() -> None:
    """From now on a few heaps serve all threads, where there is glibc and MALLOC_ARENA_MAX does not say how many."""
    if platform.libc_ver()[0] == "glibc" and "MALLOC_ARENA_MAX" not in os.environ:
        ctypes.CDLL(None).mallopt(_ARENA_MAX, HEAPS)
