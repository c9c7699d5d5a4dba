"""Perceptual hashes compared with FAISS: every one with every one asked, none left out.

A table of bands (multi-index hashing) finds the same pairs, but with a sixth of the bits allowed to
differ it would have to look into hundreds of buckets a band.
"""

from __future__ import annotations

from collections.abc import Iterator

import faiss
import numpy as np
from numpy.typing import NDArray

AT_ONCE = 256
"""Rows asked for in one call, so that even thousands of copies of each fit into memory."""


class FlatHashIndex:
    """Implements ``ports.HashIndex`` over the rows of ``hashes`` (n, bytes)."""

    def __init__(self, hashes: NDArray[np.uint8]) -> None:
        self._hashes = np.ascontiguousarray(hashes)
        self._index = faiss.IndexBinaryFlat(8 * hashes.shape[1])
        self._index.add(self._hashes)

    def within(
        self, asked: NDArray[np.int64], bits: int
    ) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
        """Yield, in parts, the rows ``asked`` and the rows whose hashes differ by ``bits`` at most.

        A row itself is among those that are found.
        """
        faiss.omp_set_num_threads(1)
        for start in range(0, len(asked), AT_ONCE):
            part = asked[start : start + AT_ONCE]
            # FAISS finds what is nearer than the radius, not what lies on it.
            limits, _, found = self._index.range_search(self._hashes[part], bits + 1)
            counts: NDArray[np.int64] = limits[1:].astype(np.int64) - limits[:-1].astype(np.int64)
            yield np.repeat(part, counts), found
