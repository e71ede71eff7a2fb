"""Reading a question: what a person typed in, what it asks for out.

By rules over the question's parse: whose words are asked for ("What did X say", "according to X", "X's view"), whether
it asks who said something, for both sides, for a name or for a number, which words must stand as they are, and when.
Knows grammar and word lists. Does not know articles, speakers or storage.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from assistant.asking.when import Period, period
from assistant.language.amounts import Amount, amount
from assistant.language.english import listed
from index.attribution.names import fold
from index.attribution.roles import is_calling
from index.errors import QuestionError

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

LONGEST = 2_000  # characters; nobody asks more, and a parse is not free
QUOTED = re.compile(r"[\"“„«]([^\"“”„«»]{3,}?)[\"”»]")
NAME_OF = re.compile(
    r"^(?:what(?:'s|’s| is| was)\s+)?(?:the\s+)?names?\s+of\s+(?P<who>[^?]+)"
    r"|^who\s+(?:is|was|were|are)\s+(?P<whom>(?:the|that|this|those|an?)\s+[^?]+)",
    re.IGNORECASE,
)
WHOM = re.compile(r"^(?:who|whose|which)\b", re.IGNORECASE)
EVERYBODY = re.compile(
    r"\bwhat (?:do|does|did|have|has) (?:people|everyone|everybody|others|the articles) (?:say|said|think)\b"
    r"|\beach say\b|\bwho says what\b|\bboth sides\b|\bsay back\b|\bwho (?:agrees|disagrees)\b",
    re.IGNORECASE,
)
WHO = frozenset({"who", "whom", "which", "what", "whose"})
PRONOUNS = frozenset({"he", "she", "they", "it", "him", "her", "them", "his", "their", "its"})
AS_TOLD = frozenset({"in", "by", "from"})
FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})


class Mention(NamedTuple):
    """Somebody whose words are asked for, as typed; `proper` if that is a name of several words, going by its form."""

    text: str
    proper: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was understood.

    `said_by` are those whose words are asked for ("Philip Luther", "the Ohio governor"); `roles` how a speaker is
    described in it, those included ("which senator"); `by_whom` whether it asks who said something; `which` what kind
    of person that is ("senator"); `name_of` the one whose name it asks for; `sides` whether it asks for a reaction, a
    dispute or what different people say; `amount` what kind of number it asks for; `names` the other names in it;
    `matter` the words that tell what it is about, without those who are asked, their saying it, and when; `phrases`
    words that were put in quotation marks; `period` when what is asked for was published.
    """

    text: str
    said_by: tuple[Mention, ...] = ()
    roles: tuple[str, ...] = ()
    by_whom: bool = False
    which: str = ""
    name_of: str = ""
    sides: bool = False
    amount: Amount | None = None
    names: tuple[str, ...] = ()
    matter: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    period: Period | None = None


def checked(text: str) -> str:
    """The question without the white space around it.

    :raises QuestionError: If it is empty, has no letter or digit, or is longer than `LONGEST` characters.
    """
    text = text.strip()
    if not any(map(str.isalnum, text)):
        raise QuestionError("the question is empty; type what you would like to know from the articles")
    if len(text) > LONGEST:
        raise QuestionError(f"the question has {len(text):,} characters; ask in at most {LONGEST:,}")
    return text


def understand(doc: Doc, today: dt.date | None) -> Question:
    """Read a parsed question.

    :param doc: The parse of a question.
    :param today: The day that "last week" counts from; None where no article has a date.
    """
    text = doc.text
    named = NAME_OF.search(text)
    asking = list(_asking(doc))
    number = amount(text)
    said_by = tuple(dict.fromkeys(_mention(one) for one in _said_by(doc, asking) if _is_somebody(one)))
    asked = {word for mention in said_by for word in mention.text.split()}
    when = period(text, today) if today else None
    kinds = tuple(_kinds(doc))
    return Question(
        text=text,
        said_by=said_by,
        roles=(*(mention.text for mention in said_by), *kinds),
        by_whom=not number and (WHOM.match(text) is not None or any(_which(subject) for subject, _ in asking)),
        which=next((kind for kind in kinds if is_calling(fold(kind.split()[-1]))), ""),
        name_of=(named["who"] or named["whom"]).strip() if named else "",
        sides=bool(EVERYBODY.search(text)) or any(_asks_reaction(word) for word in doc),
        amount=number,
        names=tuple(dict.fromkeys(t.text for t in doc if t.pos_ == "PROPN" and t.text not in asked)),
        matter=tuple(_matter(doc, asked.union(when.words.split() if when else ()))),
        phrases=tuple(match[1].strip() for match in QUOTED.finditer(text) if len(match[1].split()) > 1),
        period=when,
    )


