"""A map of numbers laid over a picture, legible also to the colour-blind."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

FOR, AGAINST = (230, 120, 0), (0, 90, 200)
"""Orange speaks for, blue against: told apart with any kind of colour vision."""

STRONGEST = 0.65
"""How much of the colour covers the picture where it is strongest."""

SIDE = 512


def draw_heat(pixels: NDArray[np.uint8], heat: NDArray[np.float32]) -> Image.Image:
    """Return the picture (size, size, 3) in grey, with ``heat`` (n, n) over it in colour."""
    grey = Image.fromarray(pixels).convert("L").convert("RGB").resize((SIDE, SIDE))
    shape = Image.fromarray(heat.astype(np.float32)).resize((SIDE, SIDE), Image.Resampling.BICUBIC)
    strength = np.asarray(shape) / max(float(np.abs(heat).max()), 1e-9)
    cover = (np.clip(np.abs(strength), 0, 1) * STRONGEST)[..., None]
    colour = np.where(strength[..., None] >= 0, np.array(FOR), np.array(AGAINST))
    mixed = np.asarray(grey) * (1 - cover) + colour * cover
    return Image.fromarray(mixed.round().astype(np.uint8))
