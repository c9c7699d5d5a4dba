"""A sheet to draw on in units of its own height, with gradients, shadows and mottling.

Drawers measure in hundredths of the picture's height, so that one drawing serves a thumbnail
for training and a large scan alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from archive_ai.sample.dice import Dice
from archive_ai.sample.lettering import width_of, write

Colour = tuple[int, int, int]
Point = tuple[float, float]
Box = tuple[int, int, int, int]

BLACK: Colour = (16, 15, 14)
WHITE: Colour = (240, 238, 232)


def mixed(first: Colour, second: Colour, share: float) -> Colour:
    """The colour ``share`` of the way from ``first`` to ``second``."""
    red, green, blue = (
        round(one + (two - one) * share) for one, two in zip(first, second, strict=True)
    )
    return (red, green, blue)


def darker(colour: Colour, share: float) -> Colour:
    """``colour`` with ``share`` of its light taken away."""
    return mixed(colour, (0, 0, 0), share)


def lighter(colour: Colour, share: float) -> Colour:
    """``colour`` moved by ``share`` towards white."""
    return mixed(colour, (255, 255, 255), share)


def cloud_field(dice: Dice, size: tuple[int, int], cell: float, octaves: int = 4) -> Image.Image:
    """Soft noise as a grey picture; ``cell`` is the width in pixels of the largest blotch."""
    width, height = size
    total: NDArray[np.float32] | None = None
    strength = 1.0
    for _ in range(octaves):
        across, down = max(2, round(width / cell) + 1), max(2, round(height / cell) + 1)
        across, down = min(across, width), min(down, height)
        grid = dice.generator.random((down, across), dtype=np.float32)
        layer = Image.fromarray(grid).resize(size, Image.Resampling.BICUBIC)
        values = np.asarray(layer, dtype=np.float32) * strength
        total = values if total is None else total + values
        strength *= 0.55
        cell /= 2.1
    assert total is not None
    low, high = float(total.min()), float(total.max())
    scaled = (total - low) * (255.0 / max(high - low, 1e-6))
    return Image.fromarray(scaled.astype(np.uint8))


class Canvas:
    """The sheet: height 100 units, width ``width`` units, origin at the top left."""

    def __init__(self, size: tuple[int, int], dice: Dice, paper: Colour = WHITE) -> None:
        self.image = Image.new("RGB", size, paper)
        self.dice = dice
        self.unit = size[1] / 100.0
        self.width = 100.0 * size[0] / size[1]
        self.pen = ImageDraw.Draw(self.image)
        self._mottling: dict[int, Image.Image] = {}
        self.sun = dice.pick([-1, 1])
        self._factor = 1.0
        self._about: Point = (0.0, 0.0)

    @contextmanager
    def resized(self, factor: float, about: Point) -> Iterator[None]:
        """Draws what follows nearer or farther, around a point that stays where it is."""
        self._factor, self._about = factor, about
        yield
        self._factor, self._about = 1.0, (0.0, 0.0)

    @property
    def stroke(self) -> float:
        """Pixels to a unit, at the distance that is drawn at."""
        return self.unit * self._factor

    def scaled(self, points: Sequence[Point]) -> list[Point]:
        """Points in pixels."""
        near, (middle, level) = self._factor, self._about
        shift_x, shift_y = middle * (1 - near), level * (1 - near)
        return [
            ((x * near + shift_x) * self.unit, (y * near + shift_y) * self.unit) for x, y in points
        ]

    def polygon(self, points: Sequence[Point], colour: Colour) -> None:
        """A flat shape."""
        self.pen.polygon(self.scaled(points), fill=colour)

    def rect(self, left: float, top: float, right: float, bottom: float, colour: Colour) -> None:
        """A flat upright rectangle."""
        self.polygon([(left, top), (right, top), (right, bottom), (left, bottom)], colour)

    def disc(self, x: float, y: float, across: float, down: float, colour: Colour) -> None:
        """A flat ellipse around a middle, with its half width and half height."""
        self.pen.ellipse(self._box(x, y, across, down), fill=colour)

    def ring(self, x: float, y: float, radius: float, colour: Colour, width: float) -> None:
        """A circle's line."""
        pixels = max(1, round(width * self.stroke))
        self.pen.ellipse(self._box(x, y, radius, radius), outline=colour, width=pixels)

    def line(self, points: Sequence[Point], colour: Colour, width: float) -> None:
        """A stroke through points; never thinner than a pixel."""
        pixels = max(1, round(width * self.stroke))
        self.pen.line(self.scaled(points), fill=colour, width=pixels, joint="curve")

    def fade(
        self, points: Sequence[Point], first: Colour, last: Colour, *, across: bool = False
    ) -> None:
        """A shape whose colour goes from top to bottom, or from left to right."""
        box, mask = self._mask(points)
        size = mask.size
        ramp = _ramp(size, across)
        patch = Image.composite(Image.new("RGB", size, last), Image.new("RGB", size, first), ramp)
        self.image.paste(patch, box[:2], mask)

    def shade(
        self,
        points: Sequence[Point],
        start: float,
        end: float,
        *,
        across: bool = False,
        colour: Colour = (0, 0, 0),
    ) -> None:
        """A veil over a shape, its strength going from ``start`` to ``end``."""
        box, mask = self._mask(points)
        ramp = _ramp(mask.size, across)
        strengths = ramp.point([round(255 * (start + (end - start) * k / 255)) for k in range(256)])
        self.image.paste(colour, box[:2] + _far(box), ImageChops.multiply(mask, strengths))

    def mottle(
        self, points: Sequence[Point], strength: float, cell: float = 3.0, colour: Colour = BLACK
    ) -> None:
        """Blotches over a shape, as weathered walls, soil and foliage have them."""
        box, mask = self._mask(points)
        noise = self._noise(cell).crop(box)
        strengths = noise.point(
            [min(255, max(0, round((k - 90) * 1.5 * strength))) for k in range(256)]
        )
        self.image.paste(colour, box[:2] + _far(box), ImageChops.multiply(mask, strengths))

    def blur(self, radius: float) -> None:
        """Puts all that is drawn so far out of focus, as the distance is."""
        self.image = self.image.filter(ImageFilter.BoxBlur(radius * self.unit * 1.5))
        self.pen = ImageDraw.Draw(self.image)

    def haze(self, colour: Colour, strength: float) -> None:
        """Lays mist over all that is drawn so far."""
        veil = Image.new("RGB", self.image.size, colour)
        self.image = Image.blend(self.image, veil, strength)
        self.pen = ImageDraw.Draw(self.image)

    def cloud(self, box: tuple[float, float, float, float], colour: Colour, alpha: float) -> None:
        """Soft smoke or cloud within an upright box of units: left, top, right, bottom."""
        (near_x, near_y), (far_x, far_y) = self.scaled([(box[0], box[1]), (box[2], box[3])])
        left, top, right, bottom = round(near_x), round(near_y), round(far_x), round(far_y)
        size = (max(4, right - left), max(4, bottom - top))
        small = (max(4, size[0] // 4), max(4, size[1] // 4))
        noise = np.asarray(
            cloud_field(self.dice, small, max(3.0, small[1] / 2.2)), dtype=np.float32
        )
        down = np.linspace(-1, 1, small[1], dtype=np.float32)[:, None]
        across = np.linspace(-1, 1, small[0], dtype=np.float32)[None, :]
        body = np.clip(1.25 - (down**2 + across**2) * 1.15, 0, 1)
        strength = np.clip((noise / 255 - 0.25) * 2.2, 0, 1) * body * alpha * 255
        mask = Image.fromarray(strength.astype(np.uint8)).resize(size, Image.Resampling.BICUBIC)
        self.image.paste(colour, (left, top, left + size[0], top + size[1]), mask)

    def text(self, at: Point, words: str, size: float, colour: Colour, anchor: str = "l") -> None:
        """Words with their top left, middle or right (``l``, ``m``, ``r``) at a point."""
        pixels = max(5, round(size * self.stroke))
        write(self.pen, self.scaled([at])[0], words, pixels, colour, anchor)

    def text_width(self, words: str, size: float) -> float:
        """How wide words will be, in units."""
        return width_of(self.pen, words, max(5, round(size * self.stroke))) / self.stroke

    def everything(self) -> list[Point]:
        """The whole sheet as a shape."""
        return [(0, 0), (self.width, 0), (self.width, 100), (0, 100)]

    def _box(
        self, x: float, y: float, across: float, down: float
    ) -> tuple[float, float, float, float]:
        ((middle, level),) = self.scaled([(x, y)])
        across, down = abs(across) * self.stroke, abs(down) * self.stroke
        return middle - across, level - down, middle + across, level + down

    def cut(self, points: Sequence[Point], behind: Image.Image) -> None:
        """Opens a shape onto a picture that was there before."""
        box, mask = self._mask(points)
        self.image.paste(behind.crop(box), box[:2], mask)

    def _mask(self, points: Sequence[Point]) -> tuple[Box, Image.Image]:
        scaled = self.scaled(points)
        width, height = self.image.size
        left = min(max(0, int(min(x for x, _ in scaled))), width - 1)
        top = min(max(0, int(min(y for _, y in scaled))), height - 1)
        right = max(left + 1, min(width, int(max(x for x, _ in scaled)) + 1))
        bottom = max(top + 1, min(height, int(max(y for _, y in scaled)) + 1))
        mask = Image.new("L", (right - left, bottom - top), 0)
        ImageDraw.Draw(mask).polygon([(x - left, y - top) for x, y in scaled], fill=255)
        return (left, top, right, bottom), mask

    def _noise(self, cell: float) -> Image.Image:
        pixels = max(2, round(cell * self.unit))
        if pixels not in self._mottling:
            # Half the size is fine enough for blotches and costs a quarter.
            wide, high = self.image.size
            small = cloud_field(self.dice, (wide // 2, high // 2), max(2.0, pixels / 2), 3)
            self._mottling[pixels] = small.resize((wide, high), Image.Resampling.BILINEAR)
        return self._mottling[pixels]


def _ramp(size: tuple[int, int], across: bool) -> Image.Image:
    ramp = Image.linear_gradient("L")
    if across:
        ramp = ramp.transpose(Image.Transpose.ROTATE_90)
    return ramp.resize(size, Image.Resampling.BILINEAR)


def _far(box: Box) -> tuple[int, int]:
    return box[2], box[3]
