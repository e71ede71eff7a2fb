"""What a chat model may do for one question: understand a follow-up, pick among quotes, say what they say.

Prompts, the model and the strict readers of its replies meet here. Where a model is away, slow or talks nonsense, the
step gives what there is without a model, and a notice says so. Of a reply only these are kept: numbers among those
offered, a question made of known words, and sentences that pass every check.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from typing import Any, TypeVar

from assistant.llm import choose, say, standalone
from assistant.llm.chat_model import ChatModel
from assistant.llm.deadline import ReplyPart
from assistant.llm.numbered import draw_fence, lines_of
from assistant.llm.remarks import objection
from assistant.types import Answer, Quote, Remark
from index.errors import ModelError
from prompts import Prompt, fill

Result = TypeVar("Result")


class ModelSteps:
    """A chat model at work on one question; make a new one for the next.

    `notices` tell the user what the model could not do, one sentence each; `dropped` counts the reasons for which its
    sentences were left out.
    """

    def __init__(self, model: ChatModel) -> None:
        self._model = model
        self._away = False
        self.notices: list[str] = []
        self.dropped: Counter[str] = Counter()

    def standalone(self, turns: Sequence[Answer], question: str) -> str:
        """The question as it would be asked alone; the question itself where the model is no help.

        :param turns: Earlier answers, oldest first.
        """
        if not turns:
            return question
        fence = draw_fence(question, *(turn.standalone_question for turn in turns))
        prompt = standalone.standalone_prompt(turns, question, fence)
        without = "the question is understood without it"
        read = self._ask(
            prompt,
            standalone.STANDALONE_FORM,
            lambda reply: standalone.read_standalone(reply, turns, question),
            without,
        )
        return question if read is None else read

    def choose(self, question: str, quotes: Sequence[Quote]) -> tuple[int, ...]:
        """Numbers of the quotes that answer, from 1, best first, each once; none where the model finds none that does.

        Where the model is no help: all numbers, in the order of the quotes. At most the first 40 are offered to it.
        "None" has to be said twice, of the articles in two halves, so that no one article can talk it into silence.
        """
        offered = list(enumerate(quotes[: choose.MOST_OFFERED], 1))
        read = self._choose(question, offered) if offered else ()
        if read == ():
            half = set(list(dict.fromkeys(quote.article.id for _, quote in offered))[::2])
            halves = ([one for one in offered if (one[1].article.id in half) is side] for side in (True, False))
            asked = [part for part in halves if part and len(part) < len(offered)]
            read = tuple(sorted(number for part in asked for number in self._choose(question, part) or ()))
        return tuple(range(1, len(quotes) + 1)) if read is None else read

    def _choose(self, question: str, offered: Sequence[tuple[int, Quote]]) -> tuple[int, ...] | None:
        """The numbers picked among some quotes with their numbers; None where the model is no help."""
        quotes = [quote for _, quote in offered]
        prompt = choose.choice_prompt(question, quotes, _fence(question, quotes))
        without = "the quotes stand as the search ranked them"
        read = self._ask(prompt, choose.CHOICE_FORM, lambda reply: choose.read_choice(reply, len(quotes)), without)
        return None if read is None else tuple(offered[number - 1][0] for number in read)

    def say(self, question: str, quotes: Sequence[Quote]) -> tuple[Remark, ...]:
        """One to three checked sentences on the quotes, or none."""
        return tuple(self.remarks(question, quotes))

    def remarks(self, question: str, quotes: Sequence[Quote]) -> Iterator[Remark]:
        """The same sentences one by one, each as soon as it is whole and checked."""
        if not quotes or self._away:
            return
        prompt = say.say_prompt(question, quotes, _fence(question, quotes))
        dropped = Counter[str]()
        try:
            for attempt in (prompt, None):
                again = attempt or _again(prompt, next(iter(dropped)))
                dropped.clear()
                readable = 0
                for remark, reason in self._judged(again, quotes):
                    readable += remark is not None
                    if reason:
                        dropped[reason] += 1
                    elif remark is not None:
                        yield remark
                if readable or not dropped:
                    break
        except ModelError as failed:
            self._fail(failed, "no more is said about the quotes")
        self.dropped += dropped
        for reason, count in dropped.items():
            what = "a sentence" if count == 1 else f"{count} sentences"
            self._tell(f"{self._model.name} wrote {what} that may not be shown: {reason}")

    def _judged(self, prompt: Prompt, quotes: Sequence[Quote]) -> Iterator[tuple[Remark | None, str]]:
        """Each sentence of a reply (None: it can't be read) with the reason not to show it, until enough are shown."""
        shown = 0
        with closing(self._model.growing(prompt, say.REMARKS_FORM)) as parts:
            for draft in _drafts(parts):
                try:
                    remarks = say.read_remarks(draft, len(quotes))
                except ModelError as bad:
                    yield None, str(bad)
                    continue
                for remark in remarks:
                    reason = objection(remark, quotes)
                    yield remark, reason
                    shown += not reason
                    if shown == say.MOST_SENTENCES:
                        return

    def _ask(
        self, prompt: Prompt, form: Mapping[str, Any], read: Callable[[str], Result], without: str
    ) -> Result | None:
        """A reply as it was read; asked for once again, with the reason, if it can't be; None if that was no help."""
        if self._away:
            return None
        try:
            try:
                return self._reply(prompt, form, read)
            except _Unreadable as bad:
                return self._reply(_again(prompt, str(bad)), form, read)
        except _Unreadable as bad:
            self._tell(f"{self._model.name} gave a reply that could not be used ({bad}); {without}")
        except ModelError as failed:
            self._fail(failed, without)
        return None

    def _reply(self, prompt: Prompt, form: Mapping[str, Any], read: Callable[[str], Result]) -> Result:
        reply = self._model.reply(prompt, form)
        try:
            return read(reply)
        except ModelError as bad:
            raise _Unreadable(str(bad)) from None

    def _fail(self, failed: ModelError, without: str) -> None:
        """The model is away: it is asked nothing more for this question."""
        self._away = True
        self._tell(f"{failed}; {without}")

    def _tell(self, notice: str) -> None:
        self.notices.append(f"The model {notice}.")


class _Unreadable(ModelError):
    """A reply came and cannot be used."""


def _fence(question: str, quotes: Sequence[Quote]) -> str:
    return draw_fence(question, *(line for quote in quotes for line in lines_of(quote)))


def _again(prompt: Prompt, reason: str) -> Prompt:
    """The same request with why the last reply could not be used; that reply itself is not shown again."""
    return Prompt(prompt.rules, f"{prompt.data}\n\n{fill('again.v1', reason=reason).data}")


def _drafts(parts: Iterator[ReplyPart]) -> Iterator[object]:
    """The sentences of a growing reply, each once it is whole."""
    seen = 0
    part: ReplyPart = ""
    for part in parts:
        ready = say.drafts(part, whole=False)
        yield from ready[seen:]
        seen = max(seen, len(ready))
    yield from say.drafts(part, whole=True)[seen:]
