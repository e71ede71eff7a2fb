"""Opinion pieces and letters: whose words their prose is, and what only looks signed."""

import pytest

from assistant.render.json import attributions_as_json
from index.attribution.quotes.signed import signed
from index.reading import understand
from index.types import Article, Resolution

PROSE = "The bridge is a disgrace. It should have been closed a year ago.\n\nNobody in the council cares."
LINE = "Ann Lee, a retired judge, teaches law in Salem."


def opinion(line=LINE, author="Ann Lee", publisher="The Salem Post", prose=PROSE):
    return Article("a", "The bridge must go", f"The bridge must go.\n\n{prose}\n\n{line}", publisher, author)


def letters(*paragraphs, author=""):
    return Article("a", "On the bridge", "\n\n".join(("On the bridge.", *paragraphs)), author=author)


def told(article):
    """(who signs, what), each paragraph by itself."""
    return [
        (one.name.cut(article.text), span.cut(article.text).split()[0]) for one in signed(article) for span in one.prose
    ]


@pytest.mark.parametrize(
    ("line", "author"),
    [
        (LINE, "Ann Lee"),
        ("Ann Lee is a retired judge.", "By ANN LEE"),
        ("Ann Lee is a retired judge.\n\nFollow the Post on the web.", "Ann Lee"),
        ("Ann Lee, formerly of the Salem Post, lives in Ely.", "Ann Lee"),
        ("Ann Lee is a guest columnist.", "Ann Lee"),
        ("Ann Lee, a member of the Board of Contributors, is editor emeritus of a law review.", "Ann Lee"),
    ],
)
def test_an_opinion_piece_is_its_author_s(line, author) -> None:
    assert [name for name, _ in told(opinion(line, author))] == ["Ann Lee"] * 2


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("Ann Lee is a reporter in Salem.", "Ann Lee"),
        ("Ann Lee is the editor of a law review.", "Ann Lee"),  # or of the paper
        ("Ann Lee is the Post’s bureau chief in Ely.", "Ann Lee"),
        ("Ann Lee contributed to this report.", "Ann Lee"),
        ("Ann Lee and Bo Chen contributed reporting.", "Ann Lee"),
        ("Ann Lee can be reached at the paper.", "Ann Lee"),
        ("Ann Lee writes about roads for the Post.", "Ann Lee"),
        ("Ann Lee on Twitter: @annlee", "Ann Lee"),
        ("Ann Lee said she would vote no.", "Ann Lee"),
        ("Ann Lee, a resident, will speak on Friday.", "Ann Lee"),
        ("Ann Lee, his wife, lives in Salem.", "Ann Lee"),  # an obituary
        ("Ann Lee is an editor of The Salem Post.", "Ann Lee"),
        ("Ann Lee’s house stands below the bridge.", "Ann Lee"),
        (LINE, "Bo Chen"),
        (LINE, "Ann Lee and Bo Chen"),
        (LINE, "Ann Lee, THE SALEM POST"),
        (LINE, "AP"),
        (LINE, ""),
        (f"{LINE}\n\nOne.\n\nTwo.\n\nThree.\n\nFour.", "Ann Lee"),
    ],
)
def test_a_report_is_nobody_s(line, author) -> None:
    assert told(opinion(line, author)) == []


def test_the_headline_and_the_line_on_the_author_are_not_the_author_s() -> None:
    article = opinion()
    assert [what for _, what in told(article)] == ["The", "Nobody"]
    assert not any("must go" in span.cut(article.text) for one in signed(article) for span in one.prose)


def test_who_is_told_of_in_a_piece_did_not_write_it() -> None:
    assert told(opinion(prose="Ann Lee closed the bridge.\n\nIt is over.")) == []


def test_what_others_say_in_turns_is_theirs() -> None:
    prose = "The bridge is a disgrace.\n\nMayor Bo Chen: It will hold."
    assert [what for _, what in told(opinion(prose=prose))] == ["The"]
    assert told(opinion(prose=f"{prose}\n\nQ: Why?\n\nA: It will.")) == []  # an interview


