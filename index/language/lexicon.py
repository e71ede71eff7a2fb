"""The lexicon: the words by which people say, think, want or show something, and what each of them does.

Reads data/lexicon.csv, which has one row a word. Everything that asks whether a word reports, denies or asks for words
asks here. Knows words alone; does not know sentences, articles or questions. The columns:

word    the lemma, with its particle: "say", "hit back", "claim"
part    verb, noun, adjective, adverb or preposition; a word may have one row for each
class   what somebody does by it; `WordClass`
quotes  how it stands beside a quotation; `Quoting`, or empty where it does not
asked   whether a question with it asks for words ("What did X ___ about ...?"); `AskedFor`, or empty
object  "said" where its object is what is said ("announce a plan"), and not whom or what it is about ("accuse Lee")
truth   whether its subject answers for the truth of what is said; `Truth`, or empty where it tells of no words
frames  the frames in which it reports, as data/frames.csv has them: clause, infinitive, name, as, or a preposition
traits  whatever else it does; `Trait`
forms   for a verb, its past, its participle and further forms, where no rule of inflection.py gives them
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from index.language import inflection
from index.language.wordlists import rows

LEXICON_FILE = "lexicon.csv"


class PartOfSpeech(StrEnum):
    """The parts of speech that the lexicon has words of."""

    VERB = "verb"
    NOUN = "noun"
    ADJECTIVE = "adjective"
    ADVERB = "adverb"
    PREPOSITION = "preposition"


class WordClass(StrEnum):
    """What somebody does by a word; NOTHING stands for verbs that report nothing where others may ("ensure that")."""

    SAYS = "says"
    WRITES = "writes"
    ASKS = "asks"
    THINKS = "thinks"
    FEELS = "feels"
    WANTS = "wants"
    JUDGES = "judges"
    ACTS = "acts"
    NOTHING = "nothing"


class Quoting(StrEnum):
    """How a verb stands beside a quotation.

    SPEECH: by speech or writing, wherever it stands in the sentence. THOUGHT: by thought, where no verb of speech
    stands before it. BESIDE: only right beside the quotation ('"Yes," she smiled').
    """

    SPEECH = "speech"
    THOUGHT = "thought"
    BESIDE = "beside"


class AskedFor(StrEnum):
    """What a question with a word asks for: words, or words unless the measure of a deed ("how long did X talk")."""

    WORDS = "words"
    DEED = "deed"


class Truth(StrEnum):
    """Whether somebody answers for the truth of what is said ("confirm"), only tells it ("claim") or wishes it."""

    CONFIRMS = "confirms"
    TELLS = "tells"
    WISHES = "wishes"


class Trait(StrEnum):
    """What else a word does."""

    REPLIES = "replies"  # answers or disputes, so that a question with it asks for both sides
    RECOUNTS = "recounts"  # "as X tells it" asks for X's words
    SPEAKS = "speaks"  # "did not comment": nothing was said
    PUBLISHES = "publishes"  # "issued a statement"
    DENIES = "denies"  # gives what follows as a denial of what somebody else said: "dismissed it as"
    NEGATES = "negates"  # holds a "not": "refused"
    DISOWNS = "disowns"  # takes back what follows: "denied saying"
    DOUBTS = "doubts"  # affirms where it is denied itself: "did not dispute that"
    RAISES = "raises"  # hands a "not" on to what follows: "I don't think it is safe"
    OPPOSES = "opposes"
    SUPPORTS = "supports"
    AGREES = "agrees"
    THREATENS = "threatens"
    APOLOGIZES = "apologizes"


STANCES = (Trait.OPPOSES, Trait.SUPPORTS, Trait.AGREES, Trait.THREATENS, Trait.APOLOGIZES)


@dataclass(frozen=True, slots=True)
class Lexeme:
    """One row of the lexicon; see the module's first lines for each column."""

    word: str
    part: PartOfSpeech
    word_class: WordClass
    quotes: Quoting | None
    asked: AskedFor | None
    object_is_said: bool
    truth: Truth | None
    frames: frozenset[str]
    traits: frozenset[Trait]
    irregular: tuple[str, ...]
    forms: frozenset[str]


@cache
def lexicon() -> Mapping[tuple[str, PartOfSpeech], Lexeme]:
    """Every word of the lexicon, by word and part of speech.

    :raises ValueError: If a row of the file cannot be read or stands twice; says which.
    """
    found: dict[tuple[str, PartOfSpeech], Lexeme] = {}
    for row in rows(LEXICON_FILE):
        try:
            one = _lexeme(row)
        except ValueError as problem:
            raise ValueError(f"{LEXICON_FILE}, row of {row['word']!r}: {problem}") from problem
        if (one.word, one.part) in found:
            raise ValueError(f"{LEXICON_FILE}: the {one.part} {one.word!r} stands twice; join the two rows")
        found[one.word, one.part] = one
    return found


