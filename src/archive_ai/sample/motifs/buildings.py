"""Single buildings: the half-timbered house and the windmill."""

from __future__ import annotations

import math

from archive_ai.sample.canvas import Canvas, Colour, Point, darker, lighter
from archive_ai.sample.figures import crowd
from archive_ai.sample.houses import (
    PANE,
    PLASTER,
    TILES,
    Wall,
    gable,
    house_row,
    plain_wall,
    saddle_roof,
    window,
)
from archive_ai.sample.landscape import (
    EARTH,
    SKY_WORDS,
    cast_shadow,
    grass,
    hills,
    path,
    paving,
    sky,
)
from archive_ai.sample.motif import Caption
from archive_ai.sample.trees import bushes, tree


def half_timbered(canvas: Canvas, year: int) -> Caption:
    """A half-timbered house with its gable or its eaves to the street."""
    del year
    dice = canvas.dice
    base = dice.between(82, 89)
    mood = sky(canvas, base)
    house_row(canvas, base - 1, 30, (-5, canvas.width + 5))
    canvas.haze((214, 212, 206), 0.25)
    canvas.blur(0.2)
    paving(canvas, base - 1)
    wide = min(canvas.width * 0.78, dice.between(46, 60))
    left = (canvas.width - wide) * dice.between(0.15, 0.85)
    storeys = dice.count(2, 3)
    gabled = dice.chance(0.6)
    tall = dice.between(14, 16.5) * (storeys if storeys == 3 else 2.4)
    wall = Wall.flat(left, left + wide, base - tall, base)
    plaster = dice.pick([(222, 214, 196), (210, 200, 178), (230, 224, 210)])
    beam: Colour = dice.pick([(56, 42, 34), (44, 36, 32), (74, 54, 40)])
    with canvas.resized(dice.between(0.72, 1.2), (left + wide / 2, base)):
        cast_shadow(canvas, (left, left + wide), base, 4.5)
        plain_wall(canvas, wall, plaster)
        if gabled:
            rise = wide * dice.between(0.5, 0.66)
            gable(canvas, wall, rise, plaster)
            _gable_beams(canvas, wall, rise, beam)
        else:
            saddle_roof(canvas, wall, tall * 0.45, dice.pick(TILES))
        _timbering(canvas, wall, storeys, beam)
    crowd(canvas, (left - 6, left + wide + 6), (base + 2, 96), 11, dice.count(0, 4))
    words_de = {2: "zweigeschossiges", 3: "dreigeschossiges"}[storeys]
    words_en = {2: "two-storey", 3: "three-storey"}[storeys]
    light_de, light_en = SKY_WORDS[mood]
    side_de, side_en = ("dem Giebel", "its gable") if gabled else ("der Traufe", "its eaves")
    return Caption(
        "Fachwerkhaus in der Altstadt",
        "Half-timbered house in the old town",
        f"Ein {words_de} Fachwerkhaus mit dunklen Balken, mit {side_de} zur Straße, {light_de}.",
        f"A {words_en} half-timbered house with dark beams, {side_en} to the street, {light_en}.",
    )


