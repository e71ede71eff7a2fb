"""The house's walls: imports run one way, each heavy package has one home, and importing us loads none of them."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LAYERS = ("prompts", "index", "assistant")
MODULES = sorted(path.relative_to(ROOT) for layer in LAYERS for path in (ROOT / layer).rglob("*.py"))
HOMES = {
    "spacy": {"index/language/parser.py"},
    "thinc": {"index/language/parser.py"},
    "sentence_transformers": {"index/embedding/encoder.py", "assistant/retrieval/reranker.py"},
    "torch": {"index/embedding/encoder.py"},
    "tokenizers": {"index/embedding/minilm.py"},
    "safetensors": {"index/embedding/minilm.py", "assistant/retrieval/reader.py"},
    "onnxruntime": {"index/embedding/layers.py"},
    "sqlalchemy": {"index/storage"},
    "tantivy": {"index/storage/fulltext.py"},
    "chromadb": {"index/storage/vectors.py", "index/storage/chroma_client.py"},
    "trafilatura": {"index/loaders"},
    "htmldate": {"index/loaders"},
    "httpcore": {"index/loaders"},
    "gradio": {"assistant/web"},
    "langchain": {"assistant/llm/chat_model.py", "assistant/retriever.py"},
    "langchain_core": {"assistant/llm/chat_model.py", "assistant/retriever.py"},
    "typer": {"assistant/cli"},
}


def imports(path: Path) -> list[tuple[str, bool]]:
    """Each package that a module imports, and whether it does so when it is itself imported."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    typing_only = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    inside = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(node)
    }
    found = []
    for node in ast.walk(tree):
        if node in typing_only:
            continue
        if isinstance(node, ast.Import):
            found.extend((alias.name.split(".")[0], node not in inside) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found.append((node.module.split(".")[0], node not in inside))
    return found


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_imports_flow_one_way(path: Path) -> None:
    above = LAYERS[LAYERS.index(path.parts[0]) + 1 :]
    assert not {package for package, _ in imports(path)} & {*above, "tests", "benchmarks"}


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_each_heavy_package_has_one_home(path: Path) -> None:
    for package, _ in imports(path):
        assert package not in HOMES or any(path.as_posix().startswith(home) for home in HOMES[package]), package


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_no_module_outgrows_a_reader(path: Path) -> None:
    assert len((ROOT / path).read_text(encoding="utf-8").splitlines()) <= 300


def test_importing_us_loads_nothing_heavy() -> None:
    heavy = ("torch", "spacy", "sentence_transformers", "chromadb", "gradio", "langchain", "trafilatura", "tantivy")
    code = f"import assistant, sys; print([m for m in {heavy!r} if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert run.stdout.strip() == "[]"


def test_a_chat_does_not_import_the_assistant_that_makes_it() -> None:
    source = (ROOT / "assistant/chat.py").read_text(encoding="utf-8")
    modules = {node.module for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ImportFrom)}
    assert modules.isdisjoint({"assistant", "assistant.assistant"})


@pytest.mark.parametrize("folder", ["query", "retrieval", "selection", "verification", "llm"])
def test_each_module_has_a_test_that_imports_it(folder: str) -> None:
    imported = set()
    for path in (ROOT / "tests").glob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                imported |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    modules = {path.stem for path in (ROOT / "assistant" / folder).glob("*.py")} - {"__init__"}
    assert {name for name in modules if f"assistant.{folder}.{name}" not in imported} == set()
