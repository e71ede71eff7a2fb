"""The assistant as Python callers use it: a str or a Path is one thing, never its characters."""

from pathlib import Path

import pytest

from assistant import Assistant
from index.errors import UnknownArticle

EXAMPLES = Path(__file__).parent.parent / "examples" / "articles"
BRIDGE = EXAMPLES / "2026-03-12-bridge.txt"


@pytest.fixture
def opened(tmp_path):
    with Assistant.open(tmp_path / "library") as assistant:
        yield assistant


def test_a_str_or_a_path_is_one_path_and_a_str_is_one_id(opened):
    ((one,), nothing) = (opened.add(BRIDGE).added, opened.add(str(BRIDGE)))
    assert (nothing.unchanged, nothing.failed) == ((one,), ())
    assert {quote.article.id for quote in opened.ask("What was said about the bridge?", articles=one).quotes} == {one}
    with pytest.raises(UnknownArticle, match="'bridge'"):
        opened.ask("What was said about the bridge?", articles="bridge")
    with pytest.raises(UnknownArticle, match="'bridge'"):
        opened.remove("bridge")
    assert opened.remove(one) == (one,)