def _timbering(canvas: Canvas, wall: Wall, storeys: int, beam: Colour) -> None:
    dice = canvas.dice
    columns = max(4, round((wall.right - wall.left) / 9))
    stone_floor = dice.chance(0.6)
    wide = 0.85
    for storey in range(storeys):
        low, high = storey / storeys, (storey + 1) / storeys
        if storey == 0 and stone_floor:
            canvas.fade(wall.panel(0, 1, 0, high), (168, 158, 140), (120, 110, 96))
            canvas.mottle(wall.panel(0, 1, 0, high), 0.5, 1.2)
        for y in (low + 0.012, high - 0.012):
            canvas.line([wall.at(0, y), wall.at(1, y)], beam, wide * 1.2)
        for column in range(columns):
            start, end = column / columns, (column + 1) / columns
            if storey == 0 and column == columns // 2:
                canvas.polygon(wall.panel(start + 0.02, end - 0.02, 0, high * 0.8), (44, 34, 28))
                continue
            if storey or not stone_floor:
                canvas.line([wall.at(start, low), wall.at(start, high)], beam, wide)
            if (column + storey) % 2 == 0:
                spot = (
                    start + 0.04,
                    end - 0.035,
                    low + (high - low) * 0.4,
                    low + (high - low) * 0.82,
                )
                window(canvas, wall, spot, lighter(beam, 0.5))
            elif storey or not stone_floor:
                _brace(canvas, wall, (start, end, low, high), beam)
        if storey or not stone_floor:
            rail = low + (high - low) * 0.36
            canvas.line([wall.at(0, rail), wall.at(1, rail)], beam, wide * 0.8)
    for edge in (0.0, 1.0):
        canvas.line([wall.at(edge, 0), wall.at(edge, 1)], beam, wide)


def _brace(
    canvas: Canvas, wall: Wall, spot: tuple[float, float, float, float], beam: Colour
) -> None:
    start, end, low, high = spot
    kind = canvas.dice.pick(["cross", "rising", "falling"])
    if kind != "falling":
        canvas.line([wall.at(start, low), wall.at(end, high)], beam, 0.75)
    if kind != "rising":
        canvas.line([wall.at(start, high), wall.at(end, low)], beam, 0.75)


def _gable_beams(canvas: Canvas, wall: Wall, rise: float, beam: Colour) -> None:
    left, right, eaves = wall.left, wall.right, wall.left_top
    middle = (left + right) / 2
    for share in (0.0, 0.32, 0.62):
        inset = (right - left) / 2 * share
        y = eaves - rise * share
        canvas.line([(left + inset, y), (right - inset, y)], beam, 0.9)
    for side in (-0.36, -0.12, 0.12, 0.36):
        x = middle + side * (right - left)
        top = eaves - rise * (1 - abs(side) * 2)
        canvas.line([(x, eaves), (x, max(top, eaves - rise * 0.62))], beam, 0.8)
    for side in (-1, 1):
        canvas.line(
            [
                (middle + side * (right - left) * 0.36, eaves),
                (middle + side * (right - left) * 0.12, eaves - rise * 0.62),
            ],
            beam,
            0.75,
        )
        canvas.line(
            [
                (middle, eaves - rise * 0.62),
                (middle + side * (right - left) * 0.14, eaves - rise * 0.32),
            ],
            beam,
            0.7,
        )


def windmill(canvas: Canvas, year: int) -> Caption:
    """A tower mill or post mill with four sails in open country."""
    del year
    dice = canvas.dice
    horizon = dice.between(68, 80)
    mood = sky(canvas, horizon)
    hills(canvas, horizon, dice.between(5, 12))
    canvas.blur(0.3)
    grass(canvas, horizon)
    x = canvas.width * dice.between(0.32, 0.68)
    base = dice.between(82, 90)
    path(canvas, canvas.width * dice.between(0.2, 0.8), (x + 6, base), 16, EARTH)
    post = dice.chance(0.4)
    with canvas.resized(dice.between(0.55, 1.08), (x, base)):
        hub = _post_mill(canvas, x, base) if post else _tower_mill(canvas, x, base)
        _sails(canvas, hub, dice.between(25, 30), dice.between(0.1, 1.4))
    if dice.chance(0.6):
        side = dice.pick([0.1, 0.9])
        tree(canvas, canvas.width * side, base, dice.between(16, 30))
    if dice.chance(0.4):
        bushes(canvas, 0, canvas.width * 0.3, 90, 8)
    crowd(canvas, (x - 20, x + 20), (base + 1, 95), 9, dice.count(0, 2))
    kind_de, kind_en = (
        ("hölzerne Bockwindmühle", "wooden post mill")
        if post
        else ("gemauerte Windmühle", "brick tower mill")
    )
    light_de, light_en = SKY_WORDS[mood]
    return Caption(
        "Windmühle auf freiem Feld",
        "Windmill in open fields",
        f"Eine {kind_de} mit vier Flügeln auf einer Wiese {light_de}.",
        f"A {kind_en} with four sails in a meadow {light_en}.",
    )


