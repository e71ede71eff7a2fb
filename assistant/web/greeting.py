"""What the page says before anyone asks: example questions that the articles can answer, or how to add articles."""

from __future__ import annotations

import calendar
import re
from collections import Counter
from collections.abc import Collection
from typing import TYPE_CHECKING

from assistant.render.wording import label
from assistant.web.catalogue import said, speakers
from assistant.web.markup import button, element, plural
from index.loaders import registry
from index.types import Manner

if TYPE_CHECKING:
    from assistant import Assistant
    from index.storage.library import Library
    from index.types import KnownSpeaker

EXAMPLES = 4
_LOOKED_AT = 12  # speakers considered for an example question, the most quoted first, and statements of each
_TOPIC_NAME = re.compile(r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)+|(?<=[a-z,] )[A-Z][\w’'-]+")
# A thing that is spoken of: "the" and one word that is no superlative, before what seldom follows an adjective.
_THING = re.compile(
    r"\bthe (?!\w+est\b)[a-z]{3,}"
    r"(?=[,.;:?!”’\"]| (?:is|was|were|are|has|have|had|will|would|on|in|of|at|to|and|that)\b)"
)
_LONGEST_TOPIC = 60  # characters of a topic


def greeting(assistant: Assistant) -> str:
    """The empty chat as HTML."""
    count = assistant.store.library.counts()
    if not count.articles:
        return element(
            "div", _EMPTY + button("Add articles", "tab", look="main", tab="articles"), class_="otr-greeting"
        )
    head = element("h2", "Ask the articles")
    sums = f"{plural(count.articles, 'article')}, {plural(count.statements, 'statement')} by those quoted in them."
    lead = element("p", f"{sums} An answer is what somebody said, word for word as printed, and who.")
    asked = assistant.store.library.derived(examples)
    tries = "".join(element("li", button(words, "example", look="example", question=words)) for words in asked)
    offered = element("ul", tries, class_="otr-examples", aria_label="Example questions") if tries else ""
    return element("div", head + lead + offered, class_="otr-greeting")


_EMPTY = (
    "<h2>No articles yet</h2>"
    f"<p>Add some, and ask what was said in them, and by whom. {registry.listed('and')} files will do, "
    "and so will pasted text or the address of a page.</p>"
    "<p>On the command line: <code>ontherecord add FOLDER</code></p>"
)


def examples(library: Library) -> list[str]:
    """Questions about people who are quoted, each with something that they speak of and nobody before them did."""
    pointed: list[str] = []
    plain: list[str] = []
    taken: set[str] = set()
    for speaker in speakers(library)[:_LOOKED_AT]:
        name = label(speaker.name)
        topic = _topic(library, speaker, taken)
        taken.add(topic)
        if topic:
            pointed.append(f"What did {name} say about {topic}?")
        else:
            plain.append(f"What did {name} say?")
    return [*pointed, *plain][:EXAMPLES]


def _topic(library: Library, speaker: KnownSpeaker, taken: Collection[str]) -> str:
    """What the speaker speaks of and the articles have most often: a thing ("the piers"), else a name; "" for none."""
    own = {*label(speaker.name).split(), *calendar.month_name, *calendar.day_name}
    things, names = Counter[str](), Counter[str]()
    for article, one in said(library, speaker.key, _LOOKED_AT):
        for piece in () if one.manner is Manner.INDIRECT else one.content:
            words = label(piece.cut(article.text))
            for hit in _THING.findall(words):
                things[hit] = max(things[hit], article.text.count(hit.removeprefix("the ")))
            for hit in _TOPIC_NAME.findall(words):
                if 2 < len(hit) <= _LONGEST_TOPIC and not own & set(hit.split()):
                    names[hit] = max(names[hit], article.text.count(hit))
    ordered = [one for found in (things, names) for one, _ in found.most_common() if one not in taken]
    return ordered[0] if ordered else ""