def _matter(doc: Doc, but: set[str]) -> Iterator[str]:
    """The words with content of their own, but for some, and for those that only ask what was said or thought."""
    asking = {
        "VERB": ("asking.txt", "reacting.txt"),
        "NOUN": ("opinions.txt",),
        "PROPN": ("dates.txt",),
    }
    for token in doc:
        plain = token.text in but or token.lower_ in listed("function_words.txt")
        asks = any(_is_listed(token, name) for name in asking.get(token.pos_, ()))
        if token.pos_ in CONTENT and not plain and not asks:
            yield token.text


def _asking(doc: Doc) -> Iterator[tuple[Token, Token]]:
    """The subjects whose words are asked for, each with the verb of saying or thinking it has in the question."""
    for token in doc:
        verb = token.head
        if token.dep_ in SUBJECTS and _is_listed(verb, "asking.txt") and _leads(verb):
            yield token, verb


def _is_listed(word: Token, name: str) -> bool:
    """Whether a list has a word's lemma, or it together with "back" behind it: "hit back"."""
    lemma, known = word.lemma_.lower(), listed(name)
    return lemma in known or (f"{lemma} back" in known and any(child.lower_ == "back" for child in word.rights))


def _leads(verb: Token) -> bool:
    """Whether a verb is a main verb of the question, or one that the main verb shares its subject with."""
    while verb.dep_ == "conj":
        verb = verb.head
    return verb.dep_ == "ROOT" or (verb.dep_ in {"relcl", "ccomp", "parataxis"} and _inverted(verb))


def _inverted(verb: Token) -> bool:
    """Whether the clause has the word order of a question: what did he say."""
    helpers = [child.i for child in verb.children if child.dep_ == "aux"]
    subjects = [child.i for child in verb.children if child.dep_ in SUBJECTS]
    return bool(helpers and subjects) and min(helpers) < min(subjects)


def _which(subject: Token) -> bool:
    """Whether a subject asks for somebody of a kind: which senator, what official."""
    first = subject.left_edge.i
    if first and subject.doc[first - 1].lower_ == "which":  # read as an object of the verb: "Which Republicans went"
        return True
    return any(child.lower_ in WHO and child.dep_ in {"det", "nmod", "poss"} for child in subject.lefts)


def _kinds(doc: Doc) -> Iterator[str]:
    """What "which" asks a person's name for: "which retired general"."""
    for token in doc[:3]:
        if token.lower_ == "which":
            rest = doc[token.i + 1 :]
            end = next((t.i for t in rest if t.tag_ in FINITE and doc[t.i - 1].pos_ in {"NOUN", "PROPN"}), 0)
            if end > token.i + 1:
                yield doc[token.i + 1 : end].text


def _asks_reaction(word: Token) -> bool:
    """Whether a main verb of the question, or the noun it asks for, is one of answering or disputing."""
    if not _is_listed(word, "reacting.txt"):
        return False
    return (word.pos_ == "VERB" and _leads(word)) or (word.pos_ == "NOUN" and word.head.dep_ == "ROOT")


