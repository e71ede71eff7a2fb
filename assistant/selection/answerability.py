"""Deciding: does the best of what was found answer the question, or is an honest "the articles do not say" due?

No single cosine tells (measured: hardly better than a coin). Some things are plain: who asks for the name of somebody
whom the article does not name gets none; what somebody who was named said is not told by others, and where nothing that
he or she says is both near to the question and in its words, or like ones, it was about something else; a number is of
the kind that is asked for, and counts what is; kin of whom nothing is told have said nothing. For the rest a logistic
regression weighs how near the best passage is, how many of the question's words and names it holds, and who speaks;
weights as in `rank`, table `decide`. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import exp

from assistant.query.directory import How
from assistant.query.question import Question
from assistant.query.resolution import Asked
from assistant.retrieval.ranking import weighed, weights
from assistant.retrieval.search import Found
from assistant.retrieval.search_terms import Query
from assistant.retrieval.similarity import COUNTED
from assistant.selection.speaker_filter import asked_about, by_name, may_be_theirs, only_described, speaks
from index.attribution.people.name_runs import name_runs
from index.language.amounts import tells
from index.language.names import fold, is_given
from index.language.word_forms import WORD, calling, listed
from index.language.wordlists import words
from index.types import Resolution

INDEFINITE = frozenset({"a", "an", "one", "another", "some", "two", "three", "several"})
FIRST = 3  # passages among which one must be the speaker's who was asked about
LIKE = 0.22  # the cosine, without context, of a word like the one word that is asked about
NUMBERED = 5  # passages among which one must tell the number that was asked for
LEAST = 0.6  # how near, as `_about` has it, a passage must be that tells a number
APART = 0.25  # how much farther it may be than the nearest one
ON_THIS = 1.0  # how near who is asked about by name must come, and say what is asked; less by how others come nearer
SAYING = 3  # the first of his or her passages, in one of which it must be said
RIVALS = 10  # passages among which others may
NEAR_ENOUGH = 0.66  # how near, as `_about` has it, who is known by a role only is let pass
FEW = 3  # passages, or fewer, of who is known by a role only, tell that there is nothing on this
TOUCHED = 0.18  # of what is asked, by the weight of the words, must stand near one of those few
SILENT = re.compile(
    r"\bnot (?:\w+ )?(?:respond|return|repl(?:y|ied))(?:ed)?\b|\b(?:not|n[’']t) be reached\b"
    r"|(?:\bnot|n[’']t|\bnever) (?:\w+ )?(?:said|say|spoken|expressed?|commented|weighed in)\b"
    r"|\b(?:declin|refus)\w+ (?:to )?(?:comment|discuss|answer|elaborate|respond|speak|talk|take questions)\b",
    re.IGNORECASE,
)
RELATIVE = re.compile(r"\b(?:who|whom|whose|that|which)\b")
ARTICLE = re.compile(r"^(?:the|an?) ", re.IGNORECASE)
QUOTED = re.compile("[\"“”]|''")


def answers(wanted: Query, best: Sequence[Found]) -> bool:
    """Whether the first of these passages, best first, answers the question."""
    if not best:
        return False
    question, asked, first = wanted.question, wanted.asked, best[:FIRST]
    by_a_name = any(match.how is How.NAME for match in asked.named)
    return (
        not (question.name_of and _nameless(question, best[0]))
        and not nobody_of_kind(question, best)
        and not (by_a_name and not _theirs(first, asked))
        and _kin_told_of(asked, first)
        and _tells_number(question, best)
        and _on_this(wanted, best)
        and certainty(wanted, best) >= 0.5
    )


def nobody_of_kind(question: Question, best: Sequence[Found]) -> bool:
    """Whether "which judge" is asked, and the best passage tells it of "a judge", who has no name there."""
    if not question.which or not best:
        return False
    kind, said = calling(fold(question.which.split()[-1])), best[0].statement
    if said and said.speaker and said.speaker.name.endswith("s") and " " in said.speaker.name:  # "Republican lawmakers"
        last = fold(said.speaker.name.split()[-1]).removesuffix("s")
        if calling(last) == kind:
            return True
    speakers = (one.statement.speaker for one in best[:FIRST] if one.statement)
    if only_described(best[0]) and not any(speaker and speaker.key for speaker in speakers):
        return True  # "the lawsuit", "staff members": nobody with a name is near
    described = [fold(word) for word in RELATIVE.split(_described(best[0]))[0].split()]
    indefinite = not INDEFINITE.isdisjoint(described[:1])  # "the delegate" has a name further up
    return only_described(best[0]) and indefinite and kind in map(calling, described)


def certainty(wanted: Query, best: Sequence[Found]) -> float:
    """How likely it is, in 0..1, that the best passage answers the question (logistic regression)."""
    return 1 / (1 + exp(-weighed(signs(wanted, best), weights("decide"))))


def signs(wanted: Query, best: Sequence[Found]) -> dict[str, float]:
    """What the regression rests on.

    :param best: At least one passage, best first.
    """
    first = best[0].features
    return {
        "constant": 1.0,
        "cosine": first["cosine"],
        "alike": first["alike"],
        "coverage": first["coverage"],
        "names": first["names"],
        "strange": float(min(wanted.strange, 2)),
        "theirs": first["asked"],
        "role": first["role"] if wanted.roles else 0.5,
    }


def _theirs(best: Sequence[Found], asked: Asked) -> bool:
    """Whether one of these is by somebody who was asked about, or by one whom the article leaves open ("he")."""
    return any(asked_about(one) or may_be_theirs(one, asked) or _open(one) for one in best)


def _open(one: Found) -> bool:
    """Whether a passage is told by somebody whom the article does not name; not one that tells nobody's words."""
    said = one.statement
    return said is not None and said.source is not None and said.speaker is None


