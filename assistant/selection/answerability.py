"""Takes a question's terms and ranked passages; tells whether they answer it, and how probable that is.

No single cosine tells (measured: hardly better than a coin). Five plain signs refuse: a name, a kind of person, kin or
a number is asked for that the passages do not give, or the person asked about is quoted on something else. For the rest
a logistic regression weighs what the reader says of the passages, how near the first one is, and who speaks. Its
weights, the table `decide` of weights.toml, are fitted by `benchmarks/weights.py` on near misses of the open corpus.
Pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from math import exp

from assistant.query.directory import MatchedBy
from assistant.query.question import Question
from assistant.query.resolution import Query
from assistant.retrieval.ranking import weighted_sum, weights
from assistant.retrieval.search import Candidate
from assistant.retrieval.search_terms import SearchTerms
from assistant.retrieval.similarity import COUNTED
from assistant.selection.speaker_filter import (
    asks_named_speakers,
    has_unnamed_speaker,
    is_by_speaker_asked,
    may_be_by_speaker_asked,
    speaks,
)
from index.attribution.people.name_runs import name_runs
from index.language.amounts import tells
from index.language.lexicon import Trait, forms_having
from index.language.names import fold, is_given
from index.language.word_forms import WORD, calling
from index.language.wordlists import words
from index.types import Resolution

INDEFINITE = frozenset({"a", "an", "one", "another", "some", "two", "three", "several"})
REFUSE_BELOW = 0.3  # the least probability of an answer that is given
DOUBTED_BELOW = 0.5  # below it an answer is given with a word of doubt
WEIGHED_PASSAGES = 8  # passages that the probability rests on
UNREAD = -3.0  # stands for the logit of a passage that the reader was not shown
FIRST_PASSAGES = 3  # passages among which one must be the speaker's who was asked about
SIMILAR_WORD = 0.22  # the cosine, without context, of a word like the one word that is asked about
NUMBER_PASSAGES = 5  # passages among which one must tell the number that was asked for
LEAST_NUMBER_SCORE = 0.6  # how near, as `_topic_score` has it, a passage must be that tells a number
NUMBER_SCORE_GAP = 0.25  # how much farther it may be than the nearest one
ON_TOPIC = 1.0  # how near who is asked about by name must come, and say what is asked; less by how others come nearer
SPEAKER_PASSAGES = 3  # the first of his or her passages, in one of which it must be said
RIVAL_PASSAGES = 10  # passages among which others may
ROLE_ON_TOPIC = 0.66  # least `_topic_score` of a speaker who was matched by role only
FEW_BY_ROLE = 3  # a speaker matched by role with more passages than this is not refused
LEAST_TOPIC_SHARE = 0.18  # share of the question's words, by weight, that one of those few must have near it
RELATIVE_PRONOUN = re.compile(r"\b(?:who|whom|whose|that|which)\b")
ARTICLE = re.compile(r"^(?:the|an?) ", re.IGNORECASE)
QUOTATION_MARK = re.compile("[\"“”]|''")


def can_answer(terms: SearchTerms, best: Sequence[Candidate], refuse_below: float = REFUSE_BELOW) -> bool:
    """Whether the first of these passages, best first, answers the question.

    :param refuse_below: The least probability of an answer that is given.
    """
    if not best or any(_plain_signs(terms, best).values()):
        return False
    return answer_probability(terms, best) >= refuse_below


def lacks_person_of_kind(question: Question, best: Sequence[Candidate]) -> bool:
    """Whether "which judge" is asked, and the best passage tells it of "a judge", who has no name there."""
    if not question.which or not best:
        return False
    kind, said = calling(fold(question.which.split()[-1])), best[0].statement
    if said and said.speaker and said.speaker.name.endswith("s") and " " in said.speaker.name:  # "Republican lawmakers"
        last = fold(said.speaker.name.split()[-1]).removesuffix("s")
        if calling(last) == kind:
            return True
    speakers = (one.statement.speaker for one in best[:FIRST_PASSAGES] if one.statement)
    if has_unnamed_speaker(best[0]) and not any(speaker and speaker.key for speaker in speakers):
        return True  # "the lawsuit", "staff members": nobody with a name is near
    described = [fold(word) for word in RELATIVE_PRONOUN.split(_speaker_description(best[0]))[0].split()]
    indefinite = not INDEFINITE.isdisjoint(described[:1])  # "the delegate" has a name further up
    return has_unnamed_speaker(best[0]) and indefinite and kind in map(calling, described)


def answer_probability(terms: SearchTerms, best: Sequence[Candidate]) -> float:
    """The probability, 0 to 1, that the articles answer the question (logistic regression, table `decide`)."""
    return 1 / (1 + exp(-weighted_sum(answer_features(terms, best), weights("decide"))))


def answer_features(terms: SearchTerms, best: Sequence[Candidate]) -> dict[str, float]:
    """What the regression rests on.

    :param best: At least one passage, best first.
    """
    some, asks = best[:WEIGHED_PASSAGES], bool(terms.question.said_by)
    own = [one for one in some if is_by_speaker_asked(one) or may_be_by_speaker_asked(one, terms.query)]
    by_a_name = any(match.matched_by is MatchedBy.NAME for match in terms.query.named)
    return {
        "constant": 1.0,
        "cosine": best[0].features["cosine"],
        "answers": max(map(_read, some)),
        "own_answers": max(map(_read, own), default=UNREAD) - UNREAD if asks else 0.0,
        "asks_speaker": float(asks),
        "not_by_speaker": float(by_a_name and not _has_speaker_asked(best[:FIRST_PASSAGES], terms.query)),
    }


def _plain_signs(terms: SearchTerms, best: Sequence[Candidate]) -> dict[str, bool]:
    """What plainly tells that nothing here answers: a name, a number or somebody's words are asked for and missing."""
    question = terms.question
    return {
        "no_name": bool(question.name_of) and _lacks_name(question, best[0]),
        "no_person_of_kind": lacks_person_of_kind(question, best),
        "no_kin": not _mentions_kin_asked(terms.query, best[:FIRST_PASSAGES]),
        "no_number": not _has_number_asked(question, best),
        "off_topic": not _speaker_is_on_topic(terms, best),
    }


