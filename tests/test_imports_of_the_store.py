"""Opening a module of the store loads none of the heavy packages: they come when they are used."""

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("torch", "sentence_transformers", "transformers", "chromadb", "spacy", "tantivy", "httpx")


@pytest.mark.parametrize("module", ["index.store", "index.check", "index.encoder", "index.vectors", "index.words"])
def test_importing_the_store_loads_nothing_heavy(module):
    code = f"import sys, {module}; print([one for one in {HEAVY!r} if one in sys.modules])"
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parent.parent
    )
    assert run.stdout.strip() == "[]"
