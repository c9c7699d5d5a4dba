"""JPEG by Pillow's draft mode: the decoder itself scales by 2, 4 or 8 while it decodes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from math import ceil
from pathlib import Path

import numpy as np
from PIL import Image, JpegImagePlugin

from archive_ai.images import pillow, sources, vips
from archive_ai.images.geometry import OVERSAMPLING, Aim, Size
from archive_ai.images.sources import Place, Raster

_LOSS = ("premature end", "huffman", "truncated")


class _JpegSource:
    """A JPEG file whose header is read."""

    def __init__(self, path: Path, image: JpegImagePlugin.JpegImageFile) -> None:
        self._path = path
        self._image = image
        self.size: Size = image.size
        # A progressive file is held as a whole by the decoder, at any scale.
        held = bool(image.info.get("progressive"))
        sources.check_size(image.size, sources.MOST_HELD if held else sources.MOST_STREAMED)
        self.orientation = pillow.orientation(image)
        self.profile = pillow.profile(image)

    def raster(self, aim: Aim) -> Raster:
        """Decode at the largest reduction that leaves twice the size aimed at."""
        image, size = self._image, self.size
        wanted = (
            ceil(OVERSAMPLING * size[0] * aim.size[0] / (aim.box[2] - aim.box[0])),
            ceil(OVERSAMPLING * size[1] * aim.size[1] / (aim.box[3] - aim.box[1])),
        )
        drafted = image.draft(None, wanted)
        scale = round(size[0] / drafted[1][2]) if drafted else 1
        image.load()
        self._refuse_a_lost_end(image)
        left, top, right, bottom = (edge / scale for edge in aim.box)
        return pillow.reduced(pillow.plain(image), Aim((left, top, right, bottom), aim.size))

    def _refuse_a_lost_end(self, image: Image.Image) -> None:
        """Raise where the file was closed properly after a loss, which Pillow does not tell.

        The decoder then fills the rest with one colour. Only a picture with such an end is
        decoded once more, by libvips, which does tell.
        """
        rows = max(2, image.height // 16)
        if image.height <= rows:
            return
        end = np.asarray(image.crop((0, image.height - rows, *image.size)))
        if (end != end[:1, :1]).any():
            return
        complaint = vips.jpeg_complaint(self._path)
        if any(word in complaint.lower() for word in _LOSS):
            raise OSError(complaint)


@contextmanager
def open_jpeg(place: Place) -> Iterator[_JpegSource]:
    """Open a JPEG file by Pillow; a second picture in it (MPO) is passed over."""
    with place.path.open("rb") as file:
        image = JpegImagePlugin.JpegImageFile(file)
        yield _JpegSource(place.path, image)
