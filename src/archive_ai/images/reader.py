"""The Reader for the picture formats that an archive has."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from archive_ai.domain import Picture, Preprocessing
from archive_ai.errors import UsageError
from archive_ai.images import opening, pillow, vips
from archive_ai.images.formats import is_picture_name
from archive_ai.images.geometry import Aim, Size, framing, margins
from archive_ai.images.sources import check_size

_RESAMPLINGS = {
    "bicubic": Image.Resampling.BICUBIC,
    "bilinear": Image.Resampling.BILINEAR,
}


class PictureReader:
    """Implements :class:`archive_ai.ports.reading.Reader` by Pillow and libvips.

    To construct one sets what both libraries keep for the whole process: see
    :func:`archive_ai.images.pillow.prepare` and :func:`archive_ai.images.vips.prepare`.
    One reader may be used from several threads at once. ``most_pixels`` refuses larger pages, where
    there is less trust or time than for an archive's own scans.
    """

    def __init__(self, most_pixels: int | None = None) -> None:
        pillow.prepare()
        vips.prepare()
        self._most_pixels = most_pixels

    def reads(self, path: Path) -> bool:
        """Tell by the name alone whether this is a kind of file to try."""
        return is_picture_name(path)

    def pages(self, path: Path) -> int:
        """Count the pictures in a file: pages of a TIFF, otherwise 1.

        Small copies and masks in a TIFF do not count, nor do the frames of an animation. A page
        whose directory is cut off counts, so that reading it tells what is missing. Raises
        UnreadablePicture.
        """
        return len(opening.places(path))

    def read(self, path: Path, page: int, preprocessing: Preprocessing) -> Picture:
        """Decode ``page`` (from 1) to uint8 (size, size, 3), contiguous, upright, sRGB.

        The result agrees with open_clip's own transform to a fraction of a grey level on
        average. Raises UnreadablePicture, or UsageError for an interpolation that is not known.
        """
        resampling = _RESAMPLINGS.get(preprocessing.interpolation)
        if resampling is None:
            raise UsageError(
                f"The interpolation {preprocessing.interpolation!r} of the model is not known.",
                f"Use one of: {', '.join(_RESAMPLINGS)}.",
            )

        def aim_at(size: Size) -> Aim:
            if self._most_pixels is not None:
                check_size(size, self._most_pixels)
            return framing(size, preprocessing)

        decoded = opening.decode(path, page, aim_at, resampling)
        return Picture(
            pixels=_square(decoded.image, preprocessing),
            width=decoded.size[0],
            height=decoded.size[1],
            format=decoded.container,
        )


def _square(image: Image.Image, preprocessing: Preprocessing) -> NDArray[np.uint8]:
    side = preprocessing.size
    if image.size != (side, side):
        sheet = Image.new("RGB", (side, side), (preprocessing.fill,) * 3)
        sheet.paste(image, margins(image.size, side))
        image = sheet
    return np.array(image, dtype=np.uint8, order="C")
