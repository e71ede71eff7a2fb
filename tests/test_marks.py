"""Which quotation marks belong together: every style, apostrophes that look like marks, marks without a partner."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.attribution.quotes.marks import quotations
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
