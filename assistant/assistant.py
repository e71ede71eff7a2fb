"""The assistant: an open library, and all one can do with it. What Python callers, the page and the command line share.

Knows how the parts are opened. Holds no rule about answers (see answer.py).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from assistant.chat import Chat
from assistant.query import given
from assistant.query.filters import Filters
from assistant.settings import Settings, default_library, load
from assistant.types import Answer

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from assistant.verification.types import Verdict
    from index.build import Summary, Watch
    from index.storage.store import Store


class Assistant:
    """An open library that answers questions. Close it, or use it in a `with`."""

    def __init__(self, store: Store, settings: Settings, model: BaseChatModel | None = None) -> None:
        from assistant.answer import Answerer
        from assistant.llm.chat_model import open_model
        from assistant.retrieval.reranker import Reranker

        self.store = store
        self.settings = settings
        reranker = Reranker(settings.reranker) if settings.reranker else None
        chosen = model or settings.model
        chat_model = open_model(chosen, settings.model_timeout) if chosen else None
        self._answerer = Answerer(store, settings.quotes, reranker, chat_model, settings.refuse_below)

    @classmethod
    def open(
        cls,
        path: str | Path | None = None,
        settings: Settings | None = None,
        model: BaseChatModel | None = None,
    ) -> Self:
        """Open the library in a folder (a new one where there is none); None for the user's own.

        :param settings: None to read the user's settings file.
        :param model: Any chat model of LangChain's; None for the one that the settings name, if any.
        :raises LibraryError: If the library cannot be used; the message says why and what to do.
        :raises SettingsError: If a setting is unknown or makes no sense.
        """
        from index.storage.store import Store

        settings = settings or load()
        store = Store.open(
            Path(path) if path else default_library(),
            embedding_model=settings.embedding_model,
            pipeline=settings.pipeline,
            vectors_url=settings.vectors_url,
            reading_limit=settings.reading_limit,
        )
        try:
            return cls(store, settings, model)
        except BaseException:
            store.close()
            raise

    def ask(
        self,
        question: str,
        *,
        said_by: str = "",
        about: str = "",
        published_after: dt.date | str | None = None,
        published_before: dt.date | str | None = None,
        publisher: str = "",
        articles: str | Iterable[str] = (),
        author: str = "",
        turns: Sequence[Answer] = (),
        watch: Callable[[Answer], None] | None = None,
    ) -> Answer:
        """Answer a question with quotes, or say that the articles do not.

        :param said_by: Only what this speaker said; a name or a role, as one would type it.
        :param about: Words that the passage must hold, or its title or speaker; each of them, in any form.
        :param published_after: The first day, inclusive, as a date or written as 2024-05-03; articles without a date
            are left out.
        :param published_before: The last day, inclusive.
        :param publisher: Only articles of this publisher; its name or an unmistakable part of it.
        :param articles: Only these articles, by id; a str is one id.
        :param author: Only articles by this author; the name or a part of it.
        :param turns: Earlier answers, oldest first, that the question may follow up on.
        :param watch: Given the answer as soon as it has its quotes, and again with each sentence of a chat model.
        :raises QuestionError: If the question is empty or far too long, or what is given is no text or no day.
        :raises UnknownArticle: If one of the ids is no article's.
        """
        filters = Filters.read(
            {
                "said_by": said_by,
                "about": about,
                "published_after": published_after,
                "published_before": published_before,
                "publisher": publisher,
                "articles": articles,
                "author": author,
            }
        )
        for one in filters.articles:
            self.store.library.article(one)
        return self._answerer.answer(given.words(question, "the question"), filters, turns, watch)

    def add(
        self,
        paths: str | Path | Iterable[str | Path],
        watch: Watch | None = None,
        notice: Callable[[str], None] = lambda _: None,
        *,
        anyway: bool = False,
    ) -> Summary:
        """Add files, folders and URLs; what is there already is left as it is. A str or Path is one of them.

        What cannot be read is in the summary's `failed`, with its reason; nothing is raised for it.

        :param watch: Told how far it is, after each batch.
        :param notice: Told in a sentence what was read otherwise than given.
        :param anyway: Whether the root of a file system and the home folder are read too; else they are refused.
        """
        from index.articles import read_paths

        return self.store.add(read_paths(paths, notice=notice, anyway=anyway), watch)

    def update(self, watch: Watch | None = None) -> Summary:
        """Read the articles again that an older version's rules have read, from their stored texts.

        It may be stopped at any time; running it again does the rest.

        :param watch: Told how far it is, after each batch.
        :return: The ids of those whose statements are `updated`, and of those that are `unchanged`.
        """
        return self.store.update(watch)

    def remove(self, ids: str | Iterable[str]) -> tuple[str, ...]:
        """Remove articles by id, so that none of their words is left in the library's files; a str is one id.

        :raises UnknownArticle: If one of the ids is no article's; then none is removed.
        """
        return self.store.remove(given.ids(ids))

    def verify(self, quotation: str, speaker: str = "") -> Verdict:
        """Whether a quotation stands in the library as it is, and whether this speaker said it.

        :return: One of six findings, with a sentence that says why, and the places; see `Finding`.
        :raises QuestionError: If the quotation is too short to be looked up, or is no text.
        """
        from assistant.verification.verify import verify

        return verify(given.words(quotation, "the quotation"), self.store, given.words(speaker, "the speaker"))

    def chat(self) -> Chat:
        """A conversation: follow-up questions are understood from the turns before."""
        return Chat(self)

    def close(self) -> None:
        """Let go of the library."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def ask(question: str, library: str | Path | None = None, **filters: object) -> Answer:
    """Ask one question of a library; see `Assistant.ask` for the filters."""
    with Assistant.open(library) as assistant:
        return assistant.ask(question, **filters)  # type: ignore[arg-type]  # checked by ask


def verify(quotation: str, speaker: str = "", library: str | Path | None = None) -> Verdict:
    """Check one quotation against a library; see `Assistant.verify`."""
    with Assistant.open(library) as assistant:
        return assistant.verify(quotation, speaker)
