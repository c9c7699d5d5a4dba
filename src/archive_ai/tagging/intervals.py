"""How far a share that was counted on a sample may lie from the truth."""

from __future__ import annotations

from collections.abc import Callable
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

LEVEL = 0.95

Interval = tuple[float, float]


def wilson(share: float, count: float, level: float = LEVEL) -> Interval:
    """Return the score interval of a share seen in ``count`` independent draws (Wilson 1927).

    ``count`` need not be whole: with weighted draws it is their effective number. Without a draw
    the interval is 0 to 1.
    """
    if count <= 0:
        return 0.0, 1.0
    z = NormalDist().inv_cdf(0.5 + level / 2)
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z * np.sqrt(share * (1 - share) / count + (z / (2 * count)) ** 2) / (1 + z * z / count)
    return max(0.0, float(middle - half)), min(1.0, float(middle + half))


def finite_population(
    right: int, looked_at: int, population: int, level: float = LEVEL
) -> tuple[int, int]:
    """Return how many of ``population`` may be right, at least and at most.

    ``right`` of ``looked_at`` drawn without replacement were. Exact: both tails of the
    hypergeometric distribution are inverted, as Clopper and Pearson (1934) do with the binomial,
    so the interval holds the truth in at least ``level`` of all samples.
    """
    logs = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, population + 1)))])
    rest = population - looked_at
    tail = (1 - level) / 2

    def share_below(total: int, most: int) -> float:
        """Return the chance of at most ``most`` right ones in the sample if ``total`` are."""
        seen = np.arange(max(0, looked_at - (population - total)), min(most, total) + 1)
        return float(np.exp(_chances(seen, total, looked_at, logs)).sum())

    low = _first(right, right + rest, lambda total: 1 - share_below(total, right - 1) > tail)
    high = _first(right, right + rest + 1, lambda total: share_below(total, right) <= tail) - 1
    return low, max(high, low)


def _chances(
    seen: NDArray[np.int64], total: int, looked_at: int, logs: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the logarithm of the chance of each number of right ones in the sample."""
    population = len(logs) - 1

    def choose(of: int, some: NDArray[np.int64]) -> NDArray[np.float64]:
        found: NDArray[np.float64] = logs[of] - logs[some] - logs[of - some]
        return found

    all_ways = logs[population] - logs[looked_at] - logs[population - looked_at]
    ways = choose(total, seen) + choose(population - total, looked_at - seen)
    return np.asarray(ways - all_ways, np.float64)


def _first(low: int, high: int, holds: Callable[[int], bool]) -> int:
    """Return the first number from ``low`` that ``holds``; ``high`` if none below it does."""
    while low < high:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle + 1
    return low
