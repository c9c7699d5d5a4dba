"""Vectors of which a layout on a plane is learned, and among which others find their place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Tell = Callable[[int, int], None]
"""Is told how many of how many steps are done; what it raises ends the work."""


class Landmarks(Protocol):
    """The vectors (n, width) of which a layout is learned."""

    def lay_out(self, start: NDArray[np.float64], tell: Tell) -> NDArray[np.float64]:
        """Return positions (n, 2) at which alike vectors are near, from those of ``start``.

        The same vectors and the same start come to the same layout on one machine.
        """

    def nearest(
        self, queries: NDArray[np.float32], k: int
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """Return cosines and places of the ``k`` nearest to each query (m, k), descending."""
