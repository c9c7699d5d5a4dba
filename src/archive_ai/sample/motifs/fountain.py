"""Fountains and their water."""

from __future__ import annotations

import math

from archive_ai.sample.canvas import Canvas, Colour, Point, darker, lighter
from archive_ai.sample.figures import crowd
from archive_ai.sample.motif import Caption
from archive_ai.sample.motifs.monument import statue
from archive_ai.sample.motifs.square import surroundings


def fountain(canvas: Canvas, year: int) -> Caption:
    """A basin with a column or bowls, water running into it."""
    del year
    dice = canvas.dice
    base = dice.between(62, 70)
    place = surroundings(canvas, base)
    x = canvas.width * dice.between(0.36, 0.64)
    foot = dice.between(82, 91)
    stone: Colour = dice.pick([(184, 176, 160), (160, 150, 134), (204, 196, 180)])
    half: float = dice.between(24, 31) if canvas.width > 95 else dice.between(20, 26)
    kind = dice.pick(["column", "bowls", "jet"])
    near = dice.between(0.66, 1.12)
    with canvas.resized(near, (x, foot)):
        _fountain(canvas, (x, foot), half, stone, kind)
    half *= near
    crowd(canvas, (4, x - half), (foot - 4, 97), 15, dice.count(0, 2))
    crowd(canvas, (x + half, canvas.width - 4), (foot - 4, 97), 15, dice.count(0, 2))
    kind_de, kind_en = {
        "column": ("einer Säule mit Figur", "a column with a figure"),
        "bowls": ("zwei übereinander stehenden Schalen", "two bowls, one above the other"),
        "jet": ("einer hohen Fontäne", "a tall jet of water"),
    }[kind]
    place_de, place_en = (
        ("auf einem Platz", "on a square") if place == "town" else ("im Park", "in the park")
    )
    return Caption(
        f"Brunnen {place_de}",
        f"Fountain {place_en}",
        f"Ein Brunnen {place_de} mit rundem Becken und {kind_de}.",
        f"A fountain {place_en} with a round basin and {kind_en}.",
    )


def _fountain(canvas: Canvas, at: Point, half: float, stone: Colour, kind: str) -> None:
    dice = canvas.dice
    x, foot = at
    _basin_back(canvas, at, half, stone)
    if kind == "column":
        _column(canvas, (x, foot - 5), dice.between(36, 44), stone)
        for side in (-1, 1):
            _stream(canvas, (x + side * 3, foot - 20), (x + side * half * 0.5, foot - 6))
        for near in (-0.6, 0.6):
            _stream(canvas, (x + near * 3, foot - 20), (x + near * half * 0.25, foot - 4))
    elif kind == "bowls":
        _bowls(canvas, (x, foot - 5), stone, half)
    else:
        _jet(canvas, (x, foot - 6), dice.between(34, 48))
    _basin_front(canvas, at, half, stone)


def _basin_back(canvas: Canvas, foot: Point, half: float, stone: Colour) -> None:
    x, y = foot
    canvas.shade(
        [
            (x - half * 1.1, y + 3),
            (x + half * 1.2, y + 3),
            (x + half * 1.3, y + 9),
            (x - half, y + 9),
        ],
        0.4,
        0.1,
    )
    canvas.disc(x, y - 6, half, half * 0.2, lighter(stone, 0.15))
    canvas.disc(x, y - 6, half * 0.93, half * 0.165, (92, 100, 102))
    dice = canvas.dice
    for _ in range(30):
        turn, out = dice.between(0, 6.28), math.sqrt(dice.between(0, 1))
        px, py = x + math.cos(turn) * out * half * 0.85, y - 6 + math.sin(turn) * out * half * 0.13
        canvas.line([(px - 1, py), (px + 1, py)], dice.pick([(190, 198, 198), (60, 66, 68)]), 0.15)


