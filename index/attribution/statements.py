"""Takes an article and its parse; gives every statement in it, each with its speaker where the article names one.

This is where the four stages meet. May not know storage or questions.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from index.attribution.attributions import compose
from index.attribution.cues.denials import denied
from index.attribution.linking.certainty import CERTAIN, NAMED_FROM, candidates, features, probability
from index.attribution.linking.resolved import UNRESOLVED, Link, Resolved
from index.attribution.linking.resolver import FIRST_PERSON, SpeakerResolver
from index.attribution.quotes.pairing import quotations
from index.attribution.quotes.signed import signed
from index.attribution.types import Attribution, Quotation
from index.language.lexicon import Quoting, Trait, forms_having, quoting
from index.language.wordlists import sections
from index.types import Article, Flag, Manner, Resolution, Span, Speaker, Statement, hull, overlapping

if TYPE_CHECKING:
    from spacy.tokens import Doc

_ENDS_NEGATION = frozenset({"but", "instead", "until"})  # conjunctions that end a negation's reach
_ANSWERS = 3  # to the reporter's questions, from which an article is an interview
_STATEMENTS_BACK = 3  # statements before "the letter said" among which the letter is looked for
_DIRECT = 0.9  # the share of its words inside quotation marks from which a statement is direct


@dataclass(frozen=True, slots=True)
class Linked:
    """A statement before it is known how certain its speaker is, and what that will be judged by."""

    statement: Statement
    resolved: Resolved
    features: dict[str, float]


def find_statements(article: Article, doc: Doc, sentences: Sequence[Span]) -> tuple[Statement, ...]:
    """All statements of an article, numbered in the order of their content.

    :param doc: The parse of `article.text`.
    :param sentences: Its sentences, in order.
    """
    resolver, linked = link_statements(article, doc, sentences)
    return _with_signed(article, [_with_certainty(one) for one in linked], sentences, resolver)


def link_statements(article: Article, doc: Doc, sentences: Sequence[Span]) -> tuple[SpeakerResolver, list[Linked]]:
    """The statements of an article with the speakers that their sources were resolved to, in order of their content."""
    marks = quotations(article.text)
    outermost = [q for q in marks if q.depth == 0]
    found = sorted(compose(doc, sentences, marks), key=lambda a: (a.content[0], a.content[-1]))
    resolver = SpeakerResolver(article, doc, [q.span for q in outermost])
    starts = ([q.span.start for q in outermost], [s.start for s in sentences])
    linked: list[Linked] = []
    answers = [raw.content[0].start for raw in found if raw.answers]
    interviewee = resolver.interviewee(answers[0]) if len(answers) >= _ANSWERS else UNRESOLVED
    who: Resolved | None = None
    for number, raw in enumerate(found):
        between = article.text[found[number - 1].content[-1].end : raw.content[0].start] if number else "\n"
        goes_on = raw.cue is None and "\n" not in between  # a quotation that nothing introduces, in the same paragraph
        who = resolver.resolve(raw.source, previous=who if goes_on else None)
        for source in raw.others:
            if not who.person:
                other = resolver.resolve(source)
                who = other if other.person else who
        manner = _manner(article.text, raw.content, outermost, starts[0])
        if interviewee.speaker and raw.cue is None and manner is Manner.DIRECT:
            who, raw = interviewee, replace(raw, source=None, others=())
        who = _as_writer(who, raw.source, [one.statement for one in linked[-_STATEMENTS_BACK:]], article.text)
        extent = _extent(raw, sentences, starts[1])
        said = Statement(
            article.id,
            number,
            raw.content,
            raw.cue,
            raw.source,
            who.speaker,
            manner,
            who.resolution,
            extent,
            who.antecedent,
            (*raw.flags, *_not_said(raw, doc, manner)),
        )
        linked.append(Linked(said, who, features(who, raw, manner, resolver.others_named(extent, who.speaker))))
    return resolver, linked


def _with_certainty(one: Linked) -> Statement:
    """The statement with the probability of its speaker; with candidates and no speaker where that is too low."""
    said = one.statement
    certainty = probability(one.features) if said.speaker else 0.0
    if said.speaker is None or certainty >= CERTAIN:
        return replace(
            said, certainty=certainty, candidates=candidates(one.resolved, certainty) if not said.speaker else ()
        )
    doubted = replace(said, certainty=certainty, candidates=candidates(one.resolved, certainty))
    named_by_article = one.resolved.link is Link.POLL  # no name of a person can be mistaken in it
    if certainty >= NAMED_FROM or not said.speaker.key or named_by_article:
        return doubted
    return replace(doubted, speaker=None, resolution=Resolution.UNRESOLVED, certainty=0.0)


def _not_said(raw: Attribution, doc: Doc, manner: Manner) -> tuple[Flag, ...]:
    """The flag of what is denied, where words are quoted or a verb of saying tells of it."""
    cue = doc.char_span(raw.cue.start, raw.cue.end, alignment_mode="expand") if raw.cue else None
    verb = cue.root if cue is not None else None
    if verb is None or verb.pos_ not in {"VERB", "AUX"} or not denied(verb) or _tells_between(raw, doc):
        return ()
    says = verb.lemma_.lower() in quoting(Quoting.SPEECH)
    return (Flag.NOT_SAID,) if says or manner is not Manner.INDIRECT else ()


def _tells_between(raw: Attribution, doc: Doc) -> bool:
    """Whether another verb than the cue's leads up to what is quoted: "Lee did not answer, but called it “a sham”"."""
    if raw.cue is None or raw.content[-1].start < raw.cue.end:
        return False
    between = doc.char_span(raw.cue.end, raw.content[-1].start, alignment_mode="contract")
    told = [t for t in between or () if not overlapping(raw.content, Span(t.idx, t.idx + 1))]
    return any(token.pos_ == "VERB" or token.lower_ in _ENDS_NEGATION for token in told)


