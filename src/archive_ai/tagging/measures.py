"""How well scores rank what is right: the one measure that learning decides by."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def average_precision(scores: NDArray[np.floating], right: NDArray[np.bool_]) -> float:
    """Return the average precision, 0 to 1; equal scores count against the ranking.

    0 where nothing is right.
    """
    order = np.lexsort((right, -scores))
    ordered = right[order]
    if not ordered.any():
        return 0.0
    precision = np.cumsum(ordered) / np.arange(1, len(ordered) + 1)
    return float(precision[ordered].mean())
