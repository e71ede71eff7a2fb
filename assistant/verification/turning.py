"""Finds the words that a cut leaves out of a sentence and that turn what is left: "I would never say that [it leaks]".

Takes the parse of a sentence and the words of it that are quoted; gives the words outside them that negate, condition
or doubt these. Knows syntax, the lexicon and word lists. Does not know articles, speakers or storage.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from functools import cache
from typing import TYPE_CHECKING

from index.language.inflection import forms
from index.language.lexicon import Trait, forms_having, having
from index.language.syntax import SUBJECTS
from index.language.tokens import negates, words
from index.language.word_forms import negates as word_negates
from index.language.wordlists import sections

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc, Token

    from index.types import Span

_LIST = "turning.txt"
_DOUBTING = (Trait.DENIES, Trait.DISOWNS, Trait.DOUBTS, Trait.NEGATES)
_MODIFIERS = frozenset({"neg", "det", "advmod", "preconj", "predet"})  # relations in which a word negates another
_PREDICATES = frozenset({"attr", "acomp", "oprd"})  # "it is [nonsense] that"
_UNTURNED = frozenset({"ROOT", "parataxis", "relcl", "appos", "advcl", "intj"})  # what a clause above does not turn


def may_turn(text: str, quoted: Sequence[Span], around: Span) -> bool:
    """Whether any word of a stretch, the quoted ones left out, may turn them: a parse is worth its while only then.

    :param quoted: One span a word.
    """
    kept = {span.start for span in quoted}
    left = [word for word in words(text, around) if word.start not in kept and around.start <= word.start < around.end]
    asked = "?" in around.cut(text)
    return bool(left) and (asked or any(negates(word) or word.key in _turning_forms() for word in left))


@cache
def _turning_forms() -> Set[str]:
    lists = sections(_LIST)
    doubting = (forms_having(trait) for trait in _DOUBTING)
    return frozenset().union(*lists.values(), *doubting, *map(forms, lists["wish"]))


def turning_words(doc: Doc, quoted: Set[int]) -> list[Token]:
    """The words outside a quotation that turn what it quotes, in order.

    They are looked for on the way from the quoted words up to the verb of their sentence. What stands in a clause of
    its own beside them turns nothing: "Nobody asked us, and [the dam is safe]".

    :param quoted: The numbers of the quoted tokens.
    """
    tops = [doc[at] for at in sorted(quoted) if doc[at].head.i not in quoted or doc[at].head == doc[at]]
    found = {token.i for top in tops for token in _above(top, quoted)}
    return [doc[at] for at in sorted(found - quoted)]


def _above(top: Token, quoted: Set[int]) -> Iterator[Token]:
    """What turns a quoted word, from the words that depend on it up to the verb of its sentence."""
    token, beside = top, False
    yield from _question(top, quoted)
    while True:
        yield from (one for one in _dependents(token, conditions_only=beside) if one.i not in quoted)
        if token.dep_ in _UNTURNED or token.head == token:
            return
        beside = token.dep_ == "conj" and any(child.dep_ in SUBJECTS for child in token.children)
        token = token.head
        if not beside and _doubts(token):
            yield token


def _question(top: Token, quoted: Set[int]) -> Iterator[Token]:
    """The first word of a question that is quoted without its beginning."""
    sentence = [token for token in top.sent if token.text[0].isalpha()]
    asks = any(token.text == "?" for token in top.sent[-3:])
    if asks and sentence and sentence[0].i not in quoted and sentence[0].i < top.i:
        yield sentence[0]


def _dependents(token: Token, *, conditions_only: bool) -> Iterator[Token]:
    """The words that turn a token and depend on it.

    :param conditions_only: Whether only what "and" shares between two clauses is looked for: "if A, and B".
    """
    for child in token.children:
        if child.dep_ in {"mark", "advmod"} and _conditions(child):
            yield child
        elif conditions_only:
            continue
        elif child.dep_ == "advcl":
            yield from (one for one in child.children if one.dep_ in {"mark", "advmod"} and _conditions(one))
        elif child.dep_ in SUBJECTS:
            yield from (one for one in (child, *child.children) if _negates(one))
        elif _modifies(child, token):
            yield child


def _modifies(child: Token, token: Token) -> bool:
    """Whether a word that depends on a token negates it, doubts it, or makes of it what may be or what is nonsense."""
    lists = sections(_LIST)
    if child.dep_ in _MODIFIERS and _negates(child):
        return True
    return (
        (child.dep_ == "advmod" and child.lower_ in lists["doubt"])
        or (child.dep_ == "aux" and child.lower_ in lists["may"])
        or (child.dep_ == "cc" and child.i < token.i and _negates(child))  # "nor did he"
        or (child.dep_ in _PREDICATES and (child.lower_ in lists["nonsense"] or _negates(child)))
    )


def _conditions(word: Token) -> bool:
    return word.lower_ in sections(_LIST)["condition"]


def _negates(word: Token) -> bool:
    """Whether a word negates; not "not only"."""
    beyond = word.i + 1 < len(word.doc) and word.nbor().lower_ in sections("denied.txt")["beyond"]
    return not beyond and (word.dep_ == "neg" or word_negates(word.lower_.replace("’", "'")))


def _doubts(word: Token) -> bool:
    """Whether a verb or noun denies, doubts or only wishes what depends on it: "doubt that", "hope that"."""
    lemma = word.lemma_.lower()
    wished = lemma in sections(_LIST)["wish"]
    return wished or word_negates(word.lower_) or any(lemma in having(trait) for trait in _DOUBTING)
