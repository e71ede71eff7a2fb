"""Frames: takes a word in its sentence; gives the frames in which it may report somebody's words or thoughts.

A frame is a word with what depends on it: "say" with a clause, "call" with an object and what it is called, "claim"
with a clause. Every candidate is offered here; likelihood.py decides which are kept. Knows syntax.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.language.lexicon import Quoting, quoting
from index.language.syntax import RELATIVE, agent, name_behind, own_subject, owner, subject

if TYPE_CHECKING:
    from spacy.tokens import Token

Kids = defaultdict[str, list["Token"]]
_COPULAS = frozenset({"be", "become", "seem", "appear", "feel", "look", "sound", "remain", "’", "'"})
_COMPLEMENTS = frozenset({"pobj", "pcomp"})
_QUOTES = frozenset({'"', "”", "’’", "''"})
_MARKERS = frozenset({"that", "to", "whether", "if"})


@dataclass(frozen=True, slots=True)
class Frame:
    """One candidate.

    `name` is the frame, `word` the lemma that the lexicon knows; `cue` its first and last token; `content` are the
    heads of what was said, each with all that depends on it, or, when `around` is set, the clause round the cue.
    """

    name: str
    word: str
    head: Token
    cue: tuple[int, int]
    source: Token | None
    content: tuple[Token, ...]
    around: bool = False


def frames(token: Token) -> Iterator[Frame]:
    """Every frame that a word heads."""
    pos = token.pos_
    if token.lower_ == "according":
        yield from _according(token)
    elif pos in {"VERB", "AUX"}:
        yield from _Verb(token).frames()
    elif pos in {"NOUN", "PROPN"}:
        yield from _noun(token)
    elif pos == "ADV" and token.dep_ == "advmod" and token.head.pos_ in {"VERB", "AUX"}:
        yield Frame("adverb", token.lower_, token, (token.i, token.i), None, (token.head,), around=True)
    elif pos == "ADJ" and token.dep_ != "acomp":
        yield from _adjective(token)
    elif pos == "ADP" and token.dep_ == "prep":
        yield from _view(token)


def children(token: Token) -> Kids:
    """A word's dependents by relation; a relative pronoun beside a subject is an object, whatever the parse says."""
    kids: Kids = defaultdict(list)
    for child in token.children:
        kids[child.dep_].append(child)
    relative = [child for child in kids["nsubj"] if child.tag_ in RELATIVE]
    if 0 < len(relative) < len(kids["nsubj"]):  # "which the mayor called a ruin"
        kids["nsubj"] = [child for child in kids["nsubj"] if child not in relative]
        kids["dobj"][:0] = relative
    return kids


def verb_cue(verb: Token, kids: Kids) -> tuple[int, int]:
    """A verb with its auxiliaries, its negation and its particle: first and last token.

    What is quoted before it is not its own: '"Probably not," Lee said'.
    """
    helpers = [c for dep in ("aux", "auxpass", "neg") for c in kids[dep]]
    first = min((c.i for c in helpers if not any(t.text in _QUOTES for t in verb.doc[c.i : verb.i])), default=verb.i)
    last = max((c.i for c in kids["prt"] if c.i == verb.i + 1), default=verb.i)
    return min(first, verb.i), last


