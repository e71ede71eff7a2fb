"""Checking a quotation against a store on disk: which of six findings, and by whom."""

import json
import re
from dataclasses import replace

import pytest
from storing import LetterEncoder

from assistant.render import dumps, verdict_as_json, verdict_as_text
from assistant.verification.verify import MOST_WORDS, Finding, verify
from index.build import StoreParts
from index.errors import QuestionError
from index.passages import passages
from index.storage.check import repair
from index.storage.fulltext import FullText
from index.storage.library import Library
from index.storage.vectors import Vectors
from index.types import Article, Flag, Manner, Reading, Resolution, Span, Speaker, Statement, hull

LEE = Speaker("s0", "Ann Lee", "the mayor of Eastport", ("Lee",), "ann lee")
CHEN = Speaker("s1", "Bo Chen", "a fisherman", ("Chen",), "bo chen")
GUARD = Speaker("s2", "a night guard")
SURNAME = Speaker("s3", "Okafor", key="okafor")
OKAFOR = Speaker("s4", "Ngozi Okafor", key="ngozi okafor")
DIRECT, INDIRECT, MIXED = Manner.DIRECT, Manner.INDIRECT, Manner.MIXED

BRIDGE = (
    "“The bridge is safe,” said Ann Lee, the mayor, “and it will not close in May.” She added that 200 cars an hour "
    "would cross it.\n\n"
    "Bo Chen, a fisherman, disagreed. “Nobody on the lower quay asked us,” he said. “They never do.” The old bridge "
    "was built in 1950 by the harbour company.\n\n"
    "A night guard said “the gate was open at four”. He did not know why. “I saw no lorry,” he said.\n\n"
    "Lee said Chen told her the nets were cut on Sunday. “Chen says the boats were sold,” Lee said."
)
DAM = (
    "Lee never said “the dam will hold all year”. The note gave “the tap was shut at six” to Chen. “The tap was shut "
    "at six,” said Ngozi Okafor. “Nets cost us nothing,” said Mrs Chen. “Boats come and go,” Roe said."
)
NESTED = "‘I never sold it’: the mayor hits back\n\n“Chen told me, ‘We will find the money,’ and he left,” Lee said. "
NESTED += "She had read “A Walk in the Hills”."
SIGNAL = "“The driver did not see the red signal,” Chen said."
HARBOUR = "“We lost the vote,” said Chen.\n\n“We lost the vote,” said Lee. “The harbour is ours,” Okafor said."


def said(text, content, source, cue, speaker, manner=DIRECT, resolution=Resolution.NAMED, after=0):
    """A statement whose parts are found in the text in order, from `after` on."""
    spans, at = [], after
    for words in content:
        spans.append(Span(text.index(words, at), text.index(words, at) + len(words)))
        at = spans[-1].end
    extent = hull(one for one in sentences(text) if any(one.overlaps(span) for span in spans))
    source, cue = (
        Span(text.index(words, extent.start), text.index(words, extent.start) + len(words)) if words else None
        for words in (source, cue)
    )
    return Statement("", 0, tuple(spans), cue, source, speaker, manner, resolution, extent)


def paragraphs(text):
    return [Span(*hit.span()) for hit in re.finditer(r"[^\n]+", text)]


def sentences(text):
    pattern = r"[^\s].*?[.!?][”]?(?=\s|$)(?! [a-z])|\S.+?$"
    return tuple(
        Span(line.start + hit.start(), line.start + hit.end())
        for line in paragraphs(text)
        for hit in re.finditer(pattern, line.cut(text))
    )


def reading(article_id, text, *statements):
    article = Article(article_id, f"News of {article_id}", text, "The Daily Example")
    ordered = tuple(
        replace(one, article_id=article_id, number=n)
        for n, one in enumerate(sorted(statements, key=lambda one: one.content))
    )
    cut = sentences(text)
    return Reading(article, cut, passages(article, cut, ordered), ordered)


