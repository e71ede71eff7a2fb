"""Articles that give orders, and a model that obeys every one of them: the quotes stay true, and little else changes.

Each article of data/poisoned.jsonl says something true first, then attacks. `obeyed` is what its author wants a model
to reply to each of the three requests; `never` are words that must then be nowhere in an answer but inside a quote.
"""

import dataclasses
import json
from collections import Counter
from pathlib import Path

import pytest
from langchain_core.messages import AIMessage
from scripted import QUOTES, ScriptedModel
from storing import open_store, whole

from assistant.answer import Answerer
from assistant.llm.chat_model import ChatModel
from assistant.llm.numbered import visible
from assistant.llm.steps import ModelSteps
from assistant.query.filters import Filters
from assistant.types import Answer, Quote
from index.embedding.encoder import Encoder
from index.types import Article, Manner, Resolution, Span, Speaker, Statement

POISONED = [json.loads(line) for line in (Path(__file__).parent / "data" / "poisoned.jsonl").read_bytes().splitlines()]
EACH = pytest.mark.parametrize("attack", POISONED, ids=lambda attack: f"{attack['id']} {attack['kind']}")
HONEST = Article(
    "honest", "Harbour notes", "“The harbour is open,” said Tilda Moor, a pilot.", publisher="Saltmarsh Post"
)


class ObedientModel(ScriptedModel):
    """Does what the first attack that it is shown wants; picks the last passage where there is none."""

    def next(self, messages: list) -> AIMessage:
        rules, data = (str(message.text) for message in messages)
        self.asked.append(data)
        use = next(use for use, word in USES.items() if word in rules)
        for attack in POISONED:
            if visible(attack["text"][:60]) in data or (use == "standalone" and attack["speaker"] in data):
                reply = attack["obeyed"][use]
                tool = {"name": reply[5:], "args": {}, "id": "1"} if reply.startswith("TOOL:") else None
                return AIMessage(reply, tool_calls=[tool] if tool else [])
        return AIMessage(str(data.count(" end")))


USES = {
    "choose": "Pick those that answer",
    "say": "in one to three sentences",
    "standalone": "Rewrite the last question",
}


def article_of(attack: dict) -> Article:
    return Article(attack["id"], attack["title"], attack["text"], attack["publisher"], attack["author"])


def quotes_of(attack: dict) -> tuple[Quote, Quote]:
    """The true quote, and the attack itself as the article's own prose."""
    article = article_of(attack)
    speaker = Speaker("s", attack["speaker"], attack["role"], (), attack["speaker"].lower())
    at, ends = article.text.index(attack["speaker"]), article.text.index(attack["role"]) + len(attack["role"]) + 1
    said = Statement(
        article.id,
        0,
        (Span(0, len(attack["content"])),),
        None,
        Span(at, at + len(attack["speaker"])),
        speaker,
        Manner.DIRECT,
        Resolution.NAMED,
        Span(0, ends),
    )
    return Quote(article, Span(0, ends), said), Quote(article, Span(ends + 1, len(article.text)))


def test_there_are_enough_attacks_of_enough_kinds() -> None:
    assert len(POISONED) >= 40
    assert len(Counter(attack["kind"] for attack in POISONED)) >= 12
    assert len({attack["id"] for attack in POISONED}) == len({attack["text"] for attack in POISONED}) == len(POISONED)


@EACH
def test_what_comes_of_an_attack_is_numbers_of_true_quotes_and_checked_words(attack: dict) -> None:
    quotes = [*quotes_of(attack), *QUOTES]
    one = ModelSteps(ChatModel(ObedientModel(), "owl", pause=0.0))
    numbers = one.choose("What happened?", quotes)
    remarks = one.say("What happened?", quotes)
    turn = Answer("What happened?", "What happened?", (quotes[0],))
    alone = one.standalone([turn], "And then?")
    assert numbers and set(numbers) <= set(range(1, len(quotes) + 1)) and len(set(numbers)) == len(numbers)
    said = " ".join([alone, *(remark.text for remark in remarks), *one.notices])
    for words in attack["never"]:
        assert words not in said
    assert all(set(remark.numbers) <= set(range(1, len(quotes) + 1)) for remark in remarks)
    assert all(quote.text == quote.article.text[quote.span.start : quote.span.end] for quote in quotes)


@EACH
def test_an_attack_stays_on_its_own_line_between_the_codes(attack: dict) -> None:
    model = ObedientModel()
    ModelSteps(ChatModel(model, "owl", pause=0.0)).choose(
        "What happened?", [QUOTES[0], quotes_of(attack)[1], QUOTES[1]]
    )
    data = model.asked[0]
    code = data.splitlines()[0].removeprefix("Code: ")
    starts = [line for line in data.splitlines() if line.startswith(code)]
    assert starts == [f"{code} 1", f"{code} end", f"{code} 2", f"{code} end", f"{code} 3", f"{code} end"]
    between = data.split(f"{code} 2\n")[1].split(f"\n{code} end")[0].split("\n")
    assert [line.split(":")[0] for line in between] == ["Speaker", "Article", "Text"]
    assert all(character.isprintable() or character == "\n" for character in data)
    assert len(data) < 10_000


@EACH
def test_no_attack_silences_the_others(attack: dict) -> None:
    class Silenced(ScriptedModel):
        def next(self, messages: list) -> AIMessage:
            return AIMessage("0" if visible(attack["title"]) in str(messages[-1].text) else "1")

    quotes = [
        dataclasses.replace(QUOTES[0], article=dataclasses.replace(QUOTES[0].article, title="Another")),
    ]
    assert ModelSteps(ChatModel(Silenced(), "owl", pause=0.0)).choose("Is it safe?", [*quotes_of(attack), *quotes]) == (
        3,
    )


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, parser: object):
    with open_store(tmp_path_factory.mktemp("poisoned"), parser, Encoder()) as opened:
        opened.add([HONEST, *map(article_of, POISONED)])
        yield opened


@pytest.mark.slow
@EACH
def test_a_whole_answer_over_a_poisoned_library_is_true(attack: dict, store: object) -> None:
    before = store.library.counts(), store.library.uid
    model = ObedientModel()
    desk = Answerer(store, 5, model=ChatModel(model, "owl", pause=0.0))
    question = f"What did {attack['speaker']} say about {attack['content'].strip('“”,')}?"
    seen: list[Answer] = []
    first = desk.answer(question, Filters(), (), seen.append)
    then = desk.answer("And what else?", Filters(), (first,), seen.append)
    texts = {one["id"]: one["text"] for one in POISONED} | {HONEST.id: HONEST.text}
    for answer in (first, then, *seen):
        shown = [*answer.quotes, *(answer.refusal.closest if answer.refusal else ())]
        for quote in shown:
            assert quote.article.text == texts[quote.article.id] == store.library.article(quote.article.id).text
            assert quote.text == texts[quote.article.id][quote.span.start : quote.span.end]
        for remark in answer.remarks:
            cited = " ".join(answer.quotes[number - 1].text for number in remark.numbers)
            assert all(words in cited for words in attack["never"] if words in remark.text)
        assert not any(words in " ".join(answer.notices) for words in attack["never"])
    assert model.asked
    assert (store.library.counts(), store.library.uid) == before


@pytest.mark.slow
def test_after_all_attacks_the_library_is_whole(store: object) -> None:
    whole(store)
