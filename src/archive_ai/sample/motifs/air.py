"""In the air: the airship and the aeroplane."""

from __future__ import annotations

import math
from collections.abc import Callable

from archive_ai.sample.canvas import Canvas, Colour, Point, darker, lighter
from archive_ai.sample.figures import crowd
from archive_ai.sample.houses import roofscape
from archive_ai.sample.landscape import grass, hills, sky
from archive_ai.sample.motif import Caption
from archive_ai.sample.motifs.church import steeple
from archive_ai.sample.trees import bushes, tree


def _below(canvas: Canvas, horizon: float) -> str:
    """What lies under the sky: ``town``, ``field`` or nothing at all (``sky``)."""
    dice = canvas.dice
    place = dice.pick(["town", "field", "sky"])
    sky(canvas, 100 if place == "sky" else horizon)
    if place == "sky":
        return place
    hills(canvas, horizon, dice.between(8, 14))
    canvas.blur(0.3)
    if place == "town":
        roofscape(canvas, horizon + 6, 14, (0, canvas.width))
        steeple(
            canvas,
            (canvas.width * dice.between(0.15, 0.85), horizon + 5),
            (2.4, 20),
            (158, 148, 132),
            "pointed",
        )
        roofscape(canvas, 102, 22, (-6, canvas.width + 6))
    else:
        grass(canvas, horizon)
        if dice.chance(0.6):
            tree(canvas, canvas.width * dice.pick([0.08, 0.92]), 92, 26)
        bushes(canvas, 0, canvas.width, horizon + 1, 4)
        crowd(canvas, (0, canvas.width), (88, 99), 13, dice.count(3, 14))
    return place


def _placed(place: str) -> tuple[str, str]:
    return {
        "town": ("über den Dächern der Stadt", "above the roofs of the town"),
        "field": ("über einem Feld mit Zuschauern", "above a field with onlookers"),
        "sky": ("vor dem Himmel", "against the sky"),
    }[place]


def airship(canvas: Canvas, year: int) -> Caption:
    """A long rigid airship with gondolas and fins."""
    del year
    dice = canvas.dice
    place = _below(canvas, dice.between(74, 84))
    facing = dice.pick([-1, 1])
    long = min(canvas.width * 0.84, dice.between(72, 116))
    x = canvas.width * 0.5 + dice.bell(4)
    y = dice.between(30, 44)
    tilt = dice.bell(0.05)
    thick = long * dice.between(0.075, 0.1)
    skin: Colour = dice.pick([(186, 184, 178), (150, 150, 150), (206, 202, 190)])

    def at(along: float, up: float) -> Point:
        across = along * long * 0.5 * facing
        return x + across, y - up * thick + across * tilt

    _hull(canvas, at, skin)
    name = dice.pick(["LZ 7", "LZ 11", "LZ 120", "LZ 13"])
    canvas.text((at(0.02, 0)[0], at(0, 0.42)[1]), name, thick * 0.5, (60, 58, 56), "m")
    where_de, where_en = _placed(place)
    way_de, way_en = (
        ("nach rechts", "to the right") if facing > 0 else ("nach links", "to the left")
    )
    return Caption(
        "Luftschiff über Heilbronn",
        "Airship over Heilbronn",
        f"Ein langes Luftschiff mit Gondeln schwebt {where_de} {way_de}.",
        f"A long airship with gondolas floats {way_en} {where_en}.",
    )


def _hull(canvas: Canvas, at: Callable[[float, float], Point], skin: Colour) -> None:
    spine = [k / 24 * 2 - 1 for k in range(25)]
    bulge = [max(0.0, 1 - abs(s) ** (3.2 if s > 0 else 2.1)) ** 0.62 for s in spine]
    outline = list(zip(spine, bulge, strict=True))
    hull = [at(s, b) for s, b in outline] + [at(s, -b) for s, b in reversed(outline)]
    for up in (1.0, -1.0):
        fin = [at(-0.74, up * 0.5), at(-0.84, up * 1.35), at(-1.0, up * 1.3), at(-1.0, up * 0.2)]
        canvas.fade(fin, darker(skin, 0.2), darker(skin, 0.45))
    canvas.fade(hull, lighter(skin, 0.3), darker(skin, 0.55))
    for level in (0.72, 0.4, 0.05, -0.3, -0.62):
        canvas.line([at(s, b * level) for s, b in outline], darker(skin, 0.25), 0.14)
    for s, b in outline[2:-1:2]:
        canvas.line([at(s, b * 0.97), at(s, -b * 0.97)], darker(skin, 0.2), 0.12)
    canvas.fade(
        [at(-0.72, 0.14), at(-1.02, 0.24), at(-1.02, -0.24), at(-0.72, -0.14)],
        lighter(skin, 0.1),
        darker(skin, 0.4),
    )
    for along, wide in ((0.52, 0.1), (-0.2, 0.06), (0.12, 0.06)):
        car = [
            at(along - wide, -1.12),
            at(along + wide, -1.12),
            at(along + wide * 0.7, -1.42),
            at(along - wide * 0.7, -1.42),
        ]
        canvas.fade(car, darker(skin, 0.45), darker(skin, 0.75))
        for side in (-0.8, 0.8):
            canvas.line(
                [at(along + wide * side, -0.8), at(along + wide * side, -1.15)], (50, 48, 46), 0.25
            )


