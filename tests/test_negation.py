"""Whether a remark puts in, leaves out or turns round a "not" of what it cites."""

import pytest

from assistant.llm.negation import opposes, turned_round


@pytest.mark.parametrize(
    ("remark", "cited", "turned"),
    [
        ("The bridge is safe.", "The bridge is safe for everyone.", False),
        ("The bridge is not safe.", "The bridge is safe for everyone.", True),
        ("The bridge is safe.", "The bridge is not safe for anyone.", True),
        ("The bridge is not safe.", "The bridge is not safe for anyone.", False),
    ],
)
def test_a_negation_is_neither_put_in_nor_left_out(remark, cited, turned):
    assert bool(turned_round(remark, [cited], unnamed=False)) == turned


def test_what_negates_opposes():
    assert opposes("It is not safe.")
    assert not opposes("It is safe.")
