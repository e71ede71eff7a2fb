"""The doors: what the packages offer, no more and no less."""

import assistant
import index
import prompts


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


def test_index_is_imported_by_module():
    assert not hasattr(index, "__all__")


def test_prompts_offer_filling():
    assert prompts.fill("choose.v1", question="?", passages="[1]", fence="x").rules
