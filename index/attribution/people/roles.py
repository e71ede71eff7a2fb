"""Takes a mention and the parse; gives the role that the article prints beside the name.

Examples: "Ohio Gov." before a name, ", a professor of law at Iowa," after it. Every role is cut from the article.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.attribution.layout import Layout
from index.attribution.people.mentions import Kind, Mention
from index.language.names import fold
from index.language.syntax import ANY_SUBJECT
from index.language.wordlists import sections, words
from index.types import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_PARTY_BEHIND_NAME = re.compile(r" ?\(([RDI](?:[-–][^()\n]{1,18})?)\)|, ([RDI][-–][A-Z][\w.]{1,12})(?=[,.; ])")
OF_PLACE = r" of (?:the )?[A-Z][\w.]+(?: [A-Z][\w.]+)?"  # behind a name
_PLACE_BEHIND_NAME = re.compile(rf"{OF_PLACE}(?=[,.; ])")
_OFFICE = re.compile(r"([^\W\d_]+) (of|for) $")
_POSTS = frozenset(
    """is was heads headed leads led runs ran chairs chaired directs directed represents represented teaches taught
    served serves works worked oversees oversaw founded owns owned wrote co-founded manages managed advises
    advised""".split()
)
_PREFIXED = re.compile(r"^(?:ex|co|vice|then)-|-(?:elect|designate)$")
_PERSONAL = frozenset("mr mrs ms miss dr mister".split())
_LONGEST_DESCRIPTION = 160  # characters; a longer stretch is hardly a description
_DESCRIPTION_ENDS = '.;:“”"()—\n'


def descriptions(layout: Layout, mention: Mention) -> list[Span]:
    """The stretches that describe whom a mention names, in order of the text; empty where there are none."""
    head = layout.doc[mention.token]
    found = [_before(layout, mention, head), *_after(layout, mention, head)]
    return [span for span in found if span is not None]


def role_nouns(text: str) -> frozenset[str]:
    """The words of a description that stand for a person ("governor", "spokesman"), folded."""
    plain = {fold(word) for word in re.findall(r"[^\W\d_][\w’'-]*", text)}
    return frozenset(w for w in plain if is_role_noun(w))


def is_role_noun(word: str) -> bool:
    """Whether a folded word stands for one person, by office, calling or kin."""
    noun = _PREFIXED.sub("", word)
    return (noun in words("persons.txt") or noun in words("titles.txt")) and noun not in _PERSONAL


def _before(layout: Layout, mention: Mention, head: Token) -> Span | None:
    """Title, office and the nouns before a name: "campaign spokesman", "Ohio Gov."; "Apple's chief, Tim Cook"."""
    start, end = mention.run.title_start, mention.run.start
    comma = re.search(r",\s$", layout.text[max(0, start - 2) : start])
    if comma and head.dep_ == "appos" and head.head.i < head.i:
        noun = head.head
        if is_role_noun(fold(noun.text)):
            return _trimmed(layout, noun.left_edge.idx, start - 2)
    if comma:
        return _told(layout, _trimmed(layout, start, end), mention.kind)
    left = start
    at = layout.token(start)
    while at.i > 0:
        before = layout.doc[at.i - 1]
        if not _in_noun_phrase(before, at) or start - before.idx > _LONGEST_DESCRIPTION:
            break
        left, at = before.idx, before
    office = _OFFICE.search(layout.text[max(0, left - 40) : left])
    if office and is_role_noun(fold(office.group(1))) and not (office.group(2) == "for" and mention.run.titled):
        left -= len(office.group())
    return _told(layout, _trimmed(layout, left, end), mention.kind)


def _told(layout: Layout, span: Span | None, kind: Kind) -> Span | None:
    """The words before a name, if they are a title, a role or a possessor; else None."""
    if span is None:
        return None
    dash = max(layout.text.rfind(mark, span.start, span.end) for mark in (" - ", " – ", " — ", "― "))
    if dash >= 0:
        span = Span(dash + 3, span.end) if dash + 3 < span.end else span
    text = span.cut(layout.text)
    last = fold(text.split()[-1])
    if kind is Kind.BODY:
        return span if last in sections("bodies.txt")[""] else None
    if re.search(r"[’']s?$", text) and text[0].isupper():
        return span
    opening = re.split(r"\b(?:of|for)\b", text)[0].split()
    while fold(text.split()[-1]) in _PERSONAL and " " in text:
        text = text.rsplit(None, 1)[0]
    if text.split()[-1] in {"of", "for", "to", "by", "from", "with", "at", "in", "on"}:
        return None
    return span if opening and (is_role_noun(last) or is_role_noun(fold(opening[-1]))) else None


def _in_noun_phrase(token: Token, after: Token) -> bool:
    """Whether a token before a name belongs to the noun phrase that ends in it."""
    if token.is_space or after.is_sent_start:
        return False
    if token.text in {"-", "–", "'s", "’s", "/"}:
        return True
    return (
        token.pos_ in {"NOUN", "PROPN", "ADJ", "DET", "NUM", "PRON"}
        and token.dep_
        in {
            "compound",
            "amod",
            "det",
            "poss",
            "nmod",
            "nummod",
            "appos",
            "nsubj",
            "pobj",
            "dobj",
            "npadvmod",
            "conj",
            "punct",
            "dep",
        }
        and (token.pos_ not in {"PRON"} or token.dep_ == "poss")
    )


def _after(layout: Layout, mention: Mention, head: Token) -> list[Span | None]:
    """What follows a name: party and state, an apposition, a clause with "who"."""
    text, end = layout.text, mention.run.end
    found: list[Span | None] = []
    place = _PLACE_BEHIND_NAME.match(text, end) if mention.run.titled else None
    if place:
        found.append(Span(place.start() + 1, place.end()))
        end = place.end()
    party = _PARTY_BEHIND_NAME.match(text, end)
    if party:
        group = 1 if party.group(1) else 2
        found.append(Span(party.start(group), party.end(group)))
        end = party.end()
    if text[end : end + 2] != ", ":
        return found
    start = end + 2
    token = layout.token(start)
    if fold(token.text) == "who" and token.i + 1 < len(layout.doc) and token.nbor().lower_ in _POSTS:
        stop = _clause_end(layout, start)
        found.append(_trimmed(layout, start, stop))
    elif token.pos_ in {"DET", "NOUN", "PROPN", "ADJ", "PRON", "NUM", "ADV"}:
        clause = _clause_end(layout, start)
        stop = _phrase_end(layout, start, clause)
        if _met_by_verb(layout, stop, clause) and mention.role not in ANY_SUBJECT:  # "At the Vale Fair, her camp said"
            return found
        opening = re.split(r"\b(?:of|for|at|in|with|who|to|from|on|and)\b", text[start:stop])[0]
        if fold(token.text) in words("titles.txt") and opening.istitle():
            return found
        last = fold(opening.split()[-1]) if opening.split() else ""
        if last in sections("bodies.txt")[""] if mention.kind is Kind.BODY else role_nouns(opening):
            found.append(_trimmed(layout, start, stop))
    return found


def _clause_end(layout: Layout, start: int) -> int:
    """Where an apposition or clause that begins after a comma ends: at the next comma or stop outside brackets."""
    stop = start
    text = layout.text
    while stop < len(text) and stop - start < _LONGEST_DESCRIPTION:
        if text[stop] in _DESCRIPTION_ENDS and not (text[stop] == "." and _abbreviates(text, stop)):
            break
        if text[stop] == "," and text[stop + 1 : stop + 2].isspace():
            break
        stop += 1
    return stop


def _phrase_end(layout: Layout, start: int, stop: int) -> int:
    """Where an apposition ends that no comma closes: before a verb of the sentence's own."""
    at = layout.token(start).i
    end = start
    while at < len(layout.doc) and layout.doc[at].idx < stop:
        token = layout.doc[at]
        if token.lower_ in {"who", "which", "that", "whose", "where"}:
            return stop
        if token.tag_ in {"VBZ", "VBD", "VBP", "MD"}:
            break
        if token.pos_ not in {"ADP", "DET", "PUNCT", "CCONJ", "SPACE", "AUX"}:
            end = min(stop, token.idx + len(token))
        at += 1
    return end


