"""The same functions for programs: gradio's own endpoints and, where MCP is served, tools of the same names.

They read and never change the library. What they return is JSON, in the form of `--json` on the command line. Names,
parameters and docstrings here are what other programs and assistants see.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.query import given
from assistant.query.filters import BY_NAME, LIST_FILTERS, NAMES, Filters, with_filters
from assistant.render import as_json, quote_as_json
from assistant.types import Quote
from index.errors import OnTheRecordError
from index.types import Article

if TYPE_CHECKING:
    from assistant import Assistant

MOST_LISTED = 1000  # articles, speakers or statements in one reply


class Endpoints:
    """The functions that programs may call."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def offer(self) -> None:
        """Put them on the page that is being built."""
        for function in (self.ask, self.verify, self.articles, self.article, self.speakers, self.statements):
            gr.events.api(function, api_name=function.__name__, concurrency_limit=None)

    def ask(self, question: str, *values: Any, **filters: Any) -> dict[str, Any]:  # noqa: ANN401 - those of `Filters`
        """Answer a question with passages quoted word for word from the library's articles, and who said each.

        Text marked indirect is the article's words, not the speaker's. A speaker that is null is not named in the
        article. Where the articles do not say, "answered" is false and "refusal" says why.

        Args:
            question: A question in English, such as "What did Mara Ellison say about the bridge?"
            *values: The filters by their place.
            **filters: The parameters that narrow where to look.

        """
        with told():
            by_place = dict(zip(NAMES, values, strict=False))  # gradio calls by place, a program may call by name
            return as_json(self._assistant.ask(question, **Filters.read({**by_place, **filters}).given()))

    def verify(self, quotation: str, speaker: str = "") -> dict[str, Any]:
        """Check a quotation against the articles: exact, altered, misattributed, unclear, not_said or absent.

        Args:
            quotation: The words as quoted, of three words at least.
            speaker: Who is said to have said them; may be left out.

        """
        from assistant.render import verdict_as_json

        with told():
            return verdict_as_json(self._assistant.verify(quotation, speaker))

    def articles(self, publisher: str = "") -> list[dict[str, Any]]:
        """List the library's articles, without their texts; at most 1,000.

        Args:
            publisher: Only articles of this publisher, as printed in the list.

        """
        with told():
            entries = self._assistant.store.library.articles()
            chosen = [one for one in entries if not publisher or one.publisher == publisher]
            return [_dated(asdict(one)) for one in chosen[:MOST_LISTED]]

    def article(self, article_id: str) -> dict[str, Any]:
        """One article with its whole text and every statement in it; offsets count code points of the text.

        Args:
            article_id: The article's id, as in the list of articles or in a quote.

        """
        with told():
            reading = self._assistant.store.library.reading(given.words(article_id, "the article's id"))
            said = [quote_as_json(Quote(reading.article, one.extent, one)) for one in reading.statements]
            return {**_article(reading.article), "statements": said}

    def speakers(self, name: str = "") -> list[dict[str, Any]]:
        """List those who are quoted, the most quoted first; at most 1,000.

        Args:
            name: Only those whose name or role holds this.

        """
        with told():
            every = self._assistant.store.library.speakers()
            wanted = name.casefold()
            chosen = [one for one in every if wanted in f"{one.name} {one.description}".casefold()]
            return [{**asdict(one), "aliases": list(one.aliases)} for one in chosen[:MOST_LISTED]]

    def statements(self, speaker_key: str) -> list[dict[str, Any]]:
        """What one speaker said, article by article; at most 1,000 statements.

        Args:
            speaker_key: The speaker's key, as in the list of speakers or in a quote.

        """
        with told():
            library = self._assistant.store.library
            said = library.statements_by(given.words(speaker_key, "the speaker's key"))[:MOST_LISTED]
            articles = {one: library.article(one) for one in dict.fromkeys(one.article_id for one in said)}
            return [quote_as_json(Quote(articles[one.article_id], one.extent, one)) for one in said]


with_filters(Endpoints.ask, lambda one: list[str] if one.name in LIST_FILTERS else str)
_INNER = """\
            *values: The filters by their place.
            **filters: The parameters that narrow where to look."""
Endpoints.ask.__doc__ = (Endpoints.ask.__doc__ or "").replace(
    _INNER, "\n".join(f"            {name}: {one.metadata['what']}" for name, one in BY_NAME.items())
)


@contextmanager
def told() -> Iterator[None]:
    """Our errors, as gradio tells them to a caller."""
    try:
        yield
    except OnTheRecordError as error:
        raise gr.Error(str(error), print_exception=False) from error


def _article(article: Article) -> dict[str, Any]:
    return _dated({name: getattr(article, name) for name in Article.__dataclass_fields__})


def _dated(values: dict[str, Any]) -> dict[str, Any]:
    published = values["published"]
    return {**values, "published": published.isoformat() if published else None}
