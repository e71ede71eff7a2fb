"""Quotes and answers as the page shows them. Takes answers, gives HTML; decides nothing and reads nothing.

A card holds the passage with the speaker's own words set apart from the reporter's frame. Direct and indirect speech
are marked differently, and no quotation marks are put round anything: those that stand there are the article's.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.render import Role, citation, pieces, quote_as_markdown, quote_as_text
from assistant.render.wording import day, label, printed_as, warnings
from assistant.types import Answer, Copy, Quote, Refusal
from assistant.web.markup import Highlight, button, element, escape, link, marked, shown
from index.types import Article, Resolution, Statement

BADGES = {
    "direct": "Direct speech",
    "indirect": "Indirect speech",
    "mixed": "Partly quoted",
    "narration": "The reporter’s words",
}
SIGNED = "In a signed piece"
NOT_SAID = "Told as not said"
_FORMS = (("md", "Markdown"), ("json", "JSON"), ("csv", "CSV"))


def conversation(answers: Sequence[Answer], pending: str = "", trouble: str = "", limit: int | None = None) -> str:
    """The whole chat, oldest turn first.

    :param pending: A question that is being answered, shown below. :param trouble: Why it could not be.
    :param limit: Show no more than so many quotes of the last answer, while they arrive.
    """
    turns = [turn(answer, number) for number, answer in enumerate(answers, 1)]
    if answers and limit is not None:
        turns[-1] = turn(answers[-1], len(answers), limit=limit)
    if pending:
        waiting = element("p", "Looking through the articles …", class_="otr-waiting", role="status")
        if trouble:
            waiting = element("p", shown(trouble), class_="otr-refusal", role="alert")
        turns.append(element("section", _question(pending) + waiting, class_="otr-turn", aria_label=label(pending)))
    foot = element("p", "Save the whole chat as " + _forms(0) + button("New chat", "fresh"), class_="otr-export whole")
    return element(
        "div", "".join(turns) + (foot if answers and not pending and limit is None else ""), class_="otr-chat"
    )


def turn(answer: Answer, number: int, limit: int | None = None) -> str:
    """One question and its answer. `number` counts the turns of a chat from 1 and names the cards' anchors."""
    understood = ""
    if answer.standalone_question != answer.question:
        words = element("q", shown(answer.standalone_question))
        understood = element("p", f"Understood as {words}", class_="otr-understood")
    notices = "".join(element("p", shown(notice), class_="otr-notice") for notice in answer.notices)
    quotes = answer.quotes[:limit]
    cards = "".join(card(quote, f"q{number}-{place}", str(place)) for place, quote in enumerate(quotes, 1))
    said = _remarks(answer, number) if len(quotes) == len(answer.quotes) else ""
    body = _refusal(answer.refusal, number) if answer.refusal else said + cards
    foot = _export(number) if len(quotes) == len(answer.quotes) else ""
    return element(
        "section",
        _question(answer.question) + understood + notices + body + foot,
        class_="otr-turn",
        aria_label=label(answer.question),
    )


def card(quote: Quote, anchor: str, mark: str = "", marks: Sequence[Highlight] = ()) -> str:
    """One quote: who, how, the passage, where it was printed, and what can be done with it.

    :param anchor: The element's id. :param mark: The number shown before the speaker; empty for none.
    :param marks: More to mark in the passage.
    """
    number = element("span", escape(mark), class_="otr-number") if mark else ""
    head = element("header", number + _who(quote) + badge(quote.statement))
    flags = "".join(element("p", warning, class_="otr-flag") for warning in warnings(quote.statement))
    body = element("blockquote", passage(quote, marks), dir="auto")
    return element(
        "article",
        head + body + flags + _printed(quote) + _copies(quote) + _actions(quote),
        class_="otr-card",
        id=anchor,
    )


def badge(said: Statement | None) -> str:
    """How something is said, as a word on a patch of colour; what the article denies is not said."""
    manner = str(said.manner) if said else "narration"
    told = SIGNED if said and said.resolution == Resolution.SIGNED else BADGES[manner]
    if said and said.denied:
        told, manner = NOT_SAID, "denied"
    return element("span", told, class_=f"otr-badge {manner}")


def passage(quote: Quote, more: Sequence[Highlight] = ()) -> str:
    """The quote's text with content, cue and source marked; its text is the article's."""
    looks = {Role.CONTENT: f"otr-content {quote.manner}", Role.CUE: "otr-cue", Role.SOURCE: "otr-source"}
    marks = [Highlight(piece.span, looks[piece.role]) for piece in pieces(quote) if piece.role in looks]
    return marked(quote.article.text, quote.span, [*marks, *more])


