"""Hiding: its import makes sure that `index` and `prompts` are this program's packages, or says which file hides one.

Another's `index.py` or `prompts.py` in the current folder comes first on Python's path. It must not be run to find out,
so this module imports nothing of ours.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

_HOME = Path(__file__).resolve().parents[1]


def hidden() -> str:
    """One sentence about the file that hides a package of this program; empty where none does."""
    for name in ("index", "prompts"):
        spec = find_spec(name)
        found = [spec.origin] if spec and spec.origin else list((spec and spec.submodule_search_locations) or ())
        if found and Path(found[0]).resolve() != _HOME / name / "__init__.py":
            return (
                f"{found[0]} hides the package {name!r} of On the Record; rename it, or run Python from another folder"
            )
    return ""


if sentence := hidden():
    if sys.argv[:1] == ["-m"]:  # `python -m assistant`, as long as Python is looking for it
        sys.exit(f"ontherecord: {sentence}")
    raise ImportError(sentence)
