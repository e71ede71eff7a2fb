"""Surface: takes stretches of tokens; gives the reporting clauses that words alone show, without the parse.

They have no verb, or the parse has missed it: "ANN LEE:", "according to the report", "― Ann Lee", "said Ann Lee".
Knows the lexicon; does not know quotations.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.language.lexicon import Quoting, quoting, verb_of
from index.language.syntax import name_behind
from index.types import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_PHRASE_ENDS = frozenset(',.;:!?()—–-"“”')
_DASHES = frozenset(["-", "–", "—", "--"])
_LONGEST_REPORTING_CLAUSE = 30  # tokens; no verb of one stands farther from its quotation
_SIGNATURE = re.compile(r"\s*(--|[―—–-])\s*(?=[^\W\d_a-z])()")


@dataclass(frozen=True, slots=True)
class Report:
    """Who reports, and by which cue: either may be None."""

    source: Span | None
    cue: Span | None
    known: bool = True  # the cue is known to report; otherwise only its place says so
    others: tuple[Span, ...] = ()  # further sources, each to be tried where those before it mean no person
    answers: bool = False  # what is said answers a question that nobody is told to have asked


def signature(text: str, start: int, end: int) -> Report | None:
    """The words behind a dash, up to `end`, that sign a quotation which ends at `start`: "― Ann Lee"."""
    match = _SIGNATURE.match(text, start, end)
    if match is None:
        return None
    first = match.start(2)
    return Report(Span(first, first + len(text[first:end].rstrip(" .\n"))), Span(*match.span(1)))


def according(tokens: Sequence[Token]) -> Report | None:
    """The source of the first "according to" among the tokens."""
    for i, token in enumerate(tokens[:-2]):
        if token.lower_ == "according" and tokens[i + 1].lower_ == "to":
            after = tokens[i + 2 :]
            noun = next((t for h in (tokens[i + 1], token) for t in h.subtree if t.dep_ == "pobj"), None)
            phrase = [t for t in after if noun is not None and noun.left_edge.i <= t.i <= noun.right_edge.i]
            phrase = phrase or _noun_phrase(after)
            return Report(_span(phrase), _span([token, tokens[i + 1]])) if phrase else None
    return None


def by_words(tokens: Sequence[Token]) -> Report | None:
    """A reporting clause by its words: "said Ann Lee", "Ann Lee, 43, said"."""
    for i, token in enumerate(tokens[:_LONGEST_REPORTING_CLAUSE]):
        if token.text in {".", "!", "?", ";", ":"} or (i == 0 and token.tag_ == "VBG"):
            return None  # '"A," recalling the visits': they have not said it
        last = i + 1 == len(tokens) or tokens[i + 1].text == "."
        inverted = not i and not last and tokens[1].pos_ == "PROPN" and token.lower_ != verb_of(token.lower_)
        if _is_reporting(token) and (token.tag_.startswith("VB") or inverted or (last and i)):
            before = i > 0 and not name_behind(token)
            noun = _noun_phrase(_last_clause(tokens[:i]) if before else tokens[i + 1 :])
            return Report(_span(noun), _span([token])) if noun else None
    return None


def _last_clause(tokens: Sequence[Token]) -> Sequence[Token]:
    """The words right before a verb, where a comma parts them from others that do not belong to it: "income, he said".

    What stands between two commas, or begins with an article, belongs to the words before it: "Ann Lee, 43, said".
    """
    commas = [i for i, token in enumerate(tokens) if token.text == ","]
    last = tokens[commas[-1] + 1 :] if commas else tokens
    return tokens if not last or last[0].pos_ in {"DET", "NUM"} or not _noun_phrase(last) else last


def label(tokens: Sequence[Token]) -> Report | None:
    """Who stands before a colon, with no verb or right behind it: "WALLACE:", "From the report:", "Continued Lee:"."""
    colon = max((i for i, t in enumerate(tokens) if t.text == ":"), default=None)
    if colon is None:
        return None
    noun = list(tokens[:colon])
    for i, token in enumerate(noun[:-1]):
        if token.text in _DASHES and not _joins(token):
            noun = noun[i + 1 :]
            break
    if noun and noun[0].pos_ in {"ADP", "ADV", "SCONJ"}:
        last = max((i for i, t in enumerate(noun) if t.lower_ in {"from", "of", "by"}), default=len(noun))
        noun = noun[last + 1 :]
    cue = tokens[colon]
    if len(noun) > 1 and _reported(noun[0].lower_):  # "Continued Lee:"
        cue, noun = noun[0], noun[1:]
    noun = _noun_phrase(noun)
    return Report(_span(noun), _span([cue])) if noun else None


def _reported(word: str) -> bool:
    """Whether a word is an inflected form of a verb of speech, whatever the parse has made of it."""
    verb = verb_of(word)
    return verb != word and verb in quoting(Quoting.SPEECH)


def _is_reporting(token: Token) -> bool:
    """Whether a word is a verb that stands beside a quotation, also where the parse has taken it for a noun."""
    known = quoting(Quoting.SPEECH, Quoting.BESIDE)
    return token.lemma_.lower() in known or verb_of(token.lower_) in known


def _noun_phrase(tokens: Sequence[Token]) -> list[Token]:
    """The tokens up to the first stop, preposition or verb; "ranking Democrat" is none."""
    found: list[Token] = []
    for i, token in enumerate(tokens):
        ranking = token.tag_ == "VBG" and i + 1 < len(tokens) and tokens[i + 1].pos_ == "PROPN"
        verb = found and token.pos_ == "VERB" and not ranking
        stop = token.text in _PHRASE_ENDS and not _joins(token)
        if stop or token.pos_ in {"ADP", "AUX", "SCONJ"} or verb:
            break
        found.append(token)
    while found and found[-1].pos_ == "ADV":
        found.pop()
    while found and found[0].pos_ == "ADV":
        found = found[1:]
    return found if any(t.pos_ in {"NOUN", "PROPN", "PRON", "X"} for t in found) else []


def _joins(token: Token) -> bool:
    """Whether a hyphen joins two parts of a word: "vice-president"."""
    return token.text == "-" and not token.whitespace_ and token.i > 0 and not token.nbor(-1).whitespace_


def _span(tokens: Sequence[Token]) -> Span:
    return Span(tokens[0].idx, tokens[-1].idx + len(tokens[-1]))
