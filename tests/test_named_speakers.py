"""A remark's parts, each with whoever is named as speaking in it."""

import pytest

from assistant.llm.named_speakers import parts

ANN, BO = frozenset({"quill"}), frozenset({"chen"})


@pytest.mark.parametrize(
    ("remark", "names"),
    [
        ("Quill says the bridge is safe.", [(ANN,)]),
        ("Quill says the bridge is safe, while Chen says it is not.", [(ANN,), (BO,)]),
        ("The bridge is safe, said Chen.", [(BO,)]),
        ("The bridge is safe.", [()]),
        ("The bridge was said to be safe.", [()]),
    ],
)
def test_a_part_is_of_whoever_is_named_before_or_behind_a_word_of_saying(remark, names):
    assert [part.names for part in parts(remark)] == names
