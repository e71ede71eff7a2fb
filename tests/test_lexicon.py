"""The lexicon: each of its words is known to every use of it, and no module keeps a list of such words of its own."""

import ast
import re
from pathlib import Path

import pytest

from assistant import Assistant, Settings
from assistant.query.filters import Filters
from assistant.query.resolution import resolve as read_question
from assistant.query.verbs_of_speech import with_say
from index.attribution.cues.likelihood import likelihood_tenths
from index.language import inflection
from index.language.lexicon import (
    PartOfSpeech,
    Quoting,
    Trait,
    WordClass,
    asking_words,
    forms_asking,
    forms_having,
    forms_quoting,
    having,
    judging_verbs,
    lexicon,
    quoting,
    telling_words,
    verb_of,
)
from index.language.wordlists import lines, rows
from index.reading import read
from index.types import Article

ROOT = Path(__file__).parent.parent
MODULES = sorted(path.relative_to(ROOT) for layer in ("index", "assistant") for path in (ROOT / layer).rglob("*.py"))
SPEECH = sorted(quoting(Quoting.SPEECH))
VERBS = [one for one in lexicon().values() if one.part is PartOfSpeech.VERB]
NOUNS = {one.word for one in lexicon().values() if one.part is PartOfSpeech.NOUN}
LISTED = quoting(Quoting.SPEECH, Quoting.THOUGHT) - NOUNS  # "question" and "quote" may be names of fields
FEW = 3  # verbs of speech or thought that make a list of them


def past(verb):
    """The past of a verb of the lexicon."""
    irregular = lexicon()[verb, PartOfSpeech.VERB].irregular
    return irregular[0] if irregular else next(iter(one for one in inflection.forms(verb) if one.endswith("ed")))


def participle(verb):
    irregular = lexicon()[verb, PartOfSpeech.VERB].irregular
    return irregular[1] if irregular[1:] and not irregular[1].endswith("our") else past(verb)


@pytest.mark.parametrize(
    ("verb", "irregular", "forms"),
    [
        ("insist", (), "insist insists insisted insisting"),
        ("hope", (), "hope hopes hoped hoping"),
        ("deny", (), "deny denies denied denying"),
        ("say", ("said",), "say says said saying"),
        ("write", ("wrote", "written"), "write writes wrote written writing"),
        ("quip", (), "quip quips quipped quipping"),
        ("plead", (), "plead pleads pleaded pleading"),
        ("admit", ("admitted",), "admit admits admitted admitting"),
        ("vow", (), "vow vows vowed vowing"),
        ("guess", (), "guess guesses guessed guessing"),
        ("veto", (), "veto vetoes vetoed vetoing"),
        ("lie", ("lied",), "lie lies lied lying"),
        ("decree", (), "decree decrees decreed decreeing"),
        ("describe", (), "describe describes described describing"),
        ("criticize", (), "criticize criticizes criticized criticizing criticise criticises criticised criticising"),
    ],
)
def test_a_verb_has_its_forms(verb, irregular, forms):
    assert inflection.forms(verb, irregular) == set(forms.split())


def test_a_particle_stays_behind_each_form():
    assert inflection.forms("hit back", ("hit",)) == {"hit back", "hits back", "hitting back"}


def test_no_form_is_two_verbs():
    seen = {}
    for one in VERBS:
        for form in one.forms:
            assert seen.setdefault(form, one.word) == one.word, form


def test_no_lemma_is_a_misreading_of_another():
    assert not {"hop", "hat", "rat", "grip", "snip", "extoll", "retweete", "defunde", "deadpanne"} & set(
        one.word for one in VERBS
    )


@pytest.mark.parametrize(
    ("sentence", "word", "lemma"),
    [
        ("Ann Lee hoped that it would hold.", "hoped", "hope"),
        ("Ann Lee hated the plan.", "hated", "hate"),
        ("Ann Lee deadpanned that it would hold.", "deadpanned", "deadpan"),
        ("Ann Lee griped about it.", "griped", "gripe"),
        ("Ann Lee criticised the plan.", "criticised", "criticize"),
        ("They want to found a school.", "found", "found"),  # no form of "find" here
        ("She put on her hat.", "hat", "hat"),
    ],
)
def test_the_parse_has_the_lemmas_of_the_lexicon(parser, sentence, word, lemma):
    doc = next(iter(parser.parse([sentence])))
    assert next(token.lemma_ for token in doc if token.text == word) == lemma


def test_the_parse_knows_every_verb_of_speech_by_its_past(parser):
    docs = parser.parse(f"Ann Lee {past(verb)} that the dam would hold." for verb in SPEECH)
    read_as = {verb: doc[2].lemma_ for verb, doc in zip(SPEECH, docs, strict=True)}
    assert read_as == {verb: verb for verb in SPEECH}


@pytest.mark.parametrize(
    "text",
    [
        "As Bo Ray left, Ann Lee {} aloud: “The dam will hold for us.”",
        "“The dam will hold for us all,” {} Ann Lee, and Bo Ray left.",
        "Ann Lee {}, “The dam will hold for us all.”",
        "“The dam will hold for us all, {} Ann Lee.",  # the mark never closes
    ],
)
def test_every_verb_of_speech_names_who_speaks_and_ends_what_is_said(parser, text):
    verbs = [*map(past, SPEECH), *(["hoped"] if "aloud" in text else [])]
    articles = [Article(verb, "", text.format(verb)) for verb in verbs]
    for article, reading in zip(articles, read(articles, parser), strict=True):
        (said,) = reading.statements
        assert (said.speaker and said.speaker.name) == "Ann Lee", article.text
        assert article.id not in said.content[0].cut(article.text)


