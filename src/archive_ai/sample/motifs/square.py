"""A square or a park as it surrounds what stands in it."""

from __future__ import annotations

from archive_ai.sample.canvas import Canvas
from archive_ai.sample.houses import house_row
from archive_ai.sample.landscape import grass, paving, sky
from archive_ai.sample.trees import bushes, tree


def surroundings(canvas: Canvas, base: float) -> str:
    """The surroundings of a monument: ``town`` or ``park``."""
    dice = canvas.dice
    place = dice.pick(["town", "park"])
    sky(canvas, base)
    if place == "town":
        house_row(canvas, base, dice.between(34, 44), (-8, canvas.width + 8))
        canvas.haze((216, 214, 208), 0.3)
        canvas.blur(0.35)
        paving(canvas, base)
        return place
    for _ in range(9):
        tree(canvas, dice.between(-5, canvas.width + 5), base + 1, dice.between(28, 46), dark=0.05)
    bushes(canvas, 0, canvas.width, base + 2, 8)
    canvas.haze((206, 208, 204), 0.22)
    canvas.blur(0.4)
    if dice.chance(0.5):
        grass(canvas, base + 1)
    else:
        paving(canvas, base + 1, (168, 158, 138))
    return place
