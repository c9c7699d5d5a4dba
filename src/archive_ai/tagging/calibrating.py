"""Probabilities from words alone, fitted to the archive without a single label.

The scores of a concept on all photos are a mixture: most photos do not show it and score as they
do on questions that mean nothing, some do and score higher. Both are put on one scale (less the
median, over the median deviation of that concept), so that concepts can be compared. The scores of
the neutral questions give the shape of the one part; the other is that shape tilted,
``exp(beta z)`` times as likely (an exponential family tilt: Efron and Tibshirani 1996). How strong
the tilt and how large the share is fits the scores of all concepts together best (maximum
likelihood). What follows is a logistic curve in the score, one for all concepts: with a curve for
each, concepts that the archive lacks would take noise for findings.

How well the probabilities hold on labelled pictures: docs/decisions/0008.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from archive_ai.domain import Calibration
from archive_ai.ports import VectorIndex

THRESHOLD = 0.5
"""The probability from which a concept is suggested as long as nobody has decided anything."""

SAMPLE = 50_000
TILTS = np.linspace(0.5, 5.0, 46)
SHARES = np.geomspace(1e-3, 0.5, 60)
EDGES = np.arange(-6.0, 16.0, 0.05)
MIDDLES = (EDGES[1:] + EDGES[:-1]) / 2
NARROWEST = 1e-6
"""No spread of scores is smaller: identical photos must not divide by nothing."""

Floats = NDArray[np.float32]


def calibrate(
    concepts: Sequence[str], vectors: Floats, neutral: Floats, rows: Floats, fingerprint: str
) -> Calibration:
    """Fit zero-shot probabilities to ``rows`` (m, width), a sample of the archive.

    ``vectors`` (n, width) are those of the concepts' words, ``neutral`` (q, width) those of
    questions that mean nothing.
    """
    count = len(neutral)
    mean = neutral.mean(axis=0)
    centred = vectors - mean
    # Each neutral question less the mean of the others: its own share would hide it.
    null = _on_one_scale(rows @ ((neutral - mean) * (count / max(count - 1, 1))).T)[0]
    found, middle, spread = _on_one_scale(rows @ centred.T)
    tilt, log_odds = _tilted(_histogram(null), _histogram(found))
    steepness = (tilt / spread).astype(np.float32)
    return Calibration(
        fingerprint,
        tuple(concepts),
        centred * steepness[:, None],
        (log_odds - steepness * middle).astype(np.float32),
        np.full(len(concepts), THRESHOLD, np.float32),
    )


def sample(index: VectorIndex, size: int = SAMPLE) -> Floats:
    """Return the vectors (m, width) of at most ``size`` photos, spread over the archive."""
    count = len(index.photos)
    if count <= size:
        return index.block(0, count)
    # Ids are hashes: any run of rows is a random sample.
    parts = [
        index.block(start, start + size // 50)
        for start in np.linspace(0, count - size // 50, 50).astype(int).tolist()
    ]
    return np.concatenate(parts)


def _on_one_scale(scores: Floats) -> tuple[Floats, Floats, Floats]:
    """Return scores (m, n) less their medians (n,) over their spreads (n,), and those two."""
    middle = np.median(scores, axis=0)
    deviation = np.median(np.abs(scores - middle), axis=0)
    spread = np.maximum(1.4826 * deviation, NARROWEST)  # of a normal distribution: its sigma
    return (scores - middle) / spread, middle, spread


def _histogram(scores: Floats) -> NDArray[np.float64]:
    inside = np.clip(scores, EDGES[0], EDGES[-1] - 1e-3)
    return np.histogram(inside, EDGES)[0].astype(np.float64)


def _tilted(null: NDArray[np.float64], found: NDArray[np.float64]) -> tuple[float, float]:
    """Return the tilt and the log-odds at score 0 that make the ``found`` scores most likely."""
    null = null / max(null.sum(), 1.0)
    normal = np.log((null * np.exp(TILTS[:, None] * MIDDLES)).sum(axis=1))
    ratio = np.exp(TILTS[:, None] * MIDDLES - normal[:, None])
    shares = SHARES[:, None, None]
    likelihood = (found * np.log(1 - shares + shares * ratio)).sum(axis=-1)
    share, tilt = np.unravel_index(likelihood.argmax(), likelihood.shape)
    at_zero = np.log(SHARES[share] / (1 - SHARES[share])) - normal[tilt]
    return float(TILTS[tilt]), float(at_zero)
