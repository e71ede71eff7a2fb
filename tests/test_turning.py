"""Words that a cut leaves out and that turn what is left; clauses beside the cut turn nothing."""

import pytest

from assistant.verification.turning import may_turn, turning_words
from index.language.tokens import words
from index.types import Span


def left_out(parser, sentence):
    """The turning words left out of a sentence whose quoted part stands in brackets."""
    start, end = sentence.index("["), sentence.index("]") - 1
    text = sentence.replace("[", "").replace("]", "")
    kept = [Span(word.start, word.end) for word in words(text) if start <= word.start < end]
    if not may_turn(text, kept, Span(0, len(text))):
        return []
    doc = next(iter(parser.parse([text])))
    quoted = {t.i for t in doc if any(Span(t.idx, t.idx + len(t)).overlaps(word) for word in kept)}
    return [token.text for token in turning_words(doc, quoted)]


@pytest.mark.parametrize(
    ("sentence", "turning"),
    [
        ("I would never say that [the well is dry].", ["never"]),
        ("I did not [have a single drink].", ["not"]),
        ("It is nonsense that [the harbour was sold].", ["nonsense"]),
        ("It is not true that [the harbour was sold].", ["not"]),
        ("We would have left if [the story were true].", ["if"]),
        ("[We will pay] if the court tells us to.", ["if"]),
        ("I doubt that [he will read the letter].", ["doubt"]),
        ("He may [sell the boats].", ["may"]),
        ("Nobody [told the workers].", ["Nobody"]),
        ("There is no evidence that [the bridge was cut].", ["no"]),
        ("She refused to [open the gate].", ["refused"]),
        ("Perhaps [the keys were lost].", ["Perhaps"]),
        ("I hope that [the rain stops].", ["hope"]),
        ("Do you think [the dam is safe]?", ["Do"]),
        ("They denied that [the boat was theirs].", ["denied"]),
    ],
)
def test_a_word_that_turns_what_is_quoted_is_found(parser, sentence, turning) -> None:
    assert left_out(parser, sentence) == turning


@pytest.mark.parametrize(
    "sentence",
    [
        "Nobody asked us, and [the well is dry].",
        "[The well is dry], but nobody asked us.",
        "[I would never say that the well is dry], the farmer told us.",
        "[The boats were sold] and the nets were not.",
        "I am sure that [the well is dry].",
        "Last night [the harbour was quiet].",
        "[The man paid for the stones], although he never saw the wall.",
        "Not only [did he pay for the stones], he carried them.",
    ],
)
def test_a_cut_at_the_edge_of_a_clause_turns_nothing(parser, sentence) -> None:
    assert left_out(parser, sentence) == []


def test_where_no_word_may_turn_anything_no_parse_is_needed() -> None:
    text = "I said that the well is dry and the rope is long."
    kept = [Span(word.start, word.end) for word in words(text)[3:6]]
    assert not may_turn(text, kept, Span(0, len(text)))
    assert may_turn("Nobody " + text, [], Span(0, 20))
