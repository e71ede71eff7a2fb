"""Reading a question: what a person typed in, what it asks for out.

By rules over the question's parse: whose words are asked for ("What did X say", "according to X", "X's view"), whether
it asks who said something, for both sides, for a name or for a number, which words must stand as they are, and when.
Knows grammar and word lists. Does not know articles, speakers or storage.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from typing import TYPE_CHECKING

from assistant.query.periods import Period, period
from assistant.query.speakers_asked import (
    AskedSpeaker,
    asks_which,
    find_speakers_asked,
    is_among,
    is_main_verb,
    subjects_asked,
)
from index.attribution.people.roles import is_role_noun
from index.errors import QuestionError
from index.language.amounts import Amount, amount
from index.language.lexicon import PartOfSpeech, Trait, asking_words, having
from index.language.names import fold
from index.language.syntax import FINITE
from index.language.wordlists import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

LONGEST_QUESTION = 2_000  # characters; nobody asks more, and a parse is not free
QUOTED_PHRASE = re.compile(r"[\"“„«]([^\"“”„«»]{3,}?)[\"”»]")
NAME_OF = re.compile(
    r"^(?:what(?:'s|’s| is| was| are| were)\s+)?(?:the\s+)?(?:(?:full|real|first|last)\s+)?(?:sur)?names?\s+of\s+"
    r"(?P<who>[^?]+)"
    r"|^who(?:['’]s|\s+(?:is|was|were|are))\s+(?P<whom>(?:the|that|this|those|an?)\s+[^?]+)",
    re.IGNORECASE,
)
WHOM = re.compile(r"^(?:who|whose|which)\b", re.IGNORECASE)
NOW = frozenset({"VBP", "VBZ"})
CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was understood.

    `said_by` are those whose words are asked for ("Philip Luther", "the Ohio governor"); `roles` how a speaker is
    described in it, those included ("which senator"); `by_whom` whether it asks who said something; `which` what kind
    of person that is ("senator"); `name_of` the one whose name it asks for; `sides` whether it asks for a reaction, a
    dispute or what different people say; `amount` what kind of number it asks for, `counts` of what ("farmers");
    `names` the other names in it;
    `matter` the words that tell what it is about, without those who are asked, their saying it, and when; `phrases`
    words that were put in quotation marks; `period` when what is asked for was published.
    """

    text: str
    said_by: tuple[AskedSpeaker, ...] = ()
    roles: tuple[str, ...] = ()
    by_whom: bool = False
    which: str = ""
    name_of: str = ""
    sides: bool = False
    amount: Amount | None = None
    counts: str = ""
    names: tuple[str, ...] = ()
    matter: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    period: Period | None = None


def check(text: str) -> str:
    """The question without the white space around it.

    :raises QuestionError: If it is empty, has no letter or digit, or is longer than `LONGEST_QUESTION` characters.
    """
    text = text.strip()
    if not any(map(str.isalnum, text)):
        raise QuestionError("the question is empty; type what you would like to know from the articles")
    if len(text) > LONGEST_QUESTION:
        raise QuestionError(f"the question has {len(text):,} characters; ask in at most {LONGEST_QUESTION:,}")
    return text


def understand(doc: Doc, today: dt.date | None) -> Question:
    """Read a parsed question.

    :param doc: The parse of a question.
    :param today: The day that "last week" counts from; None where no article has a date.
    """
    text = doc.text
    named = NAME_OF.search(text)
    number, whose = amount(text), find_speakers_asked(doc)
    asked = {word for mention in whose for word in mention.text.split()}
    when = period(text, today) if today else None
    when = when if when and _bounds_saying(doc, when, whose) else None
    kinds = tuple(_kinds(doc))
    return Question(
        text=text,
        said_by=whose,
        roles=(*(mention.text for mention in whose), *kinds),
        by_whom=not number
        and (WHOM.match(text) is not None or any(asks_which(subject) for subject, _ in subjects_asked(doc))),
        which=next((kind for kind in map(_before_of, kinds) if is_role_noun(fold(kind.split()[-1]))), ""),
        name_of=(named["who"] or named["whom"]).strip() if named else "",
        sides=bool(_everybody().search(text)) or any(_asks_reaction(word) for word in doc),
        amount=number,
        counts=_counted(doc) if number is Amount.COUNT else "",
        names=tuple(dict.fromkeys(t.text for t in doc if t.pos_ == "PROPN" and t.text not in asked)),
        matter=tuple(_matter(doc, asked.union(when.words.split() if when else ()))),
        phrases=tuple(match[1].strip() for match in QUOTED_PHRASE.finditer(text) if len(match[1].split()) > 1),
        period=when,
    )


