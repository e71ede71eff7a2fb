"""Which quotation marks belong together: every style, apostrophes that look like marks, marks without a partner."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.attribution.quotes.pairing import quotations
from index.language.paragraphs import paragraphs
from index.types import Flag

OPEN, CLOSED = Flag.UNCLOSED.value, Flag.UNOPENED.value


def read(text: str) -> list[str]:
    """Each quotation's words, indented by a `>` a level, followed by its flags and a `+` where it resumes."""
    return [
        " ".join([">" * q.depth + q.inner.cut(text), *(f.value for f in q.flags), *(["+"] if q.resumes else [])])
        for q in quotations(text)
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“We leave,” she said. “At once.”", ["We leave,", "At once."]),
        ('"We leave," she said. "At once."', ["We leave,", "At once."]),
        ("''It's late,'' she said. ''We leave.''", ["It's late,", "We leave."]),
        ("``We leave,'' she said.", ["We leave,"]),
        ("«Nous partons», dit-elle. „Ja“, sagte er.", ["Nous partons", "Ja"]),
        ("‘We leave,’ she said. 'At once.'", ["We leave,", "At once."]),
        ("– ''open door'' – it read", ["open door"]),
        ('"No."She said "yes".', ["No.", "yes"]),
        ('The “old" mill. "So" it goes.', ["old", "So"]),
        ("“He told me, ‘Go home,’ and I went,” she said.", ["He told me, ‘Go home,’ and I went,", ">Go home,"]),
        ("\"He told me, 'Go home,' and I went,\" she said.", ["He told me, 'Go home,' and I went,", ">Go home,"]),
        ("''He said, 'Go.''' So we went.", ["He said, 'Go.'", ">Go."]),
        ("'He kept saying 'go home' to us. We went.'", ["He kept saying 'go home' to us. We went.", ">go home"]),
        ("‘He kept saying ‘go home’ to us.’", ["He kept saying ‘go home’ to us.", ">go home"]),
        ("'[Lee] was late,' she said. 'As ever.'", ["[Lee] was late,", "As ever."]),
        ("‘They cried “thief” at us,’ he said.", ["They cried “thief” at us,", ">thief"]),
        ("“They cried “thief” at us,” he said.", ["They cried “thief” at us,", ">thief"]),
    ],
)
def test_marks_that_belong_together(text, found):
    assert read(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The soldiers' boots and the nurses' shoes were gone.", []),
        ("The soldiers’ boots and the nurses’ shoes were gone.", []),
        ("'Tis the season, said the '90s band, rock 'n' roll for 'em.", []),
        ("He said 'the soldiers' boots are old' twice.", ["the soldiers' boots are old"]),
        ("“the soldiers’ ‘new’ boots,” he wrote", ["the soldiers’ ‘new’ boots,", ">new"]),
        ("'I love rock 'n' roll,' she said.", ["I love rock 'n' roll,"]),
        ("Ann van 't Lee answered the dockers' letter: 'It is not so.'", ["It is not so."]),
        ("They came from the 'hood and cried 'go home' today.", ["go home"]),
        ("'I like the '90s,' he said. 'Don't you?'", ["I like the '90s,", "Don't you?"]),
        ("The plank is 6'2\" long and 5'10\" wide, “roughly”.", ["roughly"]),
        ("Don't, can't, won't: it's James' fault.", []),
        ("", []),
        ('"', []),
        ("“”", []),
        ("'''", []),
    ],
)
def test_apostrophes_and_lone_marks_are_not_quotations(text, found):
    assert read(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("She said: “We leave now. It is late.\n\nThe “old” mill.", [f"We leave now. It is late. {OPEN}", "old"]),
        ('"We leave now. "It is late," she said.', [f"We leave now. {OPEN}", "It is late,"]),
        ("We leave. It is late,” she said. “Yes.”", [f"It is late, {CLOSED}", "Yes."]),
        ("‘Boats went on with their work. He gave no name.", [f"Boats went on with their work. {OPEN}"]),
    ],
)
def test_a_mark_without_a_partner_costs_its_paragraph_at_most_and_is_told(text, found):
    assert read(text) == found


def test_a_speech_over_paragraphs_opens_each_and_closes_the_last():
    text = "“One thing first.\n\n“Then another.\n\n“And a third,” she said.\n\n“New,” he said."
    assert read(text) == ["One thing first.", "Then another. +", "And a third, +", "New,"]
    assert read("“One thing first.\n\nThen another,” she said.") == ["One thing first.", "Then another, +"]


