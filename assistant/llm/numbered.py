"""Numbered: takes quotes; gives the numbered passages that a chat model is shown.

Articles are data: every passage stands between lines that hold a code drawn for this one request, on one line of its
own, with what cannot be seen made visible and its length bounded. So nothing in an article can end its passage, begin
another, or hide. Pure; does not know what a model is asked for.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Iterator, Sequence

from assistant.types import Quote

LONGEST_PASSAGE = 1_500
LONGEST_SHOWN = 160
LONGEST_QUESTION = 2_000

# What Unicode calls a letter, a mark or a symbol though a reader sees nothing: fillers, joiners, selectors, blanks.
_BLANK = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_UNSEEN_CATEGORIES = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})


def draw_fence(*texts: str) -> str:
    """A code of 16 hexadecimal digits, new for every request, that occurs in none of the texts."""
    while True:
        fence = secrets.token_hex(8)
        if not any(fence in text for text in texts):
            return fence


def visible(text: str) -> str:
    """The text on one line, every character that cannot be seen written as ⟨U+200B⟩; visible ones are untouched."""
    one_line = " ".join(text.split())
    return "".join(f"⟨U+{ord(c):04X}⟩" if hidden(c) else c for c in one_line)


def hidden(character: str) -> bool:
    """Whether a reader sees nothing of this character: controls, format characters, tags, fillers and selectors."""
    return unicodedata.category(character) in _UNSEEN_CATEGORIES or _BLANK.match(character) is not None


def bounded(text: str, longest: int) -> str:
    """The text, or its beginning and end with a note of how many characters lie between.

    :param longest: In characters; the note comes on top.
    """
    if len(text) <= longest:
        return text
    head, tail = longest * 2 // 3, longest // 3
    return f"{text[:head]} […{len(text) - head - tail} characters left out…] {text[-tail:]}"


def shown(text: str, longest: int = LONGEST_SHOWN) -> str:
    """What a model is shown of any text: on one line, nothing hidden, at most about twice `longest` characters."""
    return bounded(visible(bounded(text, longest)), 2 * longest)


def passages(quotes: Sequence[Quote], fence: str) -> str:
    """The quotes, numbered from 1, each between two lines of its own.

    :raises ValueError: If the fence occurs in what is offered: whoever wrote it could end a passage.
    """
    blocks = ["\n".join(lines_of(quote)) for quote in quotes]
    if any(fence in block for block in blocks):
        raise ValueError("the fence occurs in an article; draw another")
    return "\n\n".join(f"{fence} {n}\n{block}\n{fence} end" for n, block in enumerate(blocks, 1))


def lines_of(quote: Quote) -> Iterator[str]:
    """What a model is shown of one quote: who speaks, where it stands, and the words."""
    article = quote.article
    yield f"Speaker: {shown(who(quote))}"
    where = (article.title, article.publisher, article.published.isoformat() if article.published else "")
    yield f"Article: {' | '.join(shown(part) for part in where if part)}"
    yield f"Text: {shown(quote.text, LONGEST_PASSAGE)}"


def who(quote: Quote) -> str:
    """Who speaks, as a reader is told."""
    if quote.statement is None:
        return "the article itself"
    if quote.speaker is None:
        return f"not named ({quote.mention})" if quote.mention else "not named"
    return ", ".join(part for part in (quote.speaker.name, quote.speaker.description) if part)
