"""How well probabilities keep what they promise: of all tags at 0.8, about 80 % are right.

The headline is the calibration error over bins that hold equally many tags (equal mass; Nguyen &
O'Connor 2015): each bin then rests on the same evidence. In bins of equal width nearly all tags
lie in a few, and a bin of three tags is as loud as its gap is wide, so that figure stands beside
it only because it is the one most often published (Guo et al. 2017).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

BINS = 10
LEAST_IN_A_BIN = 10
SIMULATIONS = 200
SEED = 20260101
Z95 = 1.959964

Floats = NDArray[np.floating]
Bools = NDArray[np.bool_]
Places = NDArray[np.int64]
Counts = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Bin:
    """Tags of like probability: mean probability, share that is right, 95 % bounds of it, count."""

    probability: float
    right: float
    low: float
    high: float
    n: int

    def to_json(self) -> dict[str, Any]:
        """Return plain values."""
        return {
            "probability": self.probability,
            "right": self.right,
            "ci": [self.low, self.high],
            "n": self.n,
        }


def equal_mass(probabilities: Floats, bins: int = BINS) -> Places:
    """Return the bin (n,), from 0, of each of n probabilities, the bins as equal as ties allow.

    Equal probabilities share a bin. There are fewer bins where one would hold less than
    ``LEAST_IN_A_BIN``, so that chance alone does not make the error.
    """
    count = len(probabilities)
    bins = max(1, min(bins, count // LEAST_IN_A_BIN))
    values, inverse, sizes = np.unique(probabilities, return_inverse=True, return_counts=True)
    middle = np.cumsum(sizes) - sizes / 2
    by_value = np.minimum((middle * bins / max(1, count)).astype(np.int64), bins - 1)
    return by_value[inverse] if len(values) else np.zeros(0, np.int64)


def equal_width(probabilities: Floats, bins: int = BINS) -> Places:
    """Return the bin (n,), from 0, of each probability; all bins are as wide."""
    return np.minimum((probabilities * bins).astype(np.int64), bins - 1)


def calibration_error(probabilities: Floats, right: Bools, places: Places) -> float:
    """Return the mean gap, 0 to 1, between a bin's probability and its share right, by count.

    NaN where there is nothing.
    """
    if not len(probabilities):
        return float("nan")
    gap = np.bincount(places, probabilities - right)
    return float(np.abs(gap).sum() / len(probabilities))


def error_by_chance(probabilities: Floats, places: Places) -> float:
    """Return the error that perfect probabilities would show with as many tags, on average.

    Truths are drawn from the probabilities themselves (Bröcker & Smith 2007). An error near this
    cannot be told from none.
    """
    if not len(probabilities):
        return float("nan")
    random = np.random.default_rng(SEED)
    errors = [
        calibration_error(probabilities, random.random(len(probabilities)) < probabilities, places)
        for _ in range(SIMULATIONS)
    ]
    return float(np.mean(errors))


def brier(probabilities: Floats, right: Bools) -> float:
    """Return the mean squared distance, 0 to 1, of probabilities and truths (Brier 1950)."""
    return float(np.mean((probabilities - right) ** 2)) if len(right) else float("nan")


def reliability(probabilities: Floats, right: Bools, places: Places) -> tuple[Bin, ...]:
    """Return the bins that hold something, by rising probability."""
    bins = []
    for place in np.unique(places):
        here = places == place
        n, share = int(here.sum()), float(right[here].mean())
        low, high = wilson(share, n)
        bins.append(Bin(float(probabilities[here].mean()), share, low, high, n))
    return tuple(bins)


def histogram(probabilities: Floats, right: Bools, bins: int = 2 * BINS) -> tuple[Counts, ...]:
    """Return how many tags are right and how many wrong, in each of ``bins`` of equal width."""
    places = equal_width(probabilities, bins)
    both = [np.bincount(places[which], minlength=bins).tolist() for which in (right, ~right)]
    return tuple(zip(*both, strict=True))


def wilson(share: float, n: int) -> tuple[float, float]:
    """Return the 95 % bounds of a share among n (Wilson 1927)."""
    centre = (share + Z95**2 / (2 * n)) / (1 + Z95**2 / n)
    half = Z95 / (1 + Z95**2 / n) * (share * (1 - share) / n + Z95**2 / (4 * n**2)) ** 0.5
    return max(0.0, centre - half), min(1.0, centre + half)
