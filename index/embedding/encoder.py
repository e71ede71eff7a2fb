"""The encoder: takes texts, gives unit vectors.

Knows texts and one embedding model, which it loads from a folder. Does not know articles. This is the only home of
sentence-transformers and torch; a single text goes through the packaged model without them (see minilm.py).
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from index.errors import LibraryMismatch, SettingsError
from index.runtime.imports import importing
from index.types import Span

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

    from index.embedding.minilm import MiniLM

Matrix: TypeAlias = NDArray[np.float32]

PACKAGED = "all-MiniLM-L6-v2"
# The SHA-256 that sentence-transformers/all-MiniLM-L6-v2 publishes for its model.safetensors.
_PACKAGED_DIGEST = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
# A batch has texts of about the same number of tokens, so that little is padded, and so few that they fit the caches.
# One thread works on each batch, as many at once as there are processors: that takes a tenth less time than all threads
# on one batch.
_BATCH_TOKENS = 600


class TextEncoder(Protocol):
    """What a store and its searches need of an encoder: `dim` is a vector's length, `digest` tells models apart."""

    @property
    def name(self) -> str: ...
    @property
    def digest(self) -> str: ...
    @property
    def dim(self) -> int: ...
    def prepare(self) -> None: ...
    def encode(self, texts: Sequence[str]) -> Matrix: ...
    def encode_parts(self, texts: Sequence[str], parts: Sequence[Sequence[Span]]) -> list[Matrix]: ...
    def encode_words(self, words: Sequence[str]) -> Matrix: ...


