"""Narrowed: what a person said about where to look, besides the question. A value, no more."""

from __future__ import annotations

from dataclasses import dataclass, field

from index.types import Scope


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Filters as given: days and articles in `scope`; a speaker, a topic and a publisher as typed."""

    scope: Scope = field(default_factory=Scope)
    said_by: str = ""
    about: str = ""
    publisher: str = ""