class _Verb:
    """The frames of one verb."""

    def __init__(self, verb: Token) -> None:
        self.verb, self.kids = verb, children(verb)
        helpers = self.kids["auxpass"]
        if self.kids["ccomp"] and all(helper.lower_ in {"'s", "’s"} for helper in helpers):
            helpers = []  # "who's argued that": has
        self.passive = bool(helpers or self.kids["nsubjpass"]) or (verb.tag_ == "VBN" and verb.dep_ == "acl")
        self.source = agent(verb) if self.passive else subject(verb)
        self.first, self.last = verb_cue(verb, self.kids)
        self.word = verb.lemma_.lower()
        self.mode = "passive." if self.passive else ""

    def frame(self, name: str, content: list[Token], to: int = 0, word: str = "", around: bool = False) -> Frame:
        cue = (self.first, max(self.last, to))
        return Frame(name, word or self.word, self.verb, cue, self.source, tuple(content), around)

    def frames(self) -> Iterator[Frame]:
        if self.verb.pos_ == "AUX" or self.word in _COPULAS:
            yield from self._copula()
        yield from self._clauses()
        yield from self._objects()
        yield from self._prepositions()
        if self.passive:
            yield from self._passive_subject()

    def _copula(self) -> Iterator[Frame]:
        kids = self.kids
        for word in kids["acomp"] + kids["attr"]:
            kind = "be.adj" if word.pos_ in {"ADJ", "VERB"} else "be.noun"
            lemma, inner = word.lemma_.lower(), children(word)
            for dep in ("ccomp", "xcomp", "acl"):
                for clause in inner[dep] + [c for c in kids[dep] if c.i > word.i]:
                    yield self.frame(f"{kind}.{dep}", [clause], word.i, lemma)
            for prep, what in _pairs(inner["prep"] + [p for p in kids["prep"] if p.i == word.i + 1]):
                yield self.frame(f"{kind}.{prep.lower_}", [what], prep.i, lemma)
        yield from self._message()

    def _message(self) -> Iterator[Frame]:
        """A noun that is a clause: "his message is that", "the goal is to"."""
        kids, own = self.kids, own_subject(self.verb)
        if own is not None and own.pos_ == "NOUN":
            for dep in ("ccomp", "xcomp"):
                for clause in kids[dep]:
                    if clause.i > self.verb.i:
                        cue = (own.i, self.last)
                        yield Frame(f"noun.is.{dep}", own.lemma_.lower(), self.verb, cue, owner(own), (clause,))

    def _clauses(self) -> Iterator[Frame]:
        verb, kids = self.verb, self.kids
        after = [c for c in kids["ccomp"] if c.i > verb.i] or self._astray()
        for clause in after or kids["ccomp"]:
            # "The wall, said Lee, would hold"
            begun = [c for c in kids["nsubj"] if c.i < verb.i] if name_behind(verb) else []
            yield self.frame(self.mode + ("ccomp" if clause.i > verb.i else "before"), [*begun, clause])
        if not kids["ccomp"] and verb.dep_ == "parataxis":
            yield self.frame(self.mode + "parataxis", [verb.head], around=True)
        for clause in kids["xcomp"]:
            yield self.frame(self.mode + "xcomp", [clause])
        raised = kids["nsubj"] + kids["nsubjpass"]
        if raised and (self.passive or self.word in {"seem", "appear"}):
            for dep in ("xcomp", "oprd"):
                for clause in kids[dep]:
                    cue = (self.first, self.last)
                    yield Frame(f"raised.{dep}", self.word, verb, cue, agent(verb), (*raised, clause))
        gap = verb.dep_ == "relcl" and not kids["dobj"] and not kids["ccomp"]
        if gap and kids["nsubj"] and kids["nsubj"][0].tag_ not in {"WP", "WDT"}:
            yield self.frame("gap", [verb.head], around=True)

    def _astray(self) -> list[Token]:
        """The clause of "that" which the parse gave to a noun in between: "said in a series of messages that ..."."""
        kids = self.kids
        if self.word not in quoting(Quoting.SPEECH) or kids["dobj"] or kids["ccomp"]:
            return []
        inside = (token for prep in kids["prep"] if prep.i > self.verb.i for token in prep.subtree)
        stray = (token for token in inside if token.dep_ in {"relcl", "acl", "ccomp"})
        return [token for token in stray if any(c.dep_ == "mark" and c.lower_ == "that" for c in token.children)][:1]

    def _objects(self) -> Iterator[Frame]:
        kids, mode = self.kids, self.mode
        for what in kids["dobj"]:
            after = {dep: [c for c in kids[dep] if c.i > what.i] for dep in ("xcomp", "oprd", "ccomp", "advcl", "prep")}
            yield self.frame(mode + "object", [what])
            for dep in ("xcomp", "oprd", "ccomp"):
                for clause in after[dep]:
                    yield self.frame(f"{mode}object+{dep}", [what, clause])
                    if dep == "xcomp":
                        yield self.frame(f"{mode}object>{dep}", [clause], clause.left_edge.i - 1)
            for prep in after["prep"]:
                yield self.frame(f"{mode}object+{prep.lower_}", [what, prep])
            yield from self._light(what, after["prep"])

    def _light(self, what: Token, preps: list[Token]) -> Iterator[Frame]:
        """A verb whose object is what tells: "made a promise to", "answered questions about"."""
        inner, noun = children(what), what.lemma_.lower()
        for clause in inner["acl"] + inner["ccomp"] + inner["relcl"]:
            if clause.i > what.i and any(c.dep_ in {"mark", "aux"} and c.lower_ in _MARKERS for c in clause.children):
                yield self.frame(self.mode + "light.clause", [clause], clause.left_edge.i - 1, noun)
        for prep, content in _pairs(inner["prep"] + preps):
            yield self.frame(f"{self.mode}light.{prep.lower_}", [content], prep.i, noun)
            yield self.frame(f"{self.mode}object>{prep.lower_}", [content], prep.i)

    def _prepositions(self) -> Iterator[Frame]:
        for prep, what in _pairs(self.kids["prep"] + self.kids["agent"]):
            if prep.i < self.verb.i:
                continue
            yield self.frame(f"{self.mode}prep.{prep.lower_}", [what], prep.i)
            for clause in self.kids["xcomp"]:
                if clause.i > what.i:
                    yield self.frame(f"{self.mode}prep+xcomp.{prep.lower_}", [what, clause], prep.i)

    def _passive_subject(self) -> Iterator[Frame]:
        subjects = self.kids["nsubjpass"]
        if not subjects:
            return
        yield self.frame("passive.subject", subjects)
        for dep in ("oprd", "dobj", "acomp", "attr"):
            for what in self.kids[dep]:
                yield self.frame(f"passive.subject+{dep}", [*subjects, what])
        for prep in self.kids["prep"]:
            if prep.i > self.verb.i:
                yield self.frame(f"passive.subject+{prep.lower_}", [*subjects, prep])


