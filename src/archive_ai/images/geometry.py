"""Which part of a picture goes where, in numbers only.

Two frames are spoken of: *upright* is the picture as it is to be seen, *stored* is the order of
its pixels in the file. A box is (left, top, right, bottom) in pixels, and need not be whole.
Everything is worked out before a pixel is read, so that only the part that is needed is decoded
and a strip of 1 x 30000 pixels never becomes a picture of 224 x 6720000.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor

from archive_ai.domain import Preprocessing

Size = tuple[int, int]
Box = tuple[float, float, float, float]

OVERSAMPLING = 2
"""Cheap averaging stops at this many times the size aimed at; a bicubic filter does the rest."""


@dataclass(frozen=True, slots=True)
class Aim:
    """The part ``box`` of a picture, to be scaled to ``size`` (width, height)."""

    box: Box
    size: Size


@dataclass(frozen=True, slots=True)
class Cut:
    """What to decode for an aim.

    The whole pixels ``window`` (left, top, right, bottom) are averaged in blocks of ``factors``
    (across, down), incomplete blocks included; ``box`` is the aim's box within the result.
    """

    window: tuple[int, int, int, int]
    factors: tuple[int, int]
    box: Box


def whole(size: Size) -> Box:
    """The box of a whole picture."""
    return (0.0, 0.0, float(size[0]), float(size[1]))


def framing(size: Size, preprocessing: Preprocessing) -> Aim:
    """What an encoder wants to see of an upright picture of ``size``, as open_clip does it.

    The aim's size is the square of ``preprocessing``, or for ``longest`` the largest rectangle
    of the picture's shape in it (the rest is to be filled: see :func:`margins`).
    """
    width, height = size
    square = preprocessing.size
    if preprocessing.resize == "squash":
        return Aim(whole(size), (square, square))
    if preprocessing.resize == "longest":
        ratio = max(width, height) / square
        return Aim(whole(size), (max(1, round(width / ratio)), max(1, round(height / ratio))))
    # torchvision rounds the long side down and the crop's corner to the nearest pixel.
    scaled_width = square if width <= height else int(square * width / height)
    scaled_height = square if height <= width else int(square * height / width)
    left = round((scaled_width - square) / 2.0)
    top = round((scaled_height - square) / 2.0)
    across, down = width / scaled_width, height / scaled_height
    box = (
        left * across,
        top * down,
        min((left + square) * across, width),
        min((top + square) * down, height),
    )
    return Aim(box, (square, square))


def margins(size: Size, square: int) -> tuple[int, int]:
    """Left and top margin that put a picture of ``size`` into the middle of a square."""
    return (square - size[0]) // 2, (square - size[1]) // 2


def fitted(size: Size, longest: int) -> Size:
    """The size with no side longer than ``longest``; never larger than ``size``, at least 1."""
    ratio = max(max(size) / longest, 1.0)
    return max(1, round(size[0] / ratio)), max(1, round(size[1] / ratio))


def turned(size: Size, orientation: int) -> Size:
    """Width and height after (or before) an EXIF orientation, 1 to 8, is applied."""
    return (size[1], size[0]) if orientation >= 5 else size


def stored(aim: Aim, size: Size, orientation: int) -> Aim:
    """Express an upright aim in the frame of the file, whose stored ``size`` is given."""
    width, height = size
    left, top, right, bottom = aim.box
    if orientation >= 5:
        left, top, right, bottom = top, left, bottom, right
    if orientation in (2, 3, 7, 8):
        left, right = width - right, width - left
    if orientation in (3, 4, 6, 7):
        top, bottom = height - bottom, height - top
    return Aim((left, top, right, bottom), turned(aim.size, orientation))


def cut(aim: Aim, size: Size) -> Cut:
    """What to decode of a picture of ``size`` for an aim in the same frame.

    The window is the aim's box and as much around it as a bicubic filter looks at.
    """
    left, right, across = _span(aim.box[0], aim.box[2], aim.size[0], size[0])
    top, bottom, down = _span(aim.box[1], aim.box[3], aim.size[1], size[1])
    # Blocks may reach over the edge; the box must not, not even by a rounding error.
    limit_x, limit_y = ceil((right - left) / across), ceil((bottom - top) / down)
    box = (
        max(0.0, (aim.box[0] - left) / across),
        max(0.0, (aim.box[1] - top) / down),
        min(float(limit_x), (aim.box[2] - left) / across),
        min(float(limit_y), (aim.box[3] - top) / down),
    )
    return Cut((left, top, right, bottom), (across, down), box)


def _span(start: float, end: float, target: int, limit: int) -> tuple[int, int, int]:
    """First pixel, pixel after the last, and block length along one side."""
    factor = max(1, floor((end - start) / (target * OVERSAMPLING)))
    support = 2 * (ceil((end - start) / factor / target) + 1)
    first = max(0, floor(start / factor) - support) * factor
    last = min(limit, (ceil(end / factor) + support) * factor)
    return first, last, factor
