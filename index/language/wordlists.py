"""Word lists: a file of data/ in, its sections as sets of words out.

A file has one word a space, `#` comments, and `[section]` lines.
"""

from __future__ import annotations

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
def nouns_for_speakers() -> frozenset[str]:
    """The nouns and titles that stand for a person or a body, who can tell something."""
    return words("persons.txt") | words("titles.txt") | words("bodies.txt")
