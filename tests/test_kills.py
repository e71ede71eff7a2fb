"""A store that is killed at any instant loses nothing; the long run is `python benchmarks/kills.py`."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.slow
def test_nothing_is_lost_doubled_or_half_however_a_store_is_killed():
    run = subprocess.run(
        [sys.executable, ROOT / "benchmarks" / "kills.py", "--kills", "10", "--seed", "4"],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"},
    )
    assert run.returncode == 0, run.stderr
    kills, within, steps = map(int, re.findall(r"\d+", run.stdout))
    assert kills == 10
    assert within > 0
    assert steps > 0
