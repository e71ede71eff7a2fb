"""The checks of a chat model's sentences: what they cite must say it, name by name, figure by figure, not by not."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scripted import BOLTS, DENIAL, LIAR, QUOTES, SAFE, said

from assistant.llm.remarks import objection
from assistant.types import Quote, Remark
from index.language.numerals import Numeral, numerals
from index.types import Manner

FIT = [
    ("Ada Quill, the mayor of Ottersby, says that the bridge is safe.", (1,)),
    ("Mayor Quill calls the bridge safe.", (1,)),
    ("Ada Quill says the bridge is “safe”.", (1,)),
    ('Ada Quill says "it opens on 3 May".', (1,)),
    ("Ada Quill's view is that it's safe; it opens on 3 May.", (1,)),
    ("According to Quill, the bridge opens on 3 May.", (1,)),
    ("Bo Chen would not cross the bridge before 1,200 bolts are replaced.", (2,)),
    ("Chen won't cross it before 1200 bolts are replaced.", (2,)),
    ("Quill says that the bridge is safe, while Chen won't cross it.", (1, 2)),
    ("It cost five million dollars, a third of the budget.", (3,)),
    ("The Ottersby Echo reports that nobody was hurt.", (3,)),
    ("The union says that it had not asked for money.", (4,)),
    ("Chen denies that the union asked for money.", (4,)),
    ("The mayor says it is safe.", (1, 1)),
]
UNFIT = [
    ("The bridge is safe.", (), "not offered"),
    ("The bridge is safe.", (5,), "not offered"),
    ("The bridge is safe.", (0,), "not offered"),
    # words in quotation marks
    ("Ada Quill says the bridge is “perfectly safe”.", (1,), "quotation marks"),
    ("Ada Quill says 'the bridge is closed'.", (1,), "quotation marks"),
    ("Ada Quill says the bridge is “safe", (3,), "quotation marks"),
    ("Ada Quill says the “safe bridge is”.", (1,), "quotation marks"),
    ("Chen said he would “not cross it”.", (2,), "quotation marks"),  # he is not quoted in these words
    ("The bridge cost «$5 million».", (3,), "quotation marks"),  # the reporter's own prose
    ("She calls it “”.", (1,), "quotation marks"),
    ("She calls it 「safe and sound」.", (1,), "quotation marks"),
    # names
    ("Bo Chen says that the bridge is safe.", (1,), "name"),
    ("Chen thinks that the bridge is safe.", (1,), "name"),
    ("Even chen thinks that the bridge is safe.", (1,), "name"),  # small letters do not hide it
    ("Donald Trump says that the bridge is safe.", (1,), "name"),
    ("McQuill says that it is safe.", (1,), "name"),
    ("Ada Chen says that the bridge is safe.", (1, 2), "joins names"),
    ("The bridge is safe, 東京 says.", (1,), "name"),
    ("The mayor of Paris says it is safe.", (1,), "name"),
    # figures
    ("Chen waits for 1,300 bolts to be replaced, and won't cross.", (2,), "number"),
    ("It cost 5 billion dollars.", (3,), "number"),
    ("It cost 5 million euros.", (3,), "number"),
    ("It cost 5% of the budget.", (3,), "number"),
    ("It cost half of the budget.", (3,), "number"),
    ("It opens on 4 May.", (1,), "number"),
    ("Two people were not hurt.", (3,), "number"),
    # negations
    ("Ada Quill says the bridge is not safe.", (1,), "negation that does not stand"),
    ("Ada Quill denies that the bridge is safe.", (1,), "negation that does not stand"),
    ("It isn't safe.", (1,), "negation that does not stand"),
    ("Chen would cross it.", (2,), "leaves out a negation"),
    ("The union had asked for money.", (4,), "leaves out a negation"),
    ("The bridge didn't cost $5 million; nobody was hurt.", (3,), "denies what is not denied"),
    # who speaks
    ("Otter Bridge is safe, says the union.", (1,), "name"),
    ("Ada Quill says that nobody was hurt.", (3,), "name"),
    # words of its own
    ("Ada Quill resigned.", (1,), "says more"),
    ("Bo Chen set the bridge on fire, and won't cross it.", (2,), "says more"),
    # what a page might take for more than text
    ("It is safe: see https://evil.example/x for more.", (1,), "link"),
    ("It is safe, says evil.example.", (1,), "link"),
    ("<b>It is safe.</b>", (1,), "link"),
    ("It is **safe**.", (1,), "link"),
    ("It is safe\u200b.", (1,), "hidden"),
    ("\u202eIt is safe.", (1,), "hidden"),
]


@pytest.mark.parametrize(("text", "numbers"), FIT)
def test_what_the_quotes_say_may_be_said(text: str, numbers: tuple[int, ...]) -> None:
    assert objection(Remark(text, numbers), QUOTES) == ""


@pytest.mark.parametrize(("text", "numbers", "why"), UNFIT)
def test_what_they_do_not_say_may_not(text: str, numbers: tuple[int, ...], why: str) -> None:
    assert why in objection(Remark(text, numbers), QUOTES)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Chen says that Rita Moss lied.", ""),
        ("Rita Moss lied, Chen says.", ""),
        ("Rita Moss lied, said Chen.", ""),
        ("Rita Moss lied, according to Chen.", ""),
        ("Chen accuses Moss: she lied.", ""),
        ("Rita Moss says that Chen lied.", "who is not the speaker"),
        ("Chen lied, said Rita Moss.", "who is not the speaker"),
        ("Chen lied, according to the outspoken Moss.", "who is not the speaker"),
        ("Moss, of the union, says that Chen lied.", "who is not the speaker"),
        ("Even Moss, speaking for the Echo, says Chen lied.", "who is not the speaker"),
    ],
)
def test_whoever_is_only_spoken_of_does_not_speak(text: str, why: str) -> None:
    found = objection(Remark(text, (1,)), [LIAR])
    assert why in found and bool(why) == bool(found)


def test_whoever_is_not_named_is_given_no_name() -> None:
    nobody = said(3, DENIAL.text, ["the union had asked for money"], "He", None, Manner.INDIRECT)
    assert objection(Remark("He denies that the union had asked for money; no name is given.", (1,)), [nobody]) == ""
    assert objection(Remark("Chen denies that the union had asked for money.", (1,)), [nobody, BOLTS])
    assert objection(Remark("Chen denies that the union had asked for money.", (1,)), [DENIAL]) == ""


@pytest.mark.parametrize("quote", QUOTES, ids=lambda quote: quote.mention or "narration")
def test_a_quote_in_its_own_words_may_be_said(quote: Quote) -> None:
    assert objection(Remark(quote.text.replace("\n", " "), (1,)), [quote]) == ""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("5%, 5 percent, five per cent", [Numeral(Decimal(5), "%")] * 3),
        ("$5m, $5 million, five million dollars", [Numeral(Decimal(5_000_000).normalize(), "$")] * 3),
        ("1,200 and 1200", [Numeral(Decimal(1200).normalize())] * 2),
        ("twenty-five or twenty five", [Numeral(Decimal(25))] * 2),
        ("two hundred, a hundred", [Numeral(Decimal(200).normalize()), Numeral(Decimal(100).normalize())]),
        ("a dozen; twice", [Numeral(Decimal(12)), Numeral("twice")]),
        ("3.5 to 4", [Numeral(Decimal("3.5")), Numeral(Decimal(4))]),
        ("in 2016, on May 21st", [Numeral(Decimal(2016)), Numeral(Decimal(21))]),
        ("often, tension, weight", []),
    ],
)
def test_figures(text: str, found: list[Numeral]) -> None:
    assert list(numerals(text)) == found


@settings(deadline=None)
@given(st.text(), st.lists(st.integers(-2, 9), max_size=4))
def test_any_sentence_can_be_judged(text: str, numbers: list[int]) -> None:
    assert isinstance(objection(Remark(text, tuple(numbers)), QUOTES), str)


@settings(deadline=None)
@given(st.sampled_from(["Zed Marlow", "Marlow", "42", "ninety percent"]), st.integers(0, 60))
def test_a_strange_name_or_figure_anywhere_is_found(strange: str, at: int) -> None:
    words = SAFE.text.split()
    words.insert(at % (len(words) + 1), strange)
    assert objection(Remark(" ".join(words), (1,)), [SAFE])