def readings():
    b, h = BRIDGE, HARBOUR
    pronoun = Resolution.PRONOUN
    yield reading(
        *("bridge", b),
        said(b, ["“The bridge is safe,”", "“and it will not close in May.”"], "Ann Lee", "said", LEE),
        said(b, ["200 cars an hour would cross it"], "She", "added", LEE, INDIRECT, pronoun),
        said(b, ["“Nobody on the lower quay asked us,”"], "he", "said", CHEN, DIRECT, pronoun),
        said(b, ["“They never do.”"], "", "", CHEN, DIRECT, pronoun),
        said(b, ["“the gate was open at four”"], "A night guard", "said", GUARD, DIRECT, Resolution.DESCRIPTION),
        said(b, ["“I saw no lorry,”"], "he", "said", None, DIRECT, Resolution.UNRESOLVED),
        said(b, ["Chen told her the nets were cut on Sunday"], "Lee", "said", LEE, INDIRECT),
        said(b, ["the nets were cut on Sunday"], "Chen", "told her", CHEN, INDIRECT),
        said(b, ["“Chen says the boats were sold,”"], "Lee", "said", LEE),
        said(b, ["the boats were sold"], "", "says", None, INDIRECT, Resolution.UNRESOLVED),
    )
    yield reading(
        *("harbour", h),
        said(h, ["“We lost the vote,”"], "Chen", "said", CHEN),
        said(h, ["“We lost the vote,”"], "Lee", "said", LEE, after=30),
        said(h, ["“The harbour is ours,”"], "Okafor", "said", SURNAME),
    )
    d, open_ = DAM, Resolution.UNRESOLVED
    yield reading(
        *("dam", d),
        replace(said(d, ["“the dam will hold all year”"], "Lee", "never said", LEE), flags=(Flag.NOT_SAID,)),
        said(d, ["“the tap was shut at six”"], "The note", "gave", None, DIRECT, open_),
        said(d, ["“The tap was shut at six,”"], "Ngozi Okafor", "said", OKAFOR),
        said(d, ["“Nets cost us nothing,”"], "Mrs Chen", "said", CHEN),
        said(d, ["“Boats come and go,”"], "Roe", "said", Speaker("roe", "Roe")),
    )
    yield reading(
        *("nested", NESTED),
        said(NESTED, ["“Chen told me, ‘We will find the money,’ and he left,”"], "Lee", "said", LEE, after=20),
    )
    for name, words in (("signal", SIGNAL), ("signal-copy", SIGNAL.replace("not ", ""))):
        yield reading(name, words, said(words, [words.partition(" Chen")[0]], "Chen", "said", CHEN))
    filler = "The weather in town {n} was fair and the market of that town sold {n} crates of apples to the school."
    for number in range(12):
        text = " ".join(filler.format(n=f"number {number} {n}") for n in range(4))
        yield reading(f"filler-{number}", text)


@pytest.fixture(scope="module")
def store(tmp_path_factory, parser):
    folder = tmp_path_factory.mktemp("store")
    library = Library.open(folder)
    parts = StoreParts(
        library, FullText(folder / "words"), Vectors(folder / "vectors", library.uid), LetterEncoder(), parser
    )
    library.put(list(readings()))
    repair(parts, None)
    yield parts
    parts.vectors.close()
    parts.fulltext.close()
    library.close()


def told(verdict):
    return [(place.quote.article.id, place.quote.speaker and place.quote.speaker.name) for place in verdict.places]


