"""Syntax: takes a verb, noun or adjective of a parse; gives its subject, owner or maker, and whole phrases.

Knows syntax alone; does not know whom "who" stands for.
"""

from __future__ import annotations

from collections.abc import Set
from typing import TYPE_CHECKING

from index.language.sentences import SENTENCE_ENDS
from index.types import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
ANY_SUBJECT = SUBJECTS | {"csubj"}  # also a clause
MODALS = frozenset(  # as the parser cuts them: "wo" is what stands before "n't" in "won't"
    {"would", "will", "could", "should", "might", "may", "must", "can", "’d", "'d", "’ll", "'ll", "wo", "ca"}
)
RELATIVE = frozenset({"WDT", "WP"})  # tags
FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})  # tags
_OPENING_MARKS = frozenset(['"', "“", "''", "``"])
_WORDS_TO_QUOTATION = 8  # words behind a verb among which its quotation begins
_FIRST_SENTENCE = 200  # tokens of a quotation among which its first sentence ends
_CLIMB = 8  # words; chains of clauses are seldom longer
_DRIFT = frozenset({"relcl", "acl", "appos", "advcl", "amod"})  # what can hold the cue inside the source's own phrase


def subject(verb: Token) -> Token | None:
    """Whoever does a verb: its own subject, or that of the clause which it continues; None if nobody is named."""
    for _ in range(_CLIMB):
        own = own_subject(verb) or _quoted(verb)
        if own is not None:
            return own
        dep, head = verb.dep_, verb.head
        if dep in {"ROOT", "csubj", "csubjpass", "nsubj", "nsubjpass"}:
            return None
        if dep == "xcomp":
            middle = [c for c in head.children if c.dep_ == "dobj" and c.i < verb.i]
            if middle:
                return middle[-1]
        if dep in {"acl", "relcl", "amod"} and not (verb.tag_ == "VB" and head.dep_ in {"dobj", "pobj", "attr"}):
            return head
        if dep == "conj" and head.dep_ == "ccomp" and verb.tag_ == head.head.tag_ and verb.tag_ != head.tag_:
            head = head.head  # "He said it would rain and added that ..."
        if dep == "advcl" and verb.tag_ == "VBN" and not any(c.dep_ == "aux" for c in verb.children):
            return None  # "Asked whether he would run, ..."
        verb = head
    return None


def _quoted(verb: Token) -> Token | None:
    """Who is quoted as doing a verb: "The Post quoted Ann Lee as saying"."""
    if verb.dep_ != "pcomp" or verb.head.lower_ != "as":
        return None
    return next((child for child in verb.head.head.children if child.dep_ == "dobj" and child.i < verb.head.i), None)


def own_subject(verb: Token) -> Token | None:
    """The subject that stands in a verb's own clause, if there is one; of two, not the relative pronoun.

    Between commas it stands behind the verb, whatever the parse says: "The wall, said Ann Lee, would hold".
    """
    behind = name_behind(verb)
    if behind is not None:
        return behind
    subjects = [child for child in verb.children if child.dep_ in SUBJECTS]
    plain = [child for child in subjects if child.tag_ not in RELATIVE]
    if not subjects:
        return _name_between(verb) or _name_right_before(verb)
    chosen = next(iter(plain or subjects))
    if len(plain) > 1 and plain[-1].i < verb.i:
        last, names = plain[-1], chosen.pos_ == plain[-1].pos_ == "PROPN"
        apart = last.right_edge.i == verb.i - 1 and verb.doc[last.left_edge.i - 1].text == ","
        run_on = last.pos_ == "PROPN" and not any(token.text == "," for token in verb.doc[chosen.i : last.i])
        if _is_office(last):  # "Ann Lee, director of Acme said"
            pass
        elif names or run_on or (apart and last.pos_ != "NUM" and last.lower_ != "others"):
            chosen = last  # "in Salem, New Hampshire, Ann Lee said", 'Lee, her brother said, "is strong"'
    return _name_before(chosen, verb) or _teller(chosen, verb) or chosen


def _is_office(noun: Token) -> bool:
    """Whether a noun with a complement but without an article is an office that a name before it holds."""
    held = any(child.dep_ == "prep" for child in noun.children)
    return held and not any(child.dep_ in {"det", "poss"} for child in noun.children)


def _name_between(verb: Token) -> Token | None:
    """The name between commas before a verb, read as an apposition in what is told: "It is in store, Ann Lee wrote"."""
    told = [child for child in verb.children if child.dep_ == "ccomp" and child.i < verb.i]
    if verb.tag_ not in {"VBD", "VBZ"} or not told or verb.doc[verb.i - 1].text != ",":
        return None
    for token in verb.doc[told[-1].i : verb.i]:
        apart = token.left_edge.i > 0 and verb.doc[token.left_edge.i - 1].text == ","
        named = token.dep_ == "appos" and token.pos_ == "PROPN" and token.head.pos_ != "PROPN"
        if named and apart and token.right_edge.i == verb.i - 2:
            return token
    return None


