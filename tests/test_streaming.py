"""The command line as an answer grows: quotes first, then each sentence of a chat model with the quotes' numbers."""

import pytest
from scripted import QUOTES, reader

from assistant.cli.ask import ask_and_show
from assistant.types import Answer

SAID = "The mayor says it is safe. [1]\nPaul Smith says so. [1]\nIt cost $5 million. [3]"


class Asked:
    """Answers as an assistant with a chat model does, and notes what has been printed each time it has told more."""

    def __init__(self, capsys: pytest.CaptureFixture[str], reply: str) -> None:
        self.capsys = capsys
        self.seen: list[str] = []
        self.reader, _ = reader(reply)

    def ask(self, question: str, watch: object, **filters: object) -> Answer:
        answer = Answer(question, question, QUOTES)
        watch(answer)
        self.seen.append(self.capsys.readouterr().out)
        for remark in self.reader.remarks(question, QUOTES):
            answer = Answer(question, question, QUOTES, remarks=(*answer.remarks, remark))
            watch(answer)
            self.seen.append(self.capsys.readouterr().out)
        return Answer(question, question, QUOTES, remarks=answer.remarks, notices=tuple(self.reader.notices))


def test_each_sentence_is_printed_as_it_comes_with_the_numbers_of_quotes_above(capsys) -> None:
    asked = Asked(capsys, SAID)
    ask_and_show(asked, "Is it safe?", {}, as_record=False)
    quotes, first, second = asked.seen
    assert "[1] Ada Quill" in quotes and "[3] " in quotes and "says it is safe" not in quotes
    assert first == "The mayor says it is safe. [1]\n"
    assert second == "It cost $5 million. [3]\n"
    last = capsys.readouterr().out.splitlines()
    assert last[0].startswith("Note: The model owl wrote a sentence that may not be shown")
    assert last[1] == "(Written by the chat model; the numbers are the quotes it rests on.)" and len(last) == 2


def test_without_a_sentence_nothing_follows_the_quotes(capsys) -> None:
    asked = Asked(capsys, "NONE")
    ask_and_show(asked, "Is it safe?", {}, as_record=False)
    assert len(asked.seen) == 1 and capsys.readouterr().out == ""