@cache
def _everybody() -> re.Pattern[str]:
    """Asks for what different people say: "What do people think of it", "who says what"."""
    return re.compile(
        r"\bwhat (?:do|does|did|have|has) (?:people|everyone|everybody|others|the articles) "
        rf"(?:{'|'.join(sorted(asking_words() | {'said'}))})\b"
        r"|\beach say\b|\bwho says what\b|\bboth sides\b|\bsay back\b|\bwho (?:dis)?agrees\b",
        re.IGNORECASE,
    )


def _bounds_saying(doc: Doc, when: Period, whose: Sequence[AskedSpeaker]) -> bool:
    """Whether it is the saying that days bound, and not something that is told of.

    "What did she say in October" is bound; "what would she do in November", "how much did she get in October", "what
    did she say of those in October" and "what does she think of it today" not.
    """
    start = doc.text.index(when.words)
    words = doc.char_span(start, start + len(when.words), alignment_mode="expand")
    token = words.root if words is not None else doc[0]
    while token.pos_ not in {"VERB", "AUX"} and token.head != token:
        token = token.head
        if token.lower_ in {"those", "that", "ones"}:
            return False
    if when.words.lower() == "today" and any(word.tag_ in NOW for word in (token, *token.children)):
        return False
    return token in [verb for _, verb in subjects_asked(doc)] or (token.head == token and bool(whose))


def _matter(doc: Doc, but: set[str]) -> Iterator[str]:
    """The words with content of their own, but for some, and for those that only ask what was said or thought."""
    asks_only = {
        "VERB": asking_words() | having(Trait.REPLIES),
        "NOUN": asking_words(PartOfSpeech.NOUN),
        "PROPN": words("dates.txt"),
    }
    for token in doc:
        plain = token.text in but or token.lower_ in words("function_words.txt")
        asks = is_among(token, asks_only.get(token.pos_, frozenset()))
        if token.pos_ in CONTENT and not plain and not asks:
            yield token.text


def _counted(doc: Doc) -> str:
    """What "how many" asks the number of; nothing where that is anybody: "how many people", "how many of those"."""
    for many in doc[1:]:
        if many.lower_ == "many" and doc[many.i - 1].lower_ == "how":
            behind = doc[many.i + 1 : many.i + 6]
            nouns = (token for token in (many.head, *behind) if token.pos_ in {"NOUN", "PROPN"})
            first = next(nouns, None) if behind and behind[0].lower_ not in {"of", "on", "in"} else None
            run = takewhile(lambda token: token.pos_ in {"NOUN", "PROPN"}, doc[first.i + 1 :]) if first else ()
            noun = [first, *run][-1].lower_ if first else ""  # "how many water rights"
            return "" if noun in words("anybody.txt") else noun
    return ""


def _kinds(doc: Doc) -> Iterator[str]:
    """What "which" asks a person's name for: "which retired general"."""
    for token in doc[:3]:
        if token.lower_ == "which":
            rest = doc[token.i + 1 :]
            end = next((t.i for t in rest if t.tag_ in FINITE and doc[t.i - 1].pos_ in {"NOUN", "PROPN"}), 0)
            if end > token.i + 1:
                yield doc[token.i + 1 : end].text


def _before_of(kind: str) -> str:
    """The words that call somebody, without what he or she is of: "member" of the council."""
    return re.split(r" (?:of|on|in|at|from|for) ", kind)[0]


def _asks_reaction(word: Token) -> bool:
    """Whether a main verb of the question, or the noun it asks for, is one of answering or disputing."""
    if not is_among(word, having(Trait.REPLIES)):
        return False
    return (word.pos_ == "VERB" and is_main_verb(word)) or (word.pos_ == "NOUN" and word.head.dep_ == "ROOT")
