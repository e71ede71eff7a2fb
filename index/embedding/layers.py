"""Layers of a BERT: the vectors of texts' tokens in, the vectors after three layers out.

Run by onnxruntime, which comes with chromadb: half the time of numpy and a hundredth of torch's import. The graph is in
layers.onnx, without weights (`benchmarks/reader/graph.py` writes it); who makes a `Layers` gives them. Knows no
tokenizer and no task. The only home of onnxruntime.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from importlib.resources import files
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Matrix: TypeAlias = NDArray[np.float32]

COUNT = 3  # layers of the graph
UNSEEN = np.float32(-1e9)  # added to the attention to what only fills up a shorter text


class Layers:
    """Three layers with their weights. Any thread may use them.

    :param weights: By name, a matrix as torch has it, (out, in): "encoder.layer.3.attention.self.query.weight".
    :param first: The number of the first of the three layers among the weights' names.
    """

    def __init__(self, weights: Mapping[str, Matrix], first: int) -> None:
        import onnxruntime

        onnxruntime.disable_telemetry_events()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = os.cpu_count() or 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # others may want the processors
        given = {
            name.replace(layer, f"layer.{number}."): np.ascontiguousarray(weight.T, np.float32)
            for number, layer in enumerate(f"encoder.layer.{first + number}." for number in range(COUNT))
            for name, weight in weights.items()
            if name.startswith(layer)
        }
        value = onnxruntime.OrtValue.ortvalue_from_numpy
        self._weights = {name: value(weight) for name, weight in given.items()}  # the session does not own them
        options.add_external_initializers(list(self._weights), list(self._weights.values()))
        graph = files(__package__).joinpath("layers.onnx").read_bytes()
        self._session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])

    def __call__(self, tokens: Matrix, seen: NDArray[np.bool_]) -> Matrix:
        """The tokens' vectors after the layers.

        :param tokens: Shape (texts, length, dim).
        :param seen: Which of them are tokens, and do not only fill up a shorter text; shape (texts, length).
        """
        unseen = np.where(seen, np.float32(0), UNSEEN)[:, np.newaxis, np.newaxis, :]
        [out] = self._session.run(["out"], {"tokens": tokens, "unseen": unseen})
        return np.asarray(out, dtype=np.float32)
