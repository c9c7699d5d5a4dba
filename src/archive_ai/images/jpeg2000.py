"""JPEG 2000 by Pillow, at the smallest stored resolution that is large enough."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from PIL import Image, Jpeg2KImagePlugin

from archive_ai.images import pillow, sources
from archive_ai.images.geometry import Aim, Size, cut
from archive_ai.images.sources import Place, Raster

_START = b"\xff\x4f\xff\x51"
_CODING_STYLE = b"\xff\x52"
_SEARCHED_BYTES = 4_000_000


@dataclass(frozen=True, slots=True)
class _Codestream:
    """What the main header says.

    ``levels`` counts the halvings that are stored; ``uneven`` says that colours are stored
    coarser than the picture and do not divide it evenly.
    """

    levels: int
    uneven: bool


class _Jpeg2000Source:
    """A JPEG 2000 file of which Pillow has read the header."""

    orientation = 1

    def __init__(self, image: Image.Image, levels: int) -> None:
        self._image = image
        self._levels = levels
        self.size: Size = image.size
        sources.check_size(image.size, sources.MOST_HELD)
        self.profile = pillow.profile(image)

    def undivided(self) -> _Jpeg2000Source:
        """The same file, to be decoded at its full resolution."""
        return _Jpeg2000Source(self._image, 0)

    def raster(self, aim: Aim) -> Raster:
        """Decode at a halving, where one is stored and Pillow's sizes come out even."""
        factor = min(cut(aim, self.size).factors)
        halvings = min(self._levels, factor.bit_length() - 1)
        while halvings and any(side % (1 << halvings) for side in self.size):
            halvings -= 1
        image = self._image
        if halvings and isinstance(image, Jpeg2KImagePlugin.Jpeg2KImageFile):
            image.reduce = halvings
        image = image.copy()  # decodes; and a plain Image has Image's own method "reduce" again
        left, top, right, bottom = (edge / (1 << halvings) for edge in aim.box)
        return pillow.reduced(pillow.plain(image), Aim((left, top, right, bottom), aim.size))


@contextmanager
def open_jpeg2000(place: Place) -> Iterator[_Jpeg2000Source]:
    """Open a JPEG 2000 file; unevenly coarser colours are refused, since Pillow garbles them."""
    with place.path.open("rb") as file:
        codestream = _codestream(file)
        if codestream.uneven:
            raise ValueError("colour components of uneven size are not supported")
        file.seek(0)
        with Image.open(file, formats=["JPEG2000"]) as image:
            yield _Jpeg2000Source(image, codestream.levels)


@contextmanager
def open_undivided(place: Place) -> Iterator[_Jpeg2000Source]:
    """Open a file of whose tiles the smaller resolutions cannot be put together by Pillow."""
    with open_jpeg2000(place) as source:
        yield source.undivided()


def _codestream(file: BinaryIO) -> _Codestream:
    """Read the main header; where there is none, the decoder is left to say so."""
    head = file.read(_SEARCHED_BYTES)
    start = head.find(_START) + 2
    if start < 2:
        return _Codestream(0, uneven=False)
    try:
        length, width, height, components = struct.unpack_from(">2xH2xII24xH", head, start)
        steps = head[start + 40 : start + 40 + 3 * components]
        style = head.find(_CODING_STYLE, start + 2 + length, start + 2 + length + 65_536)
        levels = head[style + 9] if style > 0 else 0
    except (struct.error, IndexError):
        return _Codestream(0, uneven=False)
    uneven = any(step and width % step for step in steps[1::3])
    uneven = uneven or any(step and height % step for step in steps[2::3])
    return _Codestream(min(levels, 8), uneven)