def place(article: Article) -> str:
    """Publisher, author and date, as far as they are known."""
    return " · ".join(
        part for part in (label(article.publisher), label(article.author), day(article.published)) if part
    )


def _who(quote: Quote) -> str:
    speaker, said = quote.speaker, quote.statement
    if said is None:
        return element("h3", escape(label(quote.article.publisher) or "The article itself"), class_="otr-who")
    if speaker is not None and speaker.key:
        name = element("h3", element("bdi", escape(label(speaker.name))), class_="otr-who")
        shared = set(label(speaker.name).split()) & set(label(quote.mention or "").split())
        printed = "" if shared else printed_as(quote)
        role = " · ".join(part for part in (label(speaker.description), printed) if part)
    else:
        printed = label(speaker.name if speaker else quote.mention or "")
        words = f"not named: {element('bdi', escape(f'“{printed}”'))}" if printed else "not named"
        name = element("h3", words, class_="otr-who unnamed")
        role = label(speaker.description) if speaker else ""
    return element(
        "div", name + (element("p", escape(role), class_="otr-role", dir="auto") if role else ""), class_="otr-speaker"
    )


def _printed(quote: Quote) -> str:
    article = quote.article
    title = element("cite", escape(label(article.title) or f"Article {label(article.id)}"), dir="auto")
    where = escape(place(article))
    original = link(article.url, "original") if article.url else ""
    return element("p", " · ".join(part for part in (title, where, original) if part), class_="otr-printed")


def _copies(quote: Quote) -> str:
    parts = []
    for differs, words in ((False, "Also in"), (True, "In other words in")):
        copies = [copy for copy in quote.copies if copy.differs is differs]
        if copies:
            count = f"{len(copies)} other" + ("s" if len(copies) > 1 else "")
            summary = element("summary", f"{words} {count}")
            parts.append(element("details", summary + element("ul", "".join(map(_copy, copies))), class_="otr-copies"))
    return "".join(parts)


def _copy(copy: Copy) -> str:
    article = copy.article
    name = label(article.title) or f"Article {label(article.id)}"
    opener = button(name, "open", look="link", article=article.id, start=copy.span.start, end=copy.span.end)
    return element("li", " · ".join(part for part in (opener, escape(place(article))) if part))


def _actions(quote: Quote) -> str:
    forms = (
        ("Copy text", quote_as_text(quote, "").strip()),
        ("Copy Markdown", quote_as_markdown(quote)),
        ("Copy citation", citation(quote)),
    )
    copying = "".join(button(name, "copy", text=text) for name, text in forms)
    article, start, end = quote.article.id, quote.span.start, quote.span.end
    number = quote.statement.number if quote.statement else None
    opener = button("Open in article", "open", look="main", article=article, start=start, end=end, statement=number)
    address = button("Copy link", "link", article=article, start=start, end=end)
    return element("footer", opener + copying + address, class_="otr-actions")


def _question(question: str) -> str:
    return element("h2", shown(question), class_="otr-question", dir="auto")


def _remarks(answer: Answer, number: int) -> str:
    if not answer.remarks:
        return ""
    sentences = []
    for remark in answer.remarks:
        marks = "".join(
            element("a", str(one), href=f"#q{number}-{one}", class_="otr-number", aria_label=f"quote {one}")
            for one in remark.numbers
        )
        sentences.append(f"{shown(remark.text)} {marks}")
    note = element("p", "Written by the chat model; the numbers are the quotes it rests on.", class_="otr-note")
    return element("div", element("p", " ".join(sentences)) + note, class_="otr-remarks")


def _refusal(refusal: Refusal, number: int) -> str:
    words = element("p", shown(refusal.detail), class_="otr-refusal")
    if not refusal.closest:
        return words
    head = element("h3", "Not an answer: what comes nearest in the articles", class_="otr-closest-head")
    cards = "".join(card(quote, f"q{number}-c{place}") for place, quote in enumerate(refusal.closest, 1))
    return words + element("div", head + cards, class_="otr-closest")


def _export(number: int) -> str:
    return element("p", "Save this answer as " + _forms(number), class_="otr-export")


def _forms(turn: int) -> str:
    return "".join(button(name, "export", turn=turn, form=form) for form, name in _FORMS)
