"""The types of an answer: quotes, and an answer that has either quotes or a refusal.

Frozen and compared by value. A quote holds its article and offsets; its text is cut when asked for and stored nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from index.types import Article, Resolution, Scope, Span, Speaker, Statement


@dataclass(frozen=True, slots=True)
class Copy:
    """The same passage in another article: word for word, or `differs` in some."""

    article: Article
    span: Span
    differs: bool


@dataclass(frozen=True, slots=True)
class Quote:
    """Whole sentences of one article, and the statement they hold, if any; `others` are more of the same speaker's.

    :raises ValueError: If the quote ends after the article's text, or holds nothing of the statement's content.
    """

    article: Article
    span: Span
    statement: Statement | None = None
    score: float = 0.0
    copies: tuple[Copy, ...] = ()
    others: tuple[Statement, ...] = ()

    def __post_init__(self) -> None:
        if self.span.end > len(self.article.text):
            raise ValueError(f"the quote {self.span} ends after the text of {self.article.id!r}")
        if self.statement is not None and (
            self.statement.article_id != self.article.id
            or not any(self.span.overlaps(piece) for piece in self.statement.content)
        ):
            raise ValueError(f"statement {self.statement.number} does not lie in {self.span} of {self.article.id!r}")

    @property
    def statements(self) -> tuple[Statement, ...]:
        """All the speaker's statements in it, the one it was found by first."""
        return (self.statement, *self.others) if self.statement else ()

    @property
    def content(self) -> tuple[Span, ...]:
        """What the speaker says in it, sorted."""
        return tuple(sorted(span for said in self.statements for span in said.content))

    @property
    def text(self) -> str:
        """The quote, cut from the article."""
        return self.span.cut(self.article.text)

    @property
    def speaker(self) -> Speaker | None:
        """Who said it; None for the reporter's own prose and where the article does not say."""
        return self.statement.speaker if self.statement else None

    @property
    def mention(self) -> str | None:
        """The source as printed ("he", "Mr. Luther"); None where there is none."""
        source = self.statement.source if self.statement else None
        return source.cut(self.article.text) if source else None

    @property
    def manner(self) -> str:
        """One of "direct", "indirect", "mixed"; "narration" for the reporter's own prose."""
        return str(self.statement.manner) if self.statement else "narration"

    @property
    def resolution(self) -> str:
        """How the speaker was found (see Resolution), or "none" for the reporter's own prose."""
        return str(self.statement.resolution) if self.statement else "none"

    @property
    def unnamed(self) -> bool:
        """Whether somebody speaks whom the article does not name."""
        return self.statement is not None and self.statement.resolution in (
            Resolution.DESCRIPTION,
            Resolution.UNRESOLVED,
        )


NO_ARTICLES = "There are no articles yet; add some with: ontherecord add PATH"


class Reason(StrEnum):
    """Why there are no quotes."""

    NOT_IN_ARTICLES = "not_in_articles"
    NO_ARTICLES = "no_articles"
    NO_SUCH_SPEAKER = "no_such_speaker"
    FILTER_MATCHES_NOTHING = "filter_matches_nothing"


@dataclass(frozen=True, slots=True)
class Refusal:
    """An honest "the articles do not say": the reason, and one plain sentence in `detail`.

    `closest` may hold quotes that come nearest. They are not an answer and are never shown as one.
    """

    reason: Reason
    detail: str
    closest: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """One sentence that a chat model wrote about the quotes; `numbers` (from 1) are the quotes it rests on."""

    text: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """Quotes, best first, or a refusal: never both, never neither.

    `standalone_question` is the question as it was understood, equal to `question` unless it followed up on another.
    `remarks` are empty without a chat model. `notices` tell the user what went otherwise than asked (a model that was
    away, a name that was misspelt), one sentence each. `scope` is where was looked. `probability` is that of the
    articles answering the question, 0 to 1; None where nothing was looked through.

    :raises ValueError: If there are both quotes and a refusal, or neither.
    """

    question: str
    standalone_question: str
    quotes: tuple[Quote, ...] = ()
    refusal: Refusal | None = None
    remarks: tuple[Remark, ...] = ()
    notices: tuple[str, ...] = ()
    scope: Scope = field(default_factory=Scope)
    probability: float | None = None

    def __post_init__(self) -> None:
        if bool(self.quotes) == (self.refusal is not None):
            raise ValueError("an answer has quotes or a refusal, never both, never neither")

    @property
    def answered(self) -> bool:
        """Whether there are quotes."""
        return bool(self.quotes)
