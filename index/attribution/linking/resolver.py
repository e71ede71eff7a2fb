"""Takes a source phrase ("Mr. Luther", "he", "the senator", "WALLACE"); gives the speaker of the article that it means.

Knows the article's names, grammar and quotation marks. May not know cues, or how statements are found.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from index.attribution.layout import Layout
from index.attribution.linking.earlier_subjects import earlier_subject, noun_phrase
from index.attribution.linking.polls import Polls, is_share
from index.attribution.linking.pronouns import Pronouns
from index.attribution.linking.resolved import UNRESOLVED, Link, Resolved
from index.attribution.linking.sources import SourcePhrase, parse_source
from index.attribution.people.descriptions import Descriptions
from index.attribution.people.entities import Entities
from index.attribution.people.entity import Entity
from index.attribution.people.mentions import GENDERS, Kind, mentions
from index.attribution.people.occurrences import DescribedPerson, Referent
from index.attribution.people.roles import OF_PLACE, is_role_noun
from index.attribution.people.speakers import Speakers
from index.attribution.quotes.signed import Signed
from index.language.names import fold, speaker_key
from index.language.syntax import ANY_SUBJECT
from index.types import Article, Resolution, Span, Speaker

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_RELATIVE = frozenset({"who", "whom", "which", "that", "whose"})
FIRST_PERSON = frozenset({"i", "we", "me", "us", "my", "our", "myself", "ourselves"})
_THEY = frozenset({"they", "them", "their", "themselves"})
_IT = frozenset({"it", "its", "itself"})
# What follows a name in apposition: a comma or stop, or its place first.
_CLOSED = re.compile(rf"(?:{OF_PLACE}| \([^()\n]{{1,30}}\))?(?:[,.:;]|$)", re.MULTILINE)
_ASKS = r"(?:Q(?=[:.]|[A-Z][a-z’' ])|(?:Question|QUESTION)(?=:))"  # of an interview
_QUESTION = re.compile(rf"^[\"“]?{_ASKS}", re.MULTILINE)
_TALK = re.compile(r"\b(?:spoke|talked|sat down|interview\w*|answer(?:s|ed)|discuss(?:es|ed)|conversation)\b")
_QUESTION_OR_ANSWER = re.compile(rf"{_ASKS}|(?P<answers>A(?=[:.])|(?:Answer|ANSWER)(?=:))")
_DEEPEST = 4  # how many pronouns in a row lead to a name


class SpeakerResolver:
    """Resolves the source phrases of one article.

    :param quoted: What lies inside quotation marks, in any order: a name in there is no antecedent for a pronoun
        outside.
    """

    def __init__(self, article: Article, doc: Doc, quoted: Sequence[Span] = ()) -> None:
        self._article = article
        self._layout = Layout(article.text, doc, quoted)
        self._entities = Entities(list(mentions(self._layout)))
        self._descriptions = Descriptions(self._layout, self._entities)
        self._pronouns = Pronouns(self._layout, self._entities, self._descriptions.nouns)
        self._speakers = Speakers(article, self._entities, self._descriptions)
        self._polls = Polls(self._layout)

    def resolve(
        self,
        source: Span | None,
        *,
        previous: Resolved | None = None,
        outer: Resolved | None = None,
    ) -> Resolved:
        """Resolve a source phrase to a speaker.

        :param source: The words that point to the speaker, as printed; None where there are none.
        :param previous: What the statement before was found to be, if it stands in the same paragraph (or this one goes
            on with it): taken over where there is no source.
        :param outer: Who says the words that the source is part of, if it stands in a quotation: its "I".
        """
        if source is None or not source.cut(self._article.text).strip() or not len(self._layout.doc):
            return replace(previous, link=Link.CONTINUED) if previous and previous.speaker else UNRESOLVED
        return self._resolve(source, outer, 0)

    def others_named(self, span: Span, speaker: Speaker | None) -> int:
        """How many people but the speaker are named in a stretch, outside quotation marks."""
        first, last = bisect_left(self._entities.starts, span.start), bisect_left(self._entities.starts, span.end)
        named = (i for i in range(first, last) if self._entities.mentions[i].quotation < 0)
        people = {id(one): one for i in named if (one := self._entities.of[i]) and one.kind is Kind.PERSON}
        return sum(self._speakers.of(one) != speaker for one in people.values())

    def signer(self, one: Signed) -> Speaker:
        """Who signed an opinion piece or a letter."""
        name = " ".join(one.name.cut(self._article.text).split())
        known = self.resolve(one.name).speaker
        if known is None or known.key != speaker_key(name):
            known = Speaker(name.casefold(), name, key=speaker_key(name))
        return replace(known, description=one.description) if one.description else known

    def _resolve(self, source: Span, outer: Resolved | None, depth: int) -> Resolved:
        """Resolve a source; `depth` counts the pronouns that led to it, at most `_DEEPEST`."""
        if is_share(source.cut(self._article.text)) and (poll := self._polls.before(source)):
            return Resolved(self._speakers.body(poll), Resolution.DESCRIPTION, poll, Link.POLL)
        turn = _QUESTION_OR_ANSWER.match(self._article.text, source.start)
        if turn and turn.end() == source.end:
            return self._interviewee_at(source) if turn["answers"] else UNRESOLVED
        if poll := self._polls.of(source):
            return Resolved(self._speakers.body(poll), Resolution.NAMED, link=Link.POLL)
        found = parse_source(self._layout, self._entities, source)
        if found.pronoun is not None:
            return self._pronoun(found.pronoun, outer, depth)
        if found.named:
            return self._named(found.named)
        return self._description(found)

    def _named(self, numbers: Sequence[int]) -> Resolved:
        """The speaker whom mentions name; with the others whom a short name fits as well."""
        speaker = self._speakers.joint(numbers)
        if len(numbers) > 1:
            return Resolved(speaker, Resolution.NAMED, link=Link.NAMES)
        number = numbers[0]
        rivals = ((self._speakers.of(one), float(len(one.mentions))) for one in self._entities.rivals.get(number, ()))
        known = self._entities.kind(number) in {Kind.PERSON, Kind.BODY}
        link = Link.NAME if known else Link.UNKNOWN_NAME
        person = self._entities.kind(number) is Kind.PERSON
        return Resolved(speaker, Resolution.NAMED, None, link, tuple(sorted(rivals, key=lambda one: -one[1])), person)

    def _interviewee_at(self, label: Span) -> Resolved:
        """Whom "A:" stands for."""
        who = self._interviewee
        if who is None:
            return UNRESOLVED
        found = self._speakers.named_at(who, label)
        return Resolved(self._speakers.of(who), Resolution.DESCRIPTION, found, Link.INTERVIEWEE, person=True)

    @cached_property
    def _interviewee(self) -> Entity | None:
        """Whom an interview with the labels "Q." and "A." is with."""
        first = _QUESTION.search(self._article.text)
        return self._asked(first.start()) if first else None

    def interviewee(self, first: int) -> Resolved:
        """Whom an interview without labels is with.

        :param first: Where the first answer begins.
        """
        who = self._asked(first)
        if who is None:
            return UNRESOLVED
        found = self._speakers.named_at(who, Span(first, first + 1))
        return Resolved(self._speakers.of(who), Resolution.DESCRIPTION, found, Link.INTERVIEWEE, person=True)

    def _asked(self, first: int) -> Entity | None:
        """The only one in the headline of an interview, if nobody is named more before the first question or answer.

        Without a headline that tells, the only one who is named before it, and is told to have spoken; or nobody else
        is named.
        """
        end = self._article.text.find("\n")
        before = zip(self._entities.starts, self._entities.of, strict=True)
        named = [(at, one) for at, one in before if at < first and one is not None and one.kind is Kind.PERSON]
        met = Counter(one for _, one in named)
        headline = {one for at, one in named if at < end} or self._acting_in_talk(met, first)
        who = next(iter(headline), None)
        return who if who is not None and len(headline) == 1 and max(met.values()) == met[who] else None

    def _acting_in_talk(self, met: Iterable[Entity], first: int) -> set[Entity]:
        """Those who do something, where a conversation is told of before the first question."""
        if _TALK.search(self._article.text, 0, first) is None:
            return set()
        return {one for one in met if any(self._entities.mentions[i].role in ANY_SUBJECT for i in one.mentions)}

    def _earlier_subject(self, token: Token, plural: bool, depth: int) -> Resolved:
        """Whom "they" or "it" stands for: the subject before that fits in number, a body or a paper for "it"."""
        subject = earlier_subject(self._layout, self._entities, token, plural)
        if subject is None:
            return UNRESOLVED
        span = noun_phrase(subject)
        found = self._resolve(span, None, depth + 1)
        if found.resolution is Resolution.NAMED:
            return Resolved(found.speaker, Resolution.PRONOUN, span, Link.EARLIER_SUBJECT)
        if found.speaker is None:
            return UNRESOLVED
        return replace(found, antecedent=found.antecedent or span, link=Link.EARLIER_SUBJECT)

    def _pronoun(self, token: Token, outer: Resolved | None, depth: int) -> Resolved:
        """Whom a pronoun stands for."""
        word = token.lower_
        quoted = self._layout.quotation(token.idx) >= 0
        if word in FIRST_PERSON:
            if quoted:
                return outer if outer is not None and word in {"i", "me", "my", "myself"} else UNRESOLVED
            if not self._article.author.strip():
                return UNRESOLVED
            return Resolved(self._speakers.author(), Resolution.PRONOUN, link=Link.AUTHOR)
        if word in GENDERS:
            return self._he_or_she(token)
        if word in _RELATIVE:
            return self._relative(token)
        if word in _THEY | _IT and not quoted and depth < _DEEPEST:
            return self._earlier_subject(token, word in _THEY, depth)
        return UNRESOLVED

    def _relative(self, token: Token) -> Resolved:
        """Whom "who" stands for: the name right before it, else the noun that its clause belongs to."""
        before = self._entities.ending_at(_end_before(self._article.text, token.idx))
        if before is not None:
            named = self._entities.mentions[before].span
            return Resolved(self._speakers.joint([before]), Resolution.PRONOUN, named, Link.RELATIVE)
        if token.head.dep_ == "relcl":
            noun = token.head.head
            while noun.dep_ == "appos" and noun.head.i < noun.i:  # "Ann Lee, a member who ..."
                noun = noun.head
            return self._resolve(Span(noun.left_edge.idx, noun.idx + len(noun)), None, _DEEPEST)
        return UNRESOLVED

    def _he_or_she(self, token: Token) -> Resolved:
        """Whom "he" or "she" stands for; where it is nobody, with those who come into question."""
        rivals = tuple((self._speaker_of(who), weight) for who, weight in self._pronouns.weighed.get(token.i, ()))
        if token.i not in self._pronouns.found:
            return replace(UNRESOLVED, rivals=rivals)
        occurrence = self._pronouns.found[token.i]
        who = occurrence.who
        if isinstance(who, DescribedPerson):
            return Resolved(self._speaker_of(who), Resolution.DESCRIPTION, who.span, Link.PRONOUN, rivals, True)
        named = self._speakers.named_at(who, occurrence.span)
        return Resolved(self._speaker_of(who), Resolution.PRONOUN, named, Link.PRONOUN, rivals, True)

    def _speaker_of(self, who: Referent) -> Speaker:
        return self._speakers.described(who.span) if isinstance(who, DescribedPerson) else self._speakers.of(who)

    def _description(self, found: SourcePhrase) -> Resolved:
        """Whom a description means, where only one fits; else as it is printed."""
        apposed = self._apposed_name(found)
        if apposed is not None:
            named = self._entities.mentions[apposed].span
            return Resolved(self._speakers.joint([apposed]), Resolution.NAMED, named, Link.APPOSITION, person=True)
        occurrence = self._pronouns.found.get(found.head.i)
        fits = self._descriptions.fitting(found)
        rivals = tuple((self._speakers.of(one), 1.0) for one in fits)
        who = occurrence.who if occurrence is not None else fits[0] if len(fits) == 1 else None
        if isinstance(who, Entity):
            near, link = self._speakers.named_at(who, found.span), Link.DESCRIPTION if fits else Link.IN_FOCUS
            return Resolved(self._speakers.of(who), Resolution.DESCRIPTION, near, link, rivals, who.kind is Kind.PERSON)
        if found.body:
            return Resolved(self._speakers.body(found.span), Resolution.NAMED, link=Link.BODY)
        return Resolved(
            self._speakers.described(found.span),
            Resolution.DESCRIPTION,
            None,
            Link.DESCRIBED,
            rivals,
            is_role_noun(fold(found.head.text)),
        )

    def _apposed_name(self, found: SourcePhrase) -> int | None:
        """The person's name in apposition behind a description, between commas: "One voter, Ann Lee of Iowa, said".

        Not where it may be another's, who is described in the description: "an aide to the governor, Ann Lee, said".
        """
        text, last = self._article.text, self._layout.token(found.span.end - 1)
        at = bisect_left(self._entities.starts, found.span.end)
        if found.head.tag_ in {"NNS", "NNPS"} or at == len(self._entities.starts):
            return None
        name = self._entities.mentions[at]
        if name.run.titled and text[found.span.end : name.run.title_start] == " the ":  # "spokesman the Rev. Ann Lee"
            return at
        if text[found.span.end : found.span.end + 2] != ", ":
            return None
        if last.i != found.head.i and is_role_noun(fold(last.text)):
            return None
        near = name.run.title_start == found.span.end + 2 and not name.run.possessive
        full = self._entities.kind(at) is Kind.PERSON and (len(name.words) > 1 or name.run.titled)
        return at if near and full and _CLOSED.match(text, name.run.end) else None


def _end_before(text: str, at: int) -> int:
    """Where the words before a place end, without the comma and space between."""
    while at and text[at - 1] in " ,":
        at -= 1
    return at
