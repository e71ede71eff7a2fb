"""The tab that checks a quotation: its words and perhaps a name in, the verdict with the differing words marked out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import gradio as gr

from assistant.web.cards import card
from assistant.web.markup import Highlight, element, marked, shown
from assistant.web.masthead import on
from index.errors import OnTheRecordError
from index.types import Span

if TYPE_CHECKING:
    from assistant import Assistant
    from assistant.verification.types import ComparedPlace, Verdict

LONGEST_TYPED_QUOTATION = 10_000  # characters of a quotation
SHOWN_PLACES = 10  # places
FINDING_NAMES = {
    "exact": "Exact",
    "altered": "Altered",
    "misattributed": "Misattributed",
    "unclear": "Unclear",
    "not_said": "Not said",
    "absent": "Not found",
}


def checking_tab(assistant: Assistant) -> None:
    """Build the tab."""
    quotation = gr.Textbox(
        label="Quotation",
        placeholder="Paste the words as they are quoted",
        lines=3,
        max_lines=8,
        max_length=LONGEST_TYPED_QUOTATION,
        elem_id="otr-quotation",
    )
    with gr.Row(equal_height=True, elem_classes="otr-ask-row"):
        speaker = gr.Textbox(
            label="Said by (may be left empty)", placeholder="A name", max_length=200, scale=8, elem_id="otr-said"
        )
        check = gr.Button("Check", variant="primary", scale=1, min_width=110, elem_id="otr-check")
    view = gr.HTML(VERIFY_HINT, elem_id="otr-verdict", apply_default_css=False)

    def checked(quotation: str, speaker: str) -> str:
        if not quotation.strip():
            return VERIFY_HINT
        try:
            return verdict(assistant.verify(quotation, speaker.strip()))
        except OnTheRecordError as error:
            return element("p", shown(error), class_="otr-refusal", role="alert")

    on(check.click, checked, [quotation, speaker], view, concurrency_limit=None)
    on(speaker.submit, checked, [quotation, speaker], view, concurrency_limit=None)


def verdict(found: Verdict) -> str:
    """What was found, the quotation with its differing words marked, and the places it was compared with."""
    badge = element("span", FINDING_NAMES[str(found.finding)], class_=f"otr-finding {found.finding}")
    head = element("p", badge + element("span", shown(found.detail)), class_="otr-found", role="status")
    nearest = found.places[0].comparison.edits if found.places else ()
    asked = [Highlight(edit.asked, "otr-differs") for edit in nearest if edit.asked]
    given = marked(found.quotation, Span(0, len(found.quotation)), asked)
    yours = element("h2", "As you gave it", class_="otr-section") + element(
        "blockquote", given, class_="otr-given", dir="auto"
    )
    yours += _differences(found)
    places = "".join(_place(place, at) for at, place in enumerate(found.places[:SHOWN_PLACES], 1))
    printed = element("h2", "As it is printed", class_="otr-section") + places if places else ""
    rest = len(found.places) - SHOWN_PLACES
    more = element("p", f"It stands in {rest:,} more places.", class_="otr-hint") if rest > 0 else ""
    return element("div", head + yours + printed + more + _nearest_in_meaning(found), class_="otr-verdict")


def _nearest_in_meaning(found: Verdict) -> str:
    """The quotes nearest in meaning to a quotation whose words stand nowhere."""
    cards = "".join(card(quote, f"near-{at}") for at, quote in enumerate(found.nearest, 1))
    return element("h2", "No such words; nearest in meaning", class_="otr-section") + cards if cards else ""


def _differences(found: Verdict) -> str:
    """The differing words of the nearest place, a line each."""
    if not found.places:
        return ""
    text, lines = found.places[0].quote.article.text, []
    for edit in found.places[0].comparison.edits:
        yours = element("b", shown(edit.asked.cut(found.quotation))) if edit.asked else ""
        printed = element("b", shown(edit.printed.cut(text))) if edit.printed else ""
        if yours and printed:
            lines.append(f"“{yours}” is printed as “{printed}”")
        else:
            lines.append(f"“{printed}” is missing" if printed else f"“{yours}” is not printed")
    return element("ul", "".join(element("li", line) for line in lines), class_="otr-edits") if lines else ""


def _place(place: ComparedPlace, at: int) -> str:
    differing = [Highlight(edit.printed, "otr-differs") for edit in place.comparison.edits if edit.printed]
    differing += [Highlight(span, "otr-differs") for span in place.turned]
    passed = [Highlight(span, "otr-passed") for span in (*place.comparison.shortened, *place.comparison.interrupted)]
    notes = []
    if place.framed:
        notes.append("The quotation takes in words of the reporter beside the speaker’s.")
    if place.joined:
        notes.append("The ellipsis joins words that were not said in one statement.")
    if place.comparison.shortened:
        notes.append("The quotation leaves out, with an ellipsis, what is struck out here.")
    if place.turned:
        notes.append("The quotation leaves out words that turn its meaning; they are marked here.")
    lines = "".join(element("p", note, class_="otr-flag") for note in notes)
    return lines + card(place.quote, f"place-{at}", marks=[*passed, *differing])


VERIFY_HINT = element(
    "p",
    "A quotation is compared with the articles word by word. A “not”, a number or a name that differs counts as a "
    "difference; quotation marks, capitals and spaces do not.",
    class_="otr-hint",
)
