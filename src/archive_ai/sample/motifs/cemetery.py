"""Gravestones and crosses in rows."""

from __future__ import annotations

from archive_ai.sample.canvas import Canvas, Colour, Point, darker, lighter
from archive_ai.sample.figures import crowd
from archive_ai.sample.landscape import EARTH, grass, hills, path, sky
from archive_ai.sample.motif import Caption
from archive_ai.sample.trees import conifer, tree


def cemetery(canvas: Canvas, year: int) -> Caption:
    """Rows of gravestones and crosses among trees."""
    del year
    dice = canvas.dice
    horizon = dice.between(42, 54)
    mood = sky(canvas, horizon)
    hills(canvas, horizon, 10)
    bare = dice.chance(0.35)
    for _ in range(dice.count(4, 7)):
        tree(canvas, dice.between(0, canvas.width), horizon + 3, dice.between(26, 42), bare=bare)
    for _ in range(dice.count(2, 5)):
        conifer(canvas, dice.between(0, canvas.width), horizon + 4, dice.between(20, 34))
    canvas.haze((210, 212, 208), 0.22)
    canvas.blur(0.3)
    grass(canvas, horizon + 2)
    path(
        canvas,
        canvas.width * dice.between(0.3, 0.7),
        (canvas.width * dice.between(0.3, 0.7), horizon + 3),
        20,
        EARTH,
    )
    crosses = dice.between(0.2, 0.8)
    rows = dice.count(4, 5)
    for row in range(rows):
        depth = (row + 0.5) / rows
        y = horizon + 6 + (94 - horizon) * depth**1.3
        size = 6 + 17 * depth**1.2
        x = dice.between(-3, size)
        while x < canvas.width:
            _grave(
                canvas,
                (x, y + dice.bell(0.8)),
                size * dice.between(0.8, 1.15),
                cross=dice.chance(crosses),
            )
            x += size * dice.between(1.1, 1.7)
    crowd(
        canvas, (canvas.width * 0.2, canvas.width * 0.8), (horizon + 10, 84), 18, dice.count(0, 2)
    )
    kind_de, kind_en = (
        ("Kreuzen und Grabsteinen", "crosses and gravestones")
        if crosses > 0.4
        else ("Grabsteinen und einigen Kreuzen", "gravestones and a few crosses")
    )
    light_de, light_en = {
        "clear": ("an einem klaren Tag", "on a clear day"),
        "hazy": ("im Dunst", "in haze"),
        "cloudy": ("an einem bewölkten Tag", "on a cloudy day"),
    }[mood]
    tree_de, tree_en = ("kahlen Bäumen", "bare trees") if bare else ("hohen Bäumen", "tall trees")
    return Caption(
        "Alter Friedhof",
        "Old cemetery",
        f"Ein Friedhof mit {kind_de} in Reihen unter {tree_de}, {light_de}.",
        f"A cemetery with {kind_en} in rows under {tree_en}, {light_en}.",
    )


def _cross(canvas: Canvas, foot: Point, size: float, stone: Colour) -> None:
    dice = canvas.dice
    x, base = foot
    thick = size * 0.075
    tone = dice.pick([stone, (62, 56, 52)])
    canvas.fade(
        [
            (x - size * 0.28, base - size * 0.2),
            (x + size * 0.28, base - size * 0.2),
            (x + size * 0.33, base),
            (x - size * 0.33, base),
        ],
        stone,
        darker(stone, 0.3),
    )
    canvas.fade(
        [
            (x - thick, base - size),
            (x + thick, base - size),
            (x + thick, base - size * 0.2),
            (x - thick, base - size * 0.2),
        ],
        lighter(tone, 0.1),
        darker(tone, 0.3),
        across=True,
    )
    canvas.rect(
        x - size * 0.3, base - size * 0.78, x + size * 0.3, base - size * 0.78 + thick * 2, tone
    )


def _grave(canvas: Canvas, foot: Point, size: float, *, cross: bool) -> None:
    dice = canvas.dice
    x, base = foot
    stone: Colour = dice.pick([(198, 194, 184), (168, 162, 152), (132, 128, 122), (84, 82, 80)])
    canvas.shade(
        [
            (x - size * 0.4, base - 0.4),
            (x + size * 0.8, base - 0.4),
            (x + size * 0.9, base + size * 0.12),
            (x - size * 0.3, base + size * 0.12),
        ],
        0.5,
        0.2,
    )
    if cross:
        _cross(canvas, foot, size, stone)
        return
    half = size * dice.between(0.26, 0.34)
    crown = base - size * 0.68
    if dice.chance(0.6):
        canvas.disc(x, crown, half, size * 0.2, lighter(stone, 0.1))
    else:
        canvas.polygon(
            [(x - half, crown), (x, crown - size * 0.2), (x + half, crown)], lighter(stone, 0.1)
        )
    shape = [(x - half, crown), (x + half, crown), (x + half, base), (x - half, base)]
    canvas.fade(shape, lighter(stone, 0.12), darker(stone, 0.3))
    canvas.mottle(shape, 0.4, 1.4, darker(stone, 0.6))
    for line in range(4):
        y = crown + size * (0.08 + 0.1 * line)
        canvas.line([(x - half * 0.6, y), (x + half * 0.6, y)], darker(stone, 0.45), size * 0.02)
    canvas.rect(
        x - half * 1.15,
        base - size * 0.06,
        x + half * 1.15,
        base + size * 0.02,
        darker(stone, 0.25),
    )
