"""Processes of our own: the name of one of our modules in, how `subprocess` starts it out.

Such a process finds our package where this one did, and nothing in the folder that it happens to be run in.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TypedDict

_ROOT = Path(__file__).parents[2]


class Process(TypedDict):
    """The arguments of `subprocess.run` and `subprocess.Popen` that say what is run."""

    args: list[str]
    env: dict[str, str]


def ours(module: str, *arguments: str, **environment: str) -> Process:
    """The module as a program, with these arguments and variables of the environment, beside those of this process."""
    path = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH", ""))))
    return {
        "args": [sys.executable, "-P", "-m", module, *arguments],
        "env": {**os.environ, "PYTHONPATH": path, **environment},
    }
