"""Reranking: a question and passages in, the same passages in the order of a model that reads both together.

Only where the user has one: any CrossEncoder of sentence-transformers, by the setting `reranker`. None is shipped.
Knows one model, taken from a folder and never downloaded. Its only home beside index/embedding/encoder.py.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import SettingsError
from index.runtime.imports import importing

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

RERANKED = 40  # passages that are read again; the rest keep their order behind them


class Reranker:
    """Scores passages against a question. Loads its model when it is first needed.

    :param folder: A folder with a CrossEncoder.
    :raises SettingsError: If there is no such folder.
    """

    def __init__(self, folder: str) -> None:
        if not Path(folder).is_dir():
            raise SettingsError(f"there is no reranker at {folder}; give the folder of a CrossEncoder")
        self._folder = folder
        self._loading = threading.Lock()
        self._model: CrossEncoder | None = None

    def order(self, question: str, texts: Sequence[str]) -> list[int]:
        """The places of the texts, best first; those after the first 40 stay where they are.

        :raises SettingsError: If the folder holds no model that can be loaded.
        """
        some = list(texts[:RERANKED])
        if not some:
            return []
        scores = self._loaded().predict([(question, text) for text in some], show_progress_bar=False)
        best = sorted(range(len(some)), key=lambda place: -float(scores[place]))
        return [*best, *range(len(some), len(texts))]

    def _loaded(self) -> CrossEncoder:
        with self._loading, importing:
            if self._model is None:
                from sentence_transformers import CrossEncoder

                try:
                    self._model = CrossEncoder(self._folder, device="cpu", local_files_only=True, num_labels=1)
                except (OSError, ValueError) as error:
                    raise SettingsError(f"{self._folder} holds no CrossEncoder that can be loaded ({error})") from error
            return self._model