MARKS = st.text(alphabet="\"“”'‘’«»„`ab .,\n", max_size=60)


@given(st.one_of(st.text(), MARKS))
@example("““““")
@example("'a “b' c”")
@example("\x00“\ud800”\u202e")
def test_quotations_nest_or_are_disjoint_and_never_leave_their_paragraph(text):
    homes = paragraphs(text)
    around = []
    last = None
    for quotation in quotations(text):
        assert quotation.inner in quotation.span
        assert quotation.inner.cut(text)
        assert any(quotation.span in home for home in homes)
        assert last is None or last.start <= quotation.span.start
        last = quotation.span
        while around and around[-1].end <= quotation.span.start:
            around.pop()
        assert not around or quotation.span in around[-1]
        assert quotation.depth == len(around)
        around.append(quotation.span)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "He said: 'We had a great win.\n\n'There was none of that.\n\n'It is a great win.'",
            ["We had a great win.", "There was none of that. +", "It is a great win. +"],
        ),
        (
            "He said: ‘We had a great win.\n\n‘There was none of that.’ He left.",
            ["We had a great win.", "There was none of that. +"],
        ),
        ("'It’s ours,' she said. 'We built it.\n\n'It stays.'", ["It’s ours,", "We built it.", "It stays. +"]),
        (  # a plural's apostrophe closes nothing where the next paragraph goes on
            "'I saw the players' ground and wept.\n\n'It is gone.'",
            ["I saw the players' ground and wept.", "It is gone. +"],
        ),
        (  # double marks inside
            "She said: 'He shouted \"Go home\" at us.\n\n'We went.'",
            ['He shouted "Go home" at us.', ">Go home", "We went. +"],
        ),
        (
            "He said: 'It is shut.\n\n'It was ever so. And so it stays.\n\nThe council met.",
            ["It is shut.", f"It was ever so. And so it stays. {OPEN} +"],
        ),
        (  # quotations inside, in marks of the same style
            "'We call them 'bones'. We call them 'nugs' or 'trash'.\n\n'It is a lie.'",
            ["We call them 'bones'. We call them 'nugs' or 'trash'.", ">bones", ">nugs", ">trash", "It is a lie. +"],
        ),
        ("She said: '[Lee] was late. He ran.\n\n'He fell.'", ["[Lee] was late. He ran.", "He fell. +"]),
        ("He said: 'It is shut.\u00a0\n\n'It stays so.'", ["It is shut.", "It stays so. +"]),
    ],
)
def test_single_marks_go_on_over_paragraphs_as_double_ones_do(text, found):
    assert read(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "The soldiers' boots were wet.\n\nThe '90s were kind to him.",
        "'Tis late.\n\n'Twas ever so.",
        "'90s bands played.\n\n'Em and us.",
        "It was rock 'n' roll.\n\nThe Smiths' house stood.",
        "In the players' view it was over.\n\nThe boys' club met.",
    ],
)
def test_apostrophes_open_nothing_over_paragraphs(text):
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("'We lost it.\n\nAnn Lee on Sunday\n\n'We shall win.'", ["We lost it.", "We shall win. +"]),
        ("“We lost it.\n\nAnn Lee on Sunday\n\nThe ground\n\n“We shall win.”", ["We lost it.", "We shall win. +"]),
        ("'We lost. So be it.\n\nAnn Lee on Sunday\n\n'We won.'", ["We lost. So be it.", "We won. +"]),
        # another quotation between, too many paragraphs between, or marks of the other style
        ("“We lost it.\n\nLee said “no” to it.\n\n“We won.”", [f"We lost it. {OPEN}", "no", "We won."]),
        ("“We lost it.\n\nOne.\n\nTwo.\n\nThree.\n\n“We won.”", [f"We lost it. {OPEN}", "We won."]),
        ("“We lost it.\n\nAnn Lee on Sunday\n\n'We shall win.'", [f"We lost it. {OPEN}", "We shall win."]),
        ("“We lost it.”\n\nAnn Lee on Sunday\n\n“We shall win.”", ["We lost it.", "We shall win."]),
    ],
)
def test_a_speech_that_is_open_goes_on_behind_captions(text, found):
    assert read(text) == found
