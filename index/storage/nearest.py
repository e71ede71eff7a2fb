"""Nearest: takes a vector and a scope, gives the passages of the scope whose vectors are nearest to it.

The vector index walks a graph of neighbours. Where few passages are in the scope, it walks nearly all of the graph to
find them: a tenth of a second for 100,000 vectors, almost one for a million. The full text lists them in a millisecond,
and then they are compared one by one. Knows full text and vectors. Does not know the library.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isqrt

import numpy as np
from numpy.typing import NDArray

from index.storage.fulltext import FullText
from index.storage.keys import ScoredPassage
from index.storage.vectors import Vectors
from index.types import Scope

# To compare n passages takes 0.05 ms each; to find n of N passages in the graph takes 0.9 ms times N / n. Both take as
# long if n is 4 times the root of N (measured with N of 100,000 and a million).
FEW = 4


def nearest(
    fulltext: FullText,
    vectors: Vectors,
    vector: NDArray[np.float32],
    k: int,
    scope: Scope = Scope(),  # noqa: B008 - frozen
) -> tuple[ScoredPassage, ...]:
    """The `k` passages of a scope whose vectors are nearest to a vector, best first; see `Vectors.nearest`."""
    if scope.everywhere:
        return vectors.nearest(vector, k)
    few = FEW * isqrt(fulltext.count())
    some = fulltext.keys_within(scope, few + 1)
    if len(some) > few:
        return vectors.nearest(vector, k, scope)
    return nearest_among(vectors, some, vector, k)


def nearest_among(
    vectors: Vectors, keys: Sequence[int], vector: NDArray[np.float32], k: int
) -> tuple[ScoredPassage, ...]:
    """The `k` of these passages whose vectors are nearest to a vector, best first."""
    stored = vectors.stored(keys)
    if not stored:
        return ()
    cosines = np.stack(list(stored.values())) @ vector
    best = np.argsort(-cosines, kind="stable")[:k]
    every = list(stored)
    return tuple(ScoredPassage(every[place], float(cosines[place])) for place in best)
