"""What the grammar says was said or thought: one sentence a frame, and the tempting ones that say nothing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.attribution.cues.clauses import attributions, predicates
from index.language.sentences import sentences


@pytest.fixture(scope="module")
def found(parser):
    """The attributions of a text as its words: (source, cue, content pieces)."""

    def read(text):
        doc = next(iter(parser.parse([text])))
        return [
            (a.source.cut(text) if a.source else "", a.cue.cut(text), tuple(s.cut(text) for s in a.content))
            for a in attributions(doc, sentences(doc))
        ]

    return read


WORDS = [
    "she",
    " said",
    "Ann",
    " that",
    ",",
    " ",
    "“",
    "”",
    "''",
    ".",
    "\n\n",
    " to",
    " according",
    " by",
    "😀",
    "é",
    "\x00",
]

SAID = [
    # a clause that completes a verb
    ("Ann Lee said the bridge would close in May.", "Ann Lee", "said", ["the bridge would close in May"]),
    ("Lee could be heard saying that the dam would hold.", "Lee", "saying", ["that the dam would hold"]),
    (
        "Two of the emails have been placed in secure storage, Ann F. Lee, the clerk for roads, wrote in a memo.",
        "Ann F. Lee, the clerk for roads",
        "wrote",
        ["Two of the emails have been placed in secure storage"],
    ),
    ("In Salem, New Hampshire, Lee said it was over.", "Lee", "said", ["it was over"]),
    ("Officials believe that the dam will hold.", "Officials", "believe", ["that the dam will hold"]),
    (
        "The effort was led by Ann Lee, who’s argued for years that clerks can’t be bound to any side.",
        "who",
        "’s argued",
        ["that clerks can’t be bound to any side"],
    ),
    (
        "Ann Lee, a former mayor of Lisle, said in one of a series of messages that the truck was carrying arms.",
        "Ann Lee, a former mayor of Lisle",
        "said",
        ["that the truck was carrying arms"],
    ),
    (
        "The wall of the old dam, said Ann Lee, would hold for years.",
        "Ann Lee",
        "said",
        ["The wall of the old dam", "would hold for years"],
    ),
    (
        "The engineer, who is retired, said Ann Lee, the mayor, had left.",
        "The engineer, who is retired",
        "said",
        ["Ann Lee, the mayor, had left"],
    ),
    ("The report found that the dam was weak.", "The report", "found", ["that the dam was weak"]),
    (
        "Fifty-two percent of voters say the country is on the wrong track.",
        "Fifty-two percent of voters",
        "say",
        ["the country is on the wrong track"],
    ),
    ("Reporters asked whether the mayor would resign.", "Reporters", "asked", ["whether the mayor would resign"]),
    (
        "Ann Lee, the mayor of Salem, has said that the bridge is safe.",
        "Ann Lee, the mayor of Salem",
        "has said",
        ["that the bridge is safe"],
    ),
    # the verb behind or inside its clause
    ("The bridge would close in May, Ann Lee said.", "Ann Lee", "said", ["The bridge would close in May"]),
    ("The bridge, she said, would close in May.", "she", "said", ["The bridge", "would close in May"]),
    ("The dam was weak, said Bo Chen, an engineer.", "Bo Chen, an engineer", "said", ["The dam was weak"]),
    # plans, wishes and refusals
    ("Ann Lee wants to close the old bridge.", "Ann Lee", "wants", ["to close the old bridge"]),
    ("The senator vowed to fight the new law.", "The senator", "vowed", ["to fight the new law"]),
    # an object, with or without what it is called
    ("The senator criticized the new bridge law.", "The senator", "criticized", ["the new bridge law"]),
    ("Ann Lee called the plan a disaster.", "Ann Lee", "called", ["the plan a disaster"]),
    ("Mr. Ford described the plan as a disaster.", "Mr. Ford", "described", ["the plan as a disaster"]),
    ("Mr. Ford denounced the council's plan.", "Mr. Ford", "denounced", ["the council's plan"]),
    (  # the parse takes "which" for a subject, too
        "Given the plan, which Harbour's chief executive, Tim Lund, called “nonsense”, one question that emerged is "
        "whether firms leave.",
        "Harbour's chief executive, Tim Lund",
        "called",
        ["which", "“nonsense”"],
    ),
    # a preposition
    ("Ms. Lee called for a new election in Salem.", "Ms. Lee", "called for", ["a new election in Salem"]),
    # nouns and adjectives
    ("The claim that the bridge is safe has worried voters.", "", "claim", ["that the bridge is safe"]),
    (
        "Ms. Lee is confident that the bridge is safe.",
        "Ms. Lee",
        "is confident",
        ["that the bridge is safe"],
    ),
    # nobody is named
    (
        "The company is expected to close the plant in Salem.",
        "",
        "is expected",
        ["The company", "to close the plant in Salem"],
    ),
    # another's word for it
    ("According to Ann Lee, the bridge is safe.", "Ann Lee", "According to", ["the bridge is safe"]),
    ("The bridge is safe, according to a city report.", "a city report", "according to", ["The bridge is safe"]),
]

# that something goes on, begins or ends is no plan of anybody's
GOING_ON = [
    "The jets continue to hit parts of the valley every night.",
    "Ann Lee continued to walk along the frozen river with her dog.",
    "Prices in Salem continue to rise faster than anywhere on the coast.",
    "The old mill kept grinding flour for the whole of the valley.",
    "Bo Chen began by selling eggs from a van on the market square.",
    "The council stopped paying for the ferry to the island in May.",
    "Work continued on the dam above the town through the night.",
]
# things do nothing on purpose, in the plural either
THINGS = [
    "The jets returned to attack parts of the valley.",
    "Thicker fibres allow a sheet to be bent and locked into shape.",
    "The new rules allow shops to be closed if they do not show their prices.",
]
TOLD_ON = [
    ("The ministry continued to insist that the dam was safe.", "The ministry", "to insist", "that the dam was safe"),
    ("Ann Lee began by saying the dam would hold.", "Ann Lee", "saying", "the dam would hold"),
    ("Bo Chen keeps warning that the dam will break.", "Bo Chen", "warning", "that the dam will break"),
    ("Demonstrators pledged to remain calm.", "Demonstrators", "pledged", "to remain calm"),
    ("The villagers fear that the dam will break.", "The villagers", "fear", "that the dam will break"),
    ("Other families want the dam to stay.", "Other families", "want", "the dam to stay"),
    ("The figures show that the dam leaks.", "The figures", "show", "that the dam leaks"),
]


@pytest.mark.parametrize(("text", "source", "cue", "content"), TOLD_ON, ids=[row[0] for row in TOLD_ON])
def test_what_goes_on_being_said_is_said_and_people_in_the_plural_say_it(found, text, source, cue, content):
    assert (source, cue, (content,)) in found(text)


@pytest.mark.parametrize(("text", "source", "cue", "content"), SAID, ids=[row[0] for row in SAID])
def test_a_frame_gives_source_cue_and_content(found, text, source, cue, content):
    assert (source, cue, tuple(content)) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "He said goodbye to his mother.",
        "She found her keys under the sofa.",
        "The wind made the door slam.",
        "They showed their tickets at the gate.",
        "The new law allows cities to build roads.",
        "The train to Salem leaves at noon.",
        "He put the number on a card.",
        "The crowd moved to the left of the stage.",
        "The crate is heavy, according to its weight.",
        "Hill won 470,000 votes as the nominee of the valley.",
        "The scale of the fund has allowed it to negotiate low fees that total just $2.90.",
        *GOING_ON,
        *THINGS,
    ],
)
def test_what_only_looks_like_speech_says_nothing(found, text):
    assert found(text) == []


def test_one_thing_said_is_told_once(found):
    contents = [
        content for _, _, content in found("She dismissed questions about the mayor's claim that the bridge is safe.")
    ]
    assert len(contents) == len(set(contents)) > 0


def test_what_follows_a_semicolon_is_not_said(found):
    text = "Ann Lee said the bridge was safe, the road was closed; the meeting ended at noon."
    assert "the road was closed" in {piece for _, _, content in found(text) for piece in content}


def test_what_goes_on_with_the_clause_is_said(found):
    text = "Ann Lee said she hoped to win the seat, and then would move to Salem."
    assert found(text)[0][2] == ("she hoped to win the seat, and then would move to Salem",)


def test_a_speaker_within_another_ones_words_is_kept_with_the_outer_one(found):
    text = "Ann Lee said Bo Chen told the council that the dam was too weak to hold the water."
    pairs = {(source, cue) for source, cue, _ in found(text)}
    assert {("Ann Lee", "said"), ("Bo Chen", "told")} <= pairs


def test_every_verb_is_offered_for_a_quotation_with_its_subject(parser):
    text = "Ann Lee has shrugged it off."
    doc = next(iter(parser.parse([text])))
    (one,) = predicates(doc, sentences(doc))
    assert (one.lemma, one.cue.cut(text), one.source.cut(text), one.filled) == (
        "shrug",
        "has shrugged",
        "Ann Lee",
        False,
    )


@settings(max_examples=60, deadline=None)
@given(text=st.lists(st.sampled_from(WORDS), max_size=30).map("".join))
def test_any_text_gives_spans_inside_it_in_order(parser, text):
    doc = next(iter(parser.parse([text])))
    for one in attributions(doc, sentences(doc)):
        assert all(0 <= s.start < s.end <= len(text) for s in (*one.content, one.cue, *filter(None, [one.source])))
        assert all(a.end <= b.start for a, b in zip(one.content, one.content[1:], strict=False))
