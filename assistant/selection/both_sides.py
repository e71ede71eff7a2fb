"""Both sides: takes the quotes that were found; gives those to show, ordered so that claim and denial stand together.

Where a question asks for a reaction, a dispute or what people say, one speaker's quotes follow each other, and a quote
that denies stands beside the one that it answers, the better one first. Goes by the cue ("denied", "slammed ... as")
and by whom the denial names; does not know what the sentences mean. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from assistant.types import Quote
from index.language.lexicon import Trait, forms_having
from index.language.tokens import words

SHORTEST_NAME = 4  # letters of a name's word that tell whose it is


def both_sides(quotes: Sequence[Quote], most: int) -> tuple[Quote, ...]:
    """The quotes to show.

    :param quotes: Best first, also more than can be shown: a denial of one that is shown takes the last place.
    :param most: At most so many.
    """
    shown = list(quotes[:most])
    if not any(map(denies, shown)):
        denial = next((one for one in quotes[most:] if denies(one) and _answered(one, shown) is not None), None)
        if denial is not None:
            shown[-1] = denial
    voices: dict[str, list[Quote]] = {}
    for quote in shown:
        voices.setdefault(_speaker_id(quote), []).append(quote)
    order = list(voices)
    for denial in filter(denies, shown):
        answered = _answered(denial, shown)
        if answered is not None:
            first, last = sorted((_speaker_id(denial), _speaker_id(answered)), key=order.index)
            order.remove(last)
            order.insert(order.index(first) + 1, last)
    return tuple(chain.from_iterable(voices[voice] for voice in order))


def denies(quote: Quote) -> bool:
    """Whether a quote is given as a denial: "denied", "rejected", "dismissed ... as"."""
    said = quote.statement
    cue = said.cue.cut(quote.article.text) if said and said.cue else ""
    return any(word.key in forms_having(Trait.DENIES) for word in words(cue))


def _answered(denial: Quote, shown: Sequence[Quote]) -> Quote | None:
    """The quote that a denial answers: the best of a speaker whom it names, else the best of the same article."""
    others = [one for one in shown if one.speaker and _speaker_id(one) != _speaker_id(denial) and not denies(one)]
    held = {word.key for word in words(denial.text)}
    named = (
        one
        for one in others
        if one.speaker and {w for w in _name_keys(one.speaker.name) if len(w) >= SHORTEST_NAME} & held
    )
    beside = (one for one in others if one.article.id == denial.article.id)
    return next(chain(named, beside), None)


def _name_keys(name: str) -> set[str]:
    return {word.key for word in words(name)}


def _speaker_id(quote: Quote) -> str:
    """What is the same for quotes of one speaker; one whom nobody names stands alone."""
    speaker = quote.speaker
    return speaker.key or speaker.name if speaker else f"{quote.article.id} {quote.span.start}"
