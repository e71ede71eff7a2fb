"""Takes how the speaker of a statement was found; gives the probability that it is the right one.

The probability is that of a logistic regression, fitted by `benchmarks/certainty.py` on statements whose speakers are
known; its weights are in certainty.toml. May not know the article's text or its parse.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from index.attribution.linking.resolved import Link, Resolved
from index.attribution.types import Attribution
from index.types import Flag, Manner, PossibleSpeaker, Speaker

CERTAIN = 0.95  # from this probability a speaker is shown as certain
LIKELY = 0.85  # from this one as likely; below it as not certain
ACCUSED_FROM = 0.90  # from this one a quotation that is given to another person is misattributed
NAMED_FROM = 0.5  # below this probability a statement names nobody, and lists candidates
_LISTED = 4  # candidates at most
_PIECES = 3  # of a statement that count: a speech over twenty paragraphs is no less certain than one over three
_LEAST = 0.05  # probability of a candidate that is listed


def features(resolved: Resolved, raw: Attribution, manner: Manner, others: int) -> dict[str, float]:
    """What speaks for or against the speaker, by name; a feature that is missing is 0.

    :param others: How many other people the statement's sentences name outside quotation marks.
    """
    weights = [weight for _, weight in resolved.rivals]
    found = {
        "constant": 1.0,
        f"link: {resolved.link}": 1.0,
        f"manner: {manner}": 1.0,
        "no cue": float(raw.cue is None),
        "no source": float(raw.source is None),
        "others": math.log1p(others),
        "unclosed": float(Flag.UNCLOSED in raw.flags or Flag.UNOPENED in raw.flags),
        "pieces": math.log(min(len(raw.content), _PIECES)),
        "short name": float(resolved.speaker is not None and len(resolved.speaker.name.split()) == 1),
    }
    plain = resolved.link is Link.NAME and raw.cue is not None and not weights and not found["short name"]
    found["plain"] = float(plain)  # '"...," said Ann Lee', and no other Lee
    found["plain and alone"] = float(plain and not others)
    found[f"plain, {manner}"] = float(plain)
    if len(weights) > 1:
        found[f"rivals: {resolved.link}"] = 1.0
        found["lead"] = min(3.0, math.log((weights[0] + 1e-6) / (weights[1] + 1e-6)))
    if weights:
        found[f"weight: {resolved.link}"] = min(3.0, max(-3.0, math.log(weights[0] + 1e-6)))
    if raw.source is not None:
        gap = min(abs(span.start - raw.source.end) for span in raw.content)
        found["gap"] = math.log1p(gap / 50)
    return found


def probability(values: Mapping[str, float]) -> float:
    """The probability, 0 to 1, that the speaker is the right one; a feature without a weight does not count."""
    weights = _weights()
    return 1 / (1 + math.exp(-sum(weights.get(name, 0.0) * value for name, value in values.items())))


def candidates(resolved: Resolved, certainty: float) -> tuple[PossibleSpeaker, ...]:
    """Everybody who may be meant, with probabilities, the likeliest first.

    :param certainty: The probability of `resolved.speaker`. The others share the rest by their weights.
    """
    rivals = [(one, weight) for one, weight in resolved.rivals if one.name and one != resolved.speaker]
    total = sum(weight for _, weight in rivals)
    first = [(resolved.speaker, certainty)] if resolved.speaker else []
    shares = [*first, *((one, (1 - certainty) * weight / total) for one, weight in rivals if total)]
    return tuple(PossibleSpeaker(one.name, round(share, 3)) for one, share in _distinct(shares) if share >= _LEAST)


def _distinct(shares: Sequence[tuple[Speaker, float]]) -> list[tuple[Speaker, float]]:
    """The likeliest few, each once."""
    found: dict[str, tuple[Speaker, float]] = {}
    for speaker, share in sorted(shares, key=lambda one: -one[1]):
        found.setdefault(speaker.id, (speaker, share))
    return list(found.values())[:_LISTED]


@cache
def _weights() -> Mapping[str, float]:
    text = files(__package__).joinpath("certainty.toml").read_text(encoding="utf-8")
    return {name: float(weight) for name, weight in tomllib.loads(text)["weights"].items()}