class Encoder:
    """Turns texts into vectors whose dot product is their cosine. Loads its model when it is first needed.

    :param model: Empty for the packaged model; else a folder, or a name that sentence-transformers knows.
    """

    def __init__(self, model: str = "") -> None:
        self.name = model or PACKAGED
        self._given = model
        self._loading = threading.Lock()
        self._tokenizing = threading.Lock()
        self._model: SentenceTransformer | None = None
        self._digest = ""
        self._input_rows: Matrix | None = None
        self._workers: ThreadPoolExecutor | None = None

    @property
    def digest(self) -> str:
        """SHA-256 of the model's weights, as hexadecimal digits.

        :raises SettingsError: If there is no such model.
        :raises LibraryMismatch: If the packaged model is not the one that was published.
        """
        if not self._digest:
            digest = _digest(self._folder())
            if not self._given and digest != _PACKAGED_DIGEST:
                raise LibraryMismatch(f"the packaged embedding model is not {PACKAGED} as published; install it anew")
            self._digest = digest
        return self._digest

    @property
    def dim(self) -> int:
        """The length of a vector."""
        packaged = self._packaged()
        return int(packaged.table.shape[1] if packaged else self._loaded().get_embedding_dimension() or 0)

    def prepare(self) -> None:
        """Begin to load the model in another thread; if that fails, the first call that needs it raises the error."""
        if self._model is None:
            loader = ThreadPoolExecutor(1, "loading")
            loader.submit(self._loaded)
            loader.shutdown(wait=False)

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Turn texts into unit vectors.

        :param texts: One string per row; an empty list gives an array of shape (0, dim).
        :return: float32, shape (len(texts), dim), row i for texts[i].
        """
        packaged = self._packaged()
        if packaged and len(texts) == 1:
            return packaged.encode(texts[0])[np.newaxis]
        vectors = np.zeros((len(texts), self.dim), dtype=np.float32)
        if not texts:
            return vectors
        model = self._loaded()
        import torch

        def work(rows: Sequence[int]) -> None:
            with self._tokenizing:
                features = model.preprocess([texts[row] for row in rows])
            with torch.inference_mode():
                found = model(features)["sentence_embedding"].float()
                vectors[rows] = torch.nn.functional.normalize(found, dim=1).numpy()

        self._run(work, batches(self._tokenized(texts)["input_ids"]))
        return vectors

    def encode_parts(self, texts: Sequence[str], parts: Sequence[Sequence[Span]]) -> list[Matrix]:
        """Turn parts of texts into vectors, with the text around each as its context.

        Every text goes through the model once.

        A part's vector is the sum of its tokens' vectors: its direction is that of their mean, which the model was
        trained to compare, and what is split over several texts can be added up ("late chunking": Günther et al., 2024,
        arXiv:2409.04701). A model that does not take the mean is given each part by itself.

        :param parts: For each text spans in it, in code points.
        :return: For each text float32, shape (len(parts[i]), dim); zeros for a part without a token, or behind the end
            of what the model reads of a text.
        """
        model: Any = self._loaded()
        import torch

        if getattr(model[1], "pooling_mode", "") != "mean":
            return [self._encode_separately(text, some) for text, some in zip(texts, parts, strict=True)]
        vectors = [np.zeros((len(some), self.dim), dtype=np.float32) for some in parts]
        given = self._tokenized(texts)
        places = given.pop("offset_mapping")

        def work(rows: Sequence[int]) -> None:
            features = model.tokenizer.pad(
                {name: [of_texts[row] for row in rows] for name, of_texts in given.items()}, return_tensors="pt"
            )
            with torch.inference_mode():
                tokens = model[0](dict(features))["token_embeddings"].float().numpy()
            for row, found in zip(rows, tokens, strict=True):
                place = np.array(places[row], dtype=int).reshape(-1, 2)  # a text may have no token at all
                found = found[: len(place)]
                for number, part in enumerate(parts[row]):
                    within = (place[:, 0] >= part.start) & (place[:, 0] < part.end) & (place[:, 1] > place[:, 0])
                    vectors[row][number] = found[within].sum(axis=0)

        self._run(work, batches(given["input_ids"]))
        return vectors

    def _tokenized(self, texts: Sequence[str]) -> dict[str, list[Any]]:
        """The tokens of each text, as many as the model reads, without padding, and their offsets in it."""
        model: Any = self._loaded()
        with self._tokenizing:  # only one thread at a time may use a tokenizer
            return dict(
                model.tokenizer(
                    list(texts), truncation=True, max_length=model.max_seq_length, return_offsets_mapping=True
                )
            )

    def _encode_separately(self, text: str, parts: Sequence[Span]) -> Matrix:
        """The vectors of parts that are encoded without their context, each as long as its part has characters."""
        lengths = np.array([[len(part)] for part in parts], dtype=np.float32).reshape(-1, 1)
        return self.encode([part.cut(text) for part in parts]) * lengths

    def _run(self, work: Callable[[Sequence[int]], None], batches: Iterable[list[int]]) -> None:
        """Do the work on each batch, one thread for each, so that no result depends on the number of threads."""
        with self._loading:
            if self._workers is None:
                import torch

                self._workers = ThreadPoolExecutor(os.cpu_count(), "encoder", torch.set_num_threads, (1,))
        for _ in self._workers.map(work, batches):
            pass

    def encode_words(self, words: Sequence[str]) -> Matrix:
        """Turn single words into unit vectors, without their context: cheap, for comparing words one with another.

        A word's vector is the mean of its pieces' rows in the model's input embedding, less the mean of all rows.

        :return: float32, shape (len(words), dim of the input embedding), row i for words[i].
        """
        table = self._input_embedding()
        pieces = self._pieces(words)
        known = np.array([row for row, ids in enumerate(pieces) if ids], dtype=int)
        vectors = np.zeros((len(words), table.shape[1]), dtype=np.float32)
        if len(known):
            lengths = np.array([len(pieces[row]) for row in known])
            starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
            rows = table[[piece for ids in pieces for piece in ids]]
            vectors[known] = np.add.reduceat(rows, starts, axis=0) / lengths[:, np.newaxis]
        return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9), dtype=np.float32)

    def _pieces(self, words: Sequence[str]) -> list[list[int]]:
        """The rows of the input embedding that each word is made of; an empty list for a word without pieces."""
        packaged = self._packaged()
        if packaged:
            return packaged.pieces(words)
        if not words:
            return []
        with self._tokenizing:
            found: list[list[int]] = self._loaded().tokenizer(list(words), add_special_tokens=False, verbose=False)[
                "input_ids"
            ]
        return found

    def _input_embedding(self) -> Matrix:
        """The model's input embedding, centred; shape (pieces, dim)."""
        packaged = self._packaged()
        model: Any = None if packaged else self._loaded()
        with self._loading:
            if self._input_rows is None:
                rows = (
                    packaged.table
                    if packaged
                    else model[0].model.get_input_embeddings().weight.detach().float().numpy()
                )
                self._input_rows = np.asarray(rows - rows.mean(axis=0), dtype=np.float32)
            return self._input_rows

    def _packaged(self) -> MiniLM | None:
        """The packaged model without torch; None where another model was given."""
        if self._given:
            return None
        from index.embedding.minilm import minilm

        assert self.digest  # reading it checks the packaged weights
        return minilm()

    def _folder(self) -> Path:
        if not self._given:
            from index.embedding.minilm import packaged

            return packaged()
        if Path(self._given).is_dir():
            return Path(self._given)
        raise SettingsError(f"there is no embedding model at {self._given}; give the folder of a model")

    def _loaded(self) -> SentenceTransformer:
        with self._loading, importing:
            if self._model is None:
                from sentence_transformers import SentenceTransformer
                from transformers.utils import logging

                logging.disable_progress_bar()  # type: ignore[no-untyped-call]
                assert self.digest  # reading it checks the packaged weights
                self._model = SentenceTransformer(
                    str(self._folder()), device="cpu", local_files_only=True, model_kwargs=_precision()
                )
            return self._model


def batches(tokens: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """The places of the texts, longest first, in groups whose padded length is bounded."""
    batch: list[int] = []
    for row in sorted(range(len(tokens)), key=lambda row: -len(tokens[row])):
        if batch and len(tokens[batch[0]]) * (len(batch) + 1) > _BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch


def _precision() -> dict[str, Any]:
    """bfloat16 where the processor multiplies it, twice as fast at a cosine of 0.9999; else float32."""
    import torch

    has = torch.cpu.get_capabilities() if hasattr(torch.cpu, "get_capabilities") else {}
    return {"dtype": torch.bfloat16} if has.get("avx512_bf16") or has.get("amx_bf16") else {}


def _digest(folder: Path) -> str:
    """SHA-256 of the weights in a model's folder: of the one file, or of all their digests in order of name."""
    files = sorted(folder.glob("*.safetensors"))
    if not files:
        raise SettingsError(f"{folder} holds no weights (*.safetensors); give the folder of an embedding model")
    digests = []
    for file in files:
        with file.open("rb") as weights:
            digests.append(hashlib.file_digest(weights, "sha256").hexdigest())
    return digests[0] if len(digests) == 1 else hashlib.sha256("".join(digests).encode()).hexdigest()