def _lexeme(row: Mapping[str, str]) -> Lexeme:
    part, quotes = PartOfSpeech(row["part"]), Quoting(row["quotes"]) if row["quotes"] else None
    asked = AskedFor(row["asked"]) if row["asked"] else None
    if quotes is Quoting.SPEECH and asked is None:
        raise ValueError("a question with a verb of speech asks for words, so `asked` cannot be empty")
    if row["object"] not in {"", "said"}:
        raise ValueError(f"`object` is {row['object']!r}; it can be said or empty")
    irregular = tuple(row["forms"].split())
    return Lexeme(
        word=row["word"],
        part=part,
        word_class=WordClass(row["class"]),
        quotes=quotes,
        asked=asked,
        object_is_said=row["object"] == "said",
        truth=Truth(row["truth"]) if row["truth"] else None,
        frames=frozenset(row["frames"].split()) | ({"object"} if row["object"] else set()),
        traits=frozenset(map(Trait, row["traits"].split())),
        irregular=irregular,
        forms=inflection.forms(row["word"], irregular) if part is PartOfSpeech.VERB else frozenset({row["word"]}),
    )


def _chosen(fits: Callable[[Lexeme], bool]) -> Iterator[Lexeme]:
    return (one for one in lexicon().values() if fits(one))


@cache
def quoting(*places: Quoting) -> frozenset[str]:
    """The verbs that stand beside a quotation in one of these ways, as lemmas."""
    return frozenset(one.word for one in _chosen(lambda one: one.quotes in places))


@cache
def forms_quoting(*places: Quoting) -> frozenset[str]:
    """Those verbs in all their forms."""
    return _forms(_chosen(lambda one: one.quotes in places))


@cache
def asking_words(part: PartOfSpeech = PartOfSpeech.VERB) -> frozenset[str]:
    """The words with which a question asks for somebody's words, as lemmas: "What did X say", "What is X's view"."""
    return frozenset(one.word for one in _chosen(lambda one: one.part is part and one.asked is not None))


@cache
def asking_for_deeds() -> frozenset[str]:
    """Those of them that ask for no words where a measure is asked for: "how long did X talk"."""
    return frozenset(one.word for one in _chosen(lambda one: one.asked is AskedFor.DEED))


@cache
def forms_asking() -> frozenset[str]:
    """The verbs with which a question always asks for somebody's words, in all their forms."""
    return _forms(_chosen(lambda one: one.part is PartOfSpeech.VERB and one.asked is AskedFor.WORDS))


@cache
def having(trait: Trait) -> frozenset[str]:
    """The words of any part of speech that have a trait, as lemmas."""
    return frozenset(one.word for one in _chosen(lambda one: trait in one.traits))


@cache
def forms_having(trait: Trait) -> frozenset[str]:
    """The words of any part of speech that have a trait, in all their forms."""
    return _forms(_chosen(lambda one: trait in one.traits))


@cache
def telling_words(*parts: PartOfSpeech, truths: tuple[Truth, ...] = tuple(Truth)) -> frozenset[str]:
    """The words of these parts of speech by which somebody tells something, as lemmas.

    :param truths: Only those whose subject answers so for the truth of it.
    """
    return frozenset(one.word for one in _chosen(lambda one: one.part in parts and one.truth in truths))


@cache
def judging_verbs() -> Mapping[Trait | Truth, frozenset[str]]:
    """The verbs that say what somebody thinks of a matter, or that he or she answers for it, each in all its forms."""
    confirming = _chosen(lambda one: one.part is PartOfSpeech.VERB and one.truth is Truth.CONFIRMS)
    return {**{stance: forms_having(stance) for stance in STANCES}, Truth.CONFIRMS: _forms(confirming)}


def _forms(words: Iterable[Lexeme]) -> frozenset[str]:
    """All forms of some words, but for those that are particles of others: "back", as in "hit back"."""
    particles = {one.word.partition(" ")[2] for one in lexicon().values()}
    return frozenset(form for one in words for form in one.forms) - particles


@cache
def irregular_forms() -> dict[str, str]:
    """The forms that no rule gives, each with its verb: "said" is of "say"."""
    return {form: one.word for form, one in _verbs_by_form().items() if form in one.irregular}


@cache
def _verbs_by_form() -> dict[str, Lexeme]:
    verbs = _chosen(lambda one: one.part is PartOfSpeech.VERB and " " not in one.word)
    return {form: one for one in verbs for form in one.forms}


def verb_of(form: str, *, infinitive: bool = False) -> str | None:
    """The verb of the lexicon that a word in small letters is a form of; None where it is none's.

    :param infinitive: Whether it stands where no past can: "to found a firm" is no form of "find".
    """
    verb = _verbs_by_form().get(form)
    return None if verb is None or (infinitive and form in verb.irregular[:2]) else verb.word
