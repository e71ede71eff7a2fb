"""Slow imports: takes the name of a module, keeps it from being imported by another one that does not need it.

spaCy's thinc imports torch wherever that is installed, for pipelines that need it; the packaged pipeline does not.
"""

from __future__ import annotations

import contextlib
import sys
import threading
from collections.abc import Iterator

# Must be held to import a module that `hidden` may hide.
importing = threading.Lock()


@contextlib.contextmanager
def hidden(name: str) -> Iterator[None]:
    """Within the block, an import of that module fails, unless it is loaded already."""
    with importing:
        if name in sys.modules:
            yield
            return
        sys.modules[name] = None  # type: ignore[assignment]  # an import of it raises ImportError
        try:
            yield
        finally:
            del sys.modules[name]
