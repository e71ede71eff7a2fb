"""Decides what was found of a quotation whose words stand in the articles. Takes the places, gives the verdict.

An accusation needs certainty: where one place may be right, or it is not certain who speaks, the finding is unclear.
Knows places and whom they are given to. Does not know how they were found, nor storage.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.verification.asked import Asked, Bearing, certain, uncertainty
from assistant.verification.types import ComparedPlace, Finding, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

IN_ITS_OWN_WORDS = "in the article's words, not in quotation marks"


def verdict_without_speaker(quotation: str, places: Sequence[ComparedPlace]) -> Verdict:
    """The verdict where only the words are asked about."""
    said = [place for place in places if not place.denied]
    fair = [place for place in said if place.exact]
    sure = [place for place in fair if certain(place)]
    rest = [place for place in places if place not in sure]
    if sure:
        return Verdict(quotation, "", Finding.EXACT, _stands(sure, len(places)), (*sure, *rest))
    if not said:
        return Verdict(quotation, "", Finding.NOT_SAID, _taken_back(places), tuple(places))
    first = fair or said
    detail = f"These words stand in the articles, but {uncertainty(first[0]) if fair else cut(first[0])}."
    return Verdict(quotation, "", Finding.UNCLEAR, detail, (*first, *(one for one in places if one not in first)))


def verdict_on_speaker(quotation: str, asked: Asked, places: Sequence[ComparedPlace]) -> Verdict:
    """The verdict where the words are given to somebody."""
    judged = {place: asked.judge(place) for place in places}

    def those(bearing: Bearing, *, denied: bool = False) -> list[ComparedPlace]:
        return [place for place in places if judged[place].bearing is bearing and place.denied == denied]

    theirs, others = those(Bearing.ASKED), those(Bearing.ANOTHER)
    fair = [place for place in theirs if place.exact]
    denied = [place for place in places if place.denied]
    named_in = {
        place.quote.article.id for place in others
    }  # what such an article leaves unnamed elsewhere is told there
    unknown = [one for one in those(Bearing.OPEN) if one.quote.speaker or one.quote.article.id not in named_in]
    certainly_others = [place for place in others if place.exact]
    narrated = [place for place in those(Bearing.NARRATOR) if place.exact]
    if fair:
        finding, detail, first = Finding.EXACT, _said_by(fair, asked), fair
    elif those(Bearing.ASKED, denied=True) or (denied and len(denied) == len(places)):
        first = [*those(Bearing.ASKED, denied=True), *denied]
        finding, detail = Finding.NOT_SAID, _taken_back(first)
    elif theirs:
        finding, detail, first = Finding.UNCLEAR, _unclear(cut(theirs[0])), theirs
    elif unknown:
        finding, detail, first = Finding.UNCLEAR, _unclear(judged[unknown[0]].why), unknown
    elif certainly_others:
        first = certainly_others
        finding, detail = Finding.MISATTRIBUTED, f"These words are said by {_names(first)}, not by {asked.typed}."
    elif others:
        finding, detail, first = Finding.UNCLEAR, _unclear(cut(others[0])), others
    elif denied:
        finding, detail, first = Finding.NOT_SAID, _taken_back(denied), denied
    elif narrated:
        finding, first = Finding.MISATTRIBUTED, narrated
        detail = f"These words are the reporter's own, not said by {asked.typed}."
    else:
        finding, detail, first = Finding.UNCLEAR, _unclear(cut(places[0])), list(places)
    ordered = tuple(dict.fromkeys((*first, *theirs, *places)))
    return Verdict(quotation, asked.typed, finding, detail, ordered)


def cut(place: ComparedPlace) -> str:
    """What is wrong with the cut of a quotation, as the end of "These words stand there, but ..."."""
    text = place.quote.article.text
    turned = place.turned or place.comparison.negations
    if turned:
        words = ", ".join(f"“{span.cut(text)}”" for span in turned)
        return f"the cut changes what is said: it leaves out {words}"
    left_out = " … ".join(" ".join(span.cut(text).split()) for span in place.comparison.shortened)
    return f"the ellipsis joins what was not said in one statement: it leaves out “{left_out}”"


def _unclear(why: str) -> str:
    return f"These words stand in the articles, but {why}."


def _said_by(places: Sequence[ComparedPlace], asked: Asked) -> str:
    """Who says them, in whose words the article has it, and whom a name was taken for."""
    told = f", {IN_ITS_OWN_WORDS}" if all(place.reported for place in places) else ""
    speaker = places[0].quote.speaker
    return f"These words are said by {_names(places)}{told}.{asked.notice(speaker) if speaker else ''}"


def _names(places: Sequence[ComparedPlace]) -> str:
    """Those who speak there, by name: "Ann Lee and Bo Chen"."""
    return " and ".join(dict.fromkeys(place.quote.speaker.name for place in places if place.quote.speaker))


def _taken_back(places: Sequence[ComparedPlace]) -> str:
    names = _names(places)
    if not names:
        return "The articles tell of these words as what was not said, or may not have been."
    return f"The articles tell of these words as what {names} did not say, or may not have said."


def _stands(sure: Sequence[ComparedPlace], count: int) -> str:
    """What is told of words that nobody is asked about."""
    if all(place.quote.statement is None for place in sure):
        return "These words stand in the articles as the reporter's own: nobody is quoted with them."
    where = "one place" if count == 1 else f"{count} places"
    told = f" {IN_ITS_OWN_WORDS}" if all(place.reported for place in sure) else ""
    return f"These words stand in {where} of the articles{',' + told if told else ''}."
