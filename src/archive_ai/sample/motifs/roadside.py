"""What stands behind a vehicle: a street, a country road, a house wall."""

from __future__ import annotations

import math

from archive_ai.sample.canvas import Canvas, Colour, Point, darker, lighter
from archive_ai.sample.houses import PANE, house_row
from archive_ai.sample.landscape import grass, ground, hills, paving, sky
from archive_ai.sample.trees import bushes, tree

PLACES = {
    "town": ("in der Stadt", "in town"),
    "road": ("auf der Landstraße", "on a country road"),
    "wall": ("vor einer Hauswand", "in front of a house wall"),
}


def roadside(canvas: Canvas, base: float, places: tuple[str, ...]) -> str:
    """The surroundings of a vehicle; answers which of ``places`` they are."""
    dice = canvas.dice
    place = dice.pick(places)
    if place == "wall":
        _house_wall(canvas, base)
        return place
    sky(canvas, base)
    if place == "town":
        house_row(canvas, base, dice.between(40, 54), (-8, canvas.width + 8))
        canvas.haze((214, 212, 206), 0.25)
        canvas.blur(0.35)
        paving(canvas, base)
        return place
    hills(canvas, base - 1, dice.between(10, 20))
    for _ in range(dice.count(2, 6)):
        tree(
            canvas,
            dice.between(0, canvas.width),
            base + 1,
            dice.between(26, 46),
            bare=dice.chance(0.2),
        )
    bushes(canvas, 0, canvas.width, base + 1, 5)
    canvas.haze((212, 212, 206), 0.2)
    canvas.blur(0.35)
    grass(canvas, base, base + 8)
    ground(canvas, base + 7, (172, 158, 132))
    return place


def _house_wall(canvas: Canvas, base: float) -> None:
    dice = canvas.dice
    tone: Colour = dice.pick([(196, 184, 162), (168, 156, 138), (208, 200, 184)])
    shape = [(0, 0), (canvas.width, 0), (canvas.width, base), (0, base)]
    canvas.fade(shape, lighter(tone, 0.1), darker(tone, 0.15))
    canvas.mottle(shape, 0.5, 5.0, darker(tone, 0.5))
    canvas.mottle(shape, 0.4, 1.5, darker(tone, 0.4))
    x = dice.between(4, 24)
    while x < canvas.width - 14:
        canvas.rect(x - 1.2, 14, x + 15.2, 46, lighter(tone, 0.3))
        canvas.rect(x, 16, x + 14, 44, PANE)
        canvas.line([(x + 7, 16), (x + 7, 44)], lighter(tone, 0.4), 0.6)
        canvas.line([(x, 26), (x + 14, 26)], lighter(tone, 0.4), 0.6)
        canvas.rect(x - 2, 45, x + 16, 46.6, lighter(tone, 0.25))
        for side in (x - 8.5, x + 15.5):
            canvas.rect(side, 14, side + 7, 46, darker(tone, 0.45))
            for slat in range(12):
                canvas.line(
                    [(side + 0.7, 16 + slat * 2.5), (side + 6.3, 16 + slat * 2.5)],
                    darker(tone, 0.6),
                    0.3,
                )
        x += dice.between(38, 54)
    canvas.fade(
        [(0, base - 9), (canvas.width, base - 9), (canvas.width, base), (0, base)],
        darker(tone, 0.25),
        darker(tone, 0.45),
    )
    paving(canvas, base)


def shadow_under(canvas: Canvas, foot: Point, half: float) -> None:
    """The dark below something on wheels; ``half`` is half its length."""
    x, y = foot
    for grow in (0.86, 1.0, 1.1):
        points: list[Point] = []
        for step in range(28):
            turn = step * math.pi / 14
            down = (1.9 if math.sin(turn) > 0 else 1.2) * grow
            points.append((x + half * grow * math.cos(turn), y + 0.4 + down * math.sin(turn)))
        canvas.shade(points, 0.34, 0.28)
