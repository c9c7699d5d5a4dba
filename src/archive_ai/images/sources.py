"""What the decoders have in common: an opened page of which a part can be had, small."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PIL import Image

from archive_ai.images.geometry import Aim, Box, Size
from archive_ai.images.samples import Scaling
from archive_ai.images.tiff import Directory

MOST_STREAMED = 20_000_000_000
"""Pixels of a page that is decoded strip by strip: about two minutes of work, little memory."""

MOST_HELD = 500_000_000
"""Pixels of a page that a decoder must hold in memory as a whole: about 2 GB."""


@dataclass(frozen=True, slots=True)
class Raster:
    """Decoded pixels of mode L, RGB or CMYK, 8 bits, without alpha; ``box`` is what was asked."""

    image: Image.Image
    box: Box


class TooLargeError(Exception):
    """More pixels than a decoder may hold (``limit``)."""

    def __init__(self, size: Size, limit: int) -> None:
        super().__init__(f"{size[0]} x {size[1]} pixels")
        self.size = size
        self.limit = limit


class Source(Protocol):
    """An opened page."""

    @property
    def size(self) -> Size:
        """Width and height as stored."""

    @property
    def orientation(self) -> int:
        """EXIF orientation, 1 to 8."""

    @property
    def profile(self) -> bytes:
        """The embedded ICC profile, or empty."""

    def raster(self, aim: Aim) -> Raster:
        """Decode what an aim in the stored frame needs; may be called once."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page is: the file, its container, and for a TIFF the directory of the page.

    ``scaling`` is given where the page is read in parts, which must be equally bright.
    """

    path: Path
    container: str
    directory: Directory | None = None
    scaling: Scaling | None = None


OpenSource = Callable[[Place], AbstractContextManager[Source]]


def check_size(size: Size, limit: int) -> None:
    """Raise TooLargeError where ``size`` has more than ``limit`` pixels."""
    if size[0] * size[1] > limit:
        raise TooLargeError(size, limit)


def sound_orientation(value: object) -> int:
    """An EXIF orientation from 1 to 8; whatever else stands there means upright."""
    return value if isinstance(value, int) and 1 <= value <= 8 else 1
