"""Words that every rendering shares: who speaks, how, where it was printed; and characters that must be made visible.

Takes quotes and articles, gives short plain strings. Knows no output format.
"""

from __future__ import annotations

import datetime as dt
import re

from assistant.types import Answer, Quote
from index.attribution.linking.certainty import CERTAIN, LIKELY
from index.types import Article, Flag, Resolution, Speaker, Statement

# Characters that a reader cannot see and that can make a terminal or page show something else than is there: controls
# (but tab, line feed, and a carriage return before one), what reverses the reading direction (Unicode TR 36, 2.10), tag
# characters (invisible text), and surrogates, which cannot be encoded. "\u{" is escaped so that it can be undone.
_UNSEEN_CHARACTERS = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\U000e0000-\U000e007f]"
    r"|\r(?!\n)|\\(?=u\{)"
)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]{1,6})\}")
_MANNERS = {
    "direct": "direct speech",
    "indirect": "indirect speech",
    "mixed": "partly quoted",
    "narration": "the reporter's own words",
}
_SIGNED = "in a signed piece"
_FLAGS = {
    Flag.UNCLOSED: "The article opens this quotation and never closes it; where it ends is our reading.",
    Flag.UNOPENED: "The article closes this quotation and never opens it; where it begins is our reading.",
    Flag.NOT_SAID: "The article does not tell that this was said: it is denied, supposed, or from a forged paper.",
}


def visible(text: str) -> str:
    r"""The text with unseen and unsafe characters as `\u{202e}`; every other character stands as it is."""
    return "".join(visible_characters(text))


def visible_characters(text: str) -> list[str]:
    """What `visible` shows for each character of the text, in order."""
    shown = list(text)
    for hit in _UNSEEN_CHARACTERS.finditer(text):
        shown[hit.start()] = f"\\u{{{ord(hit[0]):x}}}"
    return shown


def reveal(shown: str) -> str:
    """Undo `visible`: for every text, `reveal(visible(text)) == text`."""
    return _ESCAPED.sub(lambda hit: chr(int(hit[1], 16)), shown)


def label(text: str) -> str:
    """A title, name or address on one line."""
    return " ".join(visible(text).split())


def person(speaker: Speaker) -> str:
    """Name and role: "Philip Luther, Amnesty's director of its Middle East and North Africa program"."""
    return ", ".join(label(part) for part in (speaker.name, speaker.description) if part.strip())


def who(quote: Quote) -> str:
    """Who says it, as far as the article tells; for the reporter's own prose, the publication."""
    if quote.statement is None:
        return label(quote.article.publisher) or "the article itself"
    return said_by(quote.statement, quote.article)


def said_by(statement: Statement, article: Article) -> str:
    """The speaker of a statement, or how the article puts it: `not named: “he”`, or `not named` where nobody is."""
    speaker = statement.speaker
    if speaker is not None and speaker.key:
        return person(speaker)
    printed = speaker.name if speaker is not None else statement.source.cut(article.text) if statement.source else ""
    if not printed.strip():
        return "not named"
    role = f", {label(speaker.description)}" if speaker is not None and speaker.description.strip() else ""
    return f"not named: “{label(printed)}”{role}"


def printed_as(quote: Quote) -> str:
    """The source as printed where it differs from the name shown: `printed as “he”`, else the empty string."""
    if quote.mention is None or quote.speaker is None or not quote.speaker.key:
        return ""
    return "" if label(quote.mention) == label(quote.speaker.name) else f"printed as “{label(quote.mention)}”"


def manner(quote: Quote) -> str:
    """The manner of speech in words: "direct speech", "indirect speech", "partly quoted", "in a signed piece".

    What the article denies is no speech: "told as not said".
    """
    if quote.statement is not None and quote.statement.denied:
        return "told as not said"
    return _SIGNED if quote.resolution == Resolution.SIGNED else _MANNERS[quote.manner]


def warnings(said: Statement | None) -> tuple[str, ...]:
    """What a careful reader should know before printing what somebody says, a sentence each."""
    if said is None:
        return ()
    doubt = doubts(said)
    return (*(_FLAGS[flag] for flag in said.flags), *([doubt] if doubt else []))


def sureness(said: Statement) -> str:
    """How sure the speaker of a statement is, in a word: "certain", "likely" or "not certain"; empty for nobody's."""
    if said.speaker is None or not said.speaker.key:
        return ""
    return "certain" if said.certainty >= CERTAIN else "likely" if said.certainty >= LIKELY else "not certain"


def doubts(said: Statement) -> str:
    """Who else may have said a statement, as a sentence; empty where that is likely enough, or nobody is known."""
    names = [label(one.name) for one in said.candidates]
    if len(names) < 2 or sureness(said) in {"certain", "likely"}:
        return ""
    among = f"{', '.join(names[:-1])} or {names[-1]}"
    return f"Who says this is not certain: {among}."


def day(date: dt.date | None) -> str:
    """A date as a citation prints it, "3 May 2024"; empty for none."""
    return f"{date.day} {date:%B} {date.year}" if date else ""


def reference(article: Article) -> str:
    """The article as one line of a reference list: author, title, publisher, date, address; unknown parts left out.

    An article without a title is called by its id.
    """
    title = f"“{label(article.title)}”" if article.title.strip() else f"article {label(article.id)}"
    parts = (label(article.author), title, label(article.publisher), day(article.published), label(article.url))
    return ", ".join(part for part in parts if part)


def told(answer: Answer) -> tuple[str, ...]:
    """What is said before the quotes, a line each: how the question was understood, notices, refusal or remarks."""
    lines = [f"Note: {label(notice)}" for notice in answer.notices]
    if answer.standalone_question != answer.question:
        lines.insert(0, f"Understood as: {label(answer.standalone_question)}")
    lines += [f"{label(one.text)} [{', '.join(map(str, one.numbers))}]" for one in answer.remarks]
    if answer.remarks:
        lines.append("(Written by the chat model; the numbers are the quotes it rests on.)")
    if answer.refusal is not None:
        lines.append(label(answer.refusal.detail))
        if answer.refusal.closest:
            lines.append("Not an answer, only what comes nearest in the articles:")
    return tuple(lines)


def quotes_shown(answer: Answer) -> tuple[tuple[str, Quote], ...]:
    """The quotes with their marks, "[1]" and on; those closest to a refused question have "(not an answer)"."""
    closest = answer.refusal.closest if answer.refusal else ()
    numbered = tuple((f"[{number}]", quote) for number, quote in enumerate(answer.quotes, 1))
    return numbered + tuple(("(not an answer)", quote) for quote in closest)


def citation(quote: Quote) -> str:
    """A line that a person can print under the quote: who said it, then the reference to the article."""
    return f"{who(quote)} ({manner(quote)}), in {reference(quote.article)}"
