"""Write docs/api.md from the docstrings and docs/cli.md from the commands' own help.

    python docs/generate.py            write both
    python docs/generate.py --check    exit 1 and name what is stale; write nothing

Both pages are made: change the docstrings and the help texts, not the pages.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from griffe import Class, Function, GriffeLoader, Module, Object, Parser
from griffe2md import render_object_docs

DOCS = Path(__file__).parent
ROOT = DOCS.parent
MADE = "<!-- Made by `make docs`; do not edit by hand. -->"
API = f"""{MADE}
# Python

The door is the package `assistant`; everything it exports is here, then the values that its answers are made of, and
the errors that it raises. Offsets count code points of an article's text, half-open.
"""
CLI = f"""{MADE}
# Command line

What `ontherecord --help` says, and each command's own help.
"""
VALUES = ("Span", "Article", "Speaker", "Statement", "Manner", "Resolution", "Flag", "Passage")
LOOK = {
    "docstring_section_style": "list",
    "heading_level": 3,
    "show_root_full_path": False,
    "show_object_full_path": False,
    "summary": False,
    "show_signature_annotations": True,
    "filters": ["!^_"],
    "show_if_no_docstring": False,
}


def api() -> str:
    """The page on Python."""
    loader = GriffeLoader(search_paths=[ROOT], docstring_parser=Parser.sphinx)
    door, index = (loader.load(name, submodules=True) for name in ("assistant", "index"))
    loader.resolve_aliases(external=False)
    exported = [str(name).strip("'\"") for name in door.exports or ()]
    parts = [API, "## The package assistant", *(described(door[name]) for name in exported)]
    parts += ["## Values", *(described(index[f"types.{name}"]) for name in VALUES)]
    parts += ["## Errors", *(described(one) for one in errors(index))]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def described(thing: Object) -> str:
    """One class or function as Markdown."""
    target = thing.final_target if thing.is_alias else thing
    assert isinstance(target, Class | Function)
    made = render_object_docs(target, LOOK)
    made = re.sub(r"\[([^\]]+)\]\(#[^)]*\)", r"\1", made)  # links to what is on no page
    return re.sub(r"^(#+) `(?:[a-z_]+\.)+(\w.*)`$", r"\1 `\2`", made, flags=re.MULTILINE)


def errors(index: Module) -> Iterator[Object]:
    """The tree of errors, in the order of the source."""
    return (one for one in index["errors"].members.values() if not one.is_alias and one.is_class)


def cli() -> str:
    """The page on the command line, each command with its whole first line (typer shortens it in the list)."""
    command = [sys.executable, "-m", "typer", "assistant/cli/commands.py", "utils", "docs", "--name", "ontherecord"]
    made = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    says = dict(re.findall(r"^## `ontherecord ([\w-]+)`\n\n(.+)$", made, re.MULTILINE))
    made = re.sub(r"^\* `(\w[\w-]*)`: .*$", lambda line: f"* `{line[1]}`: {says[line[1]]}", made, flags=re.MULTILINE)
    return f"{CLI}\n{made.replace('# `ontherecord`', '## `ontherecord`', 1).strip()}\n"


def main() -> None:
    """Write the pages, or say which are stale."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--check", action="store_true")
    check = options.parse_args().check
    stale = []
    for name, text in (("api.md", api()), ("cli.md", cli())):
        page = DOCS / name
        if check and (not page.exists() or page.read_text(encoding="utf-8") != text):
            stale.append(f"docs/{name} is stale; run: make docs")
        elif not check:
            page.write_text(text, encoding="utf-8")
    if stale:
        raise SystemExit("\n".join(stale))


if __name__ == "__main__":
    main()