def aeroplane(canvas: Canvas, year: int) -> Caption:
    """A biplane, in flight or on the airfield."""
    del year
    dice = canvas.dice
    place = _below(canvas, dice.between(70, 80))
    landed = place == "field" and dice.chance(0.6)
    facing = dice.pick([-1, 1])
    size = (
        dice.between(0.75, 1.05)
        * min(1.0, canvas.width / 125)
        * (1.0 if landed else dice.between(0.8, 1.0))
    )
    x = canvas.width * dice.between(0.46, 0.54)
    y = 80.0 if landed else dice.between(34, 50)
    tilt = dice.between(0.1, 0.16) * -1 if landed else dice.bell(0.12)
    _biplane(canvas, (x, y), facing * size, tilt)
    if landed:
        canvas.shade(
            [(x - 44 * size, 92), (x + 44 * size, 92), (x + 48 * size, 95), (x - 40 * size, 95)],
            0.5,
            0.2,
        )
        crowd(canvas, (x - 60 * size, x - 46 * size), (90, 95), 22, 2)
        return Caption(
            "Doppeldecker auf dem Flugfeld",
            "Biplane on the airfield",
            "Ein Doppeldecker steht auf einem Flugfeld, Menschen stehen daneben.",
            "A biplane stands on an airfield, with people beside it.",
        )
    where_de, where_en = _placed(place)
    return Caption(
        "Doppeldecker im Flug",
        "Biplane in flight",
        f"Ein Flugzeug mit zwei Tragflächen übereinander fliegt {where_de}.",
        f"An aeroplane with two wings, one above the other, flies {where_en}.",
    )


def _biplane(canvas: Canvas, middle: Point, scale: float, tilt: float) -> None:
    x, y = middle
    size = abs(scale)
    linen: Colour = canvas.dice.pick(
        [(206, 194, 164), (150, 140, 118), (176, 96, 80), (120, 128, 112)]
    )
    cos, sin = math.cos(tilt), math.sin(tilt)

    def at(along: float, up: float) -> Point:
        return x + (along * cos - up * sin) * scale, y - (along * sin + up * cos) * size

    canvas.polygon([at(8, 12), at(-6, 13), at(-26, 22), at(-12, 22)], darker(linen, 0.45))
    body = [
        at(24, 4),
        at(27, 0),
        at(24, -5),
        at(4, -6.5),
        at(-42, 0),
        at(-42, 3),
        at(-6, 5.5),
        at(6, 6),
    ]
    canvas.fade(body, lighter(linen, 0.1), darker(linen, 0.5))
    canvas.fade(
        [at(-34, 2), at(-40, 13), at(-47, 12), at(-44, 1)],
        lighter(linen, 0.15),
        darker(linen, 0.25),
    )
    canvas.fade([at(-32, 3), at(-36, 5.5), at(-49, 4.5), at(-46, 2)], linen, darker(linen, 0.4))
    canvas.disc(*at(0, 8.5), 2.4 * size, 2.8 * size, (70, 58, 50))
    for along in (12.0, -4.0):
        canvas.line([at(along, -8), at(along + 2, 17)], (64, 52, 42), 0.8 * size)
    canvas.line([at(12, -8), at(-2, 17)], (80, 70, 60), 0.25 * size)
    low = [at(18, -8), at(17, -10.5), at(-10, -11), at(-12, -8.5), at(-22, -15), at(6, -14.5)]
    canvas.fade(
        [at(17, -7), at(-9, -8), at(-20, -13.5), at(8, -12.5)],
        lighter(linen, 0.1),
        darker(linen, 0.35),
    )
    del low
    canvas.fade(
        [at(20, 18.5), at(-8, 18), at(-20, 12.5), at(12, 13)],
        lighter(linen, 0.3),
        darker(linen, 0.15),
    )
    for along in (9.0, -12.0):
        canvas.line([at(along, -11.5), at(along + 1, 13.5)], (64, 52, 42), 0.8 * size)
    canvas.line([at(9, -11.5), at(-11, 13.5)], (80, 70, 60), 0.25 * size)
    for along in (4.0, 14.0):
        canvas.line([at(along, -5.5), at(9, -15)], (50, 44, 40), 0.8 * size)
    canvas.disc(*at(9, -15.5), 4.2 * size, 4.2 * size, (40, 38, 38))
    canvas.disc(*at(9, -15.5), 2.0 * size, 2.0 * size, (140, 134, 124))
    canvas.disc(*at(26, -0.5), 1.5 * size, 10.5 * size, (150, 144, 134))
    canvas.line([at(26.5, 10), at(26.5, -11)], (66, 50, 38), 1.0 * size)
    canvas.disc(*at(27, -0.5), 1.5 * size, 1.5 * size, (50, 46, 44))
