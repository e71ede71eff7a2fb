"""Extraction, a program of its own: takes pages on standard input, gives their texts and fields on standard output.

Each page and each answer is one line of JSON. This is the only home of trafilatura. Knows nothing of files or articles.
"""

from __future__ import annotations

import contextlib
import json
import re
import sys
from copy import deepcopy
from typing import Any

_DATED = (
    "//meta | //script[@type='application/ld+json'] | //*[@itemprop='datePublished']"
    " | (//time[@pubdate] | //article//time[@datetime] | //main//time[@datetime])[1]"
)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_NOT_XML = re.compile(
    r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)  # characters that no XML tree may hold, such as "&#7;"
MEMORY = 2_000_000_000  # bytes of address space that one page may cost, where the system can hold a process to it


def extract(page: str, url: str) -> dict[str, str]:
    """The `text` of the article on a page, and title, author, published (ISO 8601), publisher and url where it says.

    :return: Empty if there is no readable text.
    """
    import trafilatura
    from trafilatura.settings import Document

    tree = trafilatura.load_html(page)
    if tree is None:
        return {}
    published = _published(tree, url)
    _fold_space(tree)
    found = trafilatura.bare_extraction(tree, url=url or None, with_metadata=True, include_comments=False)
    if not isinstance(found, Document) or not found.text:
        return {}
    given = {"title": found.title, "author": found.author, "publisher": found.sitename, "url": found.url}
    given |= {"text": found.text, "published": published}
    return {name: words for name, words in given.items() if words}


def _published(tree: Any, url: str) -> str | None:  # noqa: ANN401  # lxml has no types
    """The date that the page states in its metadata or in its URL.

    The search is given nothing else: in a whole page it takes any number that could be a date, even a copyright line's.
    """
    from htmldate import find_date

    stated = tree.makeelement("html")
    stated.extend(deepcopy(one) for one in tree.xpath(_DATED))
    found: str | None = find_date(
        stated,
        url=url or None,
        original_date=True,
        extensive_search=False,
        min_date="1400-01-01",
        deferred_url_extractor=True,
    )
    return found


def _fold_space(tree: Any) -> None:  # noqa: ANN401  # lxml has no types
    """Replace each run of spaces and line ends by one space, as a browser does."""
    as_written = set(tree.xpath("//pre/descendant-or-self::* | //textarea | //script | //style"))
    for element in tree.iter():
        if element.text and element not in as_written:
            element.text = _folded(element.text)
        if element.tail and element.getparent() not in as_written:
            element.tail = _folded(element.tail)


def _folded(words: str) -> str:
    return _SPACE.sub(" ", _NOT_XML.sub("", words))


def main() -> None:
    """Answer until the input ends."""
    with contextlib.suppress(ImportError, OSError, ValueError):  # not every system has or allows it
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for line in sys.stdin:
        given = json.loads(line)
        try:
            answer: dict[str, object] = {"found": extract(given["page"], given["url"])}
        except Exception as error:  # a hostile page may raise anything in the libraries; only that page has failed
            answer = {"failed": type(error).__name__}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