def _basin_front(canvas: Canvas, foot: Point, half: float, stone: Colour) -> None:
    x, y = foot
    rim: list[Point] = []
    low: list[Point] = []
    for step in range(21):
        turn = math.pi * step / 20
        rim.append((x - math.cos(turn) * half, y - 6 + math.sin(turn) * half * 0.2))
        low.append((x - math.cos(turn) * half * 0.97, y + 2.5 + math.sin(turn) * half * 0.2))
    canvas.fade(rim + low[::-1], lighter(stone, 0.15), darker(stone, 0.45), across=True)
    canvas.mottle(rim + low[::-1], 0.5, 2.0, darker(stone, 0.6))
    canvas.line(rim, lighter(stone, 0.4), 1.1)
    canvas.line(low, darker(stone, 0.55), 0.7)
    for step in range(2, 20, 2):
        canvas.line([rim[step], low[step]], darker(stone, 0.4), 0.3)


def _stream(canvas: Canvas, start: Point, end: Point) -> None:
    points: list[Point] = []
    for step in range(11):
        share = step / 10
        points.append(
            (start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share**2)
        )
    canvas.line(points, (232, 238, 240), 0.55)
    canvas.disc(end[0], end[1], 1.6, 0.5, (226, 232, 234))


def _column(canvas: Canvas, foot: Point, tall: float, stone: Colour) -> None:
    x, base = foot
    canvas.fade(
        [(x - 4, base), (x - 4, base - 8), (x + 4, base - 8), (x + 4, base)],
        lighter(stone, 0.1),
        darker(stone, 0.3),
        across=True,
    )
    shaft = [
        (x - 2.4, base - 8),
        (x - 2, base - tall * 0.62),
        (x + 2, base - tall * 0.62),
        (x + 2.4, base - 8),
    ]
    canvas.fade(shaft, lighter(stone, 0.25), darker(stone, 0.4), across=True)
    canvas.rect(x - 3.4, base - tall * 0.66, x + 3.4, base - tall * 0.62, lighter(stone, 0.1))
    canvas.disc(x, base - 15, 3.6, 1.4, darker(stone, 0.25))
    statue(canvas, (x, base - tall * 0.66), tall * 0.34, dark=darker(stone, 0.25))


def _bowls(canvas: Canvas, foot: Point, stone: Colour, half: float) -> None:
    x, base = foot
    for y, wide in ((base - 15, half * 0.52), (base - 29, half * 0.28)):
        canvas.fade(
            [(x - 1.8, y + 14), (x - 1.2, y), (x + 1.2, y), (x + 1.8, y + 14)],
            lighter(stone, 0.2),
            darker(stone, 0.4),
            across=True,
        )
        for side in range(-4, 5):
            px = x + wide * side / 4.3
            canvas.line([(px, y), (px + side * 0.35, y + 13.5)], (222, 230, 232), 0.3)
        bowl = [
            (x - wide, y - 1),
            (x + wide, y - 1),
            (x + wide * 0.45, y + 3),
            (x - wide * 0.45, y + 3),
        ]
        canvas.fade(bowl, lighter(stone, 0.2), darker(stone, 0.45), across=True)
        canvas.disc(x, y - 1, wide, wide * 0.13, lighter(stone, 0.25))
        canvas.disc(x, y - 1, wide * 0.88, wide * 0.09, (110, 118, 120))
    _jet(canvas, (x, base - 30), 10)


def _jet(canvas: Canvas, foot: Point, tall: float) -> None:
    dice = canvas.dice
    x, base = foot
    canvas.line([(x, base), (x, base - tall)], (240, 244, 246), tall * 0.03)
    for _ in range(round(tall * 2)):
        spread = dice.bell(tall * 0.12)
        top = base - tall * dice.between(0.75, 1.05)
        points = [
            (x, base - tall * 0.5),
            (x + spread * 0.5, top),
            (x + spread, base - tall * dice.between(0, 0.4)),
        ]
        canvas.line(points, dice.pick([(236, 240, 242), (214, 222, 226)]), 0.18)
