"""The packaged embedding model without torch: one short text in, the vector out that sentence-transformers gives.

Importing sentence-transformers takes six seconds, which the first question to a library need not wait for. This is
BERT's forward pass (Devlin et al., 2019, arXiv:1810.04805) in numpy, with the same weights and the same tokenizer, and
equal to the sixth decimal (tests/test_encoder.py); for many texts, torch is the faster. Knows one model's folder.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file
from tokenizers import Tokenizer

Matrix: TypeAlias = NDArray[np.float32]


class Light:
    """An embedding model that is a BERT and takes the mean of its tokens' vectors. Any thread may use it.

    :param folder: As sentence-transformers saves a model: weights, tokenizer and their settings.
    """

    def __init__(self, folder: Path) -> None:
        settings = json.loads((folder / "config.json").read_text())
        self._weights: dict[str, Matrix] = load_file(folder / "model.safetensors")
        self._layers: int = settings["num_hidden_layers"]
        self._heads: int = settings["num_attention_heads"]
        self._epsilon: float = settings["layer_norm_eps"]
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        longest = json.loads((folder / "sentence_bert_config.json").read_text())["max_seq_length"]
        self._tokenizer.enable_truncation(longest)

    @property
    def table(self) -> Matrix:
        """The input embedding: a row for each of the tokenizer's pieces."""
        return self._weights["embeddings.word_embeddings.weight"]

    def pieces(self, words: Sequence[str]) -> list[list[int]]:
        """The rows of the input embedding that each word is made of."""
        return [found.ids for found in self._tokenizer.encode_batch_fast(list(words), add_special_tokens=False)]

    def encode(self, text: str) -> Matrix:
        """The unit vector of a text; float32, shape (dim,)."""
        ids = self._tokenizer.encode(text).ids
        places = self._weights["embeddings.position_embeddings.weight"][: len(ids)]
        kind = self._weights["embeddings.token_type_embeddings.weight"][0]
        tokens = self._normal("embeddings", self.table[ids] + places + kind)
        for layer in range(self._layers):
            name = f"encoder.layer.{layer}"
            tokens = self._normal(f"{name}.attention.output", tokens + self._attended(f"{name}.attention", tokens))
            inner = _gelu(self._dense(f"{name}.intermediate.dense", tokens))
            tokens = self._normal(f"{name}.output", tokens + self._dense(f"{name}.output.dense", inner))
        mean = tokens.mean(axis=0)
        return np.asarray(mean / np.linalg.norm(mean), dtype=np.float32)

    def _attended(self, name: str, tokens: Matrix) -> Matrix:
        """What each token takes from all; shape (tokens, dim)."""
        query, key, value = (
            self._dense(f"{name}.self.{part}", tokens).reshape(len(tokens), self._heads, -1).swapaxes(0, 1)
            for part in ("query", "key", "value")
        )
        scores = query @ key.swapaxes(1, 2) / np.float32(np.sqrt(query.shape[2]))
        shares = np.exp(scores - scores.max(axis=2, keepdims=True))
        taken = shares / shares.sum(axis=2, keepdims=True) @ value
        return self._dense(f"{name}.output.dense", taken.swapaxes(0, 1).reshape(tokens.shape))

    def _dense(self, name: str, tokens: Matrix) -> Matrix:
        return tokens @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"]

    def _normal(self, name: str, tokens: Matrix) -> Matrix:
        centred = tokens - tokens.mean(axis=1, keepdims=True)
        spread = np.sqrt((centred**2).mean(axis=1, keepdims=True) + np.float32(self._epsilon))
        weight, bias = (self._weights[f"{name}.LayerNorm.{part}"] for part in ("weight", "bias"))
        return np.asarray(centred / spread * weight + bias, dtype=np.float32)


def _gelu(x: Matrix) -> Matrix:
    """The Gaussian error linear unit, x Φ(x), with the error function as Abramowitz and Stegun (7.1.26) have it."""
    z = np.abs(x) / np.float32(np.sqrt(2))
    t = 1 / (1 + np.float32(0.3275911) * z)
    series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    return np.asarray(x * (1 + np.sign(x) * (1 - series * np.exp(-z * z))) / 2, dtype=np.float32)
