"""What lies around a subject: sky, hills, ground, water, trees and snow."""

from __future__ import annotations

import math

import numpy as np
from PIL import Image, ImageFilter, ImageOps

from archive_ai.sample.canvas import Canvas, Colour, Point, cloud_field, darker, lighter, mixed

GRASS: Colour = (106, 116, 72)
EARTH: Colour = (142, 124, 98)
LEAF: Colour = (66, 82, 48)
BARK: Colour = (62, 50, 40)
SNOW: Colour = (236, 238, 242)

SKY_WORDS = {
    "clear": ("unter klarem Himmel", "under a clear sky"),
    "hazy": ("bei dunstigem Licht", "in hazy light"),
    "cloudy": ("unter bewölktem Himmel", "under a cloudy sky"),
}


def sky(canvas: Canvas, horizon: float) -> str:
    """A sky down to ``horizon``; answers ``clear``, ``hazy`` or ``cloudy``."""
    dice = canvas.dice
    mood = dice.pick(["clear", "hazy", "cloudy", "cloudy"])
    top = dice.pick([(150, 176, 206), (176, 194, 214), (196, 202, 206), (128, 156, 190)])
    low = lighter(top, 0.6)
    width = canvas.width
    canvas.fade([(0, 0), (width, 0), (width, horizon + 1), (0, horizon + 1)], top, low)
    if mood == "hazy":
        canvas.shade(
            [(0, 0), (width, 0), (width, horizon + 1), (0, horizon + 1)],
            0.35,
            0.8,
            colour=(236, 234, 228),
        )
    if mood == "cloudy":
        _clouds(canvas, horizon)
    return mood


