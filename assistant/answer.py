"""Answering: a question in, an Answer out. The one place where the steps meet, in this order:

    stand alone -> whom and where -> search -> rank -> read -> decide -> cut -> join copies -> both sides -> say

Each step is a module of its own. A chat model, where there is one, may rewrite a follow-up, pick among the quotes and
say in checked sentences what they say; every quote is cut here, with or without one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.llm.steps import ModelSteps
from assistant.query import followups
from assistant.query.directory import MatchedBy
from assistant.query.filters import Filters
from assistant.query.question import check
from assistant.query.resolution import Query, given_scope, library_facts, resolve
from assistant.retrieval.ranking import rank, select_distinct
from assistant.retrieval.reader import PassageReader
from assistant.retrieval.rereading import reread
from assistant.retrieval.search import Candidate, find_candidates
from assistant.retrieval.search_terms import SearchTerms, required_words, search_terms
from assistant.selection.answerability import (
    DOUBTED_BELOW,
    REFUSE_BELOW,
    answer_probability,
    can_answer,
    lacks_person_of_kind,
)
from assistant.selection.both_sides import both_sides
from assistant.selection.copies import collapse
from assistant.selection.cut import cut
from assistant.selection.speaker_filter import (
    attribute_fact,
    keep_naming,
    keep_speakers_asked,
    rank_speakers_asked_first,
)
from assistant.types import Answer, Quote, Reason, Refusal

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from assistant.llm.chat_model import ChatModel
    from assistant.retrieval.reranker import Reranker
    from index.storage.store import Store

CLOSEST = 3  # quotes that a refusal may show, apart from an answer
SPARE = 3  # times as many passages are cut as are shown: copies fall away, and a model may pick among them
OF_ONE = 2  # quotes of one speaker, where both sides are asked for

DOUBT = "These may not answer the question."

WatchAnswer = Callable[[Answer], None]


class Answerer:
    """Answers questions from one open store. Any number of threads may ask at once.

    :param most: The most quotes that an answer shows.
    :param reranker: Read beside the packaged reader; None to do without.
    :param model: None to do without.
    :param refuse_below: The least probability of an answer that is given, 0 to 1.
    """

    def __init__(
        self,
        store: Store,
        most: int,
        reranker: Reranker | None = None,
        model: ChatModel | None = None,
        refuse_below: float = REFUSE_BELOW,
    ) -> None:
        self._store = store
        self._refuse_below = refuse_below
        self._most = most
        self._reader = PassageReader()
        self._reranker = reranker
        self._model = model

    def answer(
        self, text: str, filters: Filters, turns: Sequence[Answer] = (), watch: WatchAnswer | None = None
    ) -> Answer:
        """Answer one question; see `Assistant.ask`."""
        text = check(text)
        for one in filters.articles:
            self._store.library.article(one)
        steps = ModelSteps(self._model) if self._model else None
        standalone = self._stand_alone(text, turns, steps)
        with self._store.library.snapshot():
            query = resolve(standalone, filters, self._store)
            if isinstance(query, Refusal):
                answer = Answer(text, standalone, refusal=query, scope=given_scope(filters))
            else:
                answer = self._answer_query(text, standalone, query, steps)
        return self._with_remarks(answer, steps, watch)

    def _stand_alone(self, text: str, turns: Sequence[Answer], steps: ModelSteps | None) -> str:
        """A follow-up as a question that stands alone: as the model has it, or else by rules."""
        if not turns:
            return text
        by_model = steps.standalone(turns, text) if steps else text
        if by_model != text:
            return by_model
        people = library_facts(self._store.library).people
        return followups.standalone(text, turns, self._parse, lambda name: people.find(name) is not None)

    def _parse(self, text: str) -> Doc:
        return next(iter(self._store.parser.parse([text])))

    def _answer_query(self, text: str, standalone: str, query: Query, steps: ModelSteps | None) -> Answer:
        """Search, rank, decide, cut and choose."""
        terms = search_terms(query, self._store)
        best = self._rank(terms)
        if query.unquoted:
            best = keep_naming(best, query.unquoted)
        found = [one for _, one in best]
        quotes, picked = self._cut_quotes(best, query), list[Quote]()
        probability = answer_probability(terms, found) if found else 0.0
        if quotes and not query.unquoted and can_answer(terms, found, self._refuse_below):
            chosen = steps.choose(standalone, quotes) if steps else range(1, len(quotes) + 1)
            picked = [quotes[number - 1] for number in chosen]
        if not picked:
            refusal = _refuse(query, quotes[:CLOSEST], found)
            return Answer(text, standalone, (), refusal, (), query.notices, query.scope, probability)
        notices = (*query.notices, DOUBT) if probability < DOUBTED_BELOW else query.notices
        shown = both_sides(picked, self._most) if query.question.sides else tuple(picked[: self._most])
        return Answer(text, standalone, shown, None, (), notices, query.scope, probability)

    def _rank(self, terms: SearchTerms) -> list[tuple[float, Candidate]]:
        """What was found, best first: by the features of the search, and the first ones by being read."""
        best = rank(find_candidates(terms, self._store))
        return reread(terms.question.text, best, self._reader, self._reranker)

    def _cut_quotes(self, best: Sequence[tuple[float, Candidate]], query: Query) -> tuple[Quote, ...]:
        """The quotes that may be shown, best first: no neighbours, and each copy once."""
        each = OF_ONE if query.question.sides and not query.named else self._most
        some = keep_speakers_asked(
            select_distinct(rank_speakers_asked_first(best, query), SPARE * self._most, each), query
        )
        told = [(score, attribute_fact(one, query.question)) for score, one in some]
        return collapse([cut(one.article, one.passage, one.statement, score, one.within) for score, one in told])

    def _with_remarks(self, answer: Answer, steps: ModelSteps | None, watch: WatchAnswer | None) -> Answer:
        """The answer with what a model says of its quotes and what it could not do; `watch` sees it grow."""
        if watch:
            watch(answer)
        if steps is None:
            return answer
        for remark in steps.remarks(answer.standalone_question, answer.quotes) if answer.quotes else ():
            answer = replace(answer, remarks=(*answer.remarks, remark))
            if watch:
                watch(answer)
        return replace(answer, notices=tuple(dict.fromkeys((*answer.notices, *steps.notices))))


def _refuse(query: Query, closest: tuple[Quote, ...], found: Sequence[Candidate]) -> Refusal:
    """Why there is no answer, in a sentence."""
    nameless = query.question.name_of
    if lacks_person_of_kind(query.question, found):
        nameless = f"the {query.question.which}"
    named = [match.name for match in query.named if match.matched_by is not MatchedBy.ROLE]
    if required_words(query.about) and not found:
        here = "here" if query.scope.everywhere else "that fits the other filters"
        return Refusal(Reason.FILTER_MATCHES_NOTHING, f"No passage {here} is about “{query.about}”.")
    if query.unquoted:
        rest = "named in these articles, but not found quoted" if closest else "not quoted in these articles"
        return Refusal(Reason.NO_SUCH_SPEAKER, f"{_are(query.unquoted)} {rest}.", closest)
    if nameless:
        detail = f"The articles do not name {nameless}."
    elif named:
        detail = f"{_are(named)} quoted in these articles, but not on this."
    else:
        detail = "The articles do not say."
    return Refusal(Reason.NOT_IN_ARTICLES, detail, closest)


def _are(names: Sequence[str]) -> str:
    """Names with their verb: "Ann Lee is", "Ann Lee and Bo Chen are"."""
    return f"{' and '.join(names)} {'is' if len(names) == 1 else 'are'}"
