"""Whose words a question asks for: its parse in; those it names who said or thought something out, as typed.

"What did X say", "according to X", "X's view", "as X tells it". Knows grammar and word lists. Does not know articles or
speakers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from typing import TYPE_CHECKING, NamedTuple

from index.language.amounts import amount
from index.language.lexicon import PartOfSpeech, Trait, asking_for_deeds, asking_words, having
from index.language.names import of_a_person
from index.language.syntax import SUBJECTS
from index.language.wordlists import sections, words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

NOUN = PartOfSpeech.NOUN
WHO = frozenset({"who", "whom", "which", "what", "whose"})
PRONOUNS = frozenset({"he", "she", "they", "it", "him", "her", "them", "his", "their", "its"})
AS_TOLD = frozenset({"in", "by", "from"})
ASKING = WHO | {"how", "why", "when", "where"}
DEFENDING = frozenset({"defense", "defence"})
OWN = frozenset({"himself", "herself", "itself", "themselves"})
PROPER_TAGS = frozenset({"NNP", "NNPS"})
_CAPITALISED = r"[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*)*"
_DID_NAME_VERB = re.compile(
    r"(?:^|[.!?:;,] (?:and )?)(?P<how>[Ww]hat|[Hh]ow|[Ww]hy|[Ww]hen|[Ww]here) (?:did|does|do) "
    r"(?:the [a-z][\w’' -]{1,40}, )?"
    rf"(?P<who>(?:the )?{_CAPITALISED}(?:['’]s [a-z]+)?|the [^,.?!:;]{{1,80}}?(?= make of))"
    rf"(?:, [^,.?!:;]{{1,60}},|,| (?:from|of|in|at) {_CAPITALISED})?"
    r"(?: have to(?= say\b))? (?P<verb>[a-z]+)(?: (?P<next>\w+))?"
)
_HEADLINE = re.compile(
    rf"(?P<who>{_CAPITALISED}) "
    rf"(?:(?P<noun>[a-z]+) (?:to|on|about|of|for|over|after|regarding)|(?:on|about)(?! {_CAPITALISED})) "
)
_NAME_POSSESSIVE = re.compile(rf"[Ww]hat(?:['’]s| is| was| are| were) (?P<who>{_CAPITALISED})['’]s (?P<noun>[a-z]+)\b")


class AskedSpeaker(NamedTuple):
    """Somebody whose words are asked for, as typed; `proper` if that is a name, going by its form."""

    text: str
    proper: bool = False


def subjects_asked(doc: Doc) -> Iterator[tuple[Token, Token]]:
    """The subjects whose words are asked for, each with the verb of saying or thinking it has in the question."""
    for token in doc:
        verb = token.head
        says = is_among(verb, asking_words()) and not _agrees_to_do(verb) and not _measured(verb)
        asks = says or _gives(verb) or _has_to_say(verb)
        if token.dep_ in SUBJECTS and asks and is_main_verb(verb) and not _passive(verb) and not _premise(verb):
            yield token, verb


def _agrees_to_do(verb: Token) -> bool:
    """Whether a verb tells of what somebody will do, and not of words: "agree to pay"."""
    return verb.lemma_ == "agree" and any(child.dep_ == "xcomp" for child in verb.children)


def _measured(verb: Token) -> bool:
    """Whether the measure of a deed is asked for, and no words: "How long did X talk", not "How long did X say"."""
    deed = verb.lemma_ in asking_for_deeds() and all(child.dep_ != "ccomp" for child in verb.children)
    return deed and verb.doc[0].lower_ == "how" and amount(verb.doc.text) is not None


def _has_to_say(verb: Token) -> bool:
    """Whether what somebody says is put as what he or she has to say: "What does Ann Lee have to say"."""
    return verb.lemma_ == "have" and any(child.dep_ == "xcomp" and child.lemma_ == "say" for child in verb.children)


def _premise(verb: Token) -> bool:
    """Whether its sentence only leads up to the question: "Ann Lee says he lied. How did he answer?"."""
    return "?" in verb.doc.text and not verb.sent.text.rstrip().endswith("?") and verb.sent.end < len(verb.doc)


def _passive(verb: Token) -> bool:
    """Whether its subject only has a verb done to it: "When is the court supposed to rule"."""
    return any(child.dep_ == "auxpass" for child in verb.children)


def is_among(word: Token, known: Set[str]) -> bool:
    """Whether a word's lemma is among some words, or it together with a word behind it: "hit back", "make of"."""
    lemma = word.lemma_.lower()
    return lemma in known or any(f"{lemma} {child.lower_}" in known for child in word.rights)