def _tower_mill(canvas: Canvas, x: float, base: float) -> Point:
    dice = canvas.dice
    tall = dice.between(38, 46)
    top = base - tall
    colour = dice.pick([*PLASTER, (132, 96, 78)])
    shape = [(x - 6, top), (x + 6, top), (x + 10.5, base), (x - 10.5, base)]
    canvas.shade(
        [(x - 8, base - 1), (x + 30, base - 1), (x + 34, base + 3), (x - 8, base + 2)], 0.4, 0.2
    )
    canvas.fade(shape, lighter(colour, 0.2), darker(colour, 0.5), across=True)
    canvas.mottle(shape, 0.4, 2.0, darker(colour, 0.6))
    for share, side in ((0.25, -2.0), (0.5, 1.5), (0.75, -1.0)):
        y = base - tall * share
        canvas.rect(x + side - 1.1, y - 3.6, x + side + 1.1, y, PANE)
    canvas.rect(x - 2.2, base - 8, x + 2.2, base, (54, 42, 34))
    cap = [
        (x - 7.2, top + 0.6),
        (x - 5.5, top - 5),
        (x, top - 8.5),
        (x + 5.5, top - 5),
        (x + 7.2, top + 0.6),
    ]
    canvas.fade(cap, (110, 90, 74), (56, 48, 42), across=True)
    return x - 2, top - 2.5


def _post_mill(canvas: Canvas, x: float, base: float) -> Point:
    top = base - canvas.dice.between(38, 44)
    foot = base - 12
    wood: Colour = (92, 78, 64)
    for side in (-1, 1):
        canvas.line([(x + side * 9, base), (x, foot)], darker(wood, 0.4), 1.2)
    canvas.line([(x, base - 1), (x, foot)], darker(wood, 0.4), 2.2)
    canvas.line([(x + 9, foot), (x + 20, base)], darker(wood, 0.3), 0.8)
    body = [(x - 9, top + 7), (x + 9, top + 7), (x + 9.5, foot), (x - 9.5, foot)]
    canvas.fade(body, lighter(wood, 0.28), darker(wood, 0.3), across=True)
    for plank in range(1, 12):
        px = x - 9 + plank * 1.5
        canvas.line([(px, top + 7), (px, foot)], darker(wood, 0.3), 0.15)
    canvas.rect(x - 2.5, foot - 12, x + 1.5, foot - 6, PANE)
    canvas.fade(
        [(x - 10.5, top + 8), (x - 6, top), (x + 6, top), (x + 10.5, top + 8)],
        lighter(wood, 0.1),
        darker(wood, 0.4),
    )
    return x, top + 11


def _sails(canvas: Canvas, hub: Point, length: float, turn: float) -> None:
    x, y = hub
    wood: Colour = (58, 50, 44)
    cloth = canvas.dice.chance(0.4)
    for arm in range(4):
        angle = turn + arm * math.pi / 2
        cos, sin = math.cos(angle), math.sin(angle)

        def at(out: float, aside: float, cos: float = cos, sin: float = sin) -> Point:
            return x + cos * out - sin * aside, y + sin * out + cos * aside

        canvas.line([(x, y), at(length, 0)], wood, 0.9)
        if cloth:
            canvas.polygon(
                [at(length * 0.2, 0.4), at(length, 0.4), at(length, 4.6), at(length * 0.2, 4.6)],
                (202, 194, 176),
            )
        for rung in range(11):
            out = length * (0.2 + 0.08 * rung)
            canvas.line([at(out, 0), at(out, 4.8)], wood, 0.25)
        for aside in (2.4, 4.8):
            canvas.line([at(length * 0.2, aside), at(length, aside)], wood, 0.3)
    canvas.disc(x, y, 1.3, 1.3, wood)
