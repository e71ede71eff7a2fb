"""Who says each quotation, and what is none: a table of sentences, the tempting ones included."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.attribution.statements import find_statements
from index.language.sentences import sentences
from index.types import Article, Flag, Manner


def found(parser, text):
    doc = next(iter(parser.parse([text])))
    return find_statements(Article("a", "", text), doc, sentences(doc))


def quoted(parser, text):
    """(what is said in quotation marks, the source as printed), in order; the marks left out."""
    return [
        (" / ".join(c.cut(text).strip("“”\"'‘’") for c in s.content), s.source.cut(text) if s.source else None)
        for s in found(parser, text)
        if s.manner is Manner.DIRECT
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("“The bridge is safe today,” said Ann Lee.", [("The bridge is safe today,", "Ann Lee")]),
        ("Ann Lee said, “The bridge is safe today.”", [("The bridge is safe today.", "Ann Lee")]),
        (
            "“The bridge is safe today,” mused Salem Post co-host Ann Lee.",
            [("The bridge is safe today,", "Salem Post co-host Ann Lee")],
        ),
        (
            "“The bridge is safe today,” said Oversight ranking Democrat Ann Lee, who left.",
            [("The bridge is safe today,", "Oversight ranking Democrat Ann Lee")],  # and her name is not what she said
        ),
        ("Ann Lee said,“The bridge is safe today.”", [("The bridge is safe today.", "Ann Lee")]),
        ('Ann Lee said:"The bridge is safe today."', [("The bridge is safe today.", "Ann Lee")]),
        (
            "“The bridge is safe today,” said Army Capt. Ann Lee, who said no more.",
            [("The bridge is safe today,", "Army Capt. Ann Lee, who said no more")],
        ),
        ('"The bridge is safe today," Ann Lee said on Monday.', [("The bridge is safe today,", "Ann Lee")]),
        ("''The bridge is safe today,'' Ms. Lee added.", [("The bridge is safe today,", "Ms. Lee")]),
        ("Ann Lee: “The bridge is safe today.”", [("The bridge is safe today.", "Ann Lee")]),
        ("Continued Lee: “The bridge is safe today.”", [("The bridge is safe today.", "Lee")]),
        ("According to Ann Lee, “the bridge is safe today.”", [("the bridge is safe today.", "Ann Lee")]),
        ("“The bridge is safe today,” according to Ann Lee.", [("The bridge is safe today,", "Ann Lee")]),
        ("“Is the bridge safe today?” Ann Lee asked.", [("Is the bridge safe today?", "Ann Lee")]),
        (
            "As the mayor, Ann Lee, put it in her memo to clerks explaining the cut, “The bridge is safe today.”",
            [("The bridge is safe today.", "the mayor, Ann Lee")],
        ),
        (
            "He put it on the table, and Ann Lee said, “The bridge is safe today.”",
            [("The bridge is safe today.", "Ann Lee")],
        ),
        ("“The bridge is safe today.” ― Ann Lee", [("The bridge is safe today.", "Ann Lee")]),
        (
            "“The bridge is safe today,” Ann Lee, 43, an engineer from Ely, said.",
            [("The bridge is safe today,", "Ann Lee, 43, an engineer from Ely")],
        ),
        (
            "“The bridge is safe today,” Ann Lee, wearing a hat and “No Toll” pins, said.",
            [("The bridge is safe today,", "Ann Lee")],
        ),
        ("“The bridge is safe today,” Ann Lee, in a “Toll” hat, said.", [("The bridge is safe today,", "Ann Lee")]),
        (
            "“The bridge is safe today,” Ann Lee, the author of “Low Water,” said. “It will hold.”",
            [("The bridge is safe today, / It will hold.", "Ann Lee")],
        ),
        (
            "“The bridge is safe today,” Ann Lee said, calling the toll “a shame,” and Bo Ray agreed.",
            [("The bridge is safe today, / a shame,", "Ann Lee")],
        ),
        ("The Post quoted Ann Lee as saying “the bridge is safe today.”", [("the bridge is safe today.", "Ann Lee")]),
        ("Lee, her brother said on Friday, “is as safe as it gets.”", [("is as safe as it gets.", "her brother")]),
        ("Lee, a friend said, “is as safe as it gets.”", [("is as safe as it gets.", "a friend")]),
        ("Ann Lee, the mayor, said “it is as safe as it gets.”", [("it is as safe as it gets.", "Ann Lee, the mayor")]),
        (
            "In Salem, while there for his wife Carla Lee, former president Bo Lee said “it is as safe as it gets.”",
            [("it is as safe as it gets.", "former president Bo Lee")],
        ),
        (
            "Ann Lee described it “as safe as it ever was,” recalling summer visits to Salem.",
            [("as safe as it ever was,", "Ann Lee")],
        ),
        ("Ann Lee wore a shirt that said “bridges are for all of us.”", [("bridges are for all of us.", "that")]),
        ("Ann Lee held a sign reading “bridges are for all of us.”", [("bridges are for all of us.", "a sign")]),
        ("Ann Lee did not respond when Bo Ray said “we sold it all.”", [("we sold it all.", "Bo Ray")]),
        (
            "“It is late today,” Ann Lee said when Bo Ray asked “why did you sell it?”",
            [("It is late today,", "Ann Lee"), ("why did you sell it?", "Bo Ray")],
        ),
        (
            "“It is not,” Ann Lee told the council afterwards, “that I dislike it.”",
            [("It is not, / that I dislike it.", "Ann Lee")],
        ),
        (
            "“I am sad today,” Ann Lee told the council, “and that is that.”",
            [("I am sad today, / and that is that.", "Ann Lee")],
        ),
        (
            "Ann Lee, an early critic of it said, “is this what we want?”",
            [("is this what we want?", "Ann Lee, an early critic of it")],
        ),
        ("“Is it safe? Probably not,” Ann Lee said.", [("Is it safe? Probably not,", "Ann Lee")]),
        ("“The bridge is safe today,” thundered Ann Lee.", [("The bridge is safe today,", "Ann Lee")]),
        (
            "“Nearly all of what is so hard to read in this code comes from a wish to measure” income, Ann Lee said.",
            [
                (
                    "Nearly all of what is so hard to read in this code comes from a wish to measure” income",
                    "Ann Lee",
                )
            ],
        ),
        (
            "Or maybe Carl Smith, village consultant Jed Lee says. “The bridge is safe today.”",
            [("The bridge is safe today.", "village consultant Jed Lee")],
        ),
        (
            "Bo Ray quotes councilman Jed Lee: “The bridge is safe today.”",
            [("The bridge is safe today.", "councilman Jed Lee")],
        ),
        (
            "The row grew so hot over who backed which bill that Iowa Gov. Ann Lee said, “The bridge is safe today.”",
            [("The bridge is safe today.", "Iowa Gov. Ann Lee")],
        ),
        ("Bo Ray sent a memo that said, “The bridge is safe today.”", [("The bridge is safe today.", "Bo Ray")]),
        ("Bo Ray quotes a sign: “The bridge is safe today.”", [("The bridge is safe today.", "Bo Ray")]),
    ],
)
def test_the_reporting_clause_may_stand_anywhere_beside(parser, text, said):
    assert quoted(parser, text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("“The bridge is safe,” she said. “It opens in May.”", [("The bridge is safe, / It opens in May.", "she")]),
        ("“The bridge,” she said, “opens to cars in May.”", [("The bridge, / opens to cars in May.", "she")]),
        (
            "“The bridge opens to all in May,” she said.\n\n“The old one closes in June,” he said.",
            [("The bridge opens to all in May,", "she"), ("The old one closes in June,", "he")],
        ),
        (
            "She said: “The bridge opens in May.\n\n“The old one closes in June.”",
            [("The bridge opens in May. / The old one closes in June.", "She")],
        ),
        ("The mayor disapproved. “It was a terrible idea.”", [("It was a terrible idea.", "The mayor")]),
        (
            "“Is the bridge safe?” she asked. “Is it really safe today?”",
            [("Is the bridge safe? / Is it really safe today?", "she")],
        ),
    ],
)
def test_a_quotation_goes_on_over_its_clause_its_sentence_and_its_paragraph(parser, text, said):
    assert quoted(parser, text) == said


def test_a_quotation_behind_a_paragraph_break_is_not_the_last_speakers_by_default(parser):
    text = "“The bridge opens to all in May,” said Ann Lee.\n\nAs for the ferry, “it has had its very last day”."
    assert quoted(parser, text)[1] == ("it has had its very last day", None)


@pytest.mark.parametrize(
    "text",
    [
        "Her novel, “The Long Goodbye,” sold out.",
        "They watched “Gone With the Wind” on Friday.",
        "The so-called “expert” left early.",
        "William “Bill” Roe won the race.",
        "The “Mary Celeste” sank in the bay.",
        "Turn left at the “No Entry” sign.",
        "The word “bank” has two meanings.",
        "The “Clean Water Act” became law.",
    ],
)
def test_titles_nicknames_signs_ships_laws_and_words_are_nobodys_speech(parser, text):
    assert quoted(parser, text) == []


def test_a_transcript_gives_each_turn_to_its_label(parser):
    text = "The two met.\n\nROE: Will you be there?\n\nLEE: Well, I think so.\n\nROE: When?\n\nLEE: At noon, I hope."
    turns = [(s.content[0].cut(text), s.source.cut(text)) for s in found(parser, text)]
    assert turns == [
        ("Will you be there?", "ROE"),
        ("Well, I think so.", "LEE"),
        ("When?", "ROE"),
        ("At noon, I hope.", "LEE"),
    ]


def test_a_name_in_full_once_and_a_surname_are_one_label(parser):
    text = "ANN ROE: Will you be there?\n\nBO LEE: Well, I think so.\n\nROE: When?\n\nLEE: At noon, I hope."
    assert [s.speaker.name for s in found(parser, text)] == ["Ann Roe", "Bo Lee", "Ann Roe", "Bo Lee"]
    assert not any(s.cue and s.cue.cut(text) == ":" for s in found(parser, text.replace("ROE: When", "He: When")))


def test_labels_that_only_end_alike_make_no_conversation(parser):
    text = (
        "Best Actor: Leo Poe\n\nSupporting Actor: Bo Ray won it\n\nBest Singer: Ann Lee\n\nSupporting Singer: Uma Poe"
    )
    assert not any(s.cue and s.cue.cut(text) == ":" for s in found(parser, text))


def test_an_interview_gives_its_answers_to_the_one_it_introduces(parser):
    text = "Ann Roe on the dam.\n\nAnn Roe met Bo Lee.\n\nQ: Is it safe?\n\nA: It is.\n\nQ: When?\n\nA: At noon."
    turns = [s for s in found(parser, text) if s.cue and s.cue.cut(text) == ":"]
    assert [s.speaker and s.speaker.name for s in turns] == [None, "Ann Roe", None, "Ann Roe"]
    both = text.replace("Ann Roe on the dam.\n\n", "")  # no headline tells whose interview it is
    assert not any(s.speaker for s in found(parser, both) if s.cue and s.cue.cut(both) == ":")


@pytest.mark.parametrize(
    ("asks", "answers"),
    [("Q: ", "A: "), ("Q. ", "A. "), ("Question: ", "Answer: "), ("QUESTION: ", "ANSWER: "), ("Q", "A: ")],
)
def test_an_interview_is_read_however_its_turns_are_marked(parser, asks, answers):
    text = (
        f"Bo Lee, the mayor, spoke to the Post.\n\n{asks}Is it safe?\n\n{answers}It is.\n\n"
        f"{asks}Who said so?\n\n{answers}J. R. Roe did."
    )
    turns = [(s.content[0].cut(text), s.speaker and s.speaker.name) for s in found(parser, text)]
    assert turns == [("Is it safe?", None), ("It is.", "Bo Lee"), ("Who said so?", None), ("J. R. Roe did.", "Bo Lee")]
    two = text.replace("the mayor", "and Ann Roe")  # either may answer
    assert [s.speaker for s in found(parser, two)] == [None] * 4


@pytest.mark.parametrize(
    "lead",
    [
        "The governor, who beat Bo Lee in 2014, spoke to us.",
        "The novelist spoke with a reporter, Bo Lee, at home.",
        "Mayor Bo Lee has set the rules for voting.",
    ],
)
def test_who_is_only_named_before_a_question_gives_no_answer(parser, lead):
    text = f"How to vote\n\n{lead}\n\nQ: Is it safe?\n\nA: It is.\n\nQ: When?\n\nA: At noon."
    assert [s.speaker for s in found(parser, text) if s.source and s.source.cut(text) == "A"] == [None, None]


def test_a_name_s_first_letter_marks_no_turn(parser):
    anon = "QAnon is new.\n\nQAnon met, and Bo Chen said “we are here.”\n\nAdvice: Stay.\n\nAdvice: Read."
    assert ("we are here.", "Bo Chen") in quoted(parser, anon)
    text = "Q. Lee left.\n\nA. Roe left.\n\nA. Poe left.\n\nQatar left.\n\nQVC left."
    assert found(parser, text) == ()


def test_those_whom_a_group_includes_do_not_speak_for_it(parser):
    text = "Several farmers, including Ann Lee and Bo Chen, denied that the bridge is safe."
    assert [s.speaker.name for s in found(parser, text)] == ["Several farmers"]


@pytest.mark.parametrize(
    "dateline", ["SALEM, Ore. (AP) - ", "SALEM, July 25 (UPI) — ", "SALEM, May 2, 2026 /Wire/ -- ", "SALEM — ", ""]
)
def test_a_dateline_says_nothing(parser, dateline):
    text = f"{dateline}The Housing Committee offered “a deep and sincere apology” to Poe."
    assert [s.source.cut(text) for s in found(parser, text)] == ["The Housing Committee"]


def test_a_mark_that_never_closes_is_told_and_swallows_nothing(parser):
    text = "‘Boats went on with their work there. He gave no name.\n\n“The bridge is safe today,” said Ann Lee."
    first, second = found(parser, text)
    assert first.flags == (Flag.UNCLOSED,)
    assert first.content[0].cut(text) == "‘Boats went on with their work there."
    assert (second.source.cut(text), second.flags) == ("Ann Lee", ())


def test_a_mark_that_never_closes_ends_before_who_said_it(parser):
    text = '"We asked for a timetable, said Jun Lee, the mill\'s owner.\n\n"It is late," said Bo Chen.'
    assert quoted(parser, text) == [
        ("We asked for a timetable,", "Jun Lee, the mill's owner"),
        ("It is late,", "Bo Chen"),
    ]
    assert found(parser, text)[0].flags == (Flag.UNCLOSED,)
    text = "“It is old.\n\n“The truth will set you free, said Paul, and I believe it. So I tell you.”"
    assert not any(s.source for s in found(parser, text))  # in the midst of it nobody else speaks


def test_what_is_shown_is_whole_sentences_with_the_reporting_clause(parser):
    text = "It rained. “The bridge is safe,” said Ann Lee. “It opens in May.” Nobody came."
    (statement,) = found(parser, text)
    assert statement.extent.cut(text) == "“The bridge is safe,” said Ann Lee. “It opens in May.”"


WORDS = st.sampled_from(
    ["“", "”", '"', "''", "‘", "’", " said ", "Ann Lee", ", ", ". ", "\n\n", "that ", "he ", "we go", ": ", "?", "— "]
)


@settings(max_examples=25, deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=24).map("".join)))
@example("\x00“\ud800” said \u202eשלום")
@example("“" * 200)
@example('"a" ' * 100)
@example("“😀 cafe\u0301,” İ said.")
def test_any_text_gives_statements_with_sound_spans(parser, text):
    statements = found(parser, text)
    assert [s.number for s in statements] == list(range(len(statements)))
    for statement in statements:
        assert statement.extent.end <= len(text)
        assert all(span.cut(text).strip() for span in statement.content)


def test_a_statement_that_goes_on_is_whose_it_was(parser):
    text = (
        "“We cannot open it,” Ann Lee said in a written statement.\n\n“It is closed for good,” the statement said.\n\n"
        "“It is open for good,” the letter said."
    )
    assert [said.speaker.name for said in found(parser, text)] == ["Ann Lee", "Ann Lee", "the letter"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Ann Lee saw it otherwise: “It leaks badly here,” she said.", ["“It leaks badly here,”"]),
        (
            "Ann Lee said it had one flaw: “It leaks badly here,” she said.",
            ["Ann Lee said it had one flaw: “It leaks badly here,”"],
        ),
    ],
)
def test_what_leads_up_to_a_quotation_is_said_only_where_it_reports(parser, text, said):
    assert [piece.cut(text).strip(" :") for one in found(parser, text) for piece in one.content] == said
