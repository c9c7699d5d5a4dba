"""How a picture becomes the pixels that the model sees, in training and in judging alike.

The whole picture, its sides brought to one length: nothing at the margins is lost, and
Flickr8k's pictures were squeezed like this before anybody could choose.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PIL import Image

SIZE = 192

Pixels = npt.NDArray[np.uint8]


def squash(picture: Image.Image, size: int = SIZE) -> Pixels:
    """Both sides to `size` (bicubic, antialiased): uint8 [size, size, 3]."""
    shape = (size, size)
    return np.asarray(
        picture.convert("RGB").resize(shape, Image.Resampling.BICUBIC), dtype=np.uint8
    )
