"""Churches and their steeples."""

from __future__ import annotations

import math

from archive_ai.sample.canvas import Canvas, Colour, Point, darker, lighter
from archive_ai.sample.figures import crowd
from archive_ai.sample.houses import (
    PANE,
    STONE,
    TILES,
    Wall,
    gable,
    plain_wall,
    roofscape,
)
from archive_ai.sample.landscape import SKY_WORDS, cast_shadow, grass, hills, paving, sky
from archive_ai.sample.motif import Caption
from archive_ai.sample.trees import tree


def church(canvas: Canvas, year: int) -> Caption:
    """A church from the side or from the front, with one or two steeples."""
    del year
    dice = canvas.dice
    base = dice.between(80, 90)
    mood = sky(canvas, base)
    town = dice.chance(0.5)
    if town:
        roofscape(canvas, base - 2, 26, (0, canvas.width))
        canvas.blur(0.25)
        paving(canvas, base - 2)
    else:
        hills(canvas, base - 4, 18)
        grass(canvas, base - 4)
    stone = dice.pick([STONE, (184, 172, 150), (142, 130, 114), (206, 198, 180)])
    front = dice.chance(0.45) and canvas.width < 110
    twin = front and dice.chance(0.6)
    middle = canvas.width * dice.between(0.36, 0.64)
    spire = dice.pick(["pointed", "pointed", "onion", "saddle"])
    with canvas.resized(dice.between(0.6, 1.06), (middle, base)):
        cast_shadow(canvas, (middle - 24, middle + 24), base, 5)
        if front:
            _church_front(canvas, (middle, base), stone, spire, twin)
        else:
            _church_side(canvas, (middle, base), stone, spire)
    if not town or dice.chance(0.3):
        side = dice.pick([0.06, 0.94])
        tree(canvas, canvas.width * side, base + 4, dice.between(30, 50), bare=dice.chance(0.3))
    crowd(canvas, (5, canvas.width - 5), (base + 2, 96), 8, dice.count(0, 6))
    spire_de, spire_en = {
        "pointed": ("einem spitzen Helm", "a pointed spire"),
        "onion": ("einer Zwiebelhaube", "an onion dome"),
        "saddle": ("einem Satteldach", "a saddle roof"),
    }[spire]
    place_de, place_en = (
        ("am Kirchplatz", "on the church square")
        if town
        else ("am Dorfrand", "at the edge of the village")
    )
    spire_acc = {"pointed": "einen spitzen Helm", "onion": "eine Zwiebelhaube"}.get(
        spire, "ein Satteldach"
    )
    light_de, light_en = SKY_WORDS[mood]
    if twin:
        return Caption(
            f"Kirche mit zwei Türmen {place_de}",
            f"Church with two towers {place_en}",
            f"Die Fassade einer Kirche mit zwei Türmen, jeder mit {spire_de}, {light_de}.",
            f"The front of a church with two towers, each with {spire_en}, {light_en}.",
        )
    view_de, view_en = (
        ("von vorn", "from the front") if front else ("von der Seite", "from the side")
    )
    return Caption(
        f"Kirche {place_de}",
        f"Church {place_en}",
        f"Eine Kirche {place_de}, {view_de} gesehen, {light_de}; ihr Turm hat {spire_acc}.",
        f"A church {place_en}, seen {view_en}; the steeple ends in {spire_en}, {light_en}.",
    )


def _church_side(canvas: Canvas, foot: Point, stone: Colour, spire: str) -> None:
    dice = canvas.dice
    middle, base = foot
    long = min(canvas.width * 0.56, dice.between(44, 62))
    tall = dice.between(17, 24)
    flip = dice.pick([-1, 1])
    left, right = middle - long / 2, middle + long / 2
    nave = Wall.flat(left, right, base - tall, base)
    saddle_roof_plain(canvas, nave, tall * dice.between(0.7, 1.0), dice.pick(TILES))
    plain_wall(canvas, nave, stone)
    bays = dice.count(4, 6)
    for bay in range(bays):
        at = (bay + 0.5) / bays
        pointed_window(canvas, nave.at(at, 0.2), long / bays * 0.2, tall * 0.55)
        edge = nave.at(bay / bays, 0)[0]
        canvas.fade(
            [
                (edge - 0.8, base - tall * 0.85),
                (edge + 0.8, base - tall * 0.85),
                (edge + 1.1, base),
                (edge - 1.1, base),
            ],
            lighter(stone, 0.15),
            darker(stone, 0.3),
        )
    half = dice.between(6, 8)
    tower_at = left if flip < 0 else right
    steeple(canvas, (tower_at, base), (half, dice.between(42, 52)), stone, spire)


def _church_front(canvas: Canvas, foot: Point, stone: Colour, spire: str, twin: bool) -> None:
    dice = canvas.dice
    middle, base = foot
    half = dice.between(11, 14)
    tall = dice.between(26, 32)
    wall = Wall.flat(middle - half, middle + half, base - tall, base)
    if not twin:
        steeple(canvas, (middle, base - 6), (6.5, dice.between(46, 54)), stone, spire)
    plain_wall(canvas, wall, stone)
    gable(canvas, wall, half * dice.between(0.9, 1.4), stone)
    rose = base - tall * 0.78
    canvas.disc(middle, rose, 3.6, 3.6, darker(stone, 0.4))
    canvas.disc(middle, rose, 2.9, 2.9, PANE)
    for spoke in range(8):
        turn = spoke * math.pi / 4
        canvas.line(
            [(middle, rose), (middle + 2.9 * math.cos(turn), rose + 2.9 * math.sin(turn))],
            lighter(stone, 0.1),
            0.25,
        )
    pointed_window(canvas, (middle, base), 3.4, 12, (46, 36, 28))
    for side in (-1, 1):
        pointed_window(canvas, (middle + side * half * 0.62, base - 9), 1.3, 11)
    if twin:
        height = dice.between(42, 50)
        for side in (-1, 1):
            steeple(canvas, (middle + side * (half + 5), base), (5.6, height), stone, spire)


