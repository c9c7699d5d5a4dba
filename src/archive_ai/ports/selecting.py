"""What is left of an archive by filters and closure, and which photos show the same picture."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from archive_ai.domain import PhotoId
from archive_ai.ports.vectors import VectorIndex


class Selection(Protocol):
    """The photos that a query may be answered with: present, visible, and passing its filters."""

    def __len__(self) -> int:
        """Count them."""

    @property
    def ids(self) -> NDArray[np.bytes_]:
        """Their ids as bytes (n,), ascending."""

    def rows(self, index: VectorIndex) -> NDArray[np.bool_] | None:
        """Tell for each row of an index whether it may be found; None: all of them."""

    def among(self, photos: Iterable[PhotoId]) -> set[PhotoId]:
        """Return those of ``photos`` that are selected."""


class Groups(Protocol):
    """Photos that show the same picture."""

    def of(self, photos: Sequence[PhotoId]) -> Mapping[PhotoId, Sequence[PhotoId]]:
        """Return all that show the same picture, for those of ``photos`` that are not alone."""
