"""The findings of a table of quotations that was written before the rules: no verdict in it may accuse wrongly."""

import json
from pathlib import Path

import pytest
from storing import open_store

from assistant.verification.findings import IN_ITS_OWN_WORDS
from assistant.verification.verify import verify
from index.types import Article

TABLE = [
    json.loads(line)
    for line in (Path(__file__).parent / "data" / "verdicts.jsonl").read_text(encoding="utf-8").splitlines()
]
NOT_YET = {
    "The nets were counted twice. Counting nets is not an inquiry": "too much lies between for the nearest passage",
    "spoke to us in his kitchen": "an “us” leaves open whose words they are",
    "the river will be drained": "what the mayor “never said” is found as his office's words only",
    "Counting nets is not an inquiry": "a “she” is only likely here, by a hair",
    "but the bees were not": "the parse hangs “perhaps” on both clauses",
}
CHECKS = [
    pytest.param(*check, marks=pytest.mark.xfail(strict=True, reason=NOT_YET[check[0]]) if check[0] in NOT_YET else ())
    for one in TABLE
    for check in one["checks"]
]
HARMFUL = {
    "unclear": {"exact", "misattributed"},
    "not_said": {"exact", "misattributed"},
    "misattributed": {"exact"},
    "exact": {"misattributed"},
}


@pytest.fixture(scope="module")
def store(tmp_path_factory, parser):
    with open_store(tmp_path_factory.mktemp("library"), parser) as store:
        store.add(Article(one["id"], one["title"], one["text"]) for one in TABLE)
        yield store


@pytest.mark.parametrize(("quotation", "speaker", "finding"), CHECKS)
def test_a_quotation_of_the_table_has_its_finding(store, quotation, speaker, finding) -> None:
    assert str(verify(quotation, store, speaker).finding) == finding


def test_no_verdict_of_the_table_accuses_or_absolves_wrongly(store) -> None:
    for one in TABLE:
        for quotation, speaker, finding in one["checks"]:
            found = str(verify(quotation, store, speaker).finding)
            assert found not in HARMFUL.get(finding, ()), (quotation, speaker)


@pytest.mark.parametrize(
    ("quotation", "speaker", "told"),
    [
        ("the judges are corrupt", "Henrik Solberg", "the cut changes what is said: it leaves out “never”"),
        ("the court took orders from me", "Henrik Solberg", "it leaves out “nonsense”"),
        ("It will cost us the beach", "Grant Tully", "not certain: Oscar Bellamy or Grant Tully"),
        ("He painted until the last morning", "Rafael Ortuno", "the wife of Rafael Ortuno, who speaks for or about"),
        ("Your bees have ruined my orchard", "Cyril Vane", "quoted by Maud Sperling, and may be another's"),
        ("The nets were counted twice", "Walter Dunmoor", "“Walter Dunmoor” was taken as Walter Dunmore."),
        ("the islands pay more than anyone", "Ottilie Brand", IN_ITS_OWN_WORDS),
        ("The buses will run until the last day of term", "Kurt Engel", "whether somebody is quoted with them"),
        ("the dam is finished", "Clement Foy", "as what Clement Foy did not say, or may not have said"),
        ("The letter came as a surprise", "Kurt Engel", "the reporter's own, not said by Kurt Engel"),
    ],
)
def test_the_detail_says_why(store, quotation, speaker, told) -> None:
    assert told in verify(quotation, store, speaker).detail


def test_a_quotation_that_stands_nowhere_brings_what_is_nearest_in_meaning(store) -> None:
    verdict = verify("The boats will be given to the school", store, "Dorothea Plank")
    assert not verdict.places and verdict.nearest
    assert verdict.detail == "No article has these words, or nearly these; see the nearest in meaning."
    assert not verify("Nobody wanted this", store).nearest