def _gives(verb: Token) -> bool:
    """Whether a verb has words that are asked for as its object: "What reason did X give", "X have doubts"."""
    objects = [child for child in verb.children if child.dep_ == "dobj" and is_among(child, asking_words(NOUN))]
    asked = any(child.lower_ in WHO for noun in objects if noun.i < verb.i for child in noun.lefts)
    return asked or (verb.lemma_ == "have" and any(noun.i > verb.i for noun in objects) and _inverted(verb))


def is_main_verb(verb: Token) -> bool:
    """Whether a verb is a main verb of the question, or one that the main verb shares its subject with."""
    while verb.dep_ == "conj":
        verb = verb.head
    return verb.dep_ == "ROOT" or (verb.dep_ in {"relcl", "ccomp", "parataxis"} and _inverted(verb))


def _inverted(verb: Token) -> bool:
    """Whether the clause has the word order of a question: what did he say."""
    helpers = [child.i for child in verb.children if child.dep_ == "aux"]
    subjects = [child.i for child in verb.children if child.dep_ in SUBJECTS]
    return bool(helpers and subjects) and min(helpers) < min(subjects)


def asks_which(subject: Token) -> bool:
    """Whether a subject asks for somebody of a kind: which senator, what official."""
    first = subject.left_edge.i
    if first and subject.doc[first - 1].lower_ == "which":  # read as an object of the verb: "Which Republicans went"
        return True
    return any(child.lower_ in WHO and child.dep_ in {"det", "nmod", "poss"} for child in subject.lefts)


def find_speakers_asked(doc: Doc) -> tuple[AskedSpeaker, ...]:
    """Those whose words are asked for; where it is as somebody tells it, nobody else."""
    every = [phrase for token in doc for phrase in _as_told(token)] or list(_owner(doc))
    if not every:
        plain = list(_by_form(doc))
        rest = (one for one in _by_parse(doc) if not any(clause.start <= one.start < clause.end for clause, _ in plain))
        every = sorted([*(name for _, name in plain), *rest], key=lambda one: one.start) or list(_heading(doc))
    return tuple(dict.fromkeys(_asked_speaker(one) for one in every if _is_somebody(one)))


def _owner(doc: Doc) -> Iterator[Span]:
    """Whose answer or view is asked for, whatever follows: "What was Ann Lee's answer when Bo's view came up"."""
    match = _NAME_POSSESSIVE.match(doc.text)
    if match and match["noun"] in asking_words(NOUN):
        name = doc.char_span(*match.span("who"))
        if name is not None:
            yield name


def _heading(doc: Doc) -> Iterator[Span]:
    """Whose words are asked for in a headline's manner: "Ann Lee reaction to the dam", "Ann Lee on the dam"."""
    match = _HEADLINE.match(doc.text)
    if match is None or (match["noun"] and match["noun"] not in asking_words(NOUN)):
        return
    who = re.sub(r"['’]s$", "", match["who"])
    name = doc.char_span(match.start("who"), match.start("who") + len(who))
    asks = any(token.lower_ in ASKING for token in doc[1:] if token.nbor(-1).lower_ not in {"on", "about"})
    if name is not None and of_a_person(who.split()) and who.split()[0] not in {"Will", "May"} and not asks:
        yield name


