"""The server's threads share a few heaps, so that its memory comes to rest."""

import platform
import subprocess
import sys

import pytest

# Sixteen threads hold memory at once; the C library then tells how many heaps there are.
THREADS = """
import ctypes, threading
from assistant.cli import memory
if {shared}:
    memory.share()
together = threading.Barrier(16)
def hold():
    some = bytearray(50_000)
    together.wait(60)
threads = [threading.Thread(target=hold) for _ in range(16)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
ctypes.CDLL(None).malloc_info(0, ctypes.c_void_p.in_dll(ctypes.CDLL(None), "stdout"))
"""


def heaps(shared, environment):
    command = [sys.executable, "-c", THREADS.format(shared=shared)]
    told = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
    return told.count("<heap nr=")


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another C library keeps other heaps")
def test_threads_share_two_heaps_unless_the_user_says_how_many():
    assert heaps(False, {}) > 3
    assert heaps(True, {}) == 2
    assert heaps(True, {"MALLOC_ARENA_MAX": "3"}) == 3
