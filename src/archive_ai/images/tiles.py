"""Tiles for looking closely: a picture at full size and at its halves, cut into squares.

All tiles of a picture lie in one file: a mark, the place of each tile, the tiles as JPEG. One file
is made, counted and dropped as a whole, where a folder of thousands could be found half there.

Memory is that of a band of the picture (:data:`BAND_PIXELS`), and of the whole only where a decoder
cannot do with less: of a JPEG three bytes a pixel.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from PIL import Image

from archive_ai.errors import UnreadablePicture
from archive_ai.images import opening, pillow, vips
from archive_ai.images.geometry import Aim, Size, fitted, whole
from archive_ai.images.samples import Scaling
from archive_ai.images.sources import MOST_HELD
from archive_ai.images.thumbnails import Form, written

TILE = 512
"""Pixels a side; at the right and lower edges less."""

LEAST_FACTORS = 6
"""A picture has at least this many scale factors. Viewers take ``sizes`` for the sizes of the scale
factors where there are as many of both, and four or five sizes are listed."""

MOST_TILED = MOST_HELD
"""Pixels of a picture that is cut into tiles: it is read band by band, each time from its start."""

BAND_PIXELS = 16_000_000
_LOOKED_AT = 1536
_MARK = b"AAITILE1"
_PLACE = struct.Struct("<QI")
_REGION = re.compile(r"(\d{1,9}),(\d{1,9}),\d{1,9},\d{1,9}", re.ASCII)

Keep = Callable[[int, Image.Image], None]


@dataclass(frozen=True, slots=True)
class Layout:
    """Which tiles an upright picture of ``size`` has, by number: the largest scale comes first, its
    rows from top to bottom.
    """

    size: Size

    @property
    def factors(self) -> list[int]:
        """The scale factors, from 1: at the last one the whole picture is one tile."""
        count = LEAST_FACTORS
        while max(self.size) > TILE << (count - 1):
            count += 1
        return [1 << place for place in range(count)]

    def level(self, factor: int) -> Size:
        """Return width and height of the picture at a scale factor."""
        return -(-self.size[0] // factor), -(-self.size[1] // factor)

    def grid(self, factor: int) -> Size:
        """Return how many tiles there are across and down at a scale factor."""
        width, height = self.level(factor)
        return -(-width // TILE), -(-height // TILE)

    def first(self, factor: int) -> int:
        """Return the number of the first tile at a scale factor."""
        grids = [self.grid(one) for one in self.factors if one < factor]
        return sum(across * down for across, down in grids)

    @property
    def count(self) -> int:
        """How many tiles there are."""
        return self.first(self.factors[-1]) + 1

    def find(self, region: str, size: str) -> int | None:
        """Return the number of the tile that IIIF calls so; None where there is none.

        ``region`` is ``x,y,w,h`` in pixels of the picture, or ``full`` for all of it; ``size`` is
        ``w,h``.
        """
        asked = _REGION.fullmatch(region)
        if asked is None and region != "full":
            return None
        left, top = (int(asked[1]), int(asked[2])) if asked else (0, 0)
        for factor in self.factors:
            step = TILE * factor
            column, row = left // step, top // step
            if self._name(factor, column, row) == (region, size):
                return self.first(factor) + row * self.grid(factor)[0] + column
        return None

    def _name(self, factor: int, column: int, row: int) -> tuple[str, str]:
        """Return region and size of a tile in the one form that IIIF calls canonical."""
        step = TILE * factor
        left, top = column * step, row * step
        width, height = min(step, self.size[0] - left), min(step, self.size[1] - top)
        region = f"{left},{top},{width},{height}"
        if (width, height) == self.size:
            region = "full"
        return region, f"{-(-width // factor)},{-(-height // factor)}"


def write_tiles(path: Path, page: int, size: Size, file: BinaryIO) -> None:
    """Write all tiles of ``page`` (from 1), whose upright picture is of ``size``, into a new file.

    Upright, sRGB, without any metadata of the scan, as bright as its thumbnails. Raises
    UnreadablePicture.
    """
    pillow.prepare()
    vips.prepare()
    layout = Layout(size)
    places = [(0, 0)] * layout.count
    file.seek(len(_MARK) + _PLACE.size * layout.count)

    def keep(number: int, tile: Image.Image) -> None:
        content = written(tile, Form.JPEG)
        places[number] = (file.tell(), len(content))
        file.write(content)

    level = _Level(layout, layout.factors, keep)
    scaling = Scaling()
    # What is black and white is found out as for thumbnails, once for all bands.
    opening.decode(path, page, _as_thumbnail, scaling=scaling)
    rows = max(1, BAND_PIXELS // size[0] // TILE) * TILE
    for top in range(0, size[1], rows):
        band = _band(path, page, size, (top, min(top + rows, size[1])), scaling)
        for start in range(0, band.height, TILE):
            end = min(start + TILE, band.height)
            level.add(band.crop((0, start, band.width, end)))
    file.seek(0)
    file.write(_MARK + b"".join(_PLACE.pack(*place) for place in places))


def read_tile(file: BinaryIO, number: int) -> bytes:
    """Return a tile, a JPEG, by its number; raise ValueError where the file is damaged."""
    start = len(_MARK) + _PLACE.size * number
    head = file.read(start + _PLACE.size)
    if not head.startswith(_MARK) or len(head) != start + _PLACE.size:
        raise ValueError("no file of tiles")
    place, length = _PLACE.unpack(head[start:])
    file.seek(place)
    content = file.read(length)
    if not length or len(content) != length:
        raise ValueError("a file of tiles that is cut off")
    return content


def _as_thumbnail(size: Size) -> Aim:
    return Aim(whole(size), fitted(size, _LOOKED_AT))


def _band(
    path: Path, page: int, size: Size, rows: tuple[int, int], scaling: Scaling
) -> Image.Image:
    """Decode the rows from ``rows[0]`` to before ``rows[1]`` of the upright picture."""
    box = (0.0, float(rows[0]), float(size[0]), float(rows[1]))

    def aim_at(found: Size) -> Aim:
        if found != size:
            raise UnreadablePicture(
                f"The file {path.name} has {found[0]} x {found[1]} pixels, and not "
                f"{size[0]} x {size[1]} as when it was indexed.",
                "Index it again.",
            )
        return Aim(box, (size[0], rows[1] - rows[0]))

    return opening.decode(path, page, aim_at, scaling=scaling).image


class _Level:
    """The picture at one scale, of which a row of tiles is held at a time."""

    def __init__(self, layout: Layout, factors: list[int], keep: Keep) -> None:
        self._size = layout.level(factors[0])
        self._across = layout.grid(factors[0])[0]
        self._next_number = layout.first(factors[0])
        self._keep = keep
        self._row = Image.new("RGB", (self._size[0], min(TILE, self._size[1])))
        self._filled = self._done = 0
        self._half = _Level(layout, factors[1:], keep) if len(factors) > 1 else None

    def add(self, strip: Image.Image) -> None:
        """Take the rows that follow, no more than the row of tiles still lacks."""
        self._row.paste(strip, (0, self._filled))
        self._filled += strip.height
        if self._filled == TILE or self._done + self._filled == self._size[1]:
            self._cut()

    def _cut(self) -> None:
        row = self._row.crop((0, 0, self._size[0], self._filled))
        for column in range(self._across):
            right = min((column + 1) * TILE, self._size[0])
            self._keep(self._next_number, row.crop((column * TILE, 0, right, self._filled)))
            self._next_number += 1
        if self._half is not None:
            self._half.add(row.reduce(2))
        self._done += self._filled
        self._filled = 0
