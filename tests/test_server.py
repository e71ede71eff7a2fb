"""Answers with the vectors in a server: the very ones that a folder gives, while articles come, change and go."""

import dataclasses

import pytest

from assistant import Assistant, Settings
from assistant.render import as_json
from index.types import Article

pytestmark = pytest.mark.slow

ICE = Article(
    "ice",
    "Harbour to close for the winter",
    "Harbour to close for the winter\n\nThe harbour will close in December, Mayor Ana Ruiz said on Monday.\n\n"
    "“We cannot keep the ice out,” Ruiz said. “So we keep the boats out.”",
    publisher="Eastport Post",
)
BRIDGE = Article(
    "bridge",
    "Bridge shut after a crack is found",
    "Bridge shut after a crack is found\n\nThe Weir Bridge was shut on Friday.\n\n"
    "“The crack is as long as my arm,” said Tom Okafor, an engineer. “Nobody should drive over it.”",
    publisher="The Weir Times",
)
QUESTIONS = {
    "What did Ana Ruiz say about the ice?": "We cannot keep the ice out",
    "How long is the crack?": "as long as my arm",
    "Who spoke about the harbour in the winter?": "The harbour will close in December",
}


@pytest.fixture(scope="module")
def both(tmp_path_factory, vector_server):
    """The same library twice: vectors in a folder, and in a server."""
    folder = tmp_path_factory.mktemp("both")
    with (
        Assistant.open(folder / "one", Settings()) as one,
        Assistant.open(folder / "other", Settings(vectors_url=vector_server)) as other,
    ):
        for assistant in (one, other):
            assistant.store.add([ICE, BRIDGE])
        yield one, other


@pytest.mark.parametrize(("question", "words"), QUESTIONS.items())
def test_a_server_gives_the_same_answer_as_a_folder(both, question, words):
    one, other = (as_json(assistant.ask(question)) for assistant in both)
    assert one == other
    assert any(words in quote["text"] for quote in other["quotes"])


def test_a_filter_holds_on_a_server(both):
    one, other = (as_json(assistant.ask("What is shut?", publisher="Eastport Post")) for assistant in both)
    assert one == other
    assert {quote["article_id"] for quote in other["quotes"]} <= {"ice"}


def test_what_is_changed_or_removed_is_answered_so_from_a_server_too(both):
    _, assistant = both
    changed = dataclasses.replace(BRIDGE, text=BRIDGE.text.replace("my arm", "a bus"))
    assert assistant.store.add([changed]).updated == ("bridge",)
    answer = as_json(assistant.ask("How long is the crack?"))
    assert "as long as a bus" in answer["quotes"][0]["text"]
    assistant.remove(["bridge"])
    assert all(quote["article_id"] == "ice" for quote in as_json(assistant.ask("How long is the crack?"))["quotes"])
    assert assistant.store.check() == ()
