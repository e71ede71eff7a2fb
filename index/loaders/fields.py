"""Fields: takes what a document states of its article, as strings; gives the article, or the reason why it is none.

The rules are the same for JSON lines, front matter and pages. Knows nothing of where the fields stood.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime

from index.loaders.characters import NotText, check, first_line
from index.types import Article

KNOWN = ("id", "title", "publisher", "author", "published", "url")
LONGEST_FIELD = 2_000  # code points
LONGEST_ID = 200  # code points
YEARS = range(1400, 2200)  # from the invention of printing; a year like 9999 stands for "not known"

_WRITTEN = ("%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y")


def article(fields: Mapping[str, str], text: str, *, fallback_id: str, source: str) -> Article:
    """The article with these fields (any of `KNOWN`; one that is empty counts as absent) and this text, unchanged.

    Without a title its first line is the title. Without an id it gets `fallback_id`.

    :raises NotText: If the text is empty or cannot be stored, a field is too long or unfit, or the date is no date.
    """
    if not text.strip():
        raise NotText("it holds no text")
    check(text, "its text")
    for name, value in fields.items():
        check(value, f"its {name}", LONGEST_ID if name == "id" else LONGEST_FIELD)
    if not fields.get("id", "").isprintable():
        raise NotText("its id has a line break or another character that does not print")
    return Article(
        id=fields["id"] if fields.get("id", "").strip() else fallback_id,
        title=fields.get("title", "").strip() or first_line(text),
        text=text,
        publisher=fields.get("publisher", "").strip(),
        author=fields.get("author", "").strip(),
        published=day(fields["published"]) if fields.get("published", "").strip() else None,
        url=fields.get("url", "").strip(),
        source=source,
    )


def day(words: str) -> dt.date:
    """The day of a date, or of a date with a time, as printed; no time zone is applied.

    ISO 8601, the form of mail and feeds ("Tue, 24 Nov 2026 17:09:27 GMT"), "24 November 2026" or "November 24, 2026".
    A form that could mean two days ("03/04/2026") is refused.

    :raises NotText: If it is none of these, or the year is not one of `YEARS`.
    """
    words = words.strip()
    for read in (dt.datetime.fromisoformat, *map(_written, _WRITTEN), parsedate_to_datetime):
        try:
            found = read(words)
        except (ValueError, TypeError, OverflowError):
            continue
        if found.year not in YEARS:
            raise NotText(f"its date {_shown(words)} is in the year {found.year}; leave out a date that is not known")
        return found.date()
    raise NotText(f"its date {_shown(words)} is not a date; write it as 2026-11-24")


def slug(words: str) -> str:
    """The beginning of an id that a person can read: lower-case letters, digits and hyphens, 40 characters at most."""
    return re.sub(r"[^\w]+|_+", "-", words.lower())[:40].strip("-") or "article"


def stable_id(words: str, key: str) -> str:
    """An id made of readable words and of a hash of the key by which the article is known (a path, an address).

    Equal words and keys give equal ids.
    """
    return f"{slug(words)}-{hashlib.sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:10]}"


def _written(form: str) -> Callable[[str], dt.datetime]:
    return lambda words: dt.datetime.strptime(words, form)


def _shown(words: str) -> str:
    return repr(words if len(words) <= 40 else words[:40] + "…")
