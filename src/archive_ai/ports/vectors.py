"""Where vectors are written and searched."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from archive_ai.domain import PhotoId, VectorRows


class VectorWriter(Protocol):
    """Appends rows to one generation; the caller alone writes."""

    def append(self, photos: Sequence[PhotoId], rows: NDArray[np.float32]) -> VectorRows:
        """Make n rows (n, width) durable and say where they lie.

        When this returns, the rows survive a power cut.
        """


class VectorSearch(Protocol):
    """What finds the vectors nearest to a query."""

    def search(
        self, queries: NDArray[np.float32], k: int, allowed: NDArray[np.bool_] | None = None
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """Return cosines and row numbers (n, k), descending; equal cosines by photo id.

        Only rows that ``allowed`` (one truth a row; None: all) lets through are found; where they
        are fewer than ``k``, so many are returned.
        """


class VectorIndex(VectorSearch, Protocol):
    """The sealed vectors of one generation, searched exactly."""

    @property
    def fingerprint(self) -> str:
        """Of the encoder that made the vectors."""

    @property
    def generation(self) -> int:
        """The generation's number."""

    @property
    def photos(self) -> Sequence[PhotoId]:
        """Ids in the order of the rows; each photo once."""

    @property
    def ids(self) -> NDArray[np.bytes_]:
        """The same ids as bytes (n,), ascending."""

    def places(self, photos: Sequence[PhotoId]) -> NDArray[np.int64]:
        """Return the row number of each of ``photos``, -1 for those that are not in the index."""

    def vectors(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the vectors (n, width) of n rows."""

    def rows(self, photos: Sequence[PhotoId]) -> NDArray[np.float32]:
        """Return the vectors (n, width) of photos that are in the index."""

    def at(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the vectors (n, width) of row numbers, in their order, widened to float32."""

    def block(self, start: int, stop: int) -> NDArray[np.float32]:
        """Return the vectors of rows ``start`` to ``stop`` (exclusive), widened to float32."""

    def rows_above(
        self,
        query: NDArray[np.float32],
        threshold: float,
        allowed: NDArray[np.bool_] | None = None,
    ) -> NDArray[np.int64]:
        """Return the row numbers whose cosine with ``query`` (width,) is at least ``threshold``."""
