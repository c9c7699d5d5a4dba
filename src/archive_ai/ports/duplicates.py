"""Where perceptual hashes are compared, and where what was measured of pictures is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from archive_ai.domain import Looks, PhotoId


class HashIndex(Protocol):
    """All hashes of an archive, compared exactly."""

    def within(
        self, asked: NDArray[np.int64], bits: int
    ) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
        """Yield, in parts, the rows ``asked`` and the rows whose hashes differ by ``bits`` at most.

        A row itself is among those that are found.
        """


class LookCatalogue(Protocol):
    """What indexing measured on pictures."""

    def looks(self, photos: Sequence[PhotoId]) -> Looks:
        """Return the looks of ``photos``, which are in the order of their ids."""
