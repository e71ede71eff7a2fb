"""Characters: takes bytes, gives the text of an article, which never changes afterwards.

Characters are changed here alone: an encoding is undone, a byte order mark removed, and line ends become line feeds.
All others are kept, invisible and control characters too. Knows nothing of files, formats or articles.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable

LONGEST_TEXT = 1_000_000  # code points; the parser takes no more in one piece
LONGEST_TITLE = 200  # code points of a title that is taken from a text

_BYTE_ORDER_MARKS = (  # the longer marks first: UTF-32's begins with UTF-16's
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_OTHER_CODE_PAGE = re.compile(r"[a-z.,!?][À-ÖØ-ÞŠŽŸŒ]")  # "donÕt", ".Ó": quotation marks of Mac Roman, misread
_LEGACY = re.compile(
    r"windows-\d+|cp125\d|iso-?8859-\d+|latin-?\d|koi8-[ru]|macintosh|gbk|gb2312|gb18030|big5(-hkscs)?|euc-(jp|kr)|shift_jis",
    re.IGNORECASE,
)
_SURROGATE = re.compile("[\ud800-\udfff]")


class NotText(Exception):
    """No article can be made of an input; the message says why, as a clause."""


def decode(data: bytes, remark: Callable[[str], None], said: str = "") -> str:
    """Bytes of a text file or a page as characters; line ends stay as they are.

    A byte order mark decides; without one the encoding is UTF-8 if the bytes are valid. If they are not, it is the
    legacy encoding that the server or the page states (`said`), where that is a known one; else Windows-1252, the usual
    other encoding of English text, and `remark` is told so. (A statistical detector was tried: on English with curly
    quotation marks it answered with code pages of other languages, which turn ñ into ń. A guess that is announced is
    better than a better guess that is not.)

    :raises NotText: If the bytes contradict their mark, or are none of these.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                where = error.start + len(mark)
                raise NotText(f"its byte order mark says {encoding.upper()}, but byte {where:,} is not") from error
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        first = error.start
    if b"\0" in data:
        raise NotText("it holds NUL bytes, so it is not text (or UTF-16 without a byte order mark); save it as UTF-8")
    named = _legacy(said)
    try:
        text = data.decode(named or "cp1252")
    except UnicodeDecodeError:
        text = ""
    if not text or (not named and _OTHER_CODE_PAGE.search(text)):
        raise NotText(f"byte {first:,} is not UTF-8, and the encoding is not known; save it as UTF-8")
    if not named:
        remark("is not UTF-8 and was read as Windows-1252; if letters look wrong, save it as UTF-8 and add it again")
    return text


def _legacy(said: str) -> str:
    """Python's name of a legacy encoding, or "" if it is not one; Latin-1 is read as Windows-1252, as browsers do."""
    if not _LEGACY.fullmatch(said):
        return ""
    try:
        name = codecs.lookup(said).name
    except LookupError:
        return ""
    return "cp1252" if name == "iso8859-1" else name


def settle(text: str) -> str:
    """The same text with every line end as a line feed."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def check(text: str, what: str = "it", longest: int = LONGEST_TEXT) -> None:
    """Refuse a text that cannot be stored and shown exactly.

    NUL is refused because databases and browsers cut a text there or replace it; half a surrogate pair is no character.

    :raises NotText: If the text has one of these, or more than `longest` characters.
    """
    if len(text) > longest:
        raise NotText(f"{what} has {len(text):,} characters; {longest:,} is the most, so split it")
    if (at := text.find("\0")) >= 0:
        raise NotText(f"{what} has a NUL at character {at:,}, which cannot be stored and shown exactly")
    if half := _SURROGATE.search(text):
        raise NotText(f"{what} has half a surrogate pair at character {half.start():,}, which is no character")


def first_line(text: str) -> str:
    """The first line that is not blank, without the space around it; it is cut at a word at `LONGEST_TITLE`."""
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    if len(line) <= LONGEST_TITLE:
        return line
    return line[:LONGEST_TITLE].rsplit(maxsplit=1)[0] + "…"
