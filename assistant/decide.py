"""Deciding: does the best of what was found answer the question, or is an honest "the articles do not say" due?

No single cosine tells (measured: hardly better than a coin). What tells is whether the one who is asked about speaks on
it, how much of the question's rare words the passage holds, and how near it is. Weights as in `rank`, table `decide`.
Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp

from assistant.rank import weighed, weights
from assistant.search import Found, Query


def answers(wanted: Query, best: Sequence[Found]) -> bool:
    """Whether the first of these passages, best first, answers the question."""
    return bool(best) and certainty(wanted, best) >= 0.5


def certainty(wanted: Query, best: Sequence[Found]) -> float:
    """How likely it is, in 0..1, that the best passage answers the question (logistic regression)."""
    return 1 / (1 + exp(-weighed(signs(wanted, best), weights("decide"))))


def signs(wanted: Query, best: Sequence[Found]) -> dict[str, float]:
    """What the decision rests on.

    :param best: At least one passage, best first.
    """
    first = best[0].features
    question = wanted.question
    return {
        "constant": 1.0,
        "cosine": first["cosine"],
        "alike": first["alike"],
        "names": first["names"],
        "strange": float(min(wanted.strange, 2)),
        "theirs": float(bool(question.said_by) and first["asked"] > 0),
        "others": float(bool(question.said_by) and first["asked"] == 0),
        "name_of": float(bool(question.name_of)),
    }
