"""What can be measured on a picture's pixels and need not be guessed from words."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Colour(StrEnum):
    """How a picture is coloured; a print on yellowed paper is toned."""

    BLACK_AND_WHITE = "black-and-white"
    TONED = "toned"
    COLOUR = "colour"


class Orientation(StrEnum):
    """The shape of an upright picture; a panorama is more than twice as wide as high."""

    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"
    SQUARE = "square"
    PANORAMA = "panorama"


@dataclass(frozen=True, slots=True)
class Measures:
    """What a picture's pixels say.

    ``tint`` is the strength of the main hue and ``chroma`` that of all other hues, in steps of
    8-bit chroma (0 to about 180). ``positive_score`` is above 0 where tones look as in life and
    below 0 where they look inverted; ``negative`` is None in doubt. ``detail`` is the range of
    lightness, 0 to 255, that uneven light and paper do not explain. ``hash`` is a perceptual hash,
    empty where nothing made one.
    """

    colour: Colour
    tint: float
    chroma: float
    orientation: Orientation
    negative: bool | None
    positive_score: float
    blank: bool
    detail: float
    hash: bytes = b""

    def to_json(self) -> dict[str, Any]:
        """Return what is of use to people: all but the hash."""
        return {name: value for name, value in asdict(self).items() if name != "hash"}


def orientation(size: tuple[int, int]) -> Orientation:
    """Name the shape of an upright picture of ``size`` (width, height); within 5 % is square."""
    width, height = size
    if width > 2 * height:
        return Orientation.PANORAMA
    if max(width, height) <= 1.05 * min(width, height):
        return Orientation.SQUARE
    return Orientation.LANDSCAPE if width > height else Orientation.PORTRAIT
