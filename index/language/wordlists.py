"""The files of data/: a file's name in; its words, sections, lines or rows out. The only reader of these files.

In a list words stand apart by spaces or lines; `[section]` begins a part of it, and what follows `#` is a comment.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from importlib.resources import files


def lines(name: str) -> Iterator[str]:
    """The lines of a data file, without comments and empty ones."""
    for line in files(__package__).joinpath("data", name).read_text(encoding="utf-8").splitlines():
        line = line.partition("#")[0].strip()
        if line:
            yield line


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a table, a file with commas whose first line names the columns; lines with # are left out."""
    text = files(__package__).joinpath("data", name).read_text(encoding="utf-8")
    yield from csv.DictReader((line for line in text.splitlines() if line and not line.startswith("#")), strict=True)


@cache
def sections(name: str) -> dict[str, frozenset[str]]:
    """Each section's words."""
    found: dict[str, set[str]] = defaultdict(set)
    section = ""
    for line in lines(name):
        if line.startswith("["):
            section = line.strip("[]")
        else:
            found[section].update(line.split())
    return {section: frozenset(words) for section, words in found.items()}


@cache
def words(name: str) -> frozenset[str]:
    """All the words of a file."""
    return frozenset().union(*sections(name).values())


@cache
def groups(name: str) -> tuple[frozenset[str], ...]:
    """The lines of a file, where each holds several words that belong together."""
    return tuple(frozenset(line.split()) for line in lines(name))


@cache
def nouns_for_speakers() -> frozenset[str]:
    """The nouns and titles that stand for a person or a body, who can tell something."""
    return words("persons.txt") | words("titles.txt") | words("bodies.txt")
