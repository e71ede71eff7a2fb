"""A user's own reranker: a small one made here, with weights that prefer what they prefer."""

import pytest

from assistant.retrieval.reranker import RERANKED, Reranker
from index.errors import SettingsError


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A CrossEncoder of one small layer with random weights (fixed seed), and a vocabulary of letters."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    place = tmp_path_factory.mktemp("reranker")
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"abcdefgh", "?"]
    (place / "vocab.txt").write_text("\n".join(words) + "\n")
    torch.manual_seed(1)
    sizes = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 16}
    config = BertConfig(vocab_size=len(words), num_labels=1, initializer_range=1.0, **sizes)
    BertForSequenceClassification(config).save_pretrained(place)
    BertTokenizerFast(vocab=str(place / "vocab.txt")).save_pretrained(place)
    return str(place)


def test_passages_come_in_the_models_order(folder):
    texts = list("abcdefgh")
    order = Reranker(folder).order("a ?", texts)
    assert sorted(order) == list(range(8))
    assert order != sorted(order)  # the random model does not happen to agree
    again = Reranker(folder).order("a ?", [texts[place] for place in order])
    assert again == list(range(8))  # sorted by the same model, nothing moves


def test_only_the_first_are_read_again(folder):
    order = Reranker(folder).order("a", ["b", "c"] * RERANKED)
    assert order[RERANKED:] == list(range(RERANKED, 2 * RERANKED))


def test_nothing_has_no_order(folder):
    assert Reranker(folder).order("a", []) == []


def test_a_folder_that_is_none_is_told_at_once(tmp_path):
    with pytest.raises(SettingsError, match="there is no reranker at"):
        Reranker(str(tmp_path / "none"))


def test_a_folder_without_a_model_is_told(tmp_path):
    with pytest.raises(SettingsError, match="holds no CrossEncoder"):
        Reranker(str(tmp_path)).order("a", ["b"])