def _name_right_before(verb: Token) -> Token | None:
    """The name between a comma and a verb, read as another's apposition: "With Bo Lee, former mayor Ann Lee said"."""
    name = verb.doc[verb.i - 1] if verb.i else verb
    apart = name.left_edge.i > 0 and verb.doc[name.left_edge.i - 1].text == ","
    named = name.dep_ == "appos" and name.pos_ == "PROPN" and name.left_edge.i < name.i == name.right_edge.i
    return name if verb.tag_ in {"VBD", "VBZ"} and named and apart else None


def _name_before(noun: Token, verb: Token) -> Token | None:
    """The name right before a verb that is no apposition, as no comma closes it: "Or Ann Lee, aide Bo Ray says"."""
    for child in noun.children:
        named = child.dep_ == "appos" and child.pos_ == noun.pos_ == "PROPN" and not _is_office(child)
        if named and child.right_edge.i == verb.i - 1:
            return child
    return None


def _teller(noun: Token, verb: Token) -> Token | None:
    """Who tells of a subject whose own verb is quoted, read as an apposition: 'Lee, an aide said, "is strong"'.

    No comma closes it, and the quotation begins with a finite verb.
    """
    near = verb.doc[verb.i + 1 : verb.i + _WORDS_TO_QUOTATION]
    mark = next((token for token in near if token.text in _OPENING_MARKS), None)
    if mark is None or mark.i + 1 >= len(verb.doc):
        return None
    first, behind = verb.doc[mark.i + 1], verb.doc[mark.i + 1 : mark.i + 1 + _FIRST_SENTENCE]
    if first.tag_ not in FINITE or not first.is_lower:
        return None
    if next((token.text == "?" for token in behind if token.text in SENTENCE_ENDS), False):
        return None
    for child in noun.children:
        if child.dep_ == "appos" and child.right_edge.i == verb.i - 1 and verb.doc[child.left_edge.i - 1].text == ",":
            return child
    return None


def name_behind(verb: Token) -> Token | None:
    """The last word of the name, of two words at least, that stands behind a verb and is its subject: "said Ann Lee,".

    A comma stands before the verb, and no other since the noun that the parse takes for its subject: not "the engineer,
    43, said Ann Lee, the mayor, had left".
    """
    doc, at = verb.doc, verb.i + 1
    if verb.tag_ not in {"VBD", "VBZ"} or not verb.i or doc[verb.i - 1].text != ",":
        return None
    left = [child.i for child in verb.children if child.dep_ in SUBJECTS and child.i < verb.i and child.pos_ == "NOUN"]
    if not left or any(token.text == "," for token in doc[left[0] : verb.i - 1]):
        return None
    while at < len(doc) and doc[at].pos_ == "PROPN":
        at += 1
    return doc[at - 1] if at > verb.i + 2 and doc[at : at + 1].text == "," else None


def agent(verb: Token) -> Token | None:
    """Whoever a passive verb is done by."""
    for by in verb.children:
        if by.dep_ == "agent":
            for child in by.children:
                if child.dep_ == "pobj":
                    return child
    return None


def owner(noun: Token) -> Token | None:
    """Whose claim, call or belief a noun is: "his claim", "the belief of voters", "the Clinton plan"."""
    for child in noun.children:
        if child.dep_ == "poss":
            return child
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in {"by", "from", "among"}:
            for inner in child.children:
                if inner.dep_ == "pobj":
                    return inner
    for child in noun.children:
        if child.dep_ == "compound" and child.pos_ == "PROPN":
            return child
    return None


def phrase(noun: Token, cue: tuple[int, int]) -> Span | None:
    """A source as printed: the noun with all that belongs to it, cut before the cue where the cue is part of it.

    :param cue: The first and last token of the cue.
    """
    doc, first, last = noun.doc, noun.left_edge.i, noun.right_edge.i
    for child in noun.children:
        if child.dep_ in _DRIFT and child.left_edge.i <= cue[0] <= child.right_edge.i and child.i > noun.i:
            last = min(last, child.left_edge.i - 1)
    if first <= cue[0] <= last:
        first, last = (first, cue[0] - 1) if noun.i < cue[0] else (cue[1] + 1, last)
    while last > noun.i and (doc[last].is_punct or doc[last].is_space):
        last -= 1
    while first < noun.i and (doc[first].is_punct or doc[first].is_space):
        first += 1
    return Span(doc[first].idx, doc[last].idx + len(doc[last])) if first <= noun.i <= last else None


def makers(paper: Token, verbs: Set[str], clauses: Set[str], prepositions: Set[str]) -> list[Token]:
    """Who made a paper, behind it or behind a clause that tells of its making: "a poll (conducted) by the board".

    :param verbs: The participles that tell of it.
    :param clauses: How such a clause hangs on the paper.
    """
    made = [paper, *(child for child in paper.children if child.dep_ in clauses and child.lower_ in verbs)]
    by = [child for one in made for child in one.children if child.lower_ in prepositions and child.i > paper.i]
    return [noun for one in by for noun in one.children if noun.dep_ == "pobj"]
