"""Pictures by libvips, streamed: of a large scan only strips are in memory, never the whole."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pyvips
from PIL import Image

from archive_ai.images import sources
from archive_ai.images.geometry import Aim, Size, cut
from archive_ai.images.samples import Samples, to_bytes
from archive_ai.images.sources import Place, Raster

LOADERS = {
    "jpeg": "jpegload",
    "tiff": "tiffload",
    "png": "pngload",
    "gif": "gifload",
    "webp": "webpload",
    "avif": "heifload",
    "heif": "heifload",
}
"""Containers and the loaders for them; libvips never chooses one by itself."""

_HOLDING = frozenset({"gif", "webp", "avif", "heif"})
_TYPES = {
    "uchar": np.uint8,
    "char": np.int8,
    "ushort": np.uint16,
    "short": np.int16,
    "uint": np.uint32,
    "int": np.int32,
    "float": np.float32,
    "double": np.float64,
}
_NO_SUPPORT = re.compile(
    r"not supported|unsupported|not configured|not built in|not implemented|bad labq|unknown type",
    re.IGNORECASE,
)
_OPAQUE_WHITE = {"uchar": 255, "ushort": 65535}
_MEASURED_SPACES = frozenset({"lab", "labs", "labq", "lch", "cmc", "xyz", "yxy", "hsv"})


def prepare() -> None:
    """Set what libvips keeps for the whole process; may be called often, from any thread.

    No operation cache, which would hand out the old pixels of a file that was replaced, and one
    thread a picture: the workers already decode one picture each, and more threads than cores
    make all of them slower.
    """
    pyvips.cache_set_max(0)
    pyvips.concurrency_set(1)


class _VipsSource:
    """A file of which libvips has read the header."""

    def __init__(self, image: Any, place: Place) -> None:
        self._image = image
        self._place = place
        self.size: Size = (image.width, image.height)
        held = place.container in _HOLDING or bool(_field(image, "interlaced"))
        sources.check_size(self.size, sources.MOST_HELD if held else sources.MOST_STREAMED)
        self.orientation = sources.sound_orientation(_field(image, "orientation"))
        self.profile = _profile(image)

    def raster(self, aim: Aim) -> Raster:
        """Stream through the window that is needed, averaging blocks."""
        part = cut(aim, self.size)
        left, top, right, bottom = part.window
        image = self._image.crop(left, top, right - left, bottom - top)
        image = self._colours(image)
        if part.factors != (1, 1):
            image = image.shrink(*part.factors, ceil=True)
        if image.interpretation in _MEASURED_SPACES:
            image = image.colourspace("srgb")
        return Raster(self._picture(image), part.box)

    def _colours(self, image: Any) -> Any:
        """Drop what is no colour, opacity being applied first: 1, 3 or 4 (CMYK) bands stay."""
        directory = self._place.directory
        colours = 1 if image.bands < 3 else 4 if image.interpretation == "cmyk" else 3
        if image.bands <= colours:
            return image
        white = _OPAQUE_WHITE.get(image.format)
        alpha = directory is None or directory.extra_is_alpha
        if white and alpha and colours != 4 and image.bands == colours + 1 and image.hasalpha():
            return image.flatten(background=[white] * colours)
        return image[0] if colours == 1 else image[0:colours]

    def _picture(self, image: Any) -> Image.Image:
        shape = (image.height, image.width, image.bands)
        values: Samples = np.frombuffer(image.write_to_memory(), dtype=_TYPES[image.format])
        values = values.reshape(shape)
        directory, scaling = self._place.directory, self._place.scaling
        if values.dtype == np.uint8 or directory is None:
            values = to_bytes(values, guess_depth=False, scaling=scaling)
        elif directory.white_is_zero and values.dtype == np.uint16:
            # libvips has turned these already, but over all 16 bits.
            values = 255 - to_bytes(65535 - values, scaling=scaling)
        else:
            values = to_bytes(values, scaling=scaling)
            values = 255 - values if directory.white_is_zero and image.bands == 1 else values
        mode = {1: "L", 3: "RGB", 4: "CMYK"}[image.bands]
        return Image.frombytes(mode, (image.width, image.height), values.tobytes())


@contextmanager
def open_picture(place: Place) -> Iterator[_VipsSource]:
    """Open a page for one pass from top to bottom; damage is an error, never a grey area."""
    options: dict[str, Any] = {"access": "sequential", "fail_on": "error"}
    if place.container == "jpeg":
        options["fail_on"] = "warning"  # to this decoder a lost end is no more than that
    if place.directory is not None:
        # Its limit of 50 MB a strip is meant for strangers' files; the size is limited here.
        options |= {"page": place.directory.index, "unlimited": True}
    name = _system_name(place.path)
    image = pyvips.Operation.call(LOADERS[place.container], name, **options)
    primary = _field(image, "heif-primary")
    if isinstance(primary, int) and primary > 0:
        image = pyvips.Operation.call(LOADERS[place.container], name, page=primary, **options)
    yield _VipsSource(image, place)


def lacks_support(error: pyvips.Error) -> bool:
    """Whether libvips says that it does not know a kind of file, not that the page is damaged."""
    return bool(_NO_SUPPORT.search(str(error)))


def minds_other_pages(error: pyvips.Error) -> bool:
    """Whether libvips gave up counting the pages of a TIFF, of which a later one is cut off."""
    return "can not read tiff directory" in str(error).lower()


def jpeg_complaint(path: Path) -> str:
    """What a decoder that minds every warning says of a JPEG file; empty if nothing."""
    try:
        pyvips.Image.jpegload(_system_name(path), access="sequential", fail_on="warning").avg()
    except pyvips.Error as error:
        return str(error.detail)
    return ""


def _system_name(path: Path) -> bytes:
    """The path as libvips wants it: the bytes that the system uses, valid text or not."""
    return os.fsencode(path)


def _field(image: Any, name: str) -> object:
    """A header field, or None where it is not there."""
    value: object = image.get(name) if image.get_typeof(name) else None
    return value


def _profile(image: Any) -> bytes:
    value = _field(image, "icc-profile-data")
    return value if isinstance(value, bytes) else b""