def _clouds(canvas: Canvas, horizon: float) -> None:
    dice = canvas.dice
    size = (canvas.image.size[0], max(4, round(horizon * canvas.unit)))
    small = (max(8, size[0] // 4), max(8, size[1] // 4))
    noise = cloud_field(dice, small, small[1] * dice.between(0.3, 0.7), 5)
    values = np.asarray(noise, dtype=np.float32) / 255
    edge = dice.between(0.38, 0.55)
    cover = np.clip((values - edge) * 4, 0, 1)
    depth = np.clip((values - edge - 0.16) * 3, 0, 1) * dice.between(0.2, 0.6)
    white = Image.fromarray((cover * 235).astype(np.uint8)).resize(size, Image.Resampling.BICUBIC)
    grey = Image.fromarray((depth * 200).astype(np.uint8)).resize(size, Image.Resampling.BICUBIC)
    box = (0, 0, size[0], size[1])
    canvas.image.paste((246, 245, 241), box, white)
    canvas.image.paste((150, 152, 158), box, grey)


def ridge(canvas: Canvas, base: float, height: float, steps: int = 48) -> list[Point]:
    """A hill's outline from left to right, no lower than ``base``."""
    dice = canvas.dice
    waves = [
        (dice.between(0.4, 1.3), dice.between(0, 6.3), 0.6),
        (dice.between(1.4, 2.8), dice.between(0, 6.3), 0.3),
        (dice.between(4.0, 8.0), dice.between(0, 6.3), 0.1),
    ]
    outline: list[Point] = []
    for step in range(steps + 1):
        share = step / steps
        rise = sum(part * (0.5 + 0.5 * math.sin(f * 6.3 * share + p)) for f, p, part in waves)
        outline.append((share * canvas.width, base - height * rise))
    return outline


def hills(canvas: Canvas, base: float, height: float, layers: int = 2) -> None:
    """Ranges of hills, the farther the paler, ending at ``base``."""
    dice = canvas.dice
    air: Colour = (198, 204, 208)
    for layer in range(layers):
        share = (layer + 1) / layers
        colour = mixed(air, dice.pick([LEAF, GRASS, (88, 100, 70)]), 0.25 + 0.5 * share)
        outline = ridge(canvas, base - height * 0.25 * (1 - share), height * (1.15 - 0.55 * share))
        shape = [*outline, (canvas.width, base + 1), (0, base + 1)]
        canvas.fade(shape, colour, mixed(colour, air, 0.3))
        canvas.mottle(shape, 0.25 * share, 2.0, darker(colour, 0.5))
        if layer == layers - 1 and dice.chance(0.6):
            _field_stripes(canvas, outline, base, colour)


def _field_stripes(canvas: Canvas, outline: list[Point], base: float, colour: Colour) -> None:
    dice = canvas.dice
    first = dice.count(4, 20)
    for place in range(first, min(first + dice.count(8, 18), len(outline) - 2)):
        x, top = outline[place]
        if base - top < 3:
            continue
        lean = dice.between(-1.5, 1.5)
        canvas.line([(x, top + 1), (x + lean, base)], darker(colour, 0.18), 0.25)


def ground(canvas: Canvas, top: float, colour: Colour, bottom: float = 100.0) -> None:
    """Open ground from ``top`` down, lighter in the distance, with blotches and specks."""
    dice = canvas.dice
    shape = [(0, top), (canvas.width, top), (canvas.width, bottom), (0, bottom)]
    canvas.fade(shape, lighter(colour, 0.3), darker(colour, 0.22))
    canvas.mottle(shape, 0.35, 6.0, darker(colour, 0.6))
    canvas.mottle(shape, 0.25, 1.2, darker(colour, 0.5))
    for _ in range(90):
        depth = dice.between(0, 1) ** 1.5
        y = top + (bottom - top) * depth
        x = dice.between(0, canvas.width)
        length = 0.3 + 1.6 * depth
        tone = dice.pick([darker(colour, 0.35), lighter(colour, 0.25)])
        canvas.line([(x, y), (x + length, y)], tone, 0.12 + 0.25 * depth)


def grass(canvas: Canvas, top: float, bottom: float = 100.0, colour: Colour = GRASS) -> None:
    """A meadow with blades that grow towards the front."""
    ground(canvas, top, colour, bottom)
    dice = canvas.dice
    for _ in range(240):
        depth = dice.between(0, 1)
        y = top + (bottom - top) * depth
        x = dice.between(0, canvas.width)
        tall = 0.5 + 2.2 * depth
        tone = dice.pick([darker(colour, 0.4), darker(colour, 0.2), lighter(colour, 0.2)])
        canvas.line([(x, y), (x + dice.bell(0.4), y - tall)], tone, 0.1 + 0.15 * depth)


def paving(canvas: Canvas, top: float, colour: Colour = (150, 142, 130)) -> None:
    """Cobbles in rows that widen towards the front."""
    ground(canvas, top, colour)
    dice = canvas.dice
    y, step = top + 0.6, 0.7
    while y < 100:
        canvas.line([(0, y), (canvas.width, y)], darker(colour, 0.18), 0.08 + step * 0.06)
        x = dice.between(0, step * 3)
        while x < canvas.width:
            canvas.line([(x, y), (x + dice.bell(0.1), y + step)], darker(colour, 0.25), 0.08)
            x += step * dice.between(1.6, 3.2)
        y += step
        step *= 1.16


def path(
    canvas: Canvas, foot: float, far: tuple[float, float], wide: float, colour: Colour
) -> None:
    """A way from the lower edge at ``foot`` to a point far off."""
    x, y = far
    bend = canvas.dice.between(-8, 8)
    left: list[Point] = []
    right: list[Point] = []
    for step in range(13):
        share = step / 12
        middle = foot + (x - foot) * share + bend * math.sin(share * 3.14)
        down = 101 + (y - 101) * (share**0.6)
        half = wide * 0.5 * (1 - share) ** 1.4 + 0.35
        left.append((middle - half, down))
        right.append((middle + half, down))
    shape = left + right[::-1]
    canvas.fade(shape, lighter(colour, 0.2), colour)
    canvas.mottle(shape, 0.3, 3.0, darker(colour, 0.5))
    for side in (0.3, 0.7):
        rut = [(a[0] + (b[0] - a[0]) * side, a[1]) for a, b in zip(left, right, strict=True)]
        canvas.line(rut, darker(colour, 0.2), 0.4)


def water(canvas: Canvas, top: float, bottom: float = 100.0, calm: float = 0.6) -> None:
    """A water face that mirrors what stands above ``top``; call it once that is drawn."""
    dice = canvas.dice
    unit, (width, _) = canvas.unit, canvas.image.size
    high, low = round(top * unit), round(bottom * unit)
    shape = [(0, top), (canvas.width, top), (canvas.width, bottom), (0, bottom)]
    deep: Colour = dice.pick([(96, 106, 108), (116, 122, 120), (84, 94, 100)])
    mirrored = canvas.image.crop((0, max(0, high - (low - high)), width, high))
    mirrored = ImageOps.flip(mirrored).resize((width, low - high))
    mirrored = mirrored.filter(ImageFilter.BoxBlur((0.5 * unit, 1.3 * unit)))
    canvas.fade(shape, lighter(deep, 0.25), deep)
    under = canvas.image.crop((0, high, width, low))
    canvas.image.paste(Image.blend(under, mirrored, calm), (0, high))
    for _ in range(round(30 + 160 * (1 - calm))):
        depth = dice.between(0, 1) ** 1.3
        y, x = top + 0.4 + (bottom - top) * depth, dice.between(-5, canvas.width)
        tone = dice.pick([lighter(deep, 0.55), darker(deep, 0.3), lighter(deep, 0.3)])
        canvas.line([(x, y), (x + dice.between(1, 4 + 7 * depth), y)], tone, 0.1 + 0.2 * depth)


def cast_shadow(canvas: Canvas, span: tuple[float, float], base: float, reach: float) -> None:
    """The shadow of a block on level ground; every shadow of a picture falls to one side."""
    left, right = span
    lean = reach * 1.6 * canvas.sun
    canvas.shade(
        [(left, base), (right, base), (right + lean, base + reach), (left + lean, base + reach)],
        0.42,
        0.22,
    )
