"""Train the reader: a cross-encoder of a question and a passage, begun as the packaged embedding model.

    python benchmarks/reader/train.py --licensed ../shared/reader/train.jsonl.gz --corpus corpus.jsonl \
        --articles ../shared/corpus/articles.jsonl --out FOLDER --steps 4000

corpus.jsonl is what `collect.py` wrote. The lower three layers stay the packaged model's; the upper three are trained
with two heads: one orders the passages of a question (softmax over a group), one tells whether a passage answers at
all (logistic). FOLDER gets a checkpoint every few minutes, from which the same command goes on, and a log; `--out` of
another run can be given as `--begin`. Weights are averaged over the last steps (an exponential mean), and these are
what `reader.safetensors` holds. Seeds are fixed; as threads share out sums differently, use one for the same weights.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator, Sequence
from itertools import chain, repeat
from pathlib import Path

import torch
from collect import lines, stories
from groups import Corpus, Group, licensed
from safetensors.torch import load_file, save_file
from torch.nn import functional

from assistant.retrieval.reader import MOST_TOKENS, Scores
from index.embedding.layers import COUNT
from index.embedding.minilm import packaged

BATCH = 8  # groups a step
BLOCK = 40  # batches that are sorted by length together
MEAN = 0.995  # of the averaged weights, kept at each step
UNANSWERED = 2.0  # the weight of a passage where nothing answers, in telling whether one does
SAVE = 50  # steps between checkpoints


class Reader(torch.nn.Module):
    """The packaged model with its lower layers frozen, and two heads over the means of question and passage."""

    def __init__(self) -> None:
        from transformers import AutoModel

        super().__init__()
        body = AutoModel.from_pretrained(str(packaged()), attn_implementation="sdpa")
        self.embeddings, self.layers = body.embeddings, body.encoder.layer
        dim = body.config.hidden_size
        self.product = torch.nn.Parameter(torch.full((len(Scores._fields), dim), 12.0))
        self.passage = torch.nn.Parameter(torch.zeros(len(Scores._fields), dim))
        self.bias = torch.nn.Parameter(torch.full((len(Scores._fields),), -6.0))
        for parameter in chain(self.embeddings.parameters(), self.layers[:COUNT].parameters()):
            parameter.requires_grad = False

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, segment: torch.Tensor) -> torch.Tensor:
        """The scores of each pair; shape (pairs, heads)."""
        unseen = (1.0 - mask[:, None, None, :].float()) * -1e9
        with torch.no_grad():
            tokens = self.embeddings(input_ids=ids, token_type_ids=torch.zeros_like(ids))
            tokens = self._through(self.layers[:COUNT], tokens, unseen)
        tokens = self._through(self.layers[COUNT:], tokens, unseen).float()
        asked, read = mean(tokens, mask * (1 - segment)), mean(tokens, mask * segment)
        return (asked * read) @ self.product.T + read @ self.passage.T + self.bias

    @staticmethod
    def _through(layers: torch.nn.ModuleList, tokens: torch.Tensor, unseen: torch.Tensor) -> torch.Tensor:
        for layer in layers:
            out = layer(tokens, unseen)
            tokens = out[0] if isinstance(out, tuple) else out
        return tokens

    def trained(self) -> dict[str, torch.Tensor]:
        """What is trained and shipped, by name."""
        return {name: value for name, value in self.named_parameters() if value.requires_grad}


def mean(tokens: torch.Tensor, some: torch.Tensor) -> torch.Tensor:
    """The unit vector of the mean of some tokens."""
    weight = some.unsqueeze(-1).float()
    return functional.normalize((tokens * weight).sum(1) / weight.sum(1).clamp(min=1), dim=-1)


class Pairs:
    """Turns groups into the model's input."""

    def __init__(self) -> None:
        from transformers import AutoTokenizer

        self._tokenizer = AutoTokenizer.from_pretrained(str(packaged()))

    def __call__(self, groups: Sequence[Group]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Token ids, mask and segment of every pair of the groups."""
        given = self._tokenizer(
            [group.question for group in groups for _ in group.passages],
            [text for group in groups for text in group.passages],
            padding=True,
            pad_to_multiple_of=16,  # few shapes: for each new one the processor's code is made anew
            truncation="only_second",
            max_length=MOST_TOKENS,
            return_tensors="pt",
            return_token_type_ids=True,
        )
        return given["input_ids"], given["attention_mask"], given["token_type_ids"]


def loss_of(scores: torch.Tensor, groups: Sequence[Group]) -> torch.Tensor:
    """The loss of a batch: of ordering, and of telling whether a passage answers."""
    total, row = torch.zeros(()), 0
    answering = [group for group in groups if group.answered]
    for group in groups:
        own = scores[row : row + len(group.passages)]
        row += len(group.passages)
        truth = torch.zeros(len(own))
        truth[0] = float(group.answered)
        if group.answered:
            total = total + functional.cross_entropy(own[None, :, 0], torch.zeros(1, dtype=torch.long)) / len(answering)
        weight = torch.full((len(own),), 1.0 / (len(own) - 1) if group.answered else UNANSWERED / len(own))
        weight[0] = 1.0 if group.answered else weight[0]
        told = functional.binary_cross_entropy_with_logits(own[:, 1], truth, weight=weight, reduction="sum")
        total = total + 0.5 * told / len(groups)
    return total


def batches(
    corpus: Iterator[Group], sets: Sequence[Group], share: float, chance: random.Random
) -> Iterator[list[Group]]:
    """Batches of groups of about one length, so many of them of the corpus."""
    rest = chain.from_iterable(repeat(sets))
    while True:
        some = [next(corpus if chance.random() < share else rest) for _ in range(BATCH * BLOCK)]
        some.sort(key=lambda group: len(group.question) + max(map(len, group.passages)))
        block = [some[first : first + BATCH] for first in range(0, len(some), BATCH)]
        chance.shuffle(block)
        yield from block


def shipped(trained: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Weights as they are shipped: in half precision, the layers by their names in the packaged model."""
    return {name.replace("layers.", "encoder.layer."): value.half() for name, value in trained.items()}


def begin(net: Reader, place: Path) -> None:
    """Take trained weights, of this script or of the sketch it grew from, whose one head serves for both."""
    names = {"w": "product", "v": "passage", "b": "bias"}
    given = {
        names.get(name, name.removeprefix("m.").replace("encoder.layer.", "layers.")): value
        for name, value in load_file(str(place)).items()
    }
    with torch.no_grad():
        for name, value in net.trained().items():
            value.copy_(given[name].float().expand(value.shape))


def main() -> None:
    """Train until so many steps are done, going on from a checkpoint where there is one."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("licensed", "out"):
        options.add_argument(f"--{name}", type=Path, required=True)
    for name in ("corpus", "articles", "begin", "held-out"):
        options.add_argument(f"--{name}", type=Path)
    options.add_argument("--steps", type=int, default=4000)
    options.add_argument("--share", type=float, default=0.4, help="of the groups, taken from the corpus")
    options.add_argument("--rate", type=float, default=6e-5)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    torch.manual_seed(given.seed)
    torch.set_num_threads(1)
    chance = random.Random(given.seed)
    given.out.mkdir(parents=True, exist_ok=True)
    corpus = None
    if given.corpus:
        held_out = frozenset(given.held_out.read_text().split()) if given.held_out else frozenset()
        corpus = Corpus(lines(given.corpus), stories(lines(given.articles)), held_out)
    sets = licensed(given.licensed, corpus.titles if corpus else ["Storm", "Council votes on the budget"], chance)
    train(given, batches(corpus.groups(chance) if corpus else iter(()), sets, given.share if corpus else 0, chance))


def train(given: argparse.Namespace, data: Iterator[list[Group]]) -> None:
    """Step after step, with checkpoints and a log."""
    net, pairs = Reader(), Pairs()
    if given.begin:
        begin(net, given.begin)
    heads = [net.product, net.passage, net.bias]
    body = [value for value in net.layers[COUNT:].parameters()]
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": given.rate, "weight_decay": 0.01}, {"params": heads, "lr": 0.01, "weight_decay": 0}]
    )
    base = [group["lr"] for group in optimizer.param_groups]
    averaged = {name: value.detach().clone() for name, value in net.trained().items()}
    checkpoint, done = given.out / "checkpoint.pt", 0
    if checkpoint.exists():
        state = torch.load(checkpoint)
        net.load_state_dict(state["net"], strict=False)
        optimizer.load_state_dict(state["optimizer"])
        averaged, done = state["averaged"], state["step"]
        for _ in range(done):
            next(data)
    begun, losses, right = time.process_time(), list[float](), list[float]()
    net.train()
    net.embeddings.eval()  # nothing is dropped where nothing is learnt
    net.layers[:COUNT].eval()
    for step in range(done, given.steps):
        groups = next(data)
        left = (given.steps - step) / given.steps
        for group, rate in zip(optimizer.param_groups, base, strict=True):
            group["lr"] = rate * min(1.0, (step + 1) / 50) * min(1.0, 0.05 + left / 0.3)
        with torch.autocast("cpu", torch.bfloat16):
            scores = net(*pairs(groups))
        loss = loss_of(scores.float(), groups)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(body, 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        keep = min(MEAN, (step + 1) / (step + 10))
        with torch.no_grad():
            for name, value in net.trained().items():
                averaged[name].lerp_(value, 1 - keep)
        losses.append(float(loss.detach()))
        right.extend(first_is_best(scores.detach(), groups))
        if (step + 1) % SAVE == 0 or step + 1 == given.steps:
            save_file(shipped(averaged), given.out / f"{step + 1:06}.safetensors")
            state = {"net": net.trained(), "optimizer": optimizer.state_dict(), "averaged": averaged, "step": step + 1}
            torch.save(state, checkpoint.with_suffix(".new"))
            checkpoint.with_suffix(".new").replace(checkpoint)
            told = {"step": step + 1, "loss": sum(losses) / len(losses), "right": sum(right) / len(right)}
            with (given.out / "log.jsonl").open("a") as log:
                log.write(json.dumps({**told, "cpu": round(time.process_time() - begun)}) + "\n")
            losses, right = [], []


def first_is_best(scores: torch.Tensor, groups: Sequence[Group]) -> Iterator[float]:
    """For each group that is answered, whether the right passage comes first."""
    row = 0
    for group in groups:
        own = scores[row : row + len(group.passages), 0]
        row += len(group.passages)
        if group.answered:
            yield float(own.argmax() == 0)


if __name__ == "__main__":
    main()