def _met_by_verb(layout: Layout, stop: int, clause: int) -> bool:
    """Whether a phrase is closed by no comma but ends at a verb, so that it is the verb's subject."""
    tokens = layout.doc.char_span(stop, clause, alignment_mode="contract")
    return tokens is not None and any(token.tag_ in {"VBZ", "VBD", "VBP", "MD"} for token in tokens[:3])


def _abbreviates(text: str, at: int) -> bool:
    """Whether a full stop belongs to an abbreviation: "U.S. Chamber", "St. Louis", "Mr. Smith"."""
    before = re.search(r"(\w+(?:\.\w+)*)$", text[max(0, at - 12) : at])
    word = before.group(1) if before else ""
    return bool(text[at + 1 : at + 2].strip()) or "." in word or (0 < len(word) <= 3 and word[0].isupper())


def _trimmed(layout: Layout, start: int, end: int) -> Span | None:
    """A stretch without white space and articles at its edges; None where nothing is left that tells anything."""
    piece = layout.text[start:end]
    inner = piece.strip(" ,\n–—-")
    if not inner or end <= start or len(inner) > _LONGEST_DESCRIPTION:
        return None
    if not any(fold(w) not in _PERSONAL | {"the", "a", "an"} for w in re.findall(r"[^\W_]+", inner)):
        return None
    start += piece.index(inner)
    return Span(start, start + len(inner))
