"""Bicycles, leant or ridden."""

from __future__ import annotations

import math

from archive_ai.sample.canvas import Canvas, Colour, Point, darker, lighter
from archive_ai.sample.figures import person
from archive_ai.sample.motif import Caption
from archive_ai.sample.motifs.roadside import roadside, shadow_under

PLACES = {
    "town": ("in der Stadt", "in town"),
    "road": ("auf der Landstraße", "on a country road"),
    "wall": ("vor einer Hauswand", "in front of a house wall"),
}


def bicycle(canvas: Canvas, year: int) -> Caption:
    """A bicycle against a wall, or ridden; before 1895 sometimes a penny-farthing."""
    dice = canvas.dice
    base = dice.between(64, 72)
    place = roadside(canvas, base, ("wall", "wall", "road"))
    facing = dice.pick([-1, 1])
    size = dice.between(0.74, 1.2) * min(1.0, canvas.width / 115)
    foot = (canvas.width * dice.between(0.4, 0.6), dice.between(86, 91))
    high_wheel = year < 1900 and dice.chance(0.6)
    ridden = place == "road" and not high_wheel and dice.chance(0.8)
    if ridden or high_wheel:
        # A rider or a high wheel stands as tall as the picture: keep the head in it.
        size = min(size, 0.92)
    shadow_under(canvas, foot, 38 * size)
    if high_wheel:
        _penny_farthing(canvas, foot, facing * size)
    else:
        _safety(canvas, foot, facing * size, ladies=dice.chance(0.3))
    if ridden:
        _rider(canvas, foot, facing * size)
    beside = not ridden and dice.chance(0.5)
    if beside:
        person(canvas, foot[0] - facing * 54 * size, foot[1] + 1, 66 * size)
    where_de, where_en = PLACES[place]
    kind_de, kind_en = (
        ("Ein Hochrad", "A penny-farthing") if high_wheel else ("Ein Fahrrad", "A bicycle")
    )
    if ridden:
        return Caption(
            f"Radfahrer {where_de}",
            f"Cyclist {where_en}",
            f"Ein Radfahrer fährt mit seinem Fahrrad {where_de}.",
            f"A cyclist rides a bicycle {where_en}.",
        )
    with_de, with_en = (
        (", daneben steht eine Person", ", with a person standing beside it")
        if beside
        else ("", "")
    )
    return Caption(
        f"{kind_de.split()[1]} {where_de}",
        f"{kind_en[2].upper()}{kind_en[3:]} {where_en}",
        f"{kind_de} steht {where_de}{with_de}.",
        f"{kind_en} stands {where_en}{with_en}.",
    )


def _bicycle_wheel(canvas: Canvas, middle: Point, radius: float) -> None:
    x, y = middle
    for spoke in range(18):
        turn = spoke * math.pi / 9
        canvas.line(
            [(x, y), (x + radius * math.cos(turn), y + radius * math.sin(turn))],
            (90, 86, 82),
            radius * 0.015,
        )
    canvas.ring(x, y, radius, (30, 28, 28), radius * 0.09)
    canvas.ring(x, y, radius * 0.9, (178, 174, 166), radius * 0.035)
    canvas.disc(x, y, radius * 0.08, radius * 0.08, (44, 42, 40))


