"""Processes: takes the name of one of this program's modules, gives the arguments that start it as a process.

The process finds these packages where this one did, and imports nothing from its current folder.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TypedDict

_ROOT = Path(__file__).parents[2]


class ProcessArguments(TypedDict):
    """The arguments for `subprocess.run` and `subprocess.Popen`."""

    args: list[str]
    env: dict[str, str]


def own_process(module: str, *arguments: str, **environment: str) -> ProcessArguments:
    """How to run a module with these arguments, and these variables added to the environment of this process."""
    path = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH", ""))))
    return {
        "args": [sys.executable, "-P", "-m", module, *arguments],
        "env": {**os.environ, "PYTHONPATH": path, **environment},
    }
