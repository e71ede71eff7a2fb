"""An answer as Markdown that can be pasted anywhere: each passage a block quotation, with its citation below.

Takes answers, gives strings of CommonMark. All that comes from articles is escaped, so that it can be no markup, link,
image or HTML; rendered, a passage's text is the article's, character for character (unseen ones as in
`wording.visible`), its lines included.
"""

from __future__ import annotations

import re

from assistant.render.wording import day, label, manner, printed_as, quotes_shown, told, visible, warnings, who
from assistant.types import Answer, Quote
from index.types import Article

# What can be markup anywhere in a line, in CommonMark and in the usual extensions (tables, mathematics, strikethrough,
# attributes, mentions); a colon or full stop only where it could make a link or an emoji of what follows.
_ANYWHERE = re.compile(r"[\\`*_{}\[\]#+!|~^$=@]|:(?=\S)|(?<=www)\.", re.IGNORECASE)
_HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_LINE_START = re.compile(r"^(\d{0,9})([-.)])")
# White space that a parser would trim from a line's ends, as Python's strip() and JavaScript's trim() see it.
_EDGE = re.compile(r"^[\s\ufeff]+|[\s\ufeff]+$")

_URL = re.compile(r"https?://[\w\-.~:/?#@!$&'()*+,;=%]+", re.ASCII)


def as_markdown(answer: Answer) -> str:
    """An answer under its question as a heading."""
    blocks = [f"## {escape(label(answer.question))}", *map(escape, told(answer))]
    return "\n\n".join([*blocks, *(quote_as_markdown(quote, mark) for mark, quote in quotes_shown(answer))]) + "\n"


def quote_as_markdown(quote: Quote, mark: str = "") -> str:
    """A quote: who and how, the passage as a block quotation, the citation, where else it stands.

    :param mark: What stands before the speaker, such as "[1]"; empty for nothing.
    """
    how = "; ".join(part for part in (manner(quote), printed_as(quote)) if part)
    speaker = f"{escape(mark)} **{escape(who(quote))}** ({escape(how)})".lstrip()
    lines = [speaker, block_quotation(quote.text), f"— {_cited(quote.article)}"]
    lines += [f"Note: {escape(warning)}" for warning in warnings(quote.statement)]
    for copy in quote.copies:
        lines.append(f"{'In other words in' if copy.differs else 'Also in'}: {_cited(copy.article)}")
        if copy.differs:
            lines.append(block_quotation(copy.span.cut(copy.article.text)))
    return "\n\n".join(lines)


def block_quotation(text: str) -> str:
    """Article text as a Markdown block quotation; a line end is a hard break, an empty line parts paragraphs."""
    shown = []
    parts = re.split("(\n+)", visible(text))
    for place, part in enumerate(parts):
        if place % 2 == 0:
            shown.append(_line(part))
        elif not parts[place - 1] or not parts[place + 1]:
            shown.append("&#10;" * len(part))
        else:
            shown.append("\\\n" if part == "\n" else "\n\n" + "&#10;" * (len(part) - 2))
    return "\n".join(f"> {line}".rstrip(" ") for line in "".join(shown).split("\n"))


def escape(text: str) -> str:
    """Text of one line so that Markdown shows it as it is."""
    return _line(visible(text))


def _line(line: str) -> str:
    edges = [(hit.start(), hit.end()) for hit in _EDGE.finditer(line)]
    start = edges[0][1] if edges and edges[0][0] == 0 else 0
    end = edges[-1][0] if edges and edges[-1][0] >= start and edges[-1][1] == len(line) else len(line)
    middle = _ANYWHERE.sub(lambda hit: "\\" + hit[0], line[start:end])
    middle = _LINE_START.sub(r"\1\\\2", middle)
    middle = re.sub("[&<>]", lambda hit: _HTML[hit[0]], middle)
    return _entities(line[:start]) + middle + _entities(line[end:])


def _entities(space: str) -> str:
    return "".join(f"&#{ord(character)};" for character in space)


def _cited(article: Article) -> str:
    """Author, title in italics, publisher, date, address; unknown parts left out."""
    title = f"*{escape(label(article.title))}*" if article.title.strip() else f"article {escape(label(article.id))}"
    parts = (escape(label(article.author)), title, escape(label(article.publisher)), day(article.published))
    return ", ".join(part for part in (*parts, _address(label(article.url))) if part)


def _address(url: str) -> str:
    """A web address as a link to itself; whatever else stands there as escaped text."""
    return f"<{url}>" if _URL.fullmatch(url) else escape(url)
