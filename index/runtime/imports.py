"""Imports that take seconds: one at a time, and without what they would bring in and not use.

spaCy's thinc imports torch wherever it is installed, for pipelines that are built on it; the packaged one is not.
"""

from __future__ import annotations

import contextlib
import sys
import threading
from collections.abc import Iterator

# Held by whoever imports something that `hidden` may hide.
importing = threading.Lock()


@contextlib.contextmanager
def hidden(name: str) -> Iterator[None]:
    """What is imported in here finds no module of this name, unless it is loaded already."""
    with importing:
        if name in sys.modules:
            yield
            return
        sys.modules[name] = None  # type: ignore[assignment]  # an import of it raises ImportError
        try:
            yield
        finally:
            del sys.modules[name]
