"""What the benchmarks of speed share: memory of a process and its children, percentiles, sizes, the machine's name."""

from __future__ import annotations

import os
import platform
import subprocess
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter

import psutil

OUT = Path(__file__).parent / "out"
PAGES = 1 << 20


def resident(process: psutil.Process) -> float:
    """Megabytes of memory that a process and its children hold; what they share is counted once for each."""
    total = 0
    for one in (process, *process.children(recursive=True)):
        try:
            total += one.memory_info().rss
        except psutil.Error:  # it has just ended
            continue
    return total / PAGES


def watched(command: Sequence[str]) -> tuple[str, float]:
    """Run a command to its end.

    :return: What it printed, and the most memory that it and its children held at once, in megabytes.
    :raises RuntimeError: If it fails.
    """
    most = [0.0]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        done = threading.Event()

        def watch() -> None:
            try:
                process = psutil.Process(child.pid)
                while not done.wait(0.1):
                    most[0] = max(most[0], resident(process))
            except psutil.NoSuchProcess:
                return

        watcher = threading.Thread(target=watch)
        watcher.start()
        assert child.stdout
        printed = child.stdout.read()
        child.wait()
        done.set()
        watcher.join()
    if child.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {child.returncode}")
    return printed, most[0]


def seconds(act: Callable[[], object]) -> float:
    """How long a call takes on the clock."""
    start = perf_counter()
    act()
    return perf_counter() - start


def percentile(values: Sequence[float], share: float) -> float:
    """The value that so many of all do not exceed."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def size(folder: Path) -> float:
    """Megabytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / PAGES


def machine() -> str:
    """The processor, its cores, and how busy it is."""
    names = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    name = names[0].split(":")[1].strip() if names else platform.processor()
    return f"{name}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
