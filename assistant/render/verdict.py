"""A verdict on a quotation as text and as a dictionary for JSON. Takes verdicts, gives strings; decides nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from assistant.render.json import Record, quote_as_json
from assistant.render.terminal import quote_as_text
from assistant.render.wording import visible, visible_characters
from index.types import Span

if TYPE_CHECKING:
    from assistant.verification.types import ComparedPlace, Verdict


def verdict_as_json(verdict: Verdict) -> Record:
    """A verdict with all its places, best first.

    Each place is a quote with `differences` (`asked` and `printed`: spans of the quotation and of the article's text,
    either null), `shortened` and `interrupted` (spans left out by an ellipsis, and of the reporter's words), `framed`,
    `joined`, `depth` (in how many quotations the words stand), `turned` (spans of the words left out that negate,
    condition or doubt it), and `likeness`, the share of the quotation's words that do not differ. `nearest` are, where
    there is no place, the quotes nearest in meaning.
    """
    return {
        "quotation": verdict.quotation,
        "speaker": verdict.speaker or None,
        "finding": str(verdict.finding),
        "detail": verdict.detail,
        "places": [_place_as_json(place) for place in verdict.places],
        "nearest": [quote_as_json(quote) for quote in verdict.nearest],
    }


def _place_as_json(place: ComparedPlace) -> Record:
    found = place.comparison
    return {
        **quote_as_json(place.quote),
        "matched": [found.span.start, found.span.end],
        "differences": [
            {
                "asked": [edit.asked.start, edit.asked.end] if edit.asked else None,
                "printed": [edit.printed.start, edit.printed.end] if edit.printed else None,
            }
            for edit in found.edits
        ],
        "shortened": [[span.start, span.end] for span in found.shortened],
        "interrupted": [[span.start, span.end] for span in found.interrupted],
        "framed": place.framed,
        "joined": place.joined,
        "depth": place.depth,
        "turned": [[span.start, span.end] for span in place.turned],
        "likeness": found.likeness,
    }


def verdict_as_text(verdict: Verdict, *, styled: bool = False) -> str:
    """A verdict for a terminal. Differing words stand between ⟦ and ⟧, in the quotation and in what is printed.

    :param styled: Also print what was said in bold (ANSI).
    """
    blocks = [f"{str(verdict.finding).upper().replace('_', ' ')}: {visible(verdict.detail)}"]
    for number, place in enumerate(verdict.places, 1):
        lines = [quote_as_text(place.quote, f"[{number}]", styled=styled), *_notes(verdict.quotation, place)]
        blocks.append("\n".join(lines))
    if verdict.nearest:
        blocks.append("No such words; nearest in meaning:")
        blocks += [quote_as_text(quote, f"({n})", styled=styled) for n, quote in enumerate(verdict.nearest, 1)]
    return "\n\n".join(blocks) + "\n"


def _notes(quotation: str, place: ComparedPlace) -> Iterator[str]:
    """What a reader should know of a place, a line each."""
    found, text = place.comparison, place.quote.article.text
    if found.edits:
        asked = [edit.asked for edit in found.edits if edit.asked]
        printed = [edit.printed for edit in found.edits if edit.printed]
        yield f"    asked:   {_bracketed(quotation, Span(0, len(quotation)), asked)}"
        yield f"    printed: {_bracketed(text, found.span, printed)}"
    if place.joined:
        yield "    Note: the ellipsis joins words that were not said in one statement."
    for spans, words in (
        (place.turned, "the quotation leaves out words that turn its meaning"),
        (found.shortened, "the quotation leaves out, with an ellipsis"),
        (found.interrupted, "the quotation leaves out the reporter's words"),
    ):
        if spans:
            yield f"    Note: {words}: {' … '.join(_line(visible(span.cut(text))) for span in spans)}"
    if place.framed:
        yield "    Note: the quotation takes in words of the reporter beside the speaker's."
    if place.repeated:
        yield "    Note: these words stand in a quotation within what is said: the speaker may repeat another's."
    if place.quote.manner == "indirect":
        yield "    Note: the article reports this in its own words, not as a quotation."


def _bracketed(text: str, whole: Span, marked: Sequence[Span]) -> str:
    """A stretch of text on one line, some spans of it in brackets."""
    shown = visible_characters(text)
    for span in marked:
        shown[span.start] = "⟦" + shown[span.start]
        shown[span.end - 1] += "⟧"
    return _line("".join(shown[whole.start : whole.end]))


def _line(text: str) -> str:
    return " ".join(text.split())
