"""Heaps: glibc gives threads up to eight heaps a processor, and each keeps about as much as it ever held.

A server answers in dozens of threads that take turns, so that its memory would grow until every heap had been full
once. Two are as fast, for Python runs one thread at a time. Knows the C library alone.
"""

from __future__ import annotations

import ctypes
import os

HEAPS = 2
_ARENA_MAX = -8  # M_ARENA_MAX of <malloc.h>, see mallopt(3)


def share() -> None:
    """From now on a few heaps serve all threads, where there is glibc and MALLOC_ARENA_MAX does not say how many.

    To be called before other threads begin: glibc settles the number when it has made the first eight.
    """
    if "CS_GNU_LIBC_VERSION" in getattr(os, "confstr_names", {}) and "MALLOC_ARENA_MAX" not in os.environ:
        ctypes.CDLL(None).mallopt(_ARENA_MAX, HEAPS)
