"""What the page says before anyone asks: example questions that the articles can answer, or how to add articles."""

from __future__ import annotations

import calendar
import re
from typing import TYPE_CHECKING

from assistant.render.wording import label
from assistant.web.catalogue import said, speakers
from assistant.web.markup import button, element, plural
from index.types import Manner, Statement

if TYPE_CHECKING:
    from assistant import Assistant
    from index.library import Library
    from index.types import KnownSpeaker

EXAMPLES = 4
_LOOKED_AT = 12  # speakers considered for an example question, the most quoted first, and statements of each
_NAME = re.compile(r"(?<=[a-z,] )(?:[A-Z][\w’'-]+)(?: [A-Z][\w’'-]+)*")
# A thing that is spoken of: "the" and one word, before what seldom follows an adjective.
_THING = re.compile(
    r"\bthe [a-z]{4,}(?=[,.;:?!”’\"]| (?:is|was|were|are|has|have|had|will|would|on|in|of|at|to|and|that)\b)"
)
_LONGEST = 60  # characters of a topic


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
    "<p>Add some, and ask what was said in them, and by whom. Text, Markdown, HTML and JSON-lines files will do, "
    "and so will pasted text or the address of a page.</p>"
    "<p>On the command line: <code>ontherecord add FOLDER</code></p>"
)


def examples(library: Library) -> list[str]:
    """Questions about people who are quoted, each with something that they speak of."""
    asked = (_example(library, speaker) for speaker in speakers(library)[:_LOOKED_AT])
    questions = list(dict.fromkeys(question for question in asked if question))
    pointed = [question for question in questions if " about " in question]
    return (pointed + [question for question in questions if question not in pointed])[:EXAMPLES]


def _example(library: Library, speaker: KnownSpeaker) -> str:
    name = label(speaker.name)
    for article, one in said(library, speaker.key, _LOOKED_AT):
        topic = _topic(article.text, one, name) if one.manner is not Manner.INDIRECT else ""
        if topic:
            return f"What did {name} say about {topic}?"
    return f"What did {name} say?"


def _topic(text: str, statement: Statement, name: str) -> str:
    """A thing that is spoken of ("the piers"), else a name, whichever the article has most often; "" for none."""
    own = {*name.split(), *calendar.month_name, *calendar.day_name}
    words = [label(piece.cut(text)) for piece in statement.content]
    things = [hit[0] for one in words for hit in _THING.finditer(one)]
    names = [hit[0] for one in words for hit in _NAME.finditer(one) if not own & set(hit[0].split())]
    fitting = [one for one in things or names if 2 < len(one) <= _LONGEST]
    return max(fitting, key=lambda one: text.count(one.removeprefix("the ")), default="")
