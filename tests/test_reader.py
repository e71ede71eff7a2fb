"""The reader scores a passage by what it and the question say, whoever else is read with it."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from safetensors.numpy import load_file

from assistant.retrieval import reader as reading
from assistant.retrieval.reader import MOST_TOKENS, PassageReader, as_read
from index.embedding.minilm import packaged

QUESTION = "Why was the tramway closed?"
PASSAGES = [
    "The tramway was shut because a cable had frayed, said its engineer.",
    "Tickets for the tramway cost four crowns.",
    "Snow fell in the valley on Sunday.",
    "“We closed it, for the rope was worn through in two places, and nobody could say for how long it would hold,” "
    "said Ilse Brandt, who inspects lifts and cableways for the canton. “I would not ride on it myself.”",
    "No.",
]


@pytest.fixture(scope="module")
def reader():
    return PassageReader()


def test_what_answers_comes_before_what_is_only_about_it(reader):
    scores = reader.scores(QUESTION, PASSAGES)
    best = sorted(range(len(PASSAGES)), key=lambda place: -scores[place].reads)
    assert set(best[:2]) == {0, 3}


def test_who_speaks_is_read(reader):
    said = "“The rope was worn,” she said."
    theirs, others = (as_read(said, speaker=name) for name in ("Ilse Brandt", "Tom Okello"))
    first, second = reader.scores("What did Ilse Brandt say about the rope?", [theirs, others])
    assert first.reads > second.reads


def test_a_score_does_not_depend_on_what_is_read_beside_it(reader):
    many = [passage for passage in PASSAGES for _ in range(7)]
    together = np.array(reader.scores(QUESTION, many))
    alone = np.array([reader.scores(QUESTION, [passage])[0] for passage in many])
    np.testing.assert_allclose(together, alone, atol=1e-3)


def test_a_score_does_not_depend_on_the_number_of_threads(reader, monkeypatch):
    one_by_one = np.array(reader.scores(QUESTION, PASSAGES))
    with ThreadPoolExecutor(4) as pool:
        for scores in pool.map(lambda _: reader.scores(QUESTION, PASSAGES), range(8)):
            np.testing.assert_allclose(np.array(scores), one_by_one, atol=1e-3)
    monkeypatch.setattr("os.cpu_count", lambda: 3)
    reading._load.cache_clear()
    np.testing.assert_allclose(np.array(PassageReader().scores(QUESTION, PASSAGES)), one_by_one, atol=1e-3)


def test_the_scores_are_those_of_the_model_in_torch(reader):
    import torch
    from torch.nn.functional import normalize
    from transformers import AutoModel, AutoTokenizer

    weights = {
        name: torch.from_numpy(value.astype(np.float32))
        for name, value in load_file(reading.Path(reading.__file__).with_name("reader.safetensors")).items()
    }
    model = AutoModel.from_pretrained(str(packaged()))
    missing = model.load_state_dict(
        {name: w for name, w in weights.items() if name in model.state_dict()}, strict=False
    )
    assert not any("layer.5" in name for name in missing.missing_keys)
    tokenizer = AutoTokenizer.from_pretrained(str(packaged()))
    for passage, scores in zip(PASSAGES, reader.scores(QUESTION, PASSAGES), strict=True):
        pair = tokenizer(QUESTION, passage, return_tensors="pt", return_token_type_ids=True)
        segment = pair.pop("token_type_ids")[0].bool()
        with torch.inference_mode():
            tokens = model.eval()(**pair, token_type_ids=torch.zeros_like(segment)[None].long()).last_hidden_state[0]
        one, two = (normalize(tokens[some].mean(0), dim=0) for some in (~segment, segment))
        expected = (one * two) @ weights["product"].T + two @ weights["passage"].T + weights["bias"]
        np.testing.assert_allclose(np.array(scores), expected.numpy(), atol=1e-3)


def test_what_is_too_long_is_read_as_far_as_it_fits(reader):
    words = "the rope was worn " * 80
    cut, longer = reader.scores(QUESTION, [words, words + "and snow fell " * 50])
    assert cut == pytest.approx(longer, abs=1e-3)
    assert len(reader.scores("why " * 500 + "?", [*PASSAGES, words])) == len(PASSAGES) + 1
    assert MOST_TOKENS < 80 * 4


def test_nothing_has_no_scores(reader):
    assert reader.scores(QUESTION, []) == []


@pytest.mark.parametrize(
    ("parts", "seen"),
    [
        ({}, "It is safe."),
        ({"title": "Bridge closed."}, "Bridge closed. It is safe."),
        ({"title": "Bridge closed", "published": dt.date(2026, 5, 3)}, "Bridge closed. 3 May 2026. It is safe."),
        ({"speaker": "Ann Lee"}, "Ann Lee: It is safe."),
        ({"speaker": "Ann Lee", "role": "mayor of Salem"}, "Ann Lee, mayor of Salem: It is safe."),
        ({"title": "Closed", "speaker": "Ann Lee"}, "Closed. Ann Lee: It is safe."),
    ],
)
def test_a_passage_is_seen_with_what_stands_over_it(parts, seen):
    assert as_read("It is safe.", **parts) == seen
