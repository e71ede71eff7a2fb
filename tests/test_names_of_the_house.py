"""One name, one meaning: no class, module or constant of the product has the name of another one.

What still does stands in the lists below, which can only shrink: an entry that no longer offends fails.
"""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
FILES = sorted(path for layer in ("prompts", "index", "assistant") for path in (ROOT / layer).rglob("*.py"))
EVERYWHERE = {"types", "__init__", "__main__"}
CLASSES_TO_RENAME: set[str] = set()
MODULES_TO_RENAME: set[str] = set()
CONSTANTS_TO_RENAME: set[str] = set()


def parsed() -> Iterator[tuple[str, ast.Module]]:
    for path in FILES:
        yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def assigned(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """The constants of a module, each with its value as source."""
    for node in tree.body:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        for target in targets:
            if isinstance(target, ast.Name) and target.id != "__all__" and node.value is not None:
                yield target.id, ast.unparse(node.value)


def test_no_class_has_the_name_of_another() -> None:
    places = defaultdict(list)
    for path, tree in parsed():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                places[node.name].append(path)
    assert {name for name, where in places.items() if len(where) > 1} == CLASSES_TO_RENAME


def test_no_module_has_the_name_of_another() -> None:
    places = defaultdict(list)
    for path in FILES:
        places[path.stem].append(path)
    assert {name for name, where in places.items() if len(where) > 1} - EVERYWHERE == MODULES_TO_RENAME


def test_no_constant_has_the_name_of_another_with_another_value() -> None:
    values = defaultdict(set)
    for _, tree in parsed():
        for name, value in assigned(tree):
            values[name].add(value)
    assert {name for name, some in values.items() if len(some) > 1} == CONSTANTS_TO_RENAME
