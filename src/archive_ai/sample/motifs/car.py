"""Motor cars of three times."""

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


def car(canvas: Canvas, year: int) -> Caption:
    """A motor car from the side: early tourer, saloon of the thirties, or rounded later car."""
    dice = canvas.dice
    base = dice.between(62, 70)
    place = roadside(canvas, base, ("town", "road", "wall"))
    facing = dice.pick([-1, 1])
    size = dice.between(0.68, 1.14) * min(1.0, canvas.width / 128)
    foot = (canvas.width * dice.between(0.42, 0.58), dice.between(82, 88))
    if year < 1926:
        kind_de, kind_en = (
            "ein offenes Automobil mit Speichenrädern",
            "an open motor car with spoked wheels",
        )
        _tourer(canvas, foot, facing * size)
    elif year < 1950:
        kind_de, kind_en = (
            "eine Limousine mit großen Scheinwerfern und Trittbrett",
            "a saloon car with large headlamps and running boards",
        )
        _saloon(canvas, foot, facing * size)
    else:
        kind_de, kind_en = (
            "ein kleiner Personenwagen mit runder Form",
            "a small car with a rounded body",
        )
        _rounded(canvas, foot, facing * size)
    people = dice.count(0, 2)
    for _ in range(people):
        person(
            canvas,
            foot[0] + dice.pick([-1, 1]) * dice.between(46, 58) * size,
            foot[1] + dice.between(-2, 4),
            38 * size,
        )
    where_de, where_en = PLACES[place]
    with_de, with_en = {
        0: ("", ""),
        1: (", daneben eine Person", ", with a person beside it"),
        2: (", daneben zwei Personen", ", with two people beside it"),
    }[people]
    return Caption(
        f"Automobil {where_de}",
        f"Motor car {where_en}",
        f"{kind_de[0].upper()}{kind_de[1:]} {where_de}, von der Seite gesehen{with_de}.",
        f"{kind_en[0].upper()}{kind_en[1:]} {where_en}, seen from the side{with_en}.",
    )


def _tyre(canvas: Canvas, middle: Point, radius: float, *, spoked: bool) -> None:
    x, y = middle
    canvas.disc(x, y, radius, radius, (34, 32, 32))
    if spoked:
        canvas.disc(x, y, radius * 0.78, radius * 0.78, (120, 114, 104))
        for spoke in range(12):
            turn = spoke * math.pi / 6
            canvas.line(
                [(x, y), (x + radius * 0.8 * math.cos(turn), y + radius * 0.8 * math.sin(turn))],
                (206, 196, 172),
                radius * 0.09,
            )
        canvas.ring(x, y, radius * 0.82, (206, 196, 172), radius * 0.07)
        canvas.disc(x, y, radius * 0.2, radius * 0.2, (170, 160, 140))
    else:
        canvas.disc(x, y, radius * 0.62, radius * 0.62, (186, 182, 174))
        canvas.disc(x, y, radius * 0.5, radius * 0.5, (126, 122, 116))
        canvas.disc(
            x - radius * 0.1, y - radius * 0.1, radius * 0.28, radius * 0.28, (220, 218, 212)
        )


def _frame_of(canvas: Canvas, foot: Point, scale: float) -> tuple[float, float, float]:
    shadow_under(canvas, foot, 44 * abs(scale))
    return foot[0], foot[1], abs(scale)


def _tourer(canvas: Canvas, foot: Point, scale: float) -> None:
    x, y, size = _frame_of(canvas, foot, scale)
    body: Colour = canvas.dice.pick([(70, 66, 62), (122, 104, 80), (96, 46, 42), (62, 76, 70)])

    def at(along: float, up: float) -> Point:
        return x + along * scale, y - up * size

    if canvas.dice.chance(0.4):
        _folding_hood(canvas, foot, scale)
    for seat in (-16.0, 2.0):
        if canvas.dice.chance(0.75):
            person(canvas, at(seat, 0)[0], y - 10 * size, 27 * size)
    canvas.fade(
        [
            at(-33, 26),
            at(-30, 13),
            at(16, 13),
            at(16, 24),
            at(6, 25),
            at(4, 19),
            at(-2, 19),
            at(-4, 27),
            at(-14, 27),
            at(-16, 20),
            at(-24, 20),
            at(-26, 27),
        ],
        lighter(body, 0.28),
        darker(body, 0.3),
    )
    canvas.fade(
        [at(15, 25), at(37, 23), at(38, 12), at(15, 12)], lighter(body, 0.35), darker(body, 0.35)
    )
    for vent in range(6):
        canvas.line(
            [at(20 + vent * 2.4, 21), at(20 + vent * 2.4, 15)], darker(body, 0.5), 0.35 * size
        )
    canvas.polygon([at(37, 24.5), at(40, 24), at(40, 11), at(37, 11)], (196, 182, 140))
    canvas.line([at(13, 24), at(9, 35)], (60, 56, 52), 0.6 * size)
    canvas.line([at(6, 23), at(10, 28)], (44, 40, 38), 0.8 * size)
    canvas.disc(*at(39, 19), 2.6 * size, 2.9 * size, (206, 190, 140))
    canvas.fade([at(-36, 13), at(40, 12), at(40, 10), at(-36, 10)], (58, 54, 52), (28, 26, 26))
    for middle, outer in ((-24.0, -36.0), (28.0, 42.0)):
        canvas.line(
            [
                at(outer, 11),
                at(middle + (outer - middle) * 0.5, 19.5),
                at(middle, 20.5),
                at(middle - (outer - middle) * 0.8, 12),
            ],
            (46, 42, 42),
            1.5 * size,
        )
        _tyre(canvas, at(middle, 9), 9 * size, spoked=True)


