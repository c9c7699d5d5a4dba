"""Why a concept is on a photo: which words, which examples, which part of the picture."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

GRID = 8
"""The picture is covered in so many places each way."""

PATCH = 2
"""A patch covers so many places each way: patches overlap, and the map is smoother."""

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Nearness:
    """A text or a picture, and its cosine with the photo (of texts: less the neutral mean)."""

    name: str
    cosine: float


def nearest(
    names: Sequence[str], vectors: Floats, photo: Floats, n: int, less: Floats | None = None
) -> list[Nearness]:
    """Return the ``n`` nearest to ``photo`` (width,) of ``vectors`` (m, width), best first.

    ``less`` (width,) is taken from each vector: the mean of neutral questions, from words.
    """
    scores = (vectors if less is None else vectors - less) @ photo
    order = np.argsort(-scores, kind="stable")[:n]
    return [Nearness(names[place], float(scores[place])) for place in order.tolist()]


def heat_map(
    pixels: NDArray[np.uint8],
    encode: Callable[[NDArray[np.uint8]], Floats],
    direction: Floats,
) -> Floats:
    """Return how much each part of a picture speaks for a concept, (8, 8), in log-odds.

    By occlusion (Zeiler and Fergus 2014): a patch of the picture (size, size, 3) is covered with
    its mean colour, and what the concept loses by that is laid on the places it covered. Works for
    any encoder: nothing inside it is looked at.
    """
    size = len(pixels)
    edges = np.linspace(0, size, GRID + 1).round().astype(int)
    mean = pixels.reshape(-1, 3).mean(axis=0).round().astype(np.uint8)
    patches = [(row, column) for row in range(1 - PATCH, GRID) for column in range(1 - PATCH, GRID)]
    covered = np.repeat(pixels[None], len(patches) + 1, axis=0)
    for place, (row, column) in enumerate(patches, start=1):
        top, bottom = edges[max(row, 0)], edges[min(row + PATCH, GRID)]
        left, right = edges[max(column, 0)], edges[min(column + PATCH, GRID)]
        covered[place, top:bottom, left:right] = mean
    scores = encode(covered) @ direction
    lost, times = np.zeros((GRID, GRID)), np.zeros((GRID, GRID))
    for place, (row, column) in enumerate(patches, start=1):
        rows, columns = slice(max(row, 0), row + PATCH), slice(max(column, 0), column + PATCH)
        lost[rows, columns] += scores[0] - scores[place]
        times[rows, columns] += 1
    return (lost / times).astype(np.float32)
