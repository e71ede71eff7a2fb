"""An article for a terminal, every statement marked by its speaker on lines of their own below the text.

Takes a reading, gives a string. The lines of text are the article's (unseen characters as in `wording.visible`),
broken at spaces to fit the width; below each stand the marks: a letter for the speaker, then "=" under direct speech,
"-" under indirect speech, "~" under what is both, "." under the words that tell that it is said and by whom.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping

from assistant.render.wording import reference, said_by, visible_characters
from index.types import Reading, Statement

_TEXT = "  "  # before a line of text; a line of marks has as much
_FILL = {"direct": "=", "indirect": "-", "mixed": "~"}
_UNNAMED_SPEAKER = "?"


def show(reading: Reading, width: int = 100) -> str:
    """The article with its statements marked, under a legend of who speaks.

    :param width: Terminal columns to fit a line into; a longer word stands on a line of its own.
    """
    letters = _letters(reading)
    lines = [reference(reading.article), "", *_legend(reading, letters), ""]
    shown = visible_characters(reading.article.text)
    for row in _rows(shown, max(1, width - len(_TEXT))):
        line = "".join(shown[row.start : row.stop]).removesuffix("\n")
        lines.append(_TEXT + line if line else "")
        lines.extend(_TEXT + marks for marks in _marks(reading, letters, shown, row))
    return "\n".join(lines) + "\n"


def _letters(reading: Reading) -> dict[str, str]:
    """Speaker ids to letters, in order of appearance: A to Z, then AA."""
    letters: dict[str, str] = {}
    for said in reading.statements:
        if said.speaker is not None and said.speaker.id not in letters:
            letters[said.speaker.id] = _letter(len(letters))
    return letters


def _letter(number: int) -> str:
    after, last = divmod(number, 26)
    return (_letter(after - 1) if after else "") + chr(ord("A") + last)


def _legend(reading: Reading, letters: Mapping[str, str]) -> Iterator[str]:
    if not reading.statements:
        yield "No statements were found in this article."
        return
    counts: dict[str, int] = {}
    names: dict[str, str] = {}
    for said in reading.statements:
        letter = letters[said.speaker.id] if said.speaker else _UNNAMED_SPEAKER
        counts[letter] = counts.get(letter, 0) + 1
        names.setdefault(letter, said_by(said, reading.article) if said.speaker else "not named in the article")
    for letter, count in counts.items():
        yield f"{letter:>3}  {names[letter]} ({count} {'statement' if count == 1 else 'statements'})"
    yield "     === direct speech  --- indirect speech  ~~~ partly quoted  ... who says it, and the words for it"


def _rows(shown: list[str], width: int) -> Iterator[range]:
    """Ranges of characters, one a line on the screen; together they are the whole text. A row keeps its line end."""
    start, space, used = 0, -1, 0
    for place, character in enumerate(shown):
        if character == "\n":
            yield range(start, place + 1)
            start, space, used = place + 1, -1, 0
            continue
        used += _columns(character)
        if used > width and start < place and character != " ":
            end = space + 1 if space >= start else place
            yield range(start, end)
            start, used = end, sum(map(_columns, shown[end : place + 1]))
        if character == " ":
            space = place
    if start < len(shown):
        yield range(start, len(shown))


def _marks(reading: Reading, letters: Mapping[str, str], shown: list[str], row: range) -> list[str]:
    """The lines of marks below a row, as few as hold all marks without one covering another."""
    lanes: list[str] = []
    for said in reading.statements:
        mark = _mark(said, letters, shown, row)
        start = len(mark) - len(mark.lstrip(" "))
        for place, lane in enumerate(lanes):
            if len(lane) < start:
                lanes[place] = lane.ljust(start) + mark[start:]
                break
        else:
            if mark:
                lanes.append(mark)
    return lanes


def _mark(said: Statement, letters: Mapping[str, str], shown: list[str], row: range) -> str:
    """One statement's marks under a row; empty where it does not touch it."""
    letter = letters[said.speaker.id] if said.speaker else _UNNAMED_SPEAKER
    columns: list[str] = []
    told = [(span, ".") for span in (said.cue, said.source) if span]
    for span, fill in sorted([(piece, _FILL[str(said.manner)]) for piece in said.content] + told):
        start, end = max(span.start, row.start), min(span.end, row.stop)
        if start >= end:
            continue
        before = sum(map(_columns, shown[row.start : start]))
        size = sum(map(_columns, "".join(shown[start:end]).removesuffix("\n")))
        columns += [" "] * (before - len(columns))
        stripe = (letter + fill * size)[: max(size, len(letter))] if fill != "." else fill * size
        columns[before:] = stripe
    return "".join(columns)


def _columns(characters: str) -> int:
    """Terminal columns of one character as shown: none for combining marks, two for wide ones."""
    return sum(
        0 if unicodedata.category(c) in ("Mn", "Me", "Cf") else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in characters
    )