@pytest.mark.parametrize(
    ("quotation", "speaker", "finding", "who"),
    [
        ("The bridge is safe", "", "exact", "Ann Lee"),
        ("“the bridge is safe, and it will not close in May.”", "", "exact", "Ann Lee"),
        ("“The bridge is safe,” said Ann Lee, the mayor, “and it will not close", "", "exact", "Ann Lee"),
        ("The bridge is safe", "Ann Lee", "exact", "Ann Lee"),
        ("The bridge is safe", "Mayor Lee", "exact", "Ann Lee"),
        ("The bridge is safe", "the mayor", "exact", "Ann Lee"),
        ("The bridge is safe", "Bo Chen", "misattributed", "Ann Lee"),
        ("The bridge is safe", "Ann Leigh", "misattributed", "Ann Lee"),
        ("The bridge is safe", "Jo Lee", "misattributed", "Ann Lee"),
        ("200 cars an hour would cross it", "Lee", "exact", "Ann Lee"),
        ("300 cars an hour would cross it", "Lee", "altered", "Ann Lee"),
        ("and it will close in May", "", "altered", "Ann Lee"),
        ("the bridge is not safe", "", "altered", "Ann Lee"),
        ("Nobody on the lower quay asked us", "Chen", "exact", "Bo Chen"),
        ("Nobody on the lower quay asked us. They never do.", "Chen", "exact", "Bo Chen"),
        ("Nobody on the lower quay ... They never do.", "Chen", "exact", "Bo Chen"),
        ("The old bridge was built in 1950", "", "exact", None),
        ("The old bridge was built in 1950", "Bo Chen", "misattributed", None),
        ("the gate was open at four", "", "exact", "a night guard"),
        ("the gate was open at four", "the night guard", "exact", "a night guard"),
        ("the gate was open at four", "Bo Chen", "unclear", "a night guard"),
        ("I saw no lorry", "", "exact", None),
        ("I saw no lorry", "Bo Chen", "unclear", None),
        ("the nets were cut on Sunday", "", "exact", "Bo Chen"),
        ("the nets were cut on Sunday", "Ann Lee", "misattributed", "Bo Chen"),
        ("Chen told her the nets were cut on Sunday", "Ann Lee", "exact", "Ann Lee"),
        ("the boats were sold", "", "exact", "Ann Lee"),
        ("The harbour is ours", "Ngozi Okafor", "exact", "Okafor"),
        ("We will find the money", "Ann Lee", "unclear", "Ann Lee"),  # as Chen's
        ("We will find the money", "Bo Chen", "unclear", "Ann Lee"),  # who may be right
        ("We will find the money", "Ngozi Okafor", "unclear", "Ann Lee"),
        ("I never sold it", "Ann Lee", "unclear", None),  # a headline names nobody
        ("A Walk in the Hills", "Ann Lee", "unclear", None),  # a book, but it stands in marks
        ("the dam will hold all year", "Bo Chen", "not_said", "Ann Lee"),
        ("the dam will hold all year", "Ann Lee", "not_said", "Ann Lee"),  # who never said it
        ("the dam will hold all year", "", "not_said", "Ann Lee"),
        ("the tap was shut at six", "Bo Chen", "misattributed", "Ngozi Okafor"),  # elsewhere it is told who said it
        ("the tap was shut at six", "Ngozi Okafor", "exact", "Ngozi Okafor"),
        ("Nets cost us nothing", "Mr. Chen", "misattributed", "Bo Chen"),
        ("Nets cost us nothing", "Ms. Chen", "exact", "Bo Chen"),
        ("Boats come and go", "Ann Roe", "unclear", "Roe"),  # who may be she
        ("Boats come and go", "Ann Lee", "unclear", "Roe"),  # of whom no more is known
        ("The bridge is ... close in May", "", "unclear", "Ann Lee"),
        ("the lower quay ... the old bridge was built", "", "unclear", None),
        ("the bridge is safe ... The old bridge", "", "altered", "Ann Lee"),
        ("penguins sang in the cathedral all night long", "", "absent", None),
    ],
)
def test_a_quotation_gets_its_verdict(store, quotation, speaker, finding, who) -> None:
    verdict = verify(quotation, store, speaker)
    assert (str(verdict.finding), told(verdict)[0][1] if verdict.places else None) == (finding, who)
    assert verdict.detail.endswith(".")


def test_what_was_denied_or_is_told_of_another_elsewhere_is_told_in_the_verdict(store) -> None:
    detail = verify("the dam will hold all year", store, "Ann Lee").detail
    assert detail == "The articles tell of these words as what Ann Lee did not say, or may not have said."
    assert verify("the dam will hold all year", store, "Bo Chen").detail == detail
    assert verify("the dam will hold all year", store).detail == detail
    detail = verify("the tap was shut at six", store, "Bo Chen").detail
    assert detail == "These words are said by Ngozi Okafor, not by Bo Chen."
    assert "told as not said" in verdict_as_text(verify("the dam will hold all year", store))


def test_words_that_a_speaker_quotes_may_be_another_s_and_that_is_told(store) -> None:
    verdict = verify("We will find the money", store, "Ann Lee")
    assert verdict.detail == "These words stand in the articles, but they are quoted by Ann Lee, and may be another's."
    detail = verify("We will find the money", store, "Bo Chen").detail
    assert detail == verdict.detail
    assert "the speaker may repeat another's" in verdict_as_text(verdict)
    assert "may repeat" not in verdict_as_text(verify("and he left", store, "Ann Lee"))


def test_a_copy_that_says_otherwise_is_told_behind_the_exact_places(store) -> None:
    verdict = verify("The driver did see the red signal", store, "Bo Chen")
    assert [place.quote.article.id for place in verdict.places] == ["signal-copy", "signal"]
    assert verdict.detail.startswith("These words are said by Bo Chen. Elsewhere they are printed in other words")
    assert "⟦not⟧" in verdict_as_text(verdict)
    assert len(verify("The bridge is safe", store).places) == 1


def test_an_altered_quotation_of_another_speaker_tells_both(store) -> None:
    verdict = verify("the bridge is not safe", store, "Bo Chen")
    assert verdict.finding is Finding.ALTERED
    assert verdict.detail == "The nearest passage differs in its words, and is said by Ann Lee, not by Bo Chen."


