"""Sample values of any width become 8 bits, by a rule that leaves no scan black or white.

- 16 bits: divided by 257. In a TIFF the real depth is often smaller than the container says, as
  with scanners of 10 or 12 bits: the smallest of 8, 10, 12 and 16 bits that holds the page's
  largest value counts as the depth. A picture that really is that dark gains visible shadows.
- 32 bits, whole numbers: the same, with 32 bits as the last step.
- Fractions: 0 to 1 is the full range where nothing exceeds 1.5 (overshoots are cut); else
  0 to 255, else 0 to 65535; a page that uses less than a sixteenth of that is stretched to its
  own largest value.
- Values clearly below zero (elevation models, measurements): stretched from least to largest.
- What is not a number counts as zero.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[Any]

_ROWS = 256
_DEPTHS = (255.0, 1023.0, 4095.0, 65535.0, 4294967295.0)


class Scaling:
    """What is black and what is white in a page that is read in parts.

    The first part that is scaled by it decides for all others. ``span`` is the value of black and
    how far white lies above it; None before.
    """

    def __init__(self) -> None:
        self.span: tuple[float, float] | None = None


def to_bytes(
    samples: Samples, *, guess_depth: bool = True, scaling: Scaling | None = None
) -> NDArray[np.uint8]:
    """Scale samples of any real type to uint8 of the same shape.

    ``guess_depth`` is for containers that do not say how many of their 16 bits are used.
    """
    if samples.dtype == np.uint8:
        return samples.astype(np.uint8, copy=False)
    if samples.dtype == np.bool_:
        return samples.astype(np.uint8) * np.uint8(255)
    if samples.dtype.kind == "f":
        samples = np.nan_to_num(samples, nan=0.0, posinf=0.0, neginf=0.0)
    found = np.empty(samples.shape, np.uint8)
    if not samples.size:
        return found
    scaling = scaling or Scaling()
    scaling.span = scaling.span or _span(samples, guess_depth)
    black, white = scaling.span
    for start in range(0, len(samples), _ROWS):  # as each takes eight bytes meanwhile
        values = samples[start : start + _ROWS].astype(np.float64)
        values -= black
        values *= 255.0 / white if white > 0.0 else 0.0
        found[start : start + _ROWS] = np.clip(values, 0.0, 255.0) + 0.5
    return found


def _span(samples: Samples, guess_depth: bool) -> tuple[float, float]:
    low, high = float(samples.min()), float(samples.max())
    if low < 0.0 and -low > 0.05 * high:
        return low, high - low
    if samples.dtype.kind == "f":
        return 0.0, _top_of_fractions(high)
    if guess_depth:
        return 0.0, next(depth for depth in _DEPTHS if high <= depth or depth == _DEPTHS[-1])
    return 0.0, _DEPTHS[3] if high <= _DEPTHS[3] else _DEPTHS[4]


def _top_of_fractions(high: float) -> float:
    if high <= 1.5:
        return 1.0
    level = next((level for level in (255.0, 65535.0) if high <= level), high)
    return high if high < level / 16 else level
