"""The tramcar in the street."""

from __future__ import annotations

from archive_ai.sample.canvas import Canvas, Colour, Point, darker, lighter
from archive_ai.sample.figures import crowd
from archive_ai.sample.houses import house_row
from archive_ai.sample.landscape import paving, sky
from archive_ai.sample.motif import Caption
from archive_ai.sample.trees import tree


def tram(canvas: Canvas, year: int) -> Caption:
    """A tramcar with its pole or bow on the wire, in the street."""
    dice = canvas.dice
    base = dice.between(66, 74)
    sky(canvas, base)
    green = dice.chance(0.35)
    if green:
        for _ in range(10):
            tree(
                canvas,
                dice.between(0, canvas.width),
                base + 1,
                dice.between(26, 42),
                bare=dice.chance(0.2),
            )
    else:
        house_row(canvas, base, dice.between(38, 50), (-8, canvas.width + 8))
    canvas.haze((214, 212, 206), 0.22)
    canvas.blur(0.3)
    paving(canvas, base)
    rail = dice.between(84, 90)
    for drop in (0.0, 4.0):
        canvas.line([(0, rail + drop), (canvas.width, rail + drop + 0.5)], (86, 82, 78), 0.7)
        canvas.line([(0, rail + drop - 0.5), (canvas.width, rail + drop)], (210, 206, 198), 0.25)
    wire = _overhead_wire(canvas, base)
    trailer = dice.chance(0.4) and canvas.width > 115
    long = dice.between(40, 62) if trailer else dice.between(48, 82)
    x = canvas.width * dice.between(0.4, 0.6) - (long if trailer else long * 0.5)
    line = dice.count(1, 9)
    body: Colour = dice.pick([(214, 202, 172), (120, 60, 52), (92, 104, 92), (190, 170, 120)])
    for car in range(2 if trailer else 1):
        _tramcar(canvas, (x + car * (long + 3), rail + 1), long, body, line if car == 0 else 0)
    _collector(canvas, (x + long * 0.5, rail + 1 - long * 0.58), wire + 0.5)
    if trailer:
        canvas.line([(x + long, rail - 3), (x + long + 3, rail - 3)], (40, 38, 36), 0.8)
    crowd(canvas, (3, canvas.width - 3), (rail + 6, 98), 20, dice.count(0, 4))
    del year
    place_de, place_en = ("in der Allee", "in the avenue") if green else ("in der Stadt", "in town")
    car_de, car_en = (
        ("mit einem Beiwagen", "with a trailer")
        if trailer
        else ("ohne Beiwagen", "without a trailer")
    )
    return Caption(
        f"Straßenbahn {place_de}",
        f"Tram {place_en}",
        f"Eine elektrische Straßenbahn der Linie {line} {car_de} {place_de} unter der Oberleitung.",
        f"An electric tram on line {line} {car_en} {place_en} beneath the overhead wire.",
    )


def _overhead_wire(canvas: Canvas, base: float) -> float:
    """Wire and posts; answers the wire's height."""
    dice = canvas.dice
    wire = dice.between(14, 24)
    canvas.line([(0, wire), (canvas.width, wire + 1)], (50, 48, 46), 0.3)
    for post in (0.06, 0.94):
        canvas.line(
            [(canvas.width * post, base + 2), (canvas.width * post, wire - 6)], (60, 56, 52), 0.8
        )
        canvas.line(
            [
                (canvas.width * post, wire - 3),
                (canvas.width * post + (6 if post < 0.5 else -6), wire),
            ],
            (60, 56, 52),
            0.4,
        )
    return wire


