"""Landmarks of a map: a t-SNE layout of them is learned, and neighbours are found exactly.

t-SNE (L. van der Maaten and G. Hinton, 2008) as openTSNE computes it, of neighbours that FAISS
finds. Everything runs in one thread: sums come out the same each time, and a server that answers
beside it is not held up.
"""

from __future__ import annotations

import faiss
import numpy as np
from numpy.typing import NDArray

from archive_ai.ports import Tell

PERPLEXITY = 30
EARLY, LATE = 250, 500
"""Steps with exaggerated attraction, and without."""

STEPS_A_CALL = 10
SEED = 20


class FlatLandmarks:
    """Implements ``ports.Landmarks``; ``vectors`` (n, width) are of unit length."""

    def __init__(self, vectors: NDArray[np.float32]) -> None:
        self._vectors = np.ascontiguousarray(vectors, np.float32)
        self._index = faiss.IndexFlatIP(self._vectors.shape[1])
        self._index.add(self._vectors)

    def lay_out(self, start: NDArray[np.float64], tell: Tell) -> NDArray[np.float64]:
        """Learn a layout of four vectors or more."""
        # Imported here: it loads SciPy and scikit-learn, and most runs draw no map.
        from openTSNE import TSNE  # noqa: PLC0415 (as said)
        from openTSNE.affinity import PerplexityBasedNN  # noqa: PLC0415 (as said)
        from openTSNE.nearest_neighbors import PrecomputedNeighbors  # noqa: PLC0415 (as said)

        steps = [0]

        def step(_number: int, _error: float, _embedding: object) -> bool:
            steps[0] += STEPS_A_CALL
            tell(steps[0], EARLY + LATE)
            return False

        count = len(self._vectors)
        perplexity = min(PERPLEXITY, (count - 1) / 3)
        cosines, places = self._others(min(count - 1, int(3 * perplexity)))
        neighbours = PrecomputedNeighbors(places, np.maximum(1.0 - cosines, 0.0))
        affinities = PerplexityBasedNN(knn_index=neighbours, perplexity=perplexity, n_jobs=1)
        learning = TSNE(
            early_exaggeration_iter=EARLY,
            n_iter=LATE,
            n_jobs=1,
            random_state=SEED,
            callbacks=step,
            callbacks_every_iters=STEPS_A_CALL,
        )
        found = learning.fit(affinities=affinities, initialization=start)
        return np.array(found, np.float64)

    def nearest(
        self, queries: NDArray[np.float32], k: int
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """Return cosines and places of the ``k`` nearest to each query (m, k), descending."""
        faiss.omp_set_num_threads(1)
        cosines, places = self._index.search(np.ascontiguousarray(queries, np.float32), k)
        return cosines, places

    def _others(self, k: int) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        """Return the ``k`` nearest of each landmark without itself, wherever among equals it is."""
        cosines, places = self.nearest(self._vectors, k + 1)
        own = places == np.arange(len(places))[:, None]
        own[~own.any(axis=1), -1] = True
        kept = ~own
        shape = (len(places), k)
        return cosines[kept].reshape(shape).astype(np.float64), places[kept].reshape(shape)
