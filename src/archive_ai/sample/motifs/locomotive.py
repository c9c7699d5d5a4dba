"""The steam locomotive and its train."""

from __future__ import annotations

import math
from collections.abc import Callable

from archive_ai.sample.canvas import Canvas, Colour, Point, darker, lighter
from archive_ai.sample.figures import crowd
from archive_ai.sample.houses import PANE, house_row
from archive_ai.sample.landscape import EARTH, ground, hills, sky
from archive_ai.sample.motif import Caption
from archive_ai.sample.trees import bushes


def wheel(canvas: Canvas, middle: Point, radius: float, spokes: int, colour: Colour) -> None:
    """A spoked wheel from the side."""
    x, y = middle
    for spoke in range(spokes):
        turn = spoke * 2 * math.pi / spokes + 0.2
        canvas.line(
            [(x, y), (x + radius * math.cos(turn), y + radius * math.sin(turn))],
            colour,
            radius * 0.07,
        )
    canvas.ring(x, y, radius, colour, radius * 0.16)
    canvas.disc(x, y, radius * 0.17, radius * 0.17, colour)


def locomotive(canvas: Canvas, year: int) -> Caption:
    """A steam engine from the side with tender and plume."""
    del year
    dice = canvas.dice
    base = dice.between(70, 80)
    sky(canvas, base)
    hills(canvas, base - 1, dice.between(12, 24))
    station = dice.chance(0.4)
    if station:
        house_row(canvas, base, 26, (canvas.width * 0.45, canvas.width + 10))
    else:
        bushes(canvas, 0, canvas.width, base + 1, dice.between(5, 12))
    canvas.haze((212, 212, 208), 0.22)
    canvas.blur(0.35)
    ground(canvas, base, EARTH)
    rail = base + dice.between(7, 12)
    _track(canvas, rail)
    facing = dice.pick([-1, 1])
    scale = dice.between(0.66, 1.08) * min(1.0, canvas.width / 140)
    driving = dice.count(2, 4)
    wagons = dice.chance(0.5)
    front = canvas.width * dice.between(0.44, 0.56) + facing * 48 * scale
    smoke: Colour = dice.pick([(236, 234, 230), (120, 118, 116), (74, 72, 72)])
    _plume(canvas, (front - facing * 10 * scale, rail - 36 * scale), facing, smoke)
    _engine(canvas, (front, rail), facing * scale, driving)
    if wagons:
        _wagons(canvas, (front - facing * 97 * scale, rail), facing * scale)
    crowd(canvas, (6, canvas.width - 6), (rail + 5, 97), 13, dice.count(0, 3))
    number_de = {2: "zwei", 3: "drei", 4: "vier"}[driving]
    number_en = {2: "two", 3: "three", 4: "four"}[driving]
    smoke_de, smoke_en = (
        ("weißem Dampf", "white steam") if smoke[0] > 200 else ("dunklem Rauch", "dark smoke")
    )
    tail_de, tail_en = (
        ("zieht einen Zug", "pulls a train")
        if wagons
        else ("steht mit ihrem Tender", "stands with its tender")
    )
    place_de, place_en = (
        ("am Bahnhof", "at the station") if station else ("auf freier Strecke", "on the open line")
    )
    return Caption(
        f"Dampflokomotive {place_de}",
        f"Steam locomotive {place_en}",
        f"Eine Dampflokomotive mit {number_de} Treibachsen und {smoke_de} {tail_de} {place_de}.",
        f"A steam locomotive with {number_en} driving axles and {smoke_en} {tail_en} {place_en}.",
    )


def _track(canvas: Canvas, rail: float) -> None:
    x = -4.0
    while x < canvas.width:
        canvas.rect(x, rail + 0.6, x + 2.6, rail + 2.4, (70, 58, 48))
        x += 4.6
    canvas.fade(
        [(0, rail), (canvas.width, rail), (canvas.width, rail + 1), (0, rail + 1)],
        (200, 196, 190),
        (80, 74, 70),
    )


def _plume(canvas: Canvas, stack: Point, facing: int, smoke: Colour) -> None:
    x, y = stack
    for step in range(7):
        drift = step * canvas.dice.between(7, 10)
        size = 4.5 + step * 2.6
        middle = x - facing * drift
        rise = y - 3 - step * canvas.dice.between(1.6, 3.4)
        canvas.cloud(
            (middle - size * 1.3, rise - size, middle + size * 1.3, rise + size * 0.8),
            lighter(smoke, 0.04 * step),
            0.95 - step * 0.09,
        )


def _points_of(front: Point, scale: float) -> Callable[[float, float], Point]:
    """Places on an engine: back from its buffers, and up from the rail."""

    def at(back: float, up: float) -> Point:
        return front[0] - back * scale, front[1] - up * abs(scale)

    return at