def test_every_place_is_listed_and_the_asked_speaker_comes_first(store) -> None:
    assert sorted(told(verify("we lost the vote", store))) == [("harbour", "Ann Lee"), ("harbour", "Bo Chen")]
    assert told(verify("we lost the vote", store, "Lee")) == [("harbour", "Ann Lee"), ("harbour", "Bo Chen")]
    assert told(verify("we lost the vote", store, "Chen")) == [("harbour", "Bo Chen"), ("harbour", "Ann Lee")]
    other = verify("we lost the vote", store, "Maria Gold")
    assert other.finding is Finding.MISATTRIBUTED
    assert other.detail == "These words are said by Bo Chen and Ann Lee, not by Maria Gold."


def test_what_the_quotation_left_out_is_told(store) -> None:
    (place,) = verify("The bridge is safe, and it will not close", store).places
    assert [span.cut(BRIDGE) for span in place.comparison.interrupted] == ["said Ann Lee, the mayor"]
    assert not place.framed
    (place,) = verify("Nobody on ... asked us", store).places
    assert [span.cut(BRIDGE) for span in place.comparison.shortened] == ["the lower quay"]
    (place,) = verify("“The bridge is safe,” said Ann Lee", store).places
    assert place.framed and place.quote.speaker == LEE
    joined = verify("the bridge is safe ... nobody on the lower quay asked us", store)
    assert joined.finding is Finding.UNCLEAR and joined.places[0].joined


def test_the_passage_shown_holds_the_words_and_their_speaker(store) -> None:
    (place,) = verify("it will not close in May", store).places
    assert place.quote.text == "“The bridge is safe,” said Ann Lee, the mayor, “and it will not close in May.”"
    assert place.comparison.span.cut(BRIDGE) == "it will not close in May"


@pytest.mark.parametrize(
    ("quotation", "words"), [("", "0"), ("“…”", "0"), ("we won", "2"), ("a " * (MOST_WORDS + 1), "1001")]
)
def test_too_few_or_too_many_words_are_told(store, quotation, words) -> None:
    with pytest.raises(QuestionError, match=words):
        verify(quotation, store)


def test_a_quotation_cannot_break_the_search(store) -> None:
    for quotation in (
        '"AND OR (NOT" +x',
        "text:* ~2 [a TO b]",
        "\0 \0 a b c",
        "'; DROP TABLE articles; --",
        "日本語の記事",
    ):
        assert verify(quotation, store).finding is Finding.ABSENT


def test_every_run_of_words_of_every_article_is_found_there(store) -> None:
    for entry in store.library.articles():
        text = store.library.article(entry.id).text
        starts = [hit.start() for hit in re.finditer(r"\w+", text)][::9]
        ends = [hit.end() for hit in re.finditer(r"\w+", text)]
        for start in starts[: None if entry.id in ("bridge", "harbour") else 1]:
            for size in (3, 30):
                inside = [end for end in ends if end > start][:size]
                if len(inside) >= 3:
                    verdict = verify(text[start : inside[-1]], store)
                    assert verdict.finding in (Finding.EXACT, Finding.UNCLEAR, Finding.NOT_SAID), text[
                        start : inside[-1]
                    ]
                    spans = [place.comparison.span for place in verdict.places if place.quote.article.id == entry.id]
                    assert Span(start, inside[-1]) in spans


def test_the_verdict_as_json_is_one_line_with_spans(store) -> None:
    quotation = "300 cars an hour would ever cross it"
    record = json.loads(dumps(verdict_as_json(verify(quotation, store, "Lee"))))
    assert (record["finding"], record["quotation"], record["speaker"]) == ("altered", quotation, "Lee")
    place = record["places"][0]
    start = BRIDGE.index("200 cars")
    assert place["article_id"] == "bridge" and place["speaker"]["name"] == "Ann Lee"
    assert place["differences"] == [
        {"asked": [0, 3], "printed": [start, start + 3]},
        {"asked": [23, 27], "printed": None},
    ]
    assert place["matched"] == [start, start + len("200 cars an hour would cross it")]
    assert (place["shortened"], place["interrupted"], place["framed"], place["joined"]) == ([], [], False, False)


def test_the_verdict_as_text_marks_the_differing_words_on_both_sides(store) -> None:
    shown = verdict_as_text(verify("300 cars an hour would ever cross it", store)).split("\n")
    assert shown[0] == "ALTERED: The nearest passage differs in its words."
    assert "    asked:   ⟦300⟧ cars an hour would ⟦ever⟧ cross it" in shown
    assert "    printed: ⟦200⟧ cars an hour would cross it" in shown
    assert "    Note: the article reports this in its own words, not as a quotation." in shown
    shown = verdict_as_text(verify("the bridge is safe ... it will not close", store))
    assert "the quotation leaves out, with an ellipsis: said Ann Lee, the mayor, “and" in shown
