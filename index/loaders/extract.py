"""Extraction, in a process of its own: pages in on standard input, what is on them out on standard output.

One page a line in, one answer a line out, both JSON. Only home of trafilatura. Knows nothing of files or articles.
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
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # the tree may not hold these; "&#7;"
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

    Only these are looked at: given the whole page, the search for a date settles for any number in the text that could
    be one, down to a copyright line's.
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
    """Make each run of spaces and line ends one space, as a browser does: a line that is wrapped in HTML goes on."""
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
        except Exception as error:  # whatever a hostile page brings about in the libraries is that page's failure
            answer = {"failed": type(error).__name__}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