def saddle_roof_plain(canvas: Canvas, wall: Wall, rise: float, colour: Colour) -> None:
    """A church's long roof: no chimneys."""
    top = wall.left_top
    shape = [
        (wall.left - 1, top),
        (wall.left + 2, top - rise),
        (wall.right - 2, top - rise),
        (wall.right + 1, top),
    ]
    canvas.fade(shape, lighter(colour, 0.15), darker(colour, 0.15))
    canvas.mottle(shape, 0.35, 1.5, darker(colour, 0.6))
    for row in range(1, 8):
        y = top - rise * row / 8
        canvas.line([(wall.left, y), (wall.right, y)], darker(colour, 0.22), 0.12)


def pointed_window(
    canvas: Canvas, foot: Point, half: float, height: float, pane: Colour = PANE
) -> None:
    """A Gothic window or door."""
    x, base = foot
    shape = [
        (x - half, base),
        (x - half, base - height * 0.6),
        (x - half * 0.6, base - height * 0.85),
        (x, base - height),
        (x + half * 0.6, base - height * 0.85),
        (x + half, base - height * 0.6),
        (x + half, base),
    ]
    rim = [(x + (px - x) * 1.35, base + (py - base) * 1.06) for px, py in shape]
    canvas.polygon(rim, (206, 198, 180))
    canvas.fade(shape, pane, lighter(pane, 0.12))
    canvas.line([(x, base), (x, base - height * 0.95)], (180, 172, 156), 0.2)


def steeple(
    canvas: Canvas, foot: Point, size: tuple[float, float], stone: Colour, spire: str
) -> None:
    """A church tower with belfry, clock and roof; ``size`` is half its width and its height."""
    x, base = foot
    half, tall = size
    top = base - tall
    shape = [(x - half, top), (x + half, top), (x + half, base), (x - half, base)]
    canvas.fade(shape, lighter(stone, 0.16), darker(stone, 0.34), across=True)
    canvas.mottle(shape, 0.4, 2.2, darker(stone, 0.5))
    for share in (0.36, 0.68):
        y = base - tall * share
        canvas.line([(x - half - 0.4, y), (x + half + 0.4, y)], darker(stone, 0.35), 0.5)
    for side in (-0.42, 0.42):
        pointed_window(canvas, (x + side * half, top + tall * 0.3), half * 0.17, tall * 0.17)
    pointed_window(canvas, (x, base - tall * 0.42), half * 0.16, tall * 0.14)
    clock = top + tall * 0.07
    canvas.disc(x, clock, half * 0.34, half * 0.34, (228, 222, 206))
    canvas.line([(x, clock), (x, clock - half * 0.26)], (40, 36, 34), 0.3)
    canvas.line([(x, clock), (x + half * 0.2, clock + 0.2)], (40, 36, 34), 0.3)
    slate: Colour = canvas.dice.pick([(78, 80, 84), (96, 72, 60), (84, 98, 92)])
    tip = _tower_roof(canvas, (x, top), half, slate, spire)
    canvas.line([(x, tip), (x, tip - 4.5)], (50, 46, 42), 0.35)
    canvas.line([(x - 1.1, tip - 3), (x + 1.1, tip - 3)], (50, 46, 42), 0.35)


def _tower_roof(canvas: Canvas, foot: Point, half: float, slate: Colour, spire: str) -> float:
    x, top = foot
    if spire == "pointed":
        rise = half * canvas.dice.between(2.4, 3.4)
        canvas.polygon([(x - half * 1.1, top), (x, top - rise), (x + half * 1.1, top)], slate)
        canvas.polygon(
            [(x + half * 0.25, top), (x, top - rise), (x + half * 1.1, top)], darker(slate, 0.4)
        )
        canvas.polygon(
            [(x - half * 1.1, top), (x, top - rise), (x - half * 0.5, top)], lighter(slate, 0.2)
        )
        return top - rise
    if spire == "saddle":
        rise = half * 1.6
        canvas.fade(
            [
                (x - half * 1.15, top),
                (x - half * 0.5, top - rise),
                (x + half * 0.5, top - rise),
                (x + half * 1.15, top),
            ],
            lighter(slate, 0.15),
            darker(slate, 0.2),
        )
        return top - rise
    outline: list[Point] = []
    for bulge, up in (
        (1.08, 0.0),
        (0.8, 0.25),
        (1.15, 0.7),
        (1.2, 1.0),
        (0.95, 1.35),
        (0.45, 1.7),
        (0.34, 2.0),
        (0.5, 2.3),
        (0.42, 2.55),
        (0.12, 2.85),
        (0.0, 3.3),
    ):
        outline.append((x - half * bulge, top - half * up * 0.8))
    shape = outline + [(2 * x - px, py) for px, py in reversed(outline)]
    canvas.fade(shape, lighter(slate, 0.25), darker(slate, 0.4), across=True)
    return top - half * 2.6
