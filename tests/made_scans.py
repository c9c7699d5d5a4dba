"""Pictures that stand for scans, made on the spot."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image


def write_picture(path: Path, seed: int, size: tuple[int, int] = (96, 80)) -> Path:
    """Write a picture of smooth random patches, different for each seed."""
    random = np.random.default_rng(seed)
    small = random.integers(0, 256, (4, 5, 3), dtype=np.uint8)
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(small).resize(size, Image.Resampling.BICUBIC).save(path)
    return path
