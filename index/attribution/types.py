"""What the parts of attribution hand to one another. Knows spans only."""

from __future__ import annotations

from dataclasses import dataclass

from index.types import Span


@dataclass(frozen=True, slots=True)
class Attribution:
    """Something said or thought, as the words point to it, before anyone asks who the source is.

    `content` is sorted and disjoint; `cue` is what tells that it was said (None: only a quotation's marks tell it);
    `source` is the words that point to the speaker, as printed (None: the text names nobody).
    """

    content: tuple[Span, ...]
    cue: Span | None
    source: Span | None
