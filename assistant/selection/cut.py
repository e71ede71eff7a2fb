"""Cutting: takes a passage that was found; gives a quote, by slicing the article and nothing else.

Raises rather than repairs: a passage that does not fit its article's text means that something is broken, and then
nothing may be shown.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.types import Quote
from index.errors import CutError
from index.passages import same_speaker
from index.types import Article, Passage, Statement


def cut(
    article: Article,
    passage: Passage,
    statement: Statement | None,
    score: float = 0.0,
    statements: Sequence[Statement] = (),
) -> Quote:
    """The quote that a passage stands for.

    :param statements: The article's statements, of which the same speaker's in the passage belong to the quote, too.

    :raises CutError: If the passage is another article's, ends after the text, or does not hold the statement.
    """
    if passage.article_id != article.id:
        raise CutError(f"a passage of {passage.article_id!r} cannot be cut from {article.id!r}; nothing is shown")
    if passage.statement != (statement.number if statement else None):
        raise CutError(f"passage {passage.number} of {article.id!r} does not hold that statement; nothing is shown")
    others = tuple(
        one
        for one in statements
        if statement
        and one.number != statement.number
        and one.extent in passage.extent
        and same_speaker(one, statement)
    )
    try:
        return Quote(article, passage.extent, statement, score, others=others)
    except ValueError as error:
        raise CutError(f"{error}; nothing is shown, run `ontherecord check`") from error
