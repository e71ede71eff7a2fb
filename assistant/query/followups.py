"""Follow-ups: a question and the turns before it in, a question that stands alone out, by rules.

Three kinds are understood. A pronoun that nobody in the question explains is the one last asked about whom it fits
("And what did she say about Libya?"). "What about X?" asks the last question again: of X, if X is somebody who is
quoted, else about X. "About it" and "about that" are what the last question was about. Anything else stands as typed.
Knows grammar and names. Does not know articles.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from assistant.query.question import understand
from assistant.types import Answer
from index.language.names import gender

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

LEAD = re.compile(r"^(?:and|but|so|ok(?:ay)?|also|then)\b[\s,]+", re.IGNORECASE)
AGAIN = re.compile(r"^(?:(?:what|how)\s+about|and)\s+(?P<what>[^?]+?)(?P<then>\s+(?:then|too))?\s*\?*$", re.IGNORECASE)
ABOUT = re.compile(r"\b(?P<how>about|on|of|regarding|over)\s+(?P<what>[^?]+?)\s*\?*$", re.IGNORECASE)
THAT = re.compile(r"\b(?P<how>about|on|to|of|with)\s+(?:it|that|this|them)(?P<end>\s*[?.!]*)$", re.IGNORECASE)
SEX = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
MANY = frozenset({"they", "them", "their", "theirs", "themselves"})


def standalone(
    question: str, turns: Sequence[Answer], parse: Callable[[str], Doc], quoted: Callable[[str], bool]
) -> str:
    """The question as it would be asked if nothing had been asked before.

    :param question: What was typed.
    :param turns: The answers before, oldest first.
    :param parse: Parses a question.
    :param quoted: Whether a name is one of somebody who is quoted in the library.
    :return: The question itself where it stands alone, or where nothing before explains it.
    """
    if not turns:
        return question
    last = turns[-1].standalone_question
    again = AGAIN.match(question.strip())
    if again and not any(token.tag_.startswith(("VB", "MD")) for token in parse(again["what"])):
        what = _named(again["what"], turns, parse)
        return _asked_of(what, last, parse) if quoted(what) else _asked_about(what, last)
    bare = LEAD.sub("", question.strip())
    topic = ABOUT.search(last)
    if topic and (match := THAT.search(bare)):
        bare = f"{bare[: match.start()]}{match['how']} {topic['what']}{match['end']}"
    told = _named(bare, turns, parse)
    return question if told == question.strip() else told[:1].upper() + told[1:]


def _asked_of(who: str, last: str, parse: Callable[[str], Doc]) -> str:
    """The last question with somebody else's words asked for."""
    said_by = understand(parse(last), None).said_by
    if said_by:
        return last.replace(said_by[0].text, who, 1)
    topic = ABOUT.search(last)
    return f"What did {who} say {topic['how']} {topic['what']}?" if topic else f"What did {who} say?"


def _asked_about(what: str, last: str) -> str:
    """The last question about something else."""
    what = re.sub(r"^(?:about|on|regarding)\s+", "", what, flags=re.IGNORECASE)
    topic = ABOUT.search(last)
    return f"{last[: topic.start('what')]}{what}?" if topic else f"{last.rstrip(' ?')} about {what}?"


def _named(text: str, turns: Sequence[Answer], parse: Callable[[str], Doc]) -> str:
    """The text with its unexplained pronouns replaced by whom they stand for."""
    doc = parse(text)
    out = []
    for token in doc:
        name = _stands_for(token, doc, turns, parse)
        if not name:
            out.append(token.text_with_ws)
            continue
        ending = ("'" if name.endswith("s") else "'s") if token.tag_ == "PRP$" else ""
        out.append(name + ending + token.whitespace_)
    return "".join(out)


def _stands_for(token: Token, doc: Doc, turns: Sequence[Answer], parse: Callable[[str], Doc]) -> str:
    """Whom a pronoun stands for that nobody before it in the question explains; empty where there is no telling."""
    word = token.lower_
    if word not in SEX and word not in MANY:
        return ""
    if any(before.pos_ == "PROPN" and before.dep_ in {"nsubj", "pobj", "dobj", "ROOT"} for before in doc[: token.i]):
        return ""
    for name in _people(turns, parse):
        sex = gender(name.split()[0]) if len(name.split()) > 1 else ""
        if word in MANY or not sex or sex == SEX[word]:
            return name
    return ""


def _people(turns: Sequence[Answer], parse: Callable[[str], Doc]) -> Iterator[str]:
    """Those asked about and those quoted, the latest first; a name that was typed is given as the articles have it."""
    for turn in reversed(turns):
        quoted = [quote.speaker.name for quote in turn.quotes if quote.speaker and quote.speaker.key]
        for name, _ in understand(parse(turn.standalone_question), None).said_by:
            yield next((full for full in quoted if name.split()[-1] in full.split()), name)
        yield from dict.fromkeys(quoted)
