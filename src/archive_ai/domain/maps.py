"""The map of a generation: where each photo lies on a plane on which alike pictures are near."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray


class Placing(IntEnum):
    """How a photo came to its place on a map."""

    LEARNED = 0
    """It is a landmark: the layout was learned from it."""
    PLACED = 1
    """It was put between landmarks when the map was drawn."""
    ADDED = 2
    """It was put between landmarks later."""


@dataclass(frozen=True, slots=True)
class PhotoMap:
    """A map as it is kept.

    ``photos`` (n,) are ids as bytes, ascending; ``positions`` (n, 2) lie in [-1, 1], float32, and
    ``placings`` (n,) are values of :class:`Placing`. ``sha256`` is another one whenever anything
    about the map is.
    """

    number: int
    fingerprint: str
    drawn_at: str
    sha256: str
    photos: NDArray[np.bytes_]
    positions: NDArray[np.float32]
    placings: NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class SeenMap:
    """A map as one viewer may see it; its points are numbered from 0 by the ids of the photos.

    Numbers of two answers mean the same photos where ``version`` is the same. ``placed`` is the
    share of points that no layout was learned from; ``unplaced`` are photos that may be seen and
    have no point. ``stale``: most points came after the map was drawn, so that it should be drawn
    anew. ``bounds`` are x0, y0, x1, y1 of the points.
    """

    version: str
    generation: int
    drawn_at: str
    photos: NDArray[np.bytes_]
    positions: NDArray[np.float32]
    placed: float
    unplaced: int
    stale: bool
    bounds: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class MapValue:
    """One entry of a legend: what it is called by language, and how many points have it."""

    labels: Mapping[str, str]
    photos: int


@dataclass(frozen=True, slots=True)
class MapValues:
    """What points are coloured by: ``values`` (n,) are places in ``legend``."""

    version: str
    by: str
    legend: tuple[MapValue, ...]
    values: NDArray[np.uint8]