def _read(one: Candidate) -> float:
    """The reader's logit that a passage answers; that of a poor one where it was not read."""
    return one.features.get("answers", UNREAD)


def _has_speaker_asked(best: Sequence[Candidate], query: Query) -> bool:
    """Whether one of these is by somebody who was asked about, or by one whom the article leaves open ("he")."""
    return any(is_by_speaker_asked(one) or may_be_by_speaker_asked(one, query) or _has_open_source(one) for one in best)


def _has_open_source(one: Candidate) -> bool:
    """Whether a passage is told by somebody whom the article does not name; not one that tells nobody's words."""
    said = one.statement
    return said is not None and said.source is not None and said.speaker is None


def _speaker_is_on_topic(terms: SearchTerms, found: Sequence[Candidate]) -> bool:
    """Whether one of those who were asked about says something near enough to what is asked, for all that others say.

    It is not enough that the passage tells it: "the convention came in the week in which Lee announced his return".

    A speaker who was matched by role only may be another than was meant, and is refused only with few passages, none
    of which is near the question or touches a word of it.
    """
    named, said_by = terms.query.named, terms.question.said_by
    theirs = [one for one in found if is_by_speaker_asked(one) or may_be_by_speaker_asked(one, terms.query)]
    if not named or len(named) < len(said_by) or not theirs or not terms.matter:
        return True
    theirs = [one for one in theirs if speaks(one) and not _reports_silence(one)]
    if not theirs:
        return False
    if len(terms.matter) == 1:  # it stands there, or a word like it does
        return any(one.topic_share > 0 for one in theirs) or any(
            one.features["touched"] >= SIMILAR_WORD for one in theirs[:SPEAKER_PASSAGES]
        )
    if asks_named_speakers(terms.query):
        nearest, says = max(map(_topic_score, theirs)), max(one.features["says"] for one in theirs[:SPEAKER_PASSAGES])
        return nearest - max(0.0, max(map(_topic_score, found[:RIVAL_PASSAGES])) - nearest) + says >= ON_TOPIC
    much = len({one.passage.extent.cut(one.article.text) for one in theirs}) > FEW_BY_ROLE or _article_uses_role(
        terms, found[0]
    )
    return much or any(one.topic_share >= LEAST_TOPIC_SHARE or _topic_score(one) >= ROLE_ON_TOPIC for one in theirs)


