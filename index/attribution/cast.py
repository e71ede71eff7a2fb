"""The cast of one article: who a source is.

Takes an article, its parse and where its quotation marks stand; says for any source ("Mr. Luther", "he", "the senator",
"WALLACE") which speaker it is. Knows names and grammar. Does not know cues or how statements are found.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.types import Article, Resolution, Span, Speaker

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class Found:
    """Who a source is: `speaker` is None exactly where `resolution` is UNRESOLVED.

    `antecedent` is where the article names the speaker, when the source itself does not.
    """

    speaker: Speaker | None
    resolution: Resolution
    antecedent: Span | None = None


NOBODY = Found(None, Resolution.UNRESOLVED)


class Cast:
    """Who's who in one article.

    :param quoted: What lies inside quotation marks, sorted and disjoint: a name in there is no antecedent for a pronoun
        outside.
    """

    def __init__(self, article: Article, doc: Doc, quoted: Sequence[Span] = ()) -> None:
        self._article = article
        self._doc = doc
        self._quoted = tuple(quoted)

    def who(self, source: Span | None, *, content: Sequence[Span] = (), previous: Found | None = None) -> Found:
        """Whom a source points to.

        :param source: The words that point to the speaker, as printed; None where there are none.
        :param content: What is said, for the speaker is not the one spoken about.
        :param previous: What the statement before was found to be, if it stands in the same paragraph (or this one goes
            on with it): taken over where there is no source.
        """
        if source is None:
            return previous or NOBODY
        words = source.cut(self._article.text).strip()
        if words.casefold() in PRONOUNS:
            return NOBODY
        if any(word[:1].isupper() for word in words.split()[1:]) or words[:1].isupper():
            return Found(Speaker(id=words, name=words, key=words.casefold()), Resolution.NAMED)
        return Found(Speaker(id=words, name=words), Resolution.DESCRIPTION)


PRONOUNS = frozenset("i you he she it we they me him her us them who which that this".split())