@pytest.mark.parametrize("heading", ["LETTERS.", "Letters to the editor", "To the Editor:", "FACEBOOK."])
def test_a_letter_is_its_writer_s(heading) -> None:
    article = letters(heading, "Close it.", "Jo Chen.", "Salem, Ore.", "Keep it.", "Maria de la Cruz-Holt")
    assert told(article) == [("Jo Chen", "Close"), ("Maria de la Cruz-Holt", "Keep")]


def test_a_name_may_have_its_place_behind_it() -> None:
    assert told(letters("LETTERS.", "Close it.", "Jo Chen, Salem", "Keep it.", "J. Fox, Ely, Minn.")) == [
        ("Jo Chen", "Close"),
        ("J. Fox", "Keep"),
    ]


def test_a_letter_whose_name_is_not_plain_is_not_the_next_one_s() -> None:
    article = letters("LETTERS.", "Close it.", "Ann Gray.", "I agree with Gray. It must go.", "Jo Chen.")
    assert told(article) == [("Jo Chen", "I")]


def test_a_letter_s_writer_is_described_by_place() -> None:
    some = signed(letters("LETTERS.", "Close it.", "Jo Chen.", "Ely, Minn.", "Keep it.", "Jo Fox.", "Washington, D.C."))
    assert [one.description for one in some] == ["letter writer, Ely, Minn", "letter writer, Washington, D.C."]


def test_what_readers_were_asked_is_not_the_first_one_s() -> None:
    article = letters("TWITTER.", "We asked about the bridge.", "Close it.", "@bo_chen.", "Keep it.", "Yes.", "@ann.")
    assert told(article) == [("@bo_chen", "Close"), ("@ann", "Keep"), ("@ann", "Yes.")]


@pytest.mark.parametrize(
    "paragraphs",
    [
        ("Close it.", "Jo Chen."),  # no heading
        ("LETTERS.", "Close it.", "Enough Is Enough."),
        ("LETTERS.", "Close it.", "A long way from it all."),
        ("LETTERS.", "Close it.", "Better Roads Ahead"),
        ("LETTERS.", "Close it.", "New York"),
        ("LETTERS.", "Close it.", "School Board"),
        ("LETTERS.", "Close it.", "de la"),
        ("LETTERS.", "Close it.", "@___"),
        ("LETTERS.", "Close it.", "Road News", "The mayor left.", "Jo Chen Road"),
        ("FACEBOOK.", "Its stock fell.", "Jo Chen."),  # a firm's news
        ("LETTERS.", "Close it, Mayor Chen.", "Jo Chen.", "He never listens."),  # a heading over what is told of him
        ("LETTERS.", "Jo Chen."),
        ("Readers of letters to editors know it.", "Close it.", "Jo Chen."),
    ],
)
def test_what_only_looks_like_a_letter_is_nobody_s(paragraphs) -> None:
    assert told(letters(*paragraphs)) == []


def test_an_article_with_an_author_is_no_page_of_letters() -> None:
    assert told(letters("LETTERS.", "Close it.", "Jo Chen.", author="Ann Lee")) == []


@pytest.fixture
def statements(parser):
    prose = "The bridge is a disgrace. Bo Chen said it was safe.\n\nI think he never saw it. “Safe” is a word."
    article = opinion(prose=prose)
    return understand(article, next(iter(parser.parse([article.text]))))


def test_the_author_says_what_nobody_else_does(statements) -> None:
    text = statements.article.text
    who = {said.extent.cut(text): said.speaker.name for said in statements.statements if said.speaker}
    assert who == {
        "The bridge is a disgrace.": "Ann Lee",
        "Bo Chen said it was safe.": "Bo Chen",
        "I think he never saw it.": "Ann Lee",
        "“Safe” is a word.": "Ann Lee",
    }
    assert [said.number for said in statements.statements] == [0, 1, 2, 3]
    first = statements.statements[0]
    assert (first.resolution, first.antecedent.cut(text)) == (Resolution.SIGNED, "Ann Lee")
    assert first.speaker.description == "a retired judge"
    assert len({said.speaker for said in statements.statements if said.speaker.name == "Ann Lee"}) == 1


def test_a_scorer_of_attributions_is_given_only_what_is_told_in_the_piece(statements) -> None:
    listed = [one["speaker"] for one in attributions_as_json(statements)["attributions"]]
    assert listed == ["Bo Chen", "Ann Lee"]
