"""Heavy packages come when they are used, and no sooner: a question waits for none that it does not need."""

import subprocess
import sys
from pathlib import Path

import pytest

from index.runtime.imports import hidden

HEAVY = ("torch", "sentence_transformers", "transformers", "chromadb", "spacy", "tantivy", "httpx")


@pytest.mark.parametrize(
    "module",
    [
        "index.storage.store",
        "index.storage.check",
        "index.embedding.encoder",
        "index.storage.vectors",
        "index.storage.fulltext",
    ],
)
def test_importing_the_store_loads_nothing_heavy(module):
    code = f"import sys, {module}; print([one for one in {HEAVY!r} if one in sys.modules])"
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parent.parent
    )
    assert run.stdout.strip() == "[]"


def test_a_question_is_answered_without_torch(tmp_path):
    library, articles = str(tmp_path / "library"), str(Path(__file__).parent.parent / "examples" / "articles")
    code = f"""
import sys
from assistant import Assistant
with Assistant.open({library!r}) as assistant:
    if sys.argv[1] == "add":
        assert not assistant.add([{articles!r}]).failed
    assert assistant.ask("What did Piet Aldous say about onions?").answered
print("torch" in sys.modules, "sentence_transformers" in sys.modules)
"""
    for step, loaded in (("add", "True True"), ("ask", "False False")):
        run = subprocess.run([sys.executable, "-c", code, step], capture_output=True, text=True, check=True)
        assert run.stdout.strip() == loaded


def test_what_is_hidden_is_not_found_meanwhile_and_is_found_afterwards(tmp_path, monkeypatch):
    (tmp_path / "some_heavy_package.py").write_text("here = True")
    monkeypatch.syspath_prepend(tmp_path)
    with hidden("some_heavy_package"), pytest.raises(ImportError):
        import some_heavy_package
    import some_heavy_package

    with hidden("some_heavy_package"):  # what is loaded stays
        import some_heavy_package

        assert some_heavy_package.here
