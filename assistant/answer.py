"""Answering: a question in, an Answer out. The one place where the steps meet, in this order:

    stand alone -> whom and where -> search -> rank -> read -> decide -> cut -> join copies -> both sides -> say

Each step is a module of its own. A chat model, where there is one, may rewrite a follow-up, pick among the quotes and
say in checked sentences what they say; every quote is cut here, with or without one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.llm.steps import Reader
from assistant.query import followups
from assistant.query.directory import How
from assistant.query.filters import Narrowed
from assistant.query.question import checked
from assistant.query.resolution import Asked, known, read
from assistant.retrieval.ranking import ranked, spread
from assistant.retrieval.reader import PassageReader
from assistant.retrieval.rereading import reread
from assistant.retrieval.search import Found, find
from assistant.retrieval.search_terms import Query, held, query
from assistant.selection.answerability import answers, nobody_of_kind
from assistant.selection.both_sides import both_sides
from assistant.selection.copies import collapse
from assistant.selection.cut import cut
from assistant.selection.speaker_filter import ahead, naming, only, whose_word
from assistant.types import Answer, Quote, Reason, Refusal

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from assistant.llm.chat_model import ChatModel
    from assistant.retrieval.reranker import Reranker
    from index.storage.store import Store

CLOSEST = 3  # quotes that a refusal may show, apart from an answer
SPARE = 3  # times as many passages are cut as are shown: copies fall away, and a model may pick among them
OF_ONE = 2  # quotes of one speaker, where both sides are asked for

Watch = Callable[[Answer], None]


class Desk:
    """Answers questions from one open store. Any number of threads may ask at once.

    :param most: The most quotes that an answer shows.
    :param reranker: Read beside the packaged reader; None to do without.
    :param model: None to do without.
    """

    def __init__(
        self, store: Store, most: int, reranker: Reranker | None = None, model: ChatModel | None = None
    ) -> None:
        self._store = store
        self._most = most
        self._reader = PassageReader()
        self._reranker = reranker
        self._model = model

    def answer(self, text: str, narrowed: Narrowed, turns: Sequence[Answer] = (), watch: Watch | None = None) -> Answer:
        """Answer one question; see `Assistant.ask`."""
        text = checked(text)
        reader = Reader(self._model) if self._model else None
        alone = self._alone(text, turns, reader)
        with self._store.library.snapshot():
            asked = read(alone, narrowed, self._store)
            if isinstance(asked, Refusal):
                answer = Answer(text, alone, refusal=asked, scope=narrowed.scope)
            else:
                answer = self._quoted(text, alone, asked, reader)
        return self._said(answer, reader, watch)

    def _alone(self, text: str, turns: Sequence[Answer], reader: Reader | None) -> str:
        """A follow-up as a question that stands alone: as the model has it, or else by rules."""
        if not turns:
            return text
        by_model = reader.standalone(turns, text) if reader else text
        if by_model != text:
            return by_model
        people = known(self._store.library).people
        return followups.standalone(text, turns, self._parse, lambda name: people.find(name) is not None)

    def _parse(self, text: str) -> Doc:
        return next(iter(self._store.parser.parse([text])))

    def _quoted(self, text: str, alone: str, asked: Asked, reader: Reader | None) -> Answer:
        """Search, rank, decide, cut and choose."""
        wanted = query(asked, self._store)
        best = self._ranked(wanted)
        if asked.unquoted:
            best = naming(best, asked.unquoted)
        found = [one for _, one in best]
        quotes, picked = self._cut(best, asked), list[Quote]()
        if quotes and not asked.unquoted and answers(wanted, found):
            chosen = reader.choose(alone, quotes) if reader else range(1, len(quotes) + 1)
            picked = [quotes[number - 1] for number in chosen]
        if not picked:
            refusal = _refused(asked, quotes[:CLOSEST], found)
            return Answer(text, alone, refusal=refusal, notices=asked.notices, scope=asked.scope)
        shown = both_sides(picked, self._most) if asked.question.sides else tuple(picked[: self._most])
        return Answer(text, alone, quotes=shown, notices=asked.notices, scope=asked.scope)

    def _ranked(self, wanted: Query) -> list[tuple[float, Found]]:
        """What was found, best first: by the features of the search, and the first ones by being read."""
        best = ranked(find(wanted, self._store))
        return reread(wanted.question.text, best, self._reader, self._reranker)

    def _cut(self, best: Sequence[tuple[float, Found]], asked: Asked) -> tuple[Quote, ...]:
        """The quotes that may be shown, best first: no neighbours, and each copy once."""
        each = OF_ONE if asked.question.sides and not asked.named else self._most
        some = only(spread(ahead(best, asked), SPARE * self._most, each), asked)
        told = [(score, whose_word(one, asked.question)) for score, one in some]
        return collapse([cut(one.article, one.passage, one.statement, score, one.beside) for score, one in told])

    def _said(self, answer: Answer, reader: Reader | None, watch: Watch | None) -> Answer:
        """The answer with what a model says of its quotes and what it could not do; `watch` sees it grow."""
        if watch:
            watch(answer)
        if reader is None:
            return answer
        for remark in reader.remarks(answer.standalone_question, answer.quotes) if answer.quotes else ():
            answer = replace(answer, remarks=(*answer.remarks, remark))
            if watch:
                watch(answer)
        return replace(answer, notices=tuple(dict.fromkeys((*answer.notices, *reader.notices))))


def _refused(asked: Asked, closest: tuple[Quote, ...], found: Sequence[Found]) -> Refusal:
    """Why there is no answer, in a sentence."""
    nameless = asked.question.name_of
    if nobody_of_kind(asked.question, found):
        nameless = f"the {asked.question.which}"
    named = [match.name for match in asked.named if match.how is not How.ROLE]
    if held(asked.about) and not found:
        here = "here" if asked.scope.everywhere else "that fits the other filters"
        return Refusal(Reason.FILTER_MATCHES_NOTHING, f"No passage {here} is about “{asked.about}”.")
    if asked.unquoted:
        rest = "named in these articles, but not found quoted" if closest else "not quoted in these articles"
        return Refusal(Reason.NO_SUCH_SPEAKER, f"{_are(asked.unquoted)} {rest}.", closest)
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
