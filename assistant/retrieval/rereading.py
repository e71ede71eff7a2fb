"""Rereading: takes ranked passages; gives them with the first ones ranked anew by models that read them.

Such a model reads question and passage together. It is slow, so it reads only the first passages, and the others stay
behind them. Its scores are features beside those of the search, with weights of their own (`weights.toml`, table
`reread`), because alone they order worse.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from assistant.retrieval.ranking import weighted_sum, weights
from assistant.retrieval.reader import PassageReader, as_read
from assistant.retrieval.search import Candidate

if TYPE_CHECKING:
    from assistant.retrieval.reranker import Reranker

READ = 15  # passages that are read; among so many the right one is nearly always

ScoredCandidate = tuple[float, Candidate]


def reread(
    question: str, best: Sequence[ScoredCandidate], reader: PassageReader, reranker: Reranker | None = None
) -> list[ScoredCandidate]:
    """The passages, best first, the first 15 with the features `reads` and `answers`.

    `reads` is how much better than the others a passage answers, in deviations of the scores, and the mean of both
    models where the user has one. `answers` is the logit of the chance that it answers at all, by the packaged reader.
    """
    some, rest = best[:READ], best[READ:]
    if not some:
        return []
    passages = [seen(one) for _, one in some]
    scores = reader.scores(question, passages)
    every = [standard([one.reads for one in scores])]
    if reranker:
        every.append(standard(reranker.scores(question, passages)))
    table, read = weights("reread"), list[ScoredCandidate]()
    for (_, one), reads, score in zip(some, np.mean(every, axis=0), scores, strict=True):
        again = replace(one, features={**one.features, "reads": float(reads), "answers": score.answers})
        read.append((weighted_sum(again.features, table), again))
    read.sort(key=lambda pair: (-pair[0], pair[1].key))
    behind = read[-1][0] - some[-1][0]  # what was not read keeps its distance from the last that was
    return [*read, *((score + behind, one) for score, one in rest)]


def seen(one: Candidate) -> str:
    """A found passage as the reader sees it."""
    speaker = one.statement.speaker if one.statement else None
    text = one.passage.extent.cut(one.article.text)
    name, role = (speaker.name, speaker.description) if speaker else ("", "")
    return as_read(text, one.article.title, one.article.published, name, role)


def standard(scores: Sequence[float]) -> NDArray[np.float64]:
    """Scores less their mean, in deviations; zeros where all are alike."""
    given = np.asarray(scores, dtype=np.float64)
    return np.asarray((given - given.mean()) / max(float(given.std()), 1e-6))