@pytest.mark.parametrize("verb", SPEECH)
def test_every_verb_of_speech_is_known_to_every_use(verb):
    forms = lexicon()[verb, PartOfSpeech.VERB].forms
    assert {verb_of(form) for form in forms} == {verb}
    assert verb in asking_words() & telling_words(PartOfSpeech.VERB)
    assert forms <= forms_quoting(Quoting.SPEECH)
    assert likelihood_tenths("ccomp", verb) >= 6


@pytest.mark.parametrize("one", lexicon().values(), ids=lambda one: f"{one.word}:{one.part}")
def test_no_word_is_without_a_use(one):
    counted = {row["in"] for row in rows("frames.csv")}
    told = one.quotes or one.asked or one.truth or one.traits or one.frames or one.word_class is WordClass.NOTHING
    assert told
    assert all(frame in counted or frame in PREPOSITIONS for frame in one.frames), one.frames


PREPOSITIONS = {"of", "for", "against", "at", "on", "over", "with", "to", "from", "in", "upon", "before"}


def test_every_trait_has_words():
    assert all(having(trait) for trait in Trait)


def test_verbs_of_judging_and_of_negating_come_in_all_their_forms():
    assert {"criticised", "criticizes", "slammed"} <= judging_verbs()[Trait.OPPOSES]
    assert {"refused", "denies", "declined to"} <= forms_having(Trait.NEGATES)
    assert "back" not in judging_verbs()[Trait.SUPPORTS] | forms_asking()  # "hit back" supports nothing


def test_what_the_lexicon_knows_stands_in_no_other_list():
    irregular = {line.split()[0] for line in lines("irregular.txt")}
    assert not irregular & {form for one in VERBS for form in one.forms}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    """The example articles in a library."""
    with Assistant.open(tmp_path_factory.mktemp("examples"), Settings()) as opened:
        assert opened.add([ROOT / "examples" / "articles"]).failed == ()
        yield opened


@pytest.mark.parametrize("topic", ["chess", "onions"])
@pytest.mark.parametrize("verb", SPEECH)
def test_every_verb_of_speech_asks_what_say_asks(verb, topic):
    assert with_say(f"What did Piet Aldous {verb} about {topic}?") == f"What did Piet Aldous say about {topic}?"
    has = f"What has Piet Aldous {participle(verb)} about {topic}?"
    assert with_say(has) == f"What has Piet Aldous said about {topic}?"


@pytest.mark.parametrize("verb", ["quip", "muse", "opine", "reiterate", "confide"])
def test_a_question_is_resolved_as_with_say(assistant, verb):
    asked = {
        typed: read_question(f"What did Piet Aldous {typed} about chess?", Filters(), assistant.store)
        for typed in ("say", verb)
    }
    assert asked[verb] == asked["say"]
    assert [match.name for match in asked["say"].named] == ["Piet Aldous"]


@pytest.mark.parametrize("words", ["did Piet Aldous say", "has Piet Aldous said", "did Piet Aldous quip"])
def test_who_said_nothing_on_this_is_not_quoted_and_who_said_something_is(assistant, words):
    assert assistant.ask(f"What {words} about chess?").refusal is not None
    assert assistant.ask(f"What {words} about onions?").quotes[0].speaker.name == "Piet Aldous"


@pytest.mark.parametrize(
    ("question", "plain"),
    [
        ("What did Ann Lee quip about the dam?", "What did Ann Lee say about the dam?"),
        ("what has ann lee sworn about the dam", "what has ann lee said about the dam"),
        ("How did the mayor comment on it?", "How did the mayor say on it?"),
        ("What did the report about the dam claim?", "What did the report about the dam claim?"),
        ("What did Lee's letter on the dam claim?", "What did Lee's letter on the dam claim?"),
        ("What did Lee's report on the dam claim?", "What did Lee's report on the dam claim?"),
        ("What did Ann Lee think about the dam?", "What did Ann Lee think about the dam?"),
        ("Who joked about the dam?", "Who joked about the dam?"),
        ("What did Ann Lee praise?", "What did Ann Lee praise?"),
    ],
)
def test_a_verb_of_speech_is_read_as_say_where_it_only_asks_for_words(question, plain):
    assert with_say(question) == plain


def literals(tree):
    """The words of each collection of words, of each text that is split into some, and of each regular expression."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Set | ast.List | ast.Tuple | ast.Dict):
            inner = node.keys if isinstance(node, ast.Dict) else node.elts
            texts = [one.value for one in inner if isinstance(one, ast.Constant) and isinstance(one.value, str)]
            yield node.lineno, " ".join(text for text in texts if " " not in text)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            inside = [node.func.value] if node.func.attr == "split" else []
            inside += node.args if isinstance(node.func.value, ast.Name) and node.func.value.id == "re" else []
            found = [one for part in inside for one in ast.walk(part) if isinstance(one, ast.Constant)]
            yield node.lineno, " ".join(str(one.value) for one in found)
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant | ast.JoinedStr):
            found = [one for one in ast.walk(node.value) if isinstance(one, ast.Constant)]
            text = " ".join(str(one.value) for one in found)
            yield node.lineno, text if "|" in text else ""


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_no_module_has_a_list_of_verbs_of_speech_or_thought(path):
    for line, text in literals(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        plain = re.sub(r"\\[a-zA-Z]", " ", text)
        verbs = {verb_of(word) for word in re.findall(r"[a-z]+", plain)} & LISTED
        assert len(verbs) < FEW, f"{path}:{line} lists {sorted(verbs)}; give the words a trait in lexicon.csv"
