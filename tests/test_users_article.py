"""The article that the first user gave, and what a fact-checker would ask of it.

The article is its publisher's and no part of this repository. The tests run where `../shared/articles` lies beside the
checkout, and are skipped elsewhere.
"""

from pathlib import Path

import pytest

from assistant import Assistant, Settings

CHECKOUT = Path(__file__).parent.parent
ARTICLES = CHECKOUT.parent / "shared" / "articles"

pytestmark = pytest.mark.skipif(not ARTICLES.is_dir(), reason=f"the user's article is not at hand ({ARTICLES})")


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    with Assistant.open(tmp_path_factory.mktemp("library"), Settings()) as opened:
        assert len(opened.add([ARTICLES]).added) == 1
        yield opened


def shown(answer):
    """(the speaker's name or None, the text) of each quote that an answer shows."""
    return [(quote.speaker and quote.speaker.name, quote.text) for quote in answer.quotes]


def test_bombers_say_nothing(assistant):
    library = assistant.store.library
    (article,) = (library.article(entry.id) for entry in library.articles())
    sources = [said.source.cut(article.text) for said in library.reading(article.id).statements if said.source]
    assert "Philip Luther" in " ".join(sources)
    assert not [source for source in sources if "bombers" in source]


def test_both_denials_answer_who_denies_it_and_neither_has_a_name(assistant):
    quotes = shown(assistant.ask("Who says that Russia doesn't use cluster munitions?"))
    assert [who for who, text in quotes[:5] if "not use them" in text] == [None, None]


@pytest.mark.parametrize(
    ("question", "speaker", "words"),
    [
        ("How did Russia react to the report?", "Russia’s Defense Ministry", "inaccurate"),
        ("What did Philip Luther say about the air strikes?", "Philip Luther", "attacked civilians"),
        ("Who says the attacks may amount to war crimes?", "Philip Luther", "war crimes"),
        ("Is Amnesty investigating the U.S.-led coalition?", "Amnesty", "investigating"),
        ("What did the local first responder say?", "A local first responder", "300 metres"),
    ],
)
def test_who_said_it_comes_first(assistant, question, speaker, words):
    first, *_ = shown(assistant.ask(question))
    assert first[0] == speaker
    assert words in first[1]


def test_a_number_and_whose_it_is_are_among_the_first(assistant):
    quotes = shown(assistant.ask("How many civilians were killed?"))[:3]
    assert any(who == "the Amnesty report" and "at least 200" in text for who, text in quotes)


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("What did John Kerry say?", "no_such_speaker"),
        ("What is the weather today?", "not_in_articles"),
        ("What is the weather in Aleppo?", "not_in_articles"),
        ("Who won the football game?", "not_in_articles"),
        ("What is the weather in Moscow tomorrow?", "not_in_articles"),
    ],
)
def test_what_it_does_not_tell_is_refused(assistant, question, reason):
    answer = assistant.ask(question)
    assert (answer.quotes, str(answer.refusal.reason)) == ((), reason)
