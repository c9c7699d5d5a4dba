"""Small JPEG pictures for people to look at."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image

from archive_ai.images import opening, pillow, vips
from archive_ai.images.geometry import Aim, fitted, whole

QUALITY = 85


def thumbnail(path: Path, page: int, longest: int) -> bytes:
    """Make a JPEG of ``page`` (from 1) with no side longer than ``longest`` pixels.

    Upright, sRGB, never enlarged, without any metadata of the scan. Raises UnreadablePicture.
    """
    pillow.prepare()
    vips.prepare()
    decoded = opening.decode(path, page, lambda size: Aim(whole(size), fitted(size, longest)))
    # Through bare pixels, since Pillow copies comments from one picture to the next.
    bare = Image.fromarray(np.asarray(decoded.image))
    buffer = BytesIO()
    bare.save(buffer, "JPEG", quality=QUALITY)
    return buffer.getvalue()
