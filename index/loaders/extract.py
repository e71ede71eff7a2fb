"""Extraction, in a process of its own: pages in on standard input, what is on them out on standard output.

One page a line in, one answer a line out, both JSON. Only home of trafilatura. Knows nothing of files or articles.
"""

from __future__ import annotations

import contextlib
import json
import sys

MEMORY = 2_000_000_000  # bytes of address space that one page may cost, where the system can hold a process to it


def extract(page: str, url: str) -> dict[str, str]:
    """The `text` of the article on a page, and title, author, published (ISO 8601), publisher and url where it says.

    The date is only taken from where a page states it, never guessed from numbers in its text.

    :return: Empty if there is no readable text.
    """
    import trafilatura

    found = trafilatura.bare_extraction(
        page,
        url=url or None,
        with_metadata=True,
        include_comments=False,
        as_dict=True,
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    if not isinstance(found, dict) or not found.get("text"):
        return {}
    names = {"text": "text", "title": "title", "author": "author", "date": "published", "sitename": "publisher"}
    names["url"] = "url"
    return {ours: found[theirs] for theirs, ours in names.items() if found.get(theirs)}


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
