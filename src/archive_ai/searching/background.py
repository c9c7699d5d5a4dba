"""What an archive answers to questions that mean nothing: learned once per sealed generation.

A raw cosine says little: it depends on the model, on the query and on the archive. Each query's
scores are therefore taken in standard deviations above that query's own mean over the archive,
which mean vector and covariance of the archive give without a pass over it. How far the best hits
of some hundred neutral and nonsense queries stand out in this unit is what a real query has to
beat. This first cut knows two fixed quantiles; no threshold is a fixed number.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from archive_ai.domain import Background
from archive_ai.ports import VectorIndex

ROWS_A_BLOCK = 16_384
PICTURES_ASKED, PICTURES_COMPARED = 256, 4096

WORDS_WEAK, WORDS_STRONG = 0.5, 0.95
"""Quantiles over the neutral queries' best hits: above half of them a hit is weak, above 95 % of
them strong."""

PICTURES_WEAK, PICTURES_STRONG = 0.95, 0.99
"""Quantiles over the similarities of photos drawn by chance with the whole archive."""


def learn_background(
    index: VectorIndex, manifest_sha256: str, neutral: NDArray[np.float32]
) -> Background:
    """Measure ``index`` with the vectors (n, width) of neutral queries."""
    mean, covariance = _moments(index, neutral.shape[1])
    best, _ = index.search(neutral, 1)
    draft = Background(index.fingerprint, manifest_sha256, mean, covariance, (0.0, 0.0), (0.0, 0.0))
    words = [
        float(standing(draft, v, s[:1])[0]) for v, s in zip(neutral, best, strict=True) if len(s)
    ]
    return Background(
        index.fingerprint,
        manifest_sha256,
        mean,
        covariance,
        _quantiles(np.array(words), WORDS_WEAK, WORDS_STRONG),
        _quantiles(_picture_standings(index, draft), PICTURES_WEAK, PICTURES_STRONG),
    )


def standing(
    background: Background, query: NDArray[np.float32], scores: NDArray[np.float32]
) -> NDArray[np.float64]:
    """Return how many standard deviations above the query's mean each cosine stands."""
    mean, deviation = _scale(background, query)
    return (scores.astype(np.float64) - mean) / deviation


def cosine_at(background: Background, query: NDArray[np.float32], level: float) -> float:
    """Return the cosine that stands ``level`` standard deviations above the query's mean."""
    mean, deviation = _scale(background, query)
    return mean + level * deviation


def _scale(background: Background, query: NDArray[np.float32]) -> tuple[float, float]:
    wide = query.astype(np.float64)
    variance = float(wide @ background.covariance.astype(np.float64) @ wide)
    # An archive of one photo, or of copies, has no spread; a floor keeps the measure finite.
    return float(wide @ background.mean.astype(np.float64)), float(np.sqrt(max(variance, 1e-6)))


def _moments(index: VectorIndex, width: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    count = len(index.photos)
    total = np.zeros(width)
    products = np.zeros((width, width))
    for start in range(0, count, ROWS_A_BLOCK):
        block = index.block(start, min(start + ROWS_A_BLOCK, count)).astype(np.float64)
        total += block.sum(axis=0)
        products += block.T @ block
    mean = total / max(count, 1)
    covariance = products / max(count, 1) - np.outer(mean, mean)
    return mean.astype(np.float32), covariance.astype(np.float32)


def _picture_standings(index: VectorIndex, draft: Background) -> NDArray[np.float64]:
    """Return how photos spread over the archive stand to others, never to themselves."""
    others = _spread(len(index.photos), PICTURES_COMPARED)
    if len(others) < 2:
        return np.empty(0)
    rows = np.concatenate([index.block(row, row + 1) for row in others.tolist()])
    found: list[NDArray[np.float64]] = []
    for place in _spread(len(others), PICTURES_ASKED).tolist():
        scores = np.delete(rows, place, axis=0) @ rows[place]
        found.append(standing(draft, rows[place], scores))
    return np.concatenate(found)


def _spread(count: int, wanted: int) -> NDArray[np.int64]:
    """Return at most ``wanted`` different numbers, evenly over 0 to ``count`` - 1."""
    if count <= wanted:
        return np.arange(count)
    return np.unique(np.linspace(0, count - 1, wanted).astype(np.int64))


def _quantiles(values: NDArray[np.float64], weak: float, strong: float) -> tuple[float, float]:
    if not len(values):
        return (0.0, 0.0)
    return float(np.quantile(values, weak)), float(np.quantile(values, strong))
