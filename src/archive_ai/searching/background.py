"""What an archive answers to questions that mean nothing: learned once per sealed generation.

A raw cosine says little: some photos lie near every query. From the cosine of a photo with a query
by words its mean cosine with some hundred neutral and nonsense queries is taken, which is the same
as taking the mean of those queries' vectors from the query's: one subtraction, and an exact search
stays exact. How high the best hits of the neutral queries score by that measure in this very
archive is what a real query has to beat. Figures, also of other measures: docs/decisions/0004.

No threshold is a fixed number; the quantiles are this first cut's only choice.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from archive_ai.domain import Background
from archive_ai.ports import VectorIndex

WORDS_WEAK, WORDS_STRONG = 0.25, 0.995
"""Quantiles over the neutral queries' best hits that a weak and a strong hit must reach."""

PICTURES_WEAK, PICTURES_STRONG = 10.0, 3.0
"""How many photos of the archive lie as near to a photo, on the average, as a weak and as a strong
likeness does: a strong one is as near as a photo's three nearest usually are."""

PICTURES_ASKED, PICTURES_COMPARED = 256, 4096


def learn_background(
    index: VectorIndex, manifest_sha256: str, neutral: NDArray[np.float32]
) -> Background:
    """Measure ``index`` with the vectors (n, width) of neutral queries."""
    mean = neutral.mean(axis=0)
    best, _ = index.search(neutral - mean, 1)
    weak, strong = _quantiles(best.ravel(), WORDS_WEAK, WORDS_STRONG)
    count = max(len(index.photos), 1)
    shares = [max(1 - near / count, 0.0) for near in (PICTURES_WEAK, PICTURES_STRONG)]
    alike, very_alike = _quantiles(_pair_cosines(index), *shares)
    return Background(
        index.fingerprint,
        manifest_sha256,
        mean.astype(np.float32),
        words=(weak, strong),
        pictures=(alike, very_alike),
    )


def _pair_cosines(index: VectorIndex) -> NDArray[np.float32]:
    """Return the cosines of photos spread over the archive with others, never with themselves."""
    others = _spread(len(index.photos), PICTURES_COMPARED)
    if len(others) < 2:
        return np.empty(0, np.float32)
    rows = np.concatenate([index.block(row, row + 1) for row in others.tolist()])
    asked = _spread(len(others), PICTURES_ASKED).tolist()
    return np.concatenate([np.delete(rows, place, axis=0) @ rows[place] for place in asked])


def _spread(count: int, wanted: int) -> NDArray[np.int64]:
    """Return at most ``wanted`` different numbers, evenly over 0 to ``count`` - 1."""
    if count <= wanted:
        return np.arange(count)
    return np.unique(np.linspace(0, count - 1, wanted).astype(np.int64))


def _quantiles(values: NDArray[np.float32], *shares: float) -> list[float]:
    """Return quantiles; 1.0, which only a copy reaches, where nothing was measured."""
    if not len(values):
        return [1.0] * len(shares)
    return [float(value) for value in np.quantile(values, shares)]