def _safety(canvas: Canvas, foot: Point, scale: float, *, ladies: bool) -> None:
    x, y, size = foot[0], foot[1], abs(scale)
    steel: Colour = (30, 28, 30)

    def at(along: float, up: float) -> Point:
        return x + along * scale, y - up * size

    for along in (-21.0, 22.0):
        _bicycle_wheel(canvas, at(along, 15), 15 * size)
    crank, seat, head, low = at(-2, 14), at(-8, 36), at(15, 36), at(16.5, 31)
    top = at(-5, 23) if ladies else at(-7.4, 34)
    for start, end in (
        (crank, seat),
        (top, head),
        (crank, low),
        (at(-21, 15), crank),
        (at(-21, 15), at(-7, 33)),
    ):
        canvas.line([start, end], steel, 1.25 * size)
    canvas.line([at(14.4, 39), low, at(22, 15)], steel, 1.3 * size)
    canvas.line([at(14.4, 39), at(13, 43), at(7, 42)], (70, 68, 68), 1.1 * size)
    canvas.line([at(7, 42), at(4, 41.4)], (60, 44, 34), 1.7 * size)
    canvas.line([seat, at(-8.6, 39)], steel, 1.0 * size)
    canvas.polygon([at(-15, 41), at(-13, 38.6), at(-2, 39.6), at(-2, 41)], (58, 42, 34))
    canvas.ring(*crank, 4.2 * size, (90, 86, 82), 0.7 * size)
    canvas.line([at(-21, 17), at(-2, 18)], (60, 58, 56), 0.35 * size)
    canvas.line([at(-5, 8), at(1, 20)], steel, 0.9 * size)
    for pedal in ((-5.0, 8.0), (1.0, 20.0)):
        canvas.line(
            [at(pedal[0] - 2.4, pedal[1]), at(pedal[0] + 2.4, pedal[1])], (50, 44, 40), 1.2 * size
        )
    guard = [
        at(-21 + 16.6 * math.cos(a), 15 + 16.6 * math.sin(a))
        for a in [0.3 + 2.5 * k / 12 for k in range(13)]
    ]
    canvas.line(guard, (54, 52, 52), 0.8 * size)
    canvas.disc(*at(17.5, 38), 2.0 * size, 2.2 * size, (206, 202, 190))


def _penny_farthing(canvas: Canvas, foot: Point, scale: float) -> None:
    x, y, size = foot[0], foot[1], abs(scale)
    steel: Colour = (30, 28, 30)

    def at(along: float, up: float) -> Point:
        return x + along * scale, y - up * size

    _bicycle_wheel(canvas, at(8, 28), 28 * size)
    _bicycle_wheel(canvas, at(-30, 8.5), 8.5 * size)
    spine = [at(5, 60), at(-6, 57), at(-18, 47), at(-26, 30), at(-30, 8.5)]
    canvas.line(spine, steel, 1.5 * size)
    canvas.line([at(6, 61), at(8, 28)], steel, 1.4 * size)
    canvas.line([at(1, 63), at(7, 65), at(6, 60)], (60, 58, 56), 1.1 * size)
    canvas.polygon([at(-10, 60.5), at(-8, 57.5), at(2, 60), at(1, 62)], (58, 42, 34))
    canvas.line([at(8, 33), at(8, 23)], steel, 1.0 * size)


def _rider(canvas: Canvas, foot: Point, scale: float) -> None:
    x, y, size = foot[0], foot[1], abs(scale)
    cloth: Colour = canvas.dice.pick([(48, 46, 48), (96, 88, 78), (66, 70, 82)])

    def at(along: float, up: float) -> Point:
        return x + along * scale, y - up * size

    canvas.line([at(-8, 41), at(5, 30), at(1, 20)], darker(cloth, 0.4), 4.2 * size)
    canvas.line([at(-8, 41), at(2, 24), at(-4, 9)], darker(cloth, 0.25), 4.2 * size)
    canvas.fade(
        [at(-12, 42), at(-9, 62), at(-2, 67), at(4, 62), at(-3, 41)],
        lighter(cloth, 0.15),
        darker(cloth, 0.2),
    )
    canvas.line([at(0, 63), at(5, 51), at(8, 43)], lighter(cloth, 0.08), 3.0 * size)
    canvas.disc(*at(2.5, 71), 3.9 * size, 4.7 * size, (204, 172, 146))
    canvas.polygon([at(-2, 73.5), at(-1, 77), at(5, 77), at(6, 74), at(8.5, 73.2)], (60, 54, 48))
