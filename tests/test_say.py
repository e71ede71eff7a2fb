"""Saying: a reply as it grows to sentences, each with its numbers, shown once whole and checked."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from langchain_core.runnables import Runnable, RunnableGenerator
from scripted import QUOTES, FormModel, ScriptedModel, reader

from assistant.llm.remarks import objection
from assistant.llm.say import drafts, read_remarks, say_prompt
from assistant.types import Remark
from index.errors import ModelError


@pytest.mark.parametrize(
    ("line", "remarks"),
    [
        ("It is safe. [1]", [("It is safe.", (1,))]),
        ("It is safe [1].", [("It is safe.", (1,))]),
        ("It is safe. [1, 3]", [("It is safe.", (1, 3))]),
        ("It is safe. [1][3]", [("It is safe.", (1, 3))]),
        ("- It is safe. [1]", [("It is safe.", (1,))]),
        ("2. It is safe. [1]", [("It is safe.", (1,))]),
        ("It is safe [1], but dear [3].", [("It is safe, but dear.", (1, 3))]),
        ("It is safe. [1] It is dear. [3]", [("It is safe.", (1,)), ("It is dear.", (3,))]),
        ("It is safe [1]. It is dear [3].", [("It is safe.", (1,)), ("It is dear.", (3,))]),
        ("It is safe [1]", [("It is safe", (1,))]),
        ("It is safe [1] and dear", [("It is safe and dear", (1,))]),
        ({"text": "It is safe.", "numbers": [1, 3]}, [("It is safe.", (1, 3))]),
        ({"text": "It is safe [1].", "numbers": [1]}, [("It is safe.", (1,))]),
    ],
)
def test_sentences_and_their_numbers_are_read(line: object, remarks: list[tuple[str, tuple[int, ...]]]) -> None:
    assert read_remarks(line, offered=4) == tuple(Remark(text, numbers) for text, numbers in remarks)


@pytest.mark.parametrize(
    "line",
    [
        "It is safe.",
        "Here is what the quotes say:",
        "It is safe. [5]",
        "It is safe. [0]",
        "It is safe. [one]",
        "It is safe. (1)",
        "It is safe. [1] It is dear.",
        "[1]",
        "It is safe and so on " * 40 + "[1]",
        {"text": "It is safe.", "numbers": []},
        {"text": "It is safe.", "numbers": [9]},
        {"text": "", "numbers": [1]},
        {"text": "It is\nsafe.", "numbers": [1]},
        {"text": 7, "numbers": [1]},
        {"text": "It is safe."},
        {"text": "It is safe.", "numbers": [1], "html": "<b>"},
        7,
        None,
    ],
)
def test_what_cites_nothing_or_too_much_is_refused(line: object) -> None:
    with pytest.raises(ModelError):
        read_remarks(line, offered=4)


REPLY = "The mayor says it is safe. [1]\n\nChen won't cross it. [2]\nIt cost $5 million. [3]"


def test_sentences_are_complete_once_another_follows() -> None:
    grown = [drafts(REPLY[:end], whole=False) for end in range(len(REPLY) + 1)]
    assert all(longer[: len(shorter)] == shorter for shorter, longer in pairwise(grown))
    assert len(grown[-1]) == 2 and len(drafts(REPLY, whole=True)) == 3


@settings(deadline=None)
@given(st.text(alphabet="ab.[1]\n{}`<think>/", max_size=80))
def test_a_longer_reply_only_adds_sentences(reply: str) -> None:
    grown = [drafts(reply[:end], whole=False) for end in range(len(reply) + 1)]
    assert all(longer[: len(shorter)] == shorter for shorter, longer in pairwise(grown))


def test_remarks_come_one_by_one_and_the_model_is_stopped_after_three() -> None:
    endless = REPLY + "\n" + "It is safe. [1]\n" * 10_000
    one, model = reader(endless)
    said = one.remarks("Is it safe?", QUOTES)
    assert next(said) == Remark("The mayor says it is safe.", (1,))
    assert [remark.numbers for remark in said] == [(2,), (3,)]
    assert len(model.asked) == 1 and one.notices == []


def test_a_sentence_that_fails_a_check_is_left_out_and_counted() -> None:
    one, _ = reader("The mayor says it is safe. [1]\nPaul Smith says it is not. [1]\nChen would cross it. [2]")
    assert [remark.text for remark in one.say("Is it safe?", QUOTES)] == ["The mayor says it is safe."]
    assert sum(one.dropped.values()) == 2
    assert one.notices == [
        "The model owl wrote a sentence that may not be shown: it holds a name that does not stand in what it cites.",
        "The model owl wrote a sentence that may not be shown: it leaves out a negation that stands in what it cites.",
    ]


def test_a_reply_without_one_readable_sentence_is_asked_for_again() -> None:
    one, model = reader("The bridge is safe.", "The bridge is safe. [1]")
    assert one.say("Is it safe?", QUOTES) == (Remark("The bridge is safe.", (1,)),)
    assert "a sentence cited no number" in model.asked[1]
    assert one.notices == []


def test_it_is_asked_for_again_only_once() -> None:
    one, model = reader("The bridge is safe.")
    assert one.say("Is it safe?", QUOTES) == ()
    assert len(model.asked) == 2
    assert one.notices == ["The model owl wrote a sentence that may not be shown: a sentence cited no number."]


@pytest.mark.parametrize("reply", ["NONE", "None.", "none\n", '{"sentences": []}'])
def test_a_model_may_have_nothing_to_say(reply: str) -> None:
    one, model = reader(reply)
    assert one.say("Is it safe?", QUOTES) == ()
    assert len(model.asked) == 1 and one.notices == []


class GrowingForm(FormModel):
    """A form that is filled in bit by bit."""

    def with_structured_output(self, schema: object, **kwargs: object) -> Runnable:
        def grow(_: object) -> object:
            yield {}
            yield {"sentences": []}
            yield {"sentences": [{"text": "The mayor says"}]}
            yield {"sentences": [{"text": "The mayor says it is safe.", "numbers": [1]}]}
            yield {"sentences": [{"text": "The mayor says it is safe.", "numbers": [1]}, {"text": "Paris"}]}
            yield {
                "sentences": [
                    {"text": "The mayor says it is safe.", "numbers": [1]},
                    {"text": "Paris is lovely.", "numbers": [1]},
                ]
            }

        return RunnableGenerator(grow)


def test_a_form_that_grows_is_shown_sentence_by_sentence() -> None:
    one, _ = reader(kind=GrowingForm)
    assert one.say("Is it safe?", QUOTES) == (Remark("The mayor says it is safe.", (1,)),)
    assert sum(one.dropped.values()) == 1


def test_a_form_that_is_text_after_all_is_read_as_the_form() -> None:
    one, _ = reader('{"sentences": [{"text": "The mayor says it is safe.", "numbers": [1]}]}')
    assert one.say("Is it safe?", QUOTES) == (Remark("The mayor says it is safe.", (1,)),)


def test_a_model_that_breaks_off_keeps_what_was_checked() -> None:
    class BreaksOff(ScriptedModel):
        def _stream(self, *args: object, **kwargs: object) -> object:
            yield from super()._stream(*args, **kwargs)
            raise ConnectionError("cable cut")

    one, _ = reader("The mayor says it is safe. [1]\nChen won't", kind=BreaksOff)
    assert one.say("Is it safe?", QUOTES) == (Remark("The mayor says it is safe.", (1,)),)
    assert one.notices == [
        "The model owl could not be reached (is its server running, and its address right?); "
        "no more is said about the quotes."
    ]


def test_nothing_can_be_said_without_quotes() -> None:
    one, model = reader("It is safe. [1]")
    assert one.say("Is it safe?", []) == () and model.asked == []
    with pytest.raises(ValueError, match="without quotes"):
        say_prompt("Is it safe?", [], "f" * 16)


@settings(deadline=None)
@given(st.lists(st.one_of(st.text(), st.sampled_from(REPLY.splitlines())), max_size=6).map("\n".join))
def test_whatever_the_reply_what_is_said_passes_every_check(reply: str) -> None:
    one, _ = reader(reply)
    remarks = one.say("Is it safe?", QUOTES)
    assert len(remarks) <= 3
    assert all(objection(remark, QUOTES) == "" for remark in remarks)