def _pairs(prepositions: list[Token]) -> Iterator[tuple[Token, Token]]:
    """Each preposition with each of its complements."""
    for prep in prepositions:
        for what in prep.children:
            if what.dep_ in _COMPLEMENTS:
                yield prep, what


def _noun(noun: Token) -> Iterator[Frame]:
    kids, word, source = children(noun), noun.lemma_.lower(), _holder(noun)
    for clause in kids["acl"] + kids["ccomp"] + kids["relcl"]:
        for mark in clause.children:
            if mark.dep_ in {"mark", "aux"} and mark.lower_ in _MARKERS:
                yield Frame(f"noun.{mark.lower_}", word, noun, (noun.i, noun.i), source, (clause,))
                break
    for prep, what in _pairs(kids["prep"]):
        if source is None or what.i != source.i:
            yield Frame(f"noun.{prep.lower_}", word, noun, (noun.i, prep.i), source, (what,))
            if prep.lower_ == "of" and source is None:
                yield Frame("doer.of", word, noun, (noun.i, prep.i), noun, (what,))
    for dep in ("poss", "compound"):
        for what in kids[dep]:
            yield Frame(f"doer.{dep}", word, noun, (noun.i, noun.i), noun, (what,))


def _holder(noun: Token) -> Token | None:
    """Whose word or thought a noun is: its owner, or the subject of the verb that it completes."""
    whose = owner(noun)
    if whose is None and noun.dep_ in {"dobj", "attr"}:
        return subject(noun.head)
    return noun.head if whose is None and noun.dep_ == "appos" else whose


def _adjective(word: Token) -> Iterator[Frame]:
    kids, lemma = children(word), word.lemma_.lower()
    source = word.head if word.dep_ == "amod" else subject(word)
    cue = (word.i, word.i)
    for dep in ("ccomp", "xcomp"):
        for clause in kids[dep]:
            yield Frame(f"adj.{dep}", lemma, word, cue, source, (clause,))
    for prep, what in _pairs(kids["prep"]):
        yield Frame(f"adj.{prep.lower_}", lemma, word, (word.i, prep.i), source, (what,))


def _according(word: Token) -> Iterator[Frame]:
    for to in word.children:
        if to.lower_ == "to":
            for source in to.children:
                if source.dep_ == "pobj":
                    yield Frame("according", "according", word, (word.i, to.i), source, (_clause(word.head),), True)


def _view(prep: Token) -> Iterator[Frame]:
    """A preposition with somebody's view: "in his view, ...", "in a poll by Gallup, ..." is what it reads."""
    for noun in prep.children:
        if noun.dep_ == "pobj" and prep.head.pos_ in {"VERB", "AUX"}:
            whose = owner(noun)
            if prep.lower_ in {"in", "to", "from"} and whose is not None:
                yield Frame(
                    f"view.{prep.lower_}", noun.lemma_.lower(), prep, (prep.i, noun.i), whose, (prep.head,), True
                )


def _clause(word: Token) -> Token:
    """The verb whose clause a word stands in, or the word that heads its sentence."""
    while word.dep_ != "ROOT" and word.pos_ not in {"VERB", "AUX"}:
        word = word.head
    return word
