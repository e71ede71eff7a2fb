"""Nearest: a vector and a scope in, the passages of the scope that are nearest to it out.

A graph of neighbours is walked from passage to passage, and where few passages count, nearly all of it is walked to
find them: a tenth of a second in 100,000 vectors, most of one in a million. The word index tells in a millisecond which
they are, and so few are compared one by one. Knows words and vectors. Does not know the library.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isqrt

import numpy as np
from numpy.typing import NDArray

from index.storage.fulltext import Words
from index.storage.keys import Near
from index.storage.vectors import Vectors
from index.types import Scope

# Comparing n passages takes some 0.05 ms each, walking the graph for them 0.9 ms times the passages there are for each
# that counts: as long for n = 4 times the root of all (measured at 100,000 and a million).
FEW = 4


def nearest(
    words: Words,
    vectors: Vectors,
    vector: NDArray[np.float32],
    k: int,
    scope: Scope = Scope(),  # noqa: B008 - frozen
) -> tuple[Near, ...]:
    """The passages whose vectors point most nearly the same way, best first; see `Vectors.nearest`."""
    if scope.everywhere:
        return vectors.nearest(vector, k)
    few = FEW * isqrt(words.count())
    some = words.within(scope, few + 1)
    if len(some) > few:
        return vectors.nearest(vector, k, scope)
    return among(vectors, some, vector, k)


def among(vectors: Vectors, keys: Sequence[int], vector: NDArray[np.float32], k: int) -> tuple[Near, ...]:
    """Those of some passages whose vectors point most nearly the same way, best first, at most so many."""
    stored = vectors.stored(keys)
    if not stored:
        return ()
    cosines = np.stack(list(stored.values())) @ vector
    best = np.argsort(-cosines, kind="stable")[:k]
    every = list(stored)
    return tuple(Near(every[place], float(cosines[place])) for place in best)