def _tramcar(canvas: Canvas, at: Point, long: float, body: Colour, line: int) -> None:
    x, rail = at
    tall = long * 0.5
    top = rail - tall - long * 0.06
    low = rail - long * 0.1
    canvas.shade(
        [(x - 2, rail - 1), (x + long + 2, rail - 1), (x + long + 4, rail + 3), (x, rail + 3)],
        0.6,
        0.2,
    )
    _trucks(canvas, (x, rail), long, low)
    roof = [
        (x + long * 0.01, top + long * 0.03),
        (x + long * 0.06, top - long * 0.015),
        (x + long * 0.94, top - long * 0.015),
        (x + long * 0.99, top + long * 0.03),
    ]
    canvas.fade(roof, (160, 154, 144), (92, 88, 84))
    canvas.rect(
        x + long * 0.2, top - long * 0.045, x + long * 0.8, top - long * 0.01, (128, 122, 114)
    )
    shape = [
        (x + long * 0.02, top + long * 0.03),
        (x + long * 0.98, top + long * 0.03),
        (x + long, low - long * 0.1),
        (x + long * 0.97, low + 1),
        (x + long * 0.03, low + 1),
        (x, low - long * 0.1),
    ]
    canvas.fade(shape, lighter(body, 0.25), darker(body, 0.15))
    belt = low - tall * 0.38
    _panes(canvas, (x, top), long, (belt, low), body)
    canvas.line([(x, belt + 1), (x + long, belt + 1)], darker(body, 0.45), 0.7)
    canvas.rect(x + long * 0.02, belt + 2.2, x + long * 0.98, belt + 3, lighter(body, 0.5))
    canvas.line([(x, low), (x + long, low)], darker(body, 0.6), 1.0)
    canvas.disc(x + long * 0.02, low - long * 0.09, long * 0.015, long * 0.02, (236, 232, 214))
    canvas.rect(
        x - long * 0.01, rail - long * 0.05, x + long * 0.06, rail - long * 0.02, (40, 38, 36)
    )
    if line:
        canvas.rect(
            x + long * 0.45, top - long * 0.07, x + long * 0.55, top - long * 0.005, (240, 236, 224)
        )
        canvas.text((x + long * 0.5, top - long * 0.073), str(line), long * 0.06, (30, 28, 26), "m")


def _trucks(canvas: Canvas, at: Point, long: float, low: float) -> None:
    x, rail = at
    canvas.rect(x + long * 0.18, low, x + long * 0.82, rail - long * 0.02, (44, 42, 40))
    for axle in (0.3, 0.7):
        canvas.disc(x + long * axle, rail - long * 0.05, long * 0.055, long * 0.055, (30, 28, 28))
        canvas.disc(
            x + long * axle, rail - long * 0.05, long * 0.025, long * 0.025, (110, 106, 100)
        )


def _panes(
    canvas: Canvas, at: Point, long: float, levels: tuple[float, float], body: Colour
) -> None:
    """The row of windows with passengers, and the open platforms at both ends."""
    x, top = at
    belt, low = levels
    panes = 7
    for pane in range(panes):
        start = 0.15 + 0.7 * pane / panes
        left, right = x + long * (start + 0.012), x + long * (start + 0.7 / panes - 0.012)
        canvas.fade(
            [(left, top + long * 0.07), (right, top + long * 0.07), (right, belt), (left, belt)],
            (96, 98, 102),
            (44, 44, 48),
        )
        if canvas.dice.chance(0.5):
            canvas.disc(
                (left + right) / 2, belt - long * 0.035, long * 0.016, long * 0.022, (190, 164, 144)
            )
            canvas.rect(
                (left + right) / 2 - long * 0.025,
                belt - long * 0.016,
                (left + right) / 2 + long * 0.025,
                belt,
                (50, 46, 46),
            )
    for left, right in ((0.03, 0.125), (0.875, 0.97)):
        canvas.fade(
            [
                (x + long * left, top + long * 0.06),
                (x + long * right, top + long * 0.06),
                (x + long * right, belt),
                (x + long * left, belt),
            ],
            (150, 154, 158),
            (84, 84, 86),
        )
        canvas.line(
            [
                (x + long * (right if left < 0.5 else left), top + long * 0.05),
                (x + long * (right if left < 0.5 else left), low),
            ],
            darker(body, 0.4),
            0.5,
        )


def _collector(canvas: Canvas, roof: Point, wire: float) -> None:
    x, y = roof
    iron: Colour = (44, 42, 40)
    if canvas.dice.chance(0.5):
        canvas.line([(x, y), (x + 12, wire)], iron, 0.5)
        return
    for side in (-1, 1):
        canvas.line([(x + side * 5, y), (x + side * 3.5, wire)], iron, 0.45)
    canvas.line([(x - 5, wire), (x + 5, wire)], iron, 0.6)
