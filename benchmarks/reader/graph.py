"""Write index/embedding/layers.onnx: three layers of BERT as a graph for onnxruntime, without their weights.

    python benchmarks/reader/graph.py

As in Devlin et al., 2019 (arXiv:1810.04805), in the sizes of all-MiniLM-L6-v2. The weights are named in the graph as
"layer.0.attention.self.query.weight" and are given to it when it is loaded (index/embedding/layers.py).
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from onnx import NodeProto, TensorProto, helper, numpy_helper

OUT = Path(__file__).parent.parent.parent / "index" / "embedding" / "layers.onnx"
LAYERS, HEADS, DIM, INNER, EPSILON = 3, 12, 384, 1536, 1e-12


class Graph:
    """Nodes and weights as they are added."""

    def __init__(self) -> None:
        self.nodes: list[NodeProto] = []
        self.weights: list[TensorProto] = []

    def node(self, kind: str, inputs: list[str], out: str, **how: object) -> str:
        """Add a step; gives the name of what comes out."""
        self.nodes.append(helper.make_node(kind, inputs, [out], **how))
        return out

    def constant(self, name: str, values: list[int] | float) -> str:
        """Add a number that stands in the graph itself."""
        kind = np.float32 if isinstance(values, float) else np.int64
        self.weights.append(numpy_helper.from_array(np.array(values, kind), name))
        return name

    def weight(self, name: str, *shape: int) -> str:
        """Add a weight that is given when the graph is loaded."""
        tensor = TensorProto(name=name, data_type=TensorProto.FLOAT, dims=shape, data_location=TensorProto.EXTERNAL)
        tensor.external_data.add(key="location", value="given")
        self.weights.append(tensor)
        return name

    def dense(self, name: str, tokens: str, wide: int, out: int) -> str:
        """Multiply by a matrix and add its bias."""
        product = self.node("MatMul", [tokens, self.weight(f"{name}.weight", wide, out)], f"{name}.product")
        return self.node("Add", [product, self.weight(f"{name}.bias", out)], f"{name}.out")

    def normal(self, name: str, tokens: str, more: str, out: str = "") -> str:
        """Add up and normalise."""
        both = self.node("Add", [tokens, more], f"{name}.sum")
        weights = [self.weight(f"{name}.LayerNorm.{part}", DIM) for part in ("weight", "bias")]
        return self.node("LayerNormalization", [both, *weights], out or f"{name}.normal", axis=-1, epsilon=EPSILON)

    def heads(self, tokens: str, order: list[int]) -> str:
        """Part the vectors among the attention heads."""
        parted = self.node("Reshape", [tokens, "heads"], f"{tokens}.parted")
        return self.node("Transpose", [parted], f"{tokens}.heads", perm=order)

    def attended(self, name: str, tokens: str) -> str:
        """What each token takes from all that may be seen."""
        query, key, value = (self.dense(f"{name}.self.{one}", tokens, DIM, DIM) for one in ("query", "key", "value"))
        scores = self.node("MatMul", [self.heads(query, [0, 2, 1, 3]), self.heads(key, [0, 2, 3, 1])], f"{name}.scores")
        scaled = self.node("Mul", [scores, "scale"], f"{name}.scaled")
        masked = self.node("Add", [scaled, "unseen"], f"{name}.masked")
        shares = self.node("Softmax", [masked], f"{name}.shares", axis=-1)
        taken = self.node("MatMul", [shares, self.heads(value, [0, 2, 1, 3])], f"{name}.taken")
        whole = self.node("Transpose", [taken], f"{name}.whole", perm=[0, 2, 1, 3])
        return self.dense(f"{name}.output.dense", self.node("Reshape", [whole, "flat"], f"{name}.flat"), DIM, DIM)


def main() -> None:
    """Write the file."""
    graph, tokens = Graph(), "tokens"
    graph.constant("heads", [0, 0, HEADS, DIM // HEADS])
    graph.constant("flat", [0, 0, DIM])
    graph.constant("scale", (DIM / HEADS) ** -0.5)
    for number in range(LAYERS):
        name = f"layer.{number}"
        tokens = graph.normal(f"{name}.attention.output", tokens, graph.attended(f"{name}.attention", tokens))
        inner = graph.node("Gelu", [graph.dense(f"{name}.intermediate.dense", tokens, DIM, INNER)], f"{name}.gelu")
        last = "out" if number == LAYERS - 1 else ""
        tokens = graph.normal(f"{name}.output", tokens, graph.dense(f"{name}.output.dense", inner, INNER, DIM), last)
    shape, seen = ["texts", "length", DIM], ["texts", 1, 1, "length"]
    given, told, out = (
        helper.make_tensor_value_info(name, TensorProto.FLOAT, size)
        for name, size in (("tokens", shape), ("unseen", seen), ("out", shape))
    )
    whole = helper.make_graph(graph.nodes, "layers", [given, told], [out], graph.weights)
    model = helper.make_model(whole, opset_imports=[helper.make_opsetid("", 20)], ir_version=9)
    OUT.write_bytes(model.SerializeToString(deterministic=True))


if __name__ == "__main__":
    main()