def _folding_hood(canvas: Canvas, foot: Point, scale: float) -> None:
    x, y, size = foot[0], foot[1], abs(scale)

    def at(along: float, up: float) -> Point:
        return x + along * scale, y - up * size

    canvas.polygon(
        [
            at(-26, 24),
            at(-28, 37),
            at(-18, 42),
            at(8, 41),
            at(12, 37),
            at(-16, 37),
            at(-20, 25),
        ],
        (52, 46, 42),
    )
    canvas.line([at(10, 38), at(14, 24)], (60, 54, 48), 0.7 * size)


def _saloon(canvas: Canvas, foot: Point, scale: float) -> None:
    x, y, size = _frame_of(canvas, foot, scale)
    body: Colour = canvas.dice.pick([(44, 44, 48), (88, 80, 72), (60, 50, 54), (52, 62, 74)])

    def at(along: float, up: float) -> Point:
        return x + along * scale, y - up * size

    canvas.fade(
        [
            at(-35, 14),
            at(-36, 26),
            at(-32, 37),
            at(-26, 40),
            at(6, 40),
            at(11, 36),
            at(14, 27),
            at(38, 25),
            at(40, 11),
            at(-33, 10),
        ],
        lighter(body, 0.35),
        darker(body, 0.35),
    )
    for left, right in ((-30.0, -19.0), (-17.0, -5.0), (-3.0, 9.5)):
        canvas.fade(
            [
                at(left, 36.5),
                at(right - (2 if right > 5 else 0), 36.5),
                at(right + (1 if right > 5 else 0), 27.5),
                at(left, 27.5),
            ],
            (176, 178, 178),
            (72, 74, 78),
        )
    canvas.line([at(-36, 26), at(38, 24.5)], lighter(body, 0.5), 0.5 * size)
    for seam in (-18.0, -4.0, 12.0):
        canvas.line([at(seam, 36), at(seam, 12)], darker(body, 0.5), 0.3 * size)
    for vent in range(6):
        canvas.line(
            [at(19 + vent * 2.4, 22), at(19 + vent * 2.4, 15)], darker(body, 0.5), 0.35 * size
        )
    canvas.polygon([at(38, 26), at(41, 25), at(41, 11), at(38, 11)], (206, 204, 198))
    canvas.disc(*at(40, 21), 3.2 * size, 3.4 * size, (214, 212, 206))
    canvas.disc(*at(41, 21), 2.1 * size, 2.6 * size, (244, 242, 232))
    canvas.fade([at(-20, 10), at(20, 10), at(20, 8), at(-20, 8)], (70, 66, 64), (30, 28, 28))
    for middle in (-24.0, 29.0):
        arch = [
            at(middle + 12.5 * math.cos(math.pi * k / 12), 8 + 13 * math.sin(math.pi * k / 12))
            for k in range(13)
        ]
        canvas.fade(
            [*arch, at(middle - 14, 7), at(middle + 12.5, 8)], lighter(body, 0.2), darker(body, 0.4)
        )
        _tyre(canvas, at(middle, 8), 8 * size, spoked=canvas.dice.chance(0.3))
    canvas.line([at(42, 9), at(44, 9)], (214, 212, 206), 1.6 * size)


def _rounded(canvas: Canvas, foot: Point, scale: float) -> None:
    x, y, size = _frame_of(canvas, foot, scale)
    body: Colour = canvas.dice.pick(
        [(96, 128, 150), (188, 178, 150), (150, 70, 60), (110, 126, 104), (70, 72, 78)]
    )

    def at(along: float, up: float) -> Point:
        return x + along * scale, y - up * size

    outline = [
        (-40, 8),
        (-41, 15),
        (-36, 22),
        (-29, 27),
        (-20, 35),
        (-11, 38.5),
        (1, 38.5),
        (9, 35),
        (16, 25.5),
        (27, 24.5),
        (36, 21),
        (41, 15),
        (41, 8),
    ]
    canvas.fade([at(a, u) for a, u in outline], lighter(body, 0.35), darker(body, 0.3))
    for spots in (
        ((-25, 26.5), (-18, 33.8), (-11, 36), (-11, 26.5)),
        ((-9, 36), (1, 36), (7, 33), (12, 26), (-9, 26)),
    ):
        canvas.fade([at(a, u) for a, u in spots], (186, 192, 196), (84, 90, 96))
    canvas.line([at(-10, 36), at(-10, 9)], darker(body, 0.45), 0.35 * size)
    canvas.line([at(12, 26), at(12, 9)], darker(body, 0.45), 0.35 * size)
    canvas.line([at(-38, 21), at(38, 19.5)], (224, 222, 216), 0.5 * size)
    canvas.line([at(-3, 22), at(1, 22)], (232, 230, 226), 0.7 * size)
    canvas.disc(*at(38, 17.5), 2.2 * size, 2.6 * size, (244, 242, 234))
    canvas.disc(*at(-39.5, 16), 1.2 * size, 1.5 * size, (150, 50, 40))
    for end in (-1, 1):
        canvas.line([at(end * 38, 8.5), at(end * 43, 8.5)], (222, 220, 214), 1.7 * size)
    for middle in (-25.0, 26.0):
        canvas.disc(*at(middle, 8.5), 9.3 * size, 9.3 * size, darker(body, 0.65))
        _tyre(canvas, at(middle, 7.2), 7.2 * size, spoked=False)
    canvas.rect(x - 44 * size, y, x + 44 * size, y + 0.01, (60, 58, 56))
