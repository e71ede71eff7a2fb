"""An answer for a terminal: plain text, or with the speaker's words in bold where the terminal has styles.

Takes answers, gives strings. The passages stand as printed, but for characters that could steer the terminal (see
`wording.visible`); nothing is wrapped or tidied, and no quotation marks are put round anything.
"""

from __future__ import annotations

from assistant.render.pieces import Role, pieces
from assistant.render.wording import (
    label,
    manner,
    printed_as,
    quotes_shown,
    reference,
    told,
    visible,
    visible_characters,
    warnings,
    who,
)
from assistant.types import Answer, Quote

_INDENT = "    "
_STYLES = {Role.CONTENT: "\x1b[1m", Role.SOURCE: "\x1b[4m", Role.CUE: "\x1b[4m", Role.FRAME: ""}
_UNSTYLED = "\x1b[0m"


def as_text(answer: Answer, *, styled: bool = False) -> str:
    """An answer as a person reads it in a terminal.

    :param styled: Print what was said in bold, cue and source underlined (ANSI), instead of plain.
    """
    blocks = ["\n".join(told(answer)), *(quote_as_text(q, mark, styled=styled) for mark, q in quotes_shown(answer))]
    return "\n\n".join(block for block in blocks if block) + "\n"


def quote_as_text(quote: Quote, mark: str, *, styled: bool = False) -> str:
    """A quote: who and how, the passage indented by four spaces, where it was printed, and where else (in what words).

    :param mark: What stands before the speaker, such as "[1]".
    """
    how = "; ".join(part for part in (manner(quote), printed_as(quote)) if part)
    place = f"(article {label(quote.article.id)}, {quote.span.start}-{quote.span.end})"
    lines = [f"{mark} {who(quote)} ({how})", *_passage(quote, styled), f"{_INDENT}— {reference(quote.article)} {place}"]
    lines += [f"{_INDENT}Note: {warning}" for warning in warnings(quote.statement)]
    for copy in quote.copies:
        if copy.differs:
            lines.append(f"{_INDENT}  in other words in: {reference(copy.article)}")
            lines += [f"{_INDENT}    {line}" for line in visible(copy.span.cut(copy.article.text)).split("\n")]
        else:
            lines.append(f"{_INDENT}  also in: {reference(copy.article)}")
    return "\n".join(lines)


def _passage(quote: Quote, styled: bool) -> list[str]:
    text = quote.text
    if not styled:
        return [_INDENT + line for line in visible(text).split("\n")]
    characters = visible_characters(text)
    shown = []
    for piece in pieces(quote):
        style = _STYLES[piece.role]
        part = "".join(characters[piece.span.start - quote.span.start : piece.span.end - quote.span.start])
        shown.append("\n".join(f"{style}{line}{_UNSTYLED}" if style and line else line for line in part.split("\n")))
    return [_INDENT + line for line in "".join(shown).split("\n")]
