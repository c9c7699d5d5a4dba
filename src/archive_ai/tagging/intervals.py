"""Intervals of shares."""

from __future__ import annotations

from math import sqrt

CONFIDENCE = 0.95
Z95 = 1.959963984540054


def wilson(right: int, n: int, population: int | None = None) -> tuple[float, float]:
    """Return the 95 % interval of a share of which ``right`` of ``n`` were found (Wilson 1927).

    ``population`` is how many there are in all where that is not far more than ``n``: what was
    looked at is certain and needs no interval (finite population correction, Cochran 1977). Both
    ends lie in [0, 1]; (0, 1) where nothing was looked at.
    """
    if n <= 0:
        return 0.0, 1.0
    if population is not None and n >= population:
        return right / n, right / n
    # A sample of a small population says as much as a larger one of an endless one.
    effective = n if population is None else n * (population - 1) / (population - n)
    share, z2 = right / n, Z95 * Z95
    middle = (share + z2 / (2 * effective)) / (1 + z2 / effective)
    half = Z95 * sqrt(share * (1 - share) / effective + z2 / (4 * effective**2))
    half /= 1 + z2 / effective
    return max(0.0, middle - half), min(1.0, middle + half)