def _by_form(doc: Doc) -> Iterator[tuple[Span, Span]]:
    """Each "how did NAME answer" with the name in it, whatever the parse makes of them: "How did Ann Lee answer Bo".

    So too "what did the mayor make of", whose verb is often read as a noun, and "Ann Lee's campaign answer".
    """
    known = asking_words() | having(Trait.REPLIES)
    for match in _DID_NAME_VERB.finditer(doc.text):
        if match["verb"] in words("bodies.txt") and match["next"] in known:
            clause = doc.char_span(match.start("how"), match.end("next"))
            name = doc.char_span(match.start("who"), match.end("verb"))
            if clause is not None and name is not None:
                yield clause, name
            continue
        told = known.isdisjoint(match["who"].split()) and not match["who"].endswith(("'s", "’s"))
        verb = f"{match['verb']} {match['next']}"
        if told and verb != "agree to" and {match["verb"], verb} & known:
            clause = doc.char_span(match.start("how"), match.end("verb"))
            name = doc.char_span(*match.span("who"))
            if clause is not None and name is not None:
                yield clause, name


def _by_parse(doc: Doc) -> Iterator[Span]:
    """Those whose words are asked for, as the grammar has them."""
    for subject, verb in subjects_asked(doc):
        if _unable(verb):
            continue
        if subject.lower_ in PRONOUNS:
            yield from _topic_before(doc, subject)
        elif subject.lower_ not in WHO and not asks_which(subject):
            yield from _each(subject)
    for token in doc:
        if token.lower_ == "to" and token.i and doc[token.i - 1].lower_ == "according":
            yield from (name for child in token.children if child.dep_ == "pobj" for name in _each(child))
        elif is_among(token, asking_words(NOUN)) and token.pos_ == "NOUN" and _asked_for(token):
            if _misread(token):
                yield _phrase(token)
            yield from (_phrase(child) for child in token.children if child.dep_ == "poss" and not _misread(token))


def _as_told(token: Token) -> Iterator[Span]:
    """As whom a question wants it told: "in Lee's telling", "by her own account", "as Lee tells it"."""
    before, own = token.head, {child.lower_ for child in token.children}
    if token.pos_ == "VERB" and {"as", "it"} <= own and is_among(token, having(Trait.RECOUNTS)):
        yield from (_phrase(one) for one in token.children if one.dep_ in SUBJECTS and one.lower_ not in PRONOUNS)
    if not is_among(token, asking_words(NOUN)) or token.dep_ != "pobj" or before.lower_ not in AS_TOLD:
        return
    if token.lemma_ in DEFENDING:  # "in Lee's defense"
        return
    if before.dep_ != "agent" and (before.dep_ == "ROOT" or before.head.dep_ == "ROOT" or "own" in own):
        for one in token.children:
            if one.dep_ == "poss":
                yield from _topic_before(one.doc, one) if one.lower_ in PRONOUNS else [_phrase(one)]


def _misread(noun: Token) -> bool:
    """Whether a noun is the question's verb, read as a noun with those who are asked: "How did the House answer it"."""
    before = noun.doc[noun.i - 1] if noun.i else noun
    helped = any(token.lemma_ == "do" for token in noun.doc[: noun.left_edge.i])
    return helped and before.dep_ == "compound" and before.head == noun and is_among(noun, having(Trait.REPLIES))


def _unable(verb: Token) -> bool:
    """Whether a verb tells that somebody could or would not say it: "Why couldn't he tell", not "doesn't think"."""
    helpers = {"MD" if child.tag_ == "MD" else child.dep_ for child in verb.children}
    return {"MD", "neg"} <= helpers


def _asked_for(noun: Token) -> bool:
    """Whether a noun is what the question asks for: "What is X's view", "X's reaction to", not "of X's view"."""
    return noun.dep_ in {"nsubj", "attr", "ROOT"} and (noun.dep_ == "ROOT" or noun.head.dep_ == "ROOT")


def _is_somebody(phrase: Span) -> bool:
    """Whether a phrase can be a speaker's: not "how many votes", not "which engineer"."""
    return phrase[0].lower_ not in WHO and not amount(phrase.text) and any(map(str.isalpha, phrase.text))