def _said_by(doc: Doc, asking: list[tuple[Token, Token]]) -> Iterator[Span]:
    """Those whose words are asked for; where it is as somebody tells it, nobody else."""
    if tellers := [phrase for token in doc for phrase in _as_told(token)]:
        yield from tellers
        return
    for subject, verb in asking:
        if _unable(verb):
            continue
        if subject.lower_ in PRONOUNS:
            yield from _topic_before(doc, subject)
        elif subject.lower_ not in WHO and not _which(subject):
            yield from _each(subject)
    for token in doc:
        if token.lower_ == "to" and token.i and doc[token.i - 1].lower_ == "according":
            yield from (name for child in token.children if child.dep_ == "pobj" for name in _each(child))
        elif _is_listed(token, "opinions.txt") and token.pos_ == "NOUN" and _asked_for(token):
            yield from (_phrase(child) for child in token.children if child.dep_ == "poss")


def _as_told(noun: Token) -> Iterator[Span]:
    """As whom a question wants it told: "in Lee's telling", "by Lee's account"."""
    before = noun.head
    if not _is_listed(noun, "opinions.txt") or noun.dep_ != "pobj" or before.lower_ not in AS_TOLD:
        return
    if before.dep_ == "ROOT" or before.head.dep_ == "ROOT":
        yield from (_phrase(one) for one in noun.children if one.dep_ == "poss" and one.lower_ not in PRONOUNS)


def _unable(verb: Token) -> bool:
    """Whether a verb tells that somebody could or would not say it: "Why couldn't he tell", not "doesn't think"."""
    helpers = {"MD" if child.tag_ == "MD" else child.dep_ for child in verb.children}
    return {"MD", "neg"} <= helpers


def _asked_for(noun: Token) -> bool:
    """Whether a noun is what the question asks for: "What is X's view", "X's reaction to", not "of X's view"."""
    return noun.dep_ in {"nsubj", "attr", "ROOT"} and (noun.dep_ == "ROOT" or noun.head.dep_ == "ROOT")


def _is_somebody(phrase: Span) -> bool:
    """Whether a phrase can be a speaker's: not "how many votes", not "which engineer"."""
    return phrase[0].lower_ not in WHO and not amount(phrase.text)


def _each(noun: Token) -> Iterator[Span]:
    """The phrases that "and" joins, one by one, without pronouns."""
    for one in (noun, *noun.conjuncts):
        if one.lower_ not in PRONOUNS:
            yield _phrase(one)


def _phrase(noun: Token) -> Span:
    """A noun with what belongs to it, without what "and" joins to it and without clauses.

    A name goes on over the capitalised words beside it, whatever the parse makes of them: "Theresa May".
    """
    apart = {"cc", "conj", "relcl", "punct", "acl", "case", "preconj", "appos", "aux"}
    kept = [noun]
    for child in noun.children:
        if child.dep_ not in apart:
            kept.extend(child.subtree)
    doc, places = noun.doc, [token.i for token in kept if token.pos_ != "PUNCT" or token.text in {"-", "."}]
    first, last = min(places), max(places)
    while noun.pos_ == "PROPN" and last + 1 < len(doc) and doc[last + 1].text.istitle() and not doc[last + 1].is_stop:
        last += 1
    if noun.pos_ == "PROPN" and last + 1 < len(doc) and doc[last + 1].text in {"May", "Will", "Might"}:
        last += 1
    return doc[first : last + 1]


def _mention(phrase: Span) -> Mention:
    """A phrase as it was typed, and whether it is a name by its form: several words, the last two singular names."""
    ending = [token for token in phrase if token.lower_ not in {"himself", "herself", "itself", "themselves"}][-2:]
    careless = phrase.doc.text.islower()  # typed without capitals, so that the parse sees few names
    proper = len(ending) == 2 and all(
        token.tag_ == "NNP"
        or token.text in {"May", "Will"}
        or (token is ending[0] and token.text.istitle() and token.tag_ not in {"NN", "NNS", "NNPS"})  # "Xavier Hall"
        or (careless and token.is_alpha and not token.is_stop)
        for token in ending
    )
    return Mention(phrase.text.strip(" ,;:"), proper)


def _topic_before(doc: Doc, pronoun: Token) -> Iterator[Span]:
    """Whom "he" stands for where the question names him first: "Bill Clinton in Flint: who does he think ..."."""
    before = [t for t in doc[: pronoun.i] if t.pos_ == "PROPN" and t.dep_ not in {"compound", "pobj"}]
    if before and not _which(before[0]):
        yield _phrase(before[0])
