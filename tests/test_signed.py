"""Opinion pieces and letters: whose words their prose is, and what only looks signed."""

import pytest

from assistant.render.json import attributions_as_json
from index.attribution.signed import signed
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
        ("Ann Lee, a guest editor of the Salem Post, farms in Ely.", "Ann Lee"),
        ("Ann Lee is the editor of a law review.", "Ann Lee"),
    ],
)
def test_an_opinion_piece_is_its_author_s(line, author) -> None:
    assert [name for name, _ in told(opinion(line, author))] == ["Ann Lee"] * 2


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("Ann Lee is a reporter in Salem.", "Ann Lee"),
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


@pytest.mark.parametrize("heading", ["LETTERS.", "Letters to the editor", "To the Editor:", "FACEBOOK."])
def test_a_letter_is_its_writer_s(heading) -> None:
    article = letters(heading, "Close it.", "Bo Chen.", "Salem, Ore.", "Keep it.", "Ma de la Cruz-Holt")
    assert told(article) == [("Bo Chen", "Close"), ("Ma de la Cruz-Holt", "Keep")]


def test_a_letter_s_writer_is_described_by_place() -> None:
    some = signed(letters("LETTERS.", "Close it.", "Bo Chen.", "Ely, Minn.", "Keep it.", "Jo Fox.", "Washington, D.C."))
    assert [one.description for one in some] == ["letter writer, Ely, Minn", "letter writer, Washington, D.C."]


def test_what_readers_were_asked_is_not_the_first_one_s() -> None:
    article = letters("TWITTER.", "We asked about the bridge.", "Close it.", "@bo_chen.", "Keep it.", "Yes.", "@ann.")
    assert told(article) == [("@bo_chen", "Close"), ("@ann", "Keep"), ("@ann", "Yes.")]


@pytest.mark.parametrize(
    "paragraphs",
    [
        ("Close it.", "Bo Chen."),  # no heading
        ("LETTERS.", "Close it.", "Enough Is Enough."),
        ("LETTERS.", "Close it.", "A long way from it all."),
        ("LETTERS.", "Close it, Mayor Chen.", "Bo Chen.", "He never listens."),  # a heading over what is told of him
        ("LETTERS.", "Bo Chen."),
        ("Readers of letters to editors know it.", "Close it.", "Bo Chen."),
    ],
)
def test_what_only_looks_like_a_letter_is_nobody_s(paragraphs) -> None:
    assert told(letters(*paragraphs)) == []


def test_an_article_with_an_author_is_no_page_of_letters() -> None:
    assert told(letters("LETTERS.", "Close it.", "Bo Chen.", author="Ann Lee")) == []


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
