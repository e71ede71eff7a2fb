"""Whom a name may mean in an article."""

import pytest

from assistant.verification.statement_of import is_called, may_be
from index.types import Speaker

ANN = Speaker("ann", "Ann Lee", "the mayor", (), "ann lee")


@pytest.mark.parametrize(
    ("asked", "called"),
    [("Ann Lee", True), ("Lee", True), ("Ann Leh", False), ("Bo Lee", False), ("Bo Chen", False)],
)
def test_a_misspelt_name_is_another_name(asked, called):
    assert is_called(ANN, asked) == called


def test_a_bare_surname_that_the_article_leaves_open_may_be_anybodys():
    assert may_be(Speaker("lee", "Lee", "", (), ""), "Ann Lee")
    assert not may_be(ANN, "Ann Lee")
