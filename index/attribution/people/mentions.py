"""Takes the layout of an article; gives its mentions: every name, with its grammatical role and what it may name.

May not know which mentions belong to one person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from index.attribution.layout import Layout
from index.attribution.people.name_runs import PEERS, NameRun, TextWord, name_runs
from index.language.lexicon import Quoting, quoting
from index.language.names import fold, is_given, person_words
from index.language.syntax import ANY_SUBJECT
from index.language.wordlists import sections, words
from index.types import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

GENDERS = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
QUOTES = frozenset({'"', "“", "”", "''", "``", "«", "»"})

_COMPASS = frozenset("north south east west northern southern eastern western central".split())


class Kind(StrEnum):
    """What a name is the name of."""

    PERSON = "person"
    BODY = "body"
    PLACE = "place"
    OTHER = "other"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the article.

    :param words: Its folded words, without titles and suffix.
    :param role: Its head's relation in the sentence, "nsubj" also for what stands in apposition to a subject.
    :param gender: What title and nouns beside it say of the person, "m", "f" or nothing.
    """

    run: NameRun
    words: tuple[str, ...]
    suffix: str
    kind: Kind
    gender: str
    token: int
    role: str
    sentence: int
    paragraph: int
    quotation: int
    heading: bool
    doubtful: bool
    speaks: bool
    followed: str

    @property
    def span(self) -> Span:
        """The name, without titles."""
        return Span(self.run.start, self.run.end)


def mentions(layout: Layout) -> Iterator[Mention]:
    """All the names of an article, in order."""
    if not len(layout.doc):
        return
    for run in name_runs(layout.text):
        run = _without_opener(layout, run)
        token = layout.token(_last_word(run).start)
        plain, ending = person_words([w.text for w in run.words])
        beside = _noun_before(layout, run)
        role_nouns = [*run.title, beside]
        kind = _kind(layout, run, plain, beside)
        yield Mention(
            run,
            tuple(plain),
            ending,
            kind,
            next((s for w in reversed(role_nouns) if (s := noun_gender(w))), ""),
            token.i,
            role(token),
            layout.sentence(token),
            layout.paragraph(run.start),
            layout.quotation(run.start),
            layout.heading(run.start),
            _doubtful(layout, run, kind),
            token.dep_ in ANY_SUBJECT and token.head.lemma_ in quoting(Quoting.SPEECH),
            _followed(token),
        )


def _last_word(run: NameRun) -> TextWord:
    """The word of a name on which its sentence turns: its last one, of "Lord Lee of Salem" the one before the place."""
    peer = len(run.words) == 3 and run.title and run.title[-1] in PEERS and run.words[1].text == "of"
    return run.words[0] if peer else run.words[-1]


def _without_opener(layout: Layout, run: NameRun) -> NameRun:
    """A run without a first word that only begins the sentence: "Interestingly Lee", "Say Mexico"."""
    first = layout.token(run.words[0].start)
    opens = first.is_sent_start and first.idx == run.start and (first.pos_ in {"ADV", "VERB"} or first.dep_ == "advmod")
    if len(run.words) == 1 or run.title or not opens or is_given(fold(first.text)):
        return run
    return replace(run, words=run.words[1:], title_start=run.words[1].start)


def _doubtful(layout: Layout, run: NameRun, kind: Kind) -> bool:
    """Whether a word may have its capital only from beginning a sentence."""
    token = layout.token(run.start)
    if kind not in {Kind.UNKNOWN, Kind.BODY} or len(run.words) > 1 or not token.is_sent_start:
        return False
    if run.words[0].text.isupper() and len(run.words[0].text) > 1:
        return False
    return token.pos_ != "PROPN" or token.lower_ in layout.plain_words


def _followed(token: Token) -> str:
    """The gender of the "he" or "she" that follows a name in its sentence, before another name."""
    for after in token.doc[token.i + 1 : token.i + 15]:
        if after.is_sent_start or after.pos_ == "PROPN" or after.text in QUOTES:
            break
        if after.lower_ in GENDERS:
            return GENDERS[after.lower_]
    return ""


def role(token: Token) -> str:
    """A token's relation to its verb, seen through conjunction and apposition."""
    for _ in range(4):
        if token.dep_ not in {"conj", "appos", "compound", "flat"} or token.head.i == token.i:
            break
        if token.dep_ == "compound" and token.head.pos_ != "PROPN":
            break
        token = token.head
    return str(token.dep_)


def noun_gender(word: str) -> str:
    """What a noun or title says of the person it stands for."""
    for name in ("titles.txt", "persons.txt"):
        for gender in ("m", "f"):
            if word in sections(name)[gender]:
                return gender
    return ""


def _noun_before(layout: Layout, run: NameRun) -> str:
    """The noun for a person right before a name ("spokesman Bo Chen", "his wife, Jane Doe"), folded; or nothing."""
    before = re.search(r"([^\W\d_][\w-]*),? $", layout.text[max(0, run.title_start - 40) : run.title_start])
    word = fold(before.group(1)) if before else ""
    return word if word in words("persons.txt") or word in words("titles.txt") else ""


def _kind(layout: Layout, run: NameRun, plain: list[str], beside: str) -> Kind:
    """What a run may be the name of, going by its words and those beside it."""
    bodies = sections("bodies.txt")[""]
    if all(word in words("peoples.txt") | _COMPASS for word in plain) and not run.titled and set(plain) - _COMPASS:
        return Kind.OTHER
    if all(word in words("places.txt") for word in plain) and not run.titled and not beside:
        return Kind.PLACE
    before = layout.text[max(0, run.title_start - 4) : run.title_start].casefold()
    person = (run.titled or beside) and len(plain) == 2 and is_given(plain[0])  # "farmer Doug Hall"
    if (
        (plain[-1] in bodies and not person)
        or (len(plain) > 2 and plain[0] in bodies)
        or ("of" in plain[1:-1] and not (run.title and run.title[-1] in PEERS))
        or "for" in plain[1:-1]
    ):
        return Kind.OTHER if _is_office(plain) else Kind.BODY
    if len(plain) <= 4 and (run.titled or (beside and len(plain) > 1 and before != "the ")):
        return Kind.PERSON
    if before == "the ":
        return Kind.BODY
    if 1 < len(plain) <= 4 and is_given(plain[0]) and plain[-1] not in words("places.txt"):
        return Kind.PERSON
    if len(plain) == 1 and run.words[0].text.isupper() and len(plain[0]) > 1:
        return Kind.BODY
    if 1 < len(plain) <= 4 and _called_after(layout, run):
        return Kind.PERSON
    return Kind.UNKNOWN


def _is_office(plain: list[str]) -> bool:
    """Whether a name is an office's: "Secretary of the Vale Board"."""
    return plain[1:2] == ["of"] and (plain[0] in words("persons.txt") or plain[0] in words("titles.txt"))


def _called_after(layout: Layout, run: NameRun) -> bool:
    """Whether what follows a name speaks of a person: an age, "a professor", "who"."""
    after = layout.text[run.end : run.end + 90]
    if re.match(r",? who(?:se|m)? |, \d{1,3},", after):
        return True
    if not after.startswith(", "):
        return False
    clause = re.split(r"[,.;:“”\"\n—]", after[2:])[0]
    return any(fold(w) in words("persons.txt") for w in clause.split()[:7])
