"""How a picture becomes the pixels that the model sees, in training and in judging alike."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PIL import Image

SIZE = 192

Pixels = npt.NDArray[np.uint8]


def crop(picture: Image.Image, size: int = SIZE) -> Pixels:
    """Shorter side to `size` (bicubic, antialiased), centre crop: uint8 [size, size, 3]."""
    width, height = picture.size
    if width <= height:
        shape = (size, int(size * height / width))
    else:
        shape = (int(size * width / height), size)
    resized = picture.convert("RGB").resize(shape, Image.Resampling.BICUBIC)
    left = round((resized.width - size) / 2.0)
    top = round((resized.height - size) / 2.0)
    return np.asarray(resized.crop((left, top, left + size, top + size)), dtype=np.uint8)
