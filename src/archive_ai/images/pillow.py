"""Pictures by Pillow, decoded whole: the formats that libvips lacks here, and a second try.

Pillow's own guard against huge pictures is off (see :func:`prepare`): ours answers in its place,
with a cause and advice. Its remarks about odd files are silenced: a file is read or is refused.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from PIL import ExifTags, Image, ImageCms

from archive_ai.images import sources
from archive_ai.images.geometry import Aim, Size, cut
from archive_ai.images.samples import Scaling, to_bytes
from archive_ai.images.sources import Place, Raster

PLUGINS = {
    "tiff": "TIFF",
    "png": "PNG",
    "gif": "GIF",
    "bmp": "BMP",
    "webp": "WEBP",
    "pnm": "PPM",
    "psd": "PSD",
    "avif": "AVIF",
}
"""Containers and Pillow's names for them; no other plugin is ever asked."""

_DEEP_MODES = frozenset({"I", "F", "I;16", "I;16L", "I;16B", "I;16N"})
_ALPHA_MODES = frozenset({"LA", "La", "PA", "RGBA", "RGBa"})


def prepare() -> None:
    """Set what Pillow keeps for the whole process; may be called often, from any thread."""
    Image.MAX_IMAGE_PIXELS = None
    Image.init()
    warnings.filterwarnings("ignore", module=r"PIL\.")
    logger = logging.getLogger("PIL")
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())


def orientation(image: Image.Image) -> int:
    """EXIF orientation; 1 where the EXIF block is damaged."""
    try:
        return sources.sound_orientation(image.getexif().get(ExifTags.Base.Orientation, 1))
    except Exception:  # a damaged block raises anything, and does not spoil the picture
        return 1


def profile(image: Image.Image) -> bytes:
    """The embedded ICC profile, or empty."""
    value = image.info.get("icc_profile")
    return value if isinstance(value, bytes) else b""


def plain(
    image: Image.Image,
    *,
    guess_depth: bool = False,
    white_is_zero: bool = False,
    scaling: Scaling | None = None,
) -> Image.Image:
    """Bring a loaded picture of any mode to L, RGB or CMYK with 8 bits, flattened onto white.

    ``white_is_zero`` says that values above 8 bits still run from light to dark.
    """
    if image.mode in _DEEP_MODES:
        values = to_bytes(np.asarray(image), guess_depth=guess_depth, scaling=scaling)
        return Image.fromarray(255 - values if white_is_zero else values)
    if "transparency" in image.info and image.mode in ("1", "L", "P", "RGB"):
        image = image.convert("RGBA")
    if image.mode in _ALPHA_MODES:
        image = image.convert("RGBA")
        white = Image.new("RGBA", image.size, (255, 255, 255, 255))
        return Image.alpha_composite(white, image).convert("RGB")
    if image.mode == "LAB":
        lab, srgb = ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB")
        return ImageCms.buildTransform(lab, srgb, "LAB", "RGB").apply(image)
    if image.mode == "1":
        return image.convert("L")
    return image if image.mode in ("L", "RGB", "CMYK") else image.convert("RGB")


def reduced(image: Image.Image, aim: Aim) -> Raster:
    """Cut out and average what an aim in the picture's own pixels needs."""
    part = cut(aim, image.size)
    return Raster(image.reduce(part.factors, part.window), part.box)


class _PillowSource:
    """A file that Pillow has decoded."""

    def __init__(self, image: Image.Image, place: Place) -> None:
        self._image = image
        self._place = place
        self.size: Size = image.size
        sources.check_size(image.size, sources.MOST_HELD)
        # First of all: to ask a damaged PNG for its EXIF block decodes it and hides the error.
        image.load()
        # Pillow turns a TIFF upright by itself, and says its size accordingly.
        self.orientation = 1 if place.container == "tiff" else orientation(image)
        self.profile = profile(image)

    def raster(self, aim: Aim) -> Raster:
        """Reduce what is needed of the picture."""
        directory = self._place.directory
        image = plain(
            self._image,
            guess_depth=directory is not None,
            white_is_zero=directory is not None and directory.white_is_zero,
            scaling=self._place.scaling,
        )
        return reduced(image, aim)


@contextmanager
def open_picture(place: Place) -> Iterator[_PillowSource]:
    """Open a file by the one plugin that its container belongs to."""
    with (
        place.path.open("rb") as file,
        Image.open(file, formats=[PLUGINS[place.container]]) as image,
    ):
        if place.directory is not None:
            image.seek(place.directory.index)
        yield _PillowSource(image, place)