def _on_this(wanted: Query, found: Sequence[Found]) -> bool:
    """Whether one of those who were asked about says something near enough to what is asked, for all that others say.

    It is not enough that the passage tells it: "the convention came in the week in which Lee announced his return".

    Who is known by a role only may be another than was meant: who says much, or anything of it, is let pass.
    """
    named, said_by = wanted.asked.named, wanted.question.said_by
    theirs = [one for one in found if asked_about(one) or may_be_theirs(one, wanted.asked)]
    if not named or len(named) < len(said_by) or not theirs or not wanted.matter:
        return True
    theirs = [one for one in theirs if speaks(one) and not _silent(one)]
    if not theirs:
        return False
    if len(wanted.matter) == 1:  # it stands there, or a word like it does
        return any(one.near > 0 for one in theirs) or any(one.features["touched"] >= LIKE for one in theirs[:SAYING])
    if by_name(wanted.asked):
        nearest, says = max(map(_about, theirs)), max(one.features["says"] for one in theirs[:SAYING])
        return nearest - max(0.0, max(map(_about, found[:RIVALS])) - nearest) + says >= ON_THIS
    much = len({one.passage.extent.cut(one.article.text) for one in theirs}) > FEW or _so_called(wanted, found[0])
    return much or any(one.near >= TOUCHED or _about(one) >= NEAR_ENOUGH for one in theirs)


def _so_called(wanted: Query, best: Found) -> bool:
    """Whether the article of the best passage has a role of two words or more that is asked about: its own is meant."""
    roles = (ARTICLE.sub("", mention.text).casefold() for mention in wanted.question.said_by)
    text = " ".join(best.article.text.casefold().split())
    return any(" " in role and role in text for role in roles)


def _silent(one: Found) -> bool:
    """Whether a passage only tells that nothing was said: "Ann Lee did not respond to a request for comment".

    Not where that is what is said: "Ann Lee said the firm did not respond".
    """
    text, start = one.passage.extent.cut(one.article.text), one.passage.extent.start
    silence = SILENT.search(text)
    if silence is None or QUOTED.search(text) is not None:
        return False
    said = [piece for other in (one.statement, *one.beside) if other and other.cue for piece in other.content]
    return not any(piece.start <= start + silence.start() < piece.end for piece in said)


def _tells_number(question: Question, best: Sequence[Found]) -> bool:
    """Whether a number that is asked for stands in a passage that is about what is asked.

    What is nearest to the question tells no number, and what tells one is far from it: it counts something else.
    """
    if question.amount is None or question.said_by:
        return True
    some = best[:NUMBERED]
    telling = [one for one in some if _counts(one) and tells(one.passage.extent.cut(one.article.text), question.amount)]
    nearest = max(map(_about, telling), default=0.0)
    return nearest >= max(LEAST, max(map(_about, some)) - APART)


def _counts(one: Found) -> bool:
    """Whether what a passage counts may be what is asked the number of."""
    return one.features["counted"] >= COUNTED


def _kin_told_of(asked: Asked, best: Sequence[Found]) -> bool:
    """Whether kin whom no speaker is known to be ("What did Lee's wife say") are told of in one of these passages.

    Any kin are family.
    """
    said_by = [fold(mention.text.split()[-1]) for mention in asked.question.said_by]
    kin = listed("kin.txt") if "family" in said_by else listed("kin.txt") & set(said_by)
    told = (f"{_described(one)} {one.passage.extent.cut(one.article.text)}" for one in best)
    if asked.named or not said_by or not kin.issuperset(said_by):
        return True
    return any(not kin.isdisjoint(map(fold, WORD.findall(text))) for text in told)


def _about(one: Found) -> float:
    """How near a passage is to the question, in what it means and in its words."""
    return one.features["cosine"] + one.near / 2


def _nameless(question: Question, best: Found) -> bool:
    """Whether a passage gives no name for one who is described: nobody's, or somebody's who is described otherwise.

    "Who was the last Republican to win Ohio" may be told by the reporter, with a name that the question does not have.
    """
    said = best.statement
    if said is None and question.text.lower().startswith("who"):
        named = (
            [fold(word.text) for word in run.words] for run in name_runs(best.passage.extent.cut(best.article.text))
        )
        asked = {fold(word) for word in WORD.findall(question.text)}
        return not any(len(name) > 1 and is_given(name[0]) and asked.isdisjoint(name) for name in named)
    if said is None or said.speaker is None or said.resolution is Resolution.DESCRIPTION:
        return True
    described = {fold(word) for word in _described(best).split()}
    return not described & {fold(word) for word in question.name_of.split()[:5]} & words("persons.txt")


def _described(one: Found) -> str:
    """How the article describes who tells a passage."""
    said = one.statement
    printed = said.source.cut(one.article.text) if said and said.source else ""
    return f"{said.speaker.description} {printed}" if said and said.speaker else printed
