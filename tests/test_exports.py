"""The doors: what the packages offer, no more and no less."""

import re
from pathlib import Path

import pytest

import assistant
import index
import prompts

ROOT = Path(__file__).parent.parent


def test_assistant_offers_what_the_readme_says():
    assert sorted(assistant.__all__) == [
        "Answer",
        "Assistant",
        "Chat",
        "Quote",
        "Refusal",
        "Settings",
        "Verdict",
        "ask",
        "verify",
    ]
    assert all(getattr(assistant, name) is not None for name in assistant.__all__)


def test_the_version_stands_in_one_place():
    assert re.fullmatch(r"\d+\.\d+\.\d+", assistant.__version__)
    assert f"## {assistant.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("package", ["prompts", "index", "assistant"])
def test_each_package_says_that_it_is_typed(package):
    assert (ROOT / package / "py.typed").exists()


def test_index_is_imported_by_module():
    assert not hasattr(index, "__all__")


def test_prompts_offer_filling():
    assert prompts.fill("choose.v1", question="?", passages="[1]", fence="x").rules