def _article_uses_role(terms: SearchTerms, best: Candidate) -> bool:
    """Whether the article of the best passage has a role of two words or more that is asked about: its own is meant."""
    roles = (ARTICLE.sub("", mention.text).casefold() for mention in terms.question.said_by)
    text = " ".join(best.article.text.casefold().split())
    return any(" " in role and role in text for role in roles)


def _reports_silence(one: Candidate) -> bool:
    """Whether a passage only tells that nothing was said: "Ann Lee did not respond to a request for comment".

    Not where that is what is said: "Ann Lee said the firm did not respond".
    """
    text, start = one.passage.extent.cut(one.article.text), one.passage.extent.start
    silence = _silence().search(text)
    if silence is None or QUOTATION_MARK.search(text) is not None:
        return False
    said = [piece for other in (one.statement, *one.within) if other and other.cue for piece in other.content]
    return not any(piece.start <= start + silence.start() < piece.end for piece in said)


@cache
def _silence() -> re.Pattern[str]:
    """Tells that somebody did not speak: "did not respond", "could not be reached", "declined to discuss it"."""
    speaks = "|".join(sorted(forms_having(Trait.SPEAKS)))
    return re.compile(
        rf"(?:\bnot|n[’']t|\bnever) (?:\w+ )?(?:{speaks}|return(?:ed)?|be reached)\b"
        rf"|\b(?:declin|refus)\w+ (?:to )?(?:{speaks}|take questions)\b",
        re.IGNORECASE,
    )


def _has_number_asked(question: Question, best: Sequence[Candidate]) -> bool:
    """Whether a number that is asked for stands in a passage that is about what is asked.

    What is nearest to the question tells no number, and what tells one is far from it: it counts something else.
    """
    if question.amount is None or question.said_by:
        return True
    some = best[:NUMBER_PASSAGES]
    telling = [
        one
        for one in some
        if _counts_what_is_asked(one) and tells(one.passage.extent.cut(one.article.text), question.amount)
    ]
    nearest = max(map(_topic_score, telling), default=0.0)
    return nearest >= max(LEAST_NUMBER_SCORE, max(map(_topic_score, some)) - NUMBER_SCORE_GAP)


def _counts_what_is_asked(one: Candidate) -> bool:
    """Whether what a passage counts may be what is asked the number of."""
    return one.features["counted"] >= COUNTED


def _mentions_kin_asked(query: Query, best: Sequence[Candidate]) -> bool:
    """Whether one of these passages mentions the relatives whom a question asks about ("What did Lee's wife say").

    True where the question names a speaker who is known. Any relative counts as "family".
    """
    said_by = [fold(mention.text.split()[-1]) for mention in query.question.said_by]
    kin = words("kin.txt") if "family" in said_by else words("kin.txt") & set(said_by)
    told = (f"{_speaker_description(one)} {one.passage.extent.cut(one.article.text)}" for one in best)
    if query.named or not said_by or not kin.issuperset(said_by):
        return True
    return any(not kin.isdisjoint(map(fold, WORD.findall(text))) for text in told)


def _topic_score(one: Candidate) -> float:
    """How near a passage is to the question, in what it means and in its words."""
    return one.features["cosine"] + one.topic_share / 2


def _lacks_name(question: Question, best: Candidate) -> bool:
    """Whether a passage gives no name for one who is described: nobody's, or somebody's who is described otherwise.

    "Who was the last Republican to win Ohio" may be told by the reporter, with a name that the question does not have.
    """
    said = best.statement
    if said is None and question.text.lower().startswith("who"):
        named = (
            [fold(word.text) for word in run.words] for run in name_runs(best.passage.extent.cut(best.article.text))
        )
        query = {fold(word) for word in WORD.findall(question.text)}
        return not any(len(name) > 1 and is_given(name[0]) and query.isdisjoint(name) for name in named)
    if said is None or said.speaker is None or said.resolution is Resolution.DESCRIPTION:
        return True
    described = {fold(word) for word in _speaker_description(best).split()}
    return not described & {fold(word) for word in question.name_of.split()[:5]} & words("persons.txt")


def _speaker_description(one: Candidate) -> str:
    """How the article describes who tells a passage."""
    said = one.statement
    printed = said.source.cut(one.article.text) if said and said.source else ""
    return f"{said.speaker.description} {printed}" if said and said.speaker else printed