def _each(noun: Token) -> Iterator[Span]:
    """The phrases that "and" joins, one by one, without pronouns."""
    for one in (noun, *noun.conjuncts):
        names = [child for child in one.children if child.dep_ == "appos" and child.pos_ == "PROPN"]
        apart = bool(names) and one.doc[names[0].left_edge.i - 1].text == ","
        if one.pos_ == "NOUN" and apart:  # "the mill's owner, Ann Lee"
            yield _phrase(names[0])
        elif one.lower_ not in PRONOUNS:
            yield _phrase(one)


def _phrase(noun: Token) -> Span:
    """A noun with what belongs to it, without what "and" joins to it and without clauses.

    A name goes on over the capitalised words beside it, whatever the parse makes of them: "Theresa May". One
    that stands right behind what he or she is belongs to it: "the economist Ann Lee".
    """
    apart = {"cc", "conj", "relcl", "punct", "acl", "case", "preconj", "appos", "aux"}
    doc, kept = noun.doc, [noun]
    for child in noun.children:
        beside = child.dep_ == "appos" and child.pos_ == "PROPN" and doc[child.left_edge.i - 1] in kept
        if child.dep_ not in apart or beside:
            kept.extend(child.subtree)
    if _misread(noun):
        kept = [token for token in kept if token.i < noun.i]
    places = [token.i for token in kept if token.pos_ != "PUNCT" or token.text in {"-", "."}] or [noun.i]
    first, last = min(places), max(places)
    while noun.pos_ == "PROPN" and last + 1 < len(doc) and doc[last + 1].text.istitle() and not doc[last + 1].is_stop:
        last += 1
    if noun.pos_ == "PROPN" and last + 1 < len(doc) and doc[last + 1].text in {"May", "Will", "Might"}:
        last += 1
    return doc[first : last + 1]


def _asked_speaker(phrase: Span) -> AskedSpeaker:
    """A phrase as it was typed, and whether it is a name by its form: one word or several, the last two of a name."""
    inside = sections("particles.txt")["inside"]
    plain = [token for token in phrase if token.lower_ not in OWN and token.pos_ not in {"DET", "PUNCT"}]
    plain = [token for token in plain if token is plain[0] or token.text not in inside]  # "Ursula von der Leyen"
    whole = all(token.text[0].isupper() or token.lower_ in {"of", "for", "and"} for token in plain)
    of = next((i for i, token in enumerate(plain) if token.pos_ == "ADP" and i and plain[i - 1].text.islower()), 0)
    plain = plain[:of] if of else plain  # "politicians in Atlantic City"
    ending = [token for token in plain if not whole or token.text[0].isupper()][-2:]  # "Federation of Teachers"
    if len(ending) == 1:
        proper = ending[0].tag_ in PROPER_TAGS and ending[0].text.istitle()
    else:
        named = all(token.text.istitle() for token in ending) and of_a_person([token.text for token in ending])
        proper = named or (
            len(ending) == 2
            and all(
                token.tag_ in PROPER_TAGS
                or token.text in {"May", "Will"}
                or (token is ending[0] and token.text.istitle() and token.tag_ not in {"NN", "NNS"})  # "Xavier Hall"
                or (token.text.istitle() and token.tag_ == "NNS" and ending[0].tag_ == "NNP")  # "Tiger Woods"
                for token in ending
            )
        )
    return AskedSpeaker(phrase.text.strip(" ,;:"), proper)


def _topic_before(doc: Doc, pronoun: Token) -> Iterator[Span]:
    """Whom "he" stands for where the question names him first: "Bill Clinton in Flint: who does he think ..."."""
    before = [t for t in doc[: pronoun.i] if t.pos_ == "PROPN" and t.dep_ not in {"compound", "pobj", "poss"}]
    if before and not asks_which(before[0]):
        yield doc[min(t.i for t in (before[0], *before[0].lefts)) : before[0].i + 1]
