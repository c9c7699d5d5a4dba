"""A perceptual hash: a few bytes that stay nearly the same as long as the picture does.

The difference hash (dHash, N. Krawetz, 2013): is each cell of a small grid lighter than its left
and its upper neighbour? Order survives every tone curve, small cells survive size, grain, halftone
and compression. It was chosen over DCT hashes (pHash) of 64 to 256 bits by
``benchmarks/duplicates.py``.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from archive_ai.domain import HASH_BYTES, HASH_KIND

CELLS = 11
"""Comparisons a side, in each of two directions: 242 bits."""


def perceptual_hash(pixels: NDArray[np.uint8]) -> bytes:
    """Return the hash of upright sRGB ``pixels`` (height, width, 3): ``HASH_BYTES`` bytes.

    The first byte says how it was made. Two hashes are compared by how many bits differ.
    """
    light = pixels.astype(np.float32) @ np.array([0.299, 0.587, 0.114], np.float32)
    side = CELLS + 1
    grid = np.asarray(Image.fromarray(light).resize((side, side), Image.Resampling.BOX))
    across = grid[:CELLS, 1:] > grid[:CELLS, :-1]
    down = grid[1:, :CELLS] > grid[:-1, :CELLS]
    bits = np.packbits(np.concatenate([across.ravel(), down.ravel()]))
    return bytes([HASH_KIND]) + bits.tobytes().ljust(HASH_BYTES - 1, b"\0")