def _as_writer(who: Resolved, source: Span | None, before: Sequence[Statement], text: str) -> Resolved:
    """Whose "the statement" or "the letter" is, where it goes on with what somebody said "in a statement".

    :param before: The statements right before, in order.
    """
    printed = source.cut(text).casefold().split() if source else []
    if len(printed) != 2 or printed[0] != "the" or printed[1] not in sections("bodies.txt")["writings"]:
        return who
    issued = "|".join(forms_having(Trait.PUBLISHES))
    said_in = re.compile(rf"\b(?:in|{issued}) (?:an?|his|her|its|their) (?:\w+ )?{re.escape(printed[1])}\b")
    for said in reversed(before):
        told = said_in.search(said.extent.cut(text))
        if told and said.source and said.speaker and said.speaker.key:
            return Resolved(said.speaker, Resolution.DESCRIPTION, said.source, Link.DOCUMENT)
    return who


def _with_signed(
    article: Article, statements: Sequence[Statement], sentences: Sequence[Span], resolver: SpeakerResolver
) -> tuple[Statement, ...]:
    """The statements with those who signed an opinion piece or a letter as speakers of what else it says."""
    by = [(span, one.name, resolver.signer(one)) for one in signed(article) for span in one.prose]
    if not by:
        return tuple(statements)
    starts, told = [sentence.start for sentence in sentences], [False] * len(sentences)
    for said in statements:
        first, last = bisect_left(starts, said.extent.start), bisect_left(starts, said.extent.end)
        told[first:last] = [True] * (last - first)
    every = [_by_signer(said, by, article.text) for said in statements]
    for span, name, speaker in by:
        inside = range(bisect_left(starts, span.start), bisect_left(starts, span.end))
        runs = (hull(sentences[at] for at in run) for taken, run in groupby(inside, told.__getitem__) if not taken)
        every += [
            Statement(article.id, 0, (run,), None, None, speaker, Manner.DIRECT, Resolution.SIGNED, run, name)
            for run in runs
        ]
    every.sort(key=lambda said: (said.content[0], said.content[-1]))
    return tuple(replace(said, number=number) for number, said in enumerate(every))


def _by_signer(said: Statement, by: Sequence[tuple[Span, Span, Speaker]], text: str) -> Statement:
    """A statement as the signer's where it stands in what is signed, and "I" says it or nobody.

    :param by: Each signed paragraph in order, with the name under it and the signer.
    """
    at = bisect_right(by, said.content[0].start, key=lambda one: one[0].start) - 1
    if said.manner is not Manner.INDIRECT or at < 0 or said.content[0] not in by[at][0]:
        return said
    _, name, speaker = by[at]
    if said.source is None:
        return replace(said, speaker=speaker, resolution=Resolution.SIGNED, antecedent=name)
    if said.source.cut(text).lower() in FIRST_PERSON:
        return replace(said, speaker=speaker, resolution=Resolution.PRONOUN, antecedent=name)
    return said


def _extent(raw: Attribution, sentences: Sequence[Span], starts: Sequence[int]) -> Span:
    """The whole sentences that hold content, cue and source.

    :param starts: Where the sentences begin.
    """
    whole = hull([*raw.content, *(s for s in (raw.cue, raw.source) if s)])
    first = max(0, bisect_right(starts, whole.start) - 1)
    return hull([whole, *(s for s in sentences[first : bisect_left(starts, whole.end)] if s.overlaps(whole))])


def _manner(text: str, content: Sequence[Span], quoted: Sequence[Quotation], starts: Sequence[int]) -> Manner:
    """Whose words the content is printed in, by how much of it stands between quotation marks.

    :param quoted: The outermost quotations in order, and `starts` where they begin.
    """
    inside = total = 0
    for span in content:
        total += _letters(text, span)
        first = max(0, bisect_right(starts, span.start) - 1)
        for quotation in quoted[first : bisect_left(starts, span.end)]:
            inner = quotation.inner
            if inner.overlaps(span):
                inside += _letters(text, Span(max(inner.start, span.start), min(inner.end, span.end)))
    if not inside:
        return Manner.INDIRECT
    return Manner.DIRECT if inside >= _DIRECT * total else Manner.MIXED


def _letters(text: str, span: Span) -> int:
    return sum(c.isalnum() for c in span.cut(text))
