"""Denials: takes the verb of a cue; says whether the article reports that the words were not said.

"Lee never said", "denied saying", "if Lee says", "a fake tweet has her saying", "nobody said": the words that follow
are not the speaker's, even in quotation marks. Knows syntax, the lexicon and word lists. Does not know who speaks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.language.lexicon import Trait, having
from index.language.syntax import SUBJECTS
from index.language.wordlists import sections

if TYPE_CHECKING:
    from spacy.tokens import Token

_CHAIN = frozenset({"xcomp", "pcomp", "prep", "aux", "dobj"})  # "denied ever having said"
_APART = frozenset({"ROOT", "conj", "parataxis", "relcl", "acl", "advcl"})  # what begins a clause of its own
_SUPPOSING = frozenset({"if", "unless"})


def denied(verb: Token) -> bool:
    """Whether a verb of saying is denied, supposed, or told by a forged paper."""
    lists = sections("denied.txt")
    if _negated(verb):
        return verb.lemma_ not in having(Trait.DOUBTS)  # "did not dispute that"
    if _by_nobody(verb):
        return True
    if any(child.dep_ == "mark" and child.lower_ in _SUPPOSING for child in verb.children):
        return True
    above = verb
    while above.dep_ in _CHAIN and above.head != above:
        above = above.head
        if above.lemma_ in having(Trait.DISOWNS):
            return not _negated(above)
    paper = verb
    while paper.dep_ not in _APART and (paper.dep_ != "ccomp" or paper.tag_ == "VBG"):
        paper = paper.head
    subjects = (child for child in paper.children if child.dep_ in SUBJECTS)
    return any(word.lower_ in lists["false"] for subject in subjects for word in subject.children)


def _negated(verb: Token) -> bool:
    """Whether "not" or "never" stands before a verb in its clause.

    Not "not only said", nor '"Not now," she said', nor "Didn't Lee say".
    """
    subjects = [child.i for child in verb.children if child.dep_ in SUBJECTS]
    for child in verb.children:
        if child.dep_ == "neg" and child.i < verb.i and not any(child.i < i < verb.i for i in subjects):
            beyond = verb.doc[child.i + 1].lower_ in sections("denied.txt")["beyond"]
            return not beyond and not any(token.is_punct for token in verb.doc[child.i : verb.i])
    return False


def _by_nobody(verb: Token) -> bool:
    nobody = sections("denied.txt")["nobody"]
    subjects = [child for child in verb.children if child.dep_ in SUBJECTS]
    return any(
        one.lower_ in nobody
        or any(part.lower_ == "neither" or (part.lower_ == "no" and one.pos_ == "NOUN") for part in one.children)
        for one in subjects
    )