def _engine(canvas: Canvas, front: Point, scale: float, driving: int) -> None:
    dice = canvas.dice
    size = abs(scale)
    black: Colour = (42, 42, 44)

    at = _points_of(front, scale)

    def block(
        start: float, end: float, low: float, high: float, top: Colour = (95, 95, 97)
    ) -> None:
        canvas.fade(
            [at(start, high), at(end, high), at(end, low), at(start, low)], top, darker(black, 0.35)
        )

    canvas.shade([at(-2, 1.5), at(92, 1.5), at(92, -2.5), at(-2, -2.5)], 0.65, 0.2)
    boiler = [at(4, 25), at(4, 13), at(48, 13), at(48, 25)]
    canvas.fade(boiler, (96, 96, 98), (20, 20, 22))
    canvas.fade(
        [at(4, 22.5), at(48, 22.5), at(48, 20.5), at(4, 20.5)], (140, 140, 142), (70, 70, 72)
    )
    canvas.disc(*at(4, 19), 2.2 * size, 6.1 * size, (62, 62, 64))
    for band in (14, 23, 32, 41):
        canvas.line([at(band, 25), at(band, 13)], (30, 30, 30), 0.5 * size)
    canvas.fade(
        [at(8.4, 35), at(12.4, 35), at(12, 24), at(8.8, 24)],
        (80, 80, 82),
        (26, 26, 28),
        across=True,
    )
    canvas.rect(*_ordered(at(7.8, 36.2), at(13, 34.6)), (30, 30, 32))
    for dome in (21, 31):
        canvas.disc(*at(dome, 25.4), 2.9 * size, 3.6 * size, (70, 70, 72))
        canvas.disc(*at(dome + 0.5, 26.6), 1.2 * size, 1.3 * size, (124, 124, 126))
    block(44, 59, 8, 32, (74, 74, 76))
    canvas.polygon([at(42.5, 32), at(43, 34), at(61, 34), at(61.5, 32)], (58, 58, 60))
    canvas.fade([at(47, 29), at(55, 29), at(55, 22), at(47, 22)], (170, 172, 172), (96, 96, 98))
    canvas.line([at(51, 29), at(51, 22)], black, 0.5 * size)
    block(2, 60, 9.6, 12)
    block(3, 12, 4.5, 10.5, (86, 86, 88))
    canvas.rect(*_ordered(at(-1.5, 9.5), at(2, 6)), (44, 40, 38))
    canvas.disc(*at(-1.6, 7.8), 0.9 * size, 1.9 * size, (66, 64, 62))
    canvas.disc(*at(1, 12.5), 1.1 * size, 1.1 * size, (240, 236, 220))
    _running_gear(canvas, front, scale, driving)
    block(63, 90, 8, 22, (72, 72, 74))
    canvas.polygon([at(66, 22), at(70, 25), at(84, 25.5), at(88, 22)], (26, 24, 24))
    block(62, 91, 6.5, 8.5)
    for axle in (67, 76.5, 86):
        wheel(canvas, at(axle, 3.2), 3.2 * size, 8, (80, 78, 76))
    canvas.text(
        (at(51, 0)[0], at(0, 19)[1]), str(dice.count(100, 999)), 4 * size, (214, 208, 190), "m"
    )


def _running_gear(canvas: Canvas, front: Point, scale: float, driving: int) -> None:
    """Leading and driving wheels with their rods."""
    dice = canvas.dice
    size = abs(scale)
    at = _points_of(front, scale)
    radius = (5.9, 5.2, 4.4)[driving - 2]
    start, end = 20.0, 52.0
    spots = [start + (end - start) * k / (driving - 1) for k in range(driving)]
    if driving < 4:
        for lead in (5.5, 11.5):
            wheel(canvas, at(lead, 2.7), 2.6 * size, 8, (52, 50, 50))
    for spot in spots:
        canvas.disc(*at(spot, radius), radius * size, radius * size, (26, 26, 28))
        wheel(canvas, at(spot, radius), radius * size, 12, (108, 104, 102))
    drop = dice.between(-2, 2)
    rod = [at(spot, radius + drop) for spot in spots]
    canvas.line(rod, (186, 184, 180), 0.9 * size)
    canvas.line([at(8, 7), rod[1 if driving > 2 else 0]], (200, 198, 194), 0.7 * size)


def _ordered(first: Point, second: Point) -> tuple[float, float, float, float]:
    return (
        min(first[0], second[0]),
        min(first[1], second[1]),
        max(first[0], second[0]),
        max(first[1], second[1]),
    )


def _wagons(canvas: Canvas, at: Point, scale: float) -> None:
    x, rail = at
    size, sign = abs(scale), (1 if scale > 0 else -1)
    while -50 < x < canvas.width + 50:
        far = x - sign * 44 * size
        left, right = min(x, far), max(x, far)
        colour: Colour = (98, 84, 68)
        canvas.fade(
            [
                (left, rail - 26 * size),
                (right, rail - 26 * size),
                (right, rail - 6 * size),
                (left, rail - 6 * size),
            ],
            lighter(colour, 0.2),
            darker(colour, 0.3),
        )
        canvas.fade(
            [
                (left - 1, rail - 26 * size),
                (left + 2, rail - 29 * size),
                (right - 2, rail - 29 * size),
                (right + 1, rail - 26 * size),
            ],
            (130, 126, 120),
            (74, 70, 68),
        )
        for pane in range(6):
            px = left + (right - left) * (pane + 0.25) / 6
            canvas.rect(px, rail - 22 * size, px + (right - left) * 0.09, rail - 15 * size, PANE)
        for axle in (0.18, 0.82):
            wheel(
                canvas, (left + (right - left) * axle, rail - 3 * size), 3 * size, 8, (70, 68, 66)
            )
        x = far - sign * 2.5 * size
