"""The user's own reranker: takes a question and passages; gives each the score of a model that reads both together.

The setting `reranker` names any CrossEncoder of sentence-transformers; its scores count as much as the packaged
reader's. Knows one model, loaded from a folder and never downloaded. Apart from index/embedding/encoder.py, the only
module that imports sentence-transformers.
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

    def scores(self, question: str, passages: Sequence[str]) -> list[float]:
        """How well each passage answers the question, on a scale of the model's own; higher is better.

        :raises SettingsError: If the folder holds no model that can be loaded.
        """
        if not passages:
            return []
        pairs = [(question, passage) for passage in passages]
        return [float(score) for score in self._loaded().predict(pairs, show_progress_bar=False)]

    def _loaded(self) -> CrossEncoder:
        with self._loading, importing:
            if self._model is None:
                from sentence_transformers import CrossEncoder

                try:
                    self._model = CrossEncoder(self._folder, device="cpu", local_files_only=True, num_labels=1)
                except (OSError, ValueError) as error:
                    raise SettingsError(f"{self._folder} holds no CrossEncoder that can be loaded ({error})") from error
            return self._model
