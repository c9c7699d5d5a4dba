"""Small pictures for people to look at."""

from __future__ import annotations

from enum import StrEnum
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image

from archive_ai.images import opening, pillow, vips
from archive_ai.images.geometry import Aim, Size, fitted, whole


class Form(StrEnum):
    """What a small picture is written as, by its media type."""

    JPEG = "image/jpeg"
    WEBP = "image/webp"

    @property
    def suffix(self) -> str:
        """How the name of such a file ends."""
        return {Form.JPEG: "jpg", Form.WEBP: "webp"}[self]


QUALITY = {Form.JPEG: 85, Form.WEBP: 80}
"""Chosen by looking at old photographs at twice their size: the two cannot be told apart there,
and the WebP has fewer bytes."""


def thumbnail(path: Path, page: int, longest: int, form: Form = Form.JPEG) -> bytes:
    """Make a picture of ``page`` (from 1) with no side longer than ``longest`` pixels.

    Upright, sRGB, never enlarged, without any metadata of the scan. Raises UnreadablePicture.
    """
    pillow.prepare()
    vips.prepare()
    decoded = opening.decode(path, page, lambda size: Aim(whole(size), fitted(size, longest)))
    return written(decoded.image, form)


def written(image: Image.Image, form: Form) -> bytes:
    """Write a picture as ``form``, and nothing of what else Pillow knows about it."""
    # Through bare pixels, since Pillow copies comments from one picture to the next.
    bare = Image.fromarray(np.asarray(image))
    buffer = BytesIO()
    bare.save(buffer, form.name, quality=QUALITY[form])
    return buffer.getvalue()


def thumbnail_size(size: Size, longest: int) -> Size:
    """Return width and height of such a picture of an upright one of ``size``."""
    return fitted(size, longest)
