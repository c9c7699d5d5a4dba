"""Old walls: the town gate with its tower, and the castle ruin."""

from __future__ import annotations

from archive_ai.sample.canvas import Canvas, Colour, Point, darker, lighter
from archive_ai.sample.figures import crowd
from archive_ai.sample.houses import PANE, TILES, house_row
from archive_ai.sample.landscape import (
    EARTH,
    LEAF,
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

_STONES: tuple[Colour, ...] = ((158, 146, 126), (136, 124, 108), (174, 162, 142))


def gate_tower(canvas: Canvas, year: int) -> Caption:
    """A medieval gate: a tower with an archway, town wall or houses on both sides."""
    del year
    dice = canvas.dice
    base = dice.between(82, 90)
    sky(canvas, base)
    walled = dice.chance(0.5)
    if not walled:
        house_row(canvas, base - 0.5, dice.between(30, 38), (-6, canvas.width + 6))
        canvas.haze((214, 212, 206), 0.15)
    paving(canvas, base - 1)
    x = canvas.width * dice.between(0.34, 0.66)
    stone = dice.pick(_STONES)
    if walled:
        _town_wall(canvas, base, dice.between(20, 26), stone)
    roof = dice.pick(["pyramid", "battlements", "hood"])
    with canvas.resized(dice.between(0.74, 1.12), (x, base)):
        cast_shadow(canvas, (x - 12, x + 12), base, 6)
        _gate(canvas, (x, base), stone, roof)
    if dice.chance(0.4):
        tree(canvas, canvas.width * dice.pick([0.05, 0.95]), base + 3, 36, bare=dice.chance(0.3))
    crowd(canvas, (x - 18, x + 18), (base + 1, 96), 9, dice.count(0, 5))
    roof_de, roof_en = {
        "pyramid": ("spitzem Dach", "a pointed roof"),
        "battlements": ("Zinnen", "battlements"),
        "hood": ("geschweifter Haube", "a curved hood"),
    }[roof]
    side_de, side_en = (
        ("der Stadtmauer", "the town wall") if walled else ("alten Häusern", "old houses")
    )
    return Caption(
        "Stadttor",
        "Town gate",
        f"Ein mittelalterlicher Torturm mit {roof_de} und Durchfahrt zwischen {side_de}."
        if not walled
        else f"Ein mittelalterlicher Torturm mit {roof_de} und Durchfahrt in der Stadtmauer.",
        f"A medieval gate tower with {roof_en} and an archway "
        + (f"in {side_en}." if walled else f"between {side_en}."),
    )


def _gate(canvas: Canvas, foot: Point, stone: Colour, roof: str) -> None:
    dice = canvas.dice
    x, base = foot
    half, tall = dice.between(10, 13), dice.between(44, 54)
    top = base - tall
    shape = [(x - half, top), (x + half, top), (x + half, base), (x - half, base)]
    canvas.fade(shape, lighter(stone, 0.2), darker(stone, 0.3), across=True)
    canvas.mottle(shape, 0.5, 2.0, darker(stone, 0.5))
    ashlar(canvas, (x - half, x + half), (top, base), stone)
    _archway(canvas, (x, base), half * 0.58, tall * 0.42)
    for share, side in ((0.62, 0.0), (0.8, -0.45), (0.8, 0.45)):
        px, y = x + side * half, base - tall * share
        canvas.rect(px - 1, y - 3.6, px + 1, y, PANE)
    _tower_top(canvas, (x, top), half, stone, roof)


def ashlar(
    canvas: Canvas, span: tuple[float, float], drop: tuple[float, float], stone: Colour
) -> None:
    """Courses of squared stones over an upright wall."""
    dice = canvas.dice
    (left, right), (y, base) = span, drop
    while y < base:
        canvas.line([(left, y), (right, y)], darker(stone, 0.24), 0.14)
        x = left + dice.between(0.5, 3)
        while x < right:
            canvas.line([(x, y), (x, min(base, y + 2.1))], darker(stone, 0.22), 0.12)
            if dice.chance(0.12):
                canvas.rect(
                    x,
                    y,
                    min(right, x + 2.4),
                    min(base, y + 2.1),
                    lighter(stone, dice.between(0, 0.18)),
                )
            x += dice.between(2.2, 4.2)
        y += 2.1


def _archway(canvas: Canvas, foot: Point, half: float, height: float) -> None:
    x, base = foot
    spring = base - height + half
    rim: Colour = (188, 178, 158)
    canvas.disc(x, spring, half * 1.2, half * 1.2, rim)
    canvas.rect(x - half * 1.2, spring, x + half * 1.2, base, rim)
    canvas.disc(x, spring, half, half, (34, 30, 28))
    canvas.rect(x - half, spring, x + half, base, (34, 30, 28))
    canvas.fade(
        [
            (x - half * 0.55, spring + half * 0.3),
            (x + half * 0.55, spring + half * 0.3),
            (x + half * 0.55, base),
            (x - half * 0.55, base),
        ],
        (196, 192, 182),
        (150, 142, 128),
    )
    canvas.polygon(
        [
            (x - half * 0.55, base),
            (x - half * 0.55, spring + half * 1.4),
            (x - half * 0.1, spring + half * 1.2),
            (x, base),
        ],
        (104, 96, 86),
    )


def _tower_top(canvas: Canvas, at: Point, half: float, stone: Colour, kind: str) -> None:
    x, top = at
    if kind == "battlements":
        canvas.rect(x - half * 1.12, top - 1.5, x + half * 1.12, top + 2.5, darker(stone, 0.12))
        for merlon in range(5):
            left = x - half * 1.12 + merlon * half * 0.5
            canvas.fade(
                [
                    (left, top - 5),
                    (left + half * 0.26, top - 5),
                    (left + half * 0.26, top),
                    (left, top),
                ],
                lighter(stone, 0.15),
                darker(stone, 0.1),
            )
        return
    tiles = canvas.dice.pick(TILES)
    if kind == "pyramid":
        rise = half * canvas.dice.between(1.3, 2.0)
        canvas.polygon([(x - half * 1.15, top), (x, top - rise), (x + half * 1.15, top)], tiles)
        canvas.polygon(
            [(x + half * 0.2, top), (x, top - rise), (x + half * 1.15, top)], darker(tiles, 0.35)
        )
        tip = top - rise
    else:
        shape = [
            (x - half * 1.2, top),
            (x - half * 0.9, top - half * 0.5),
            (x - half * 0.35, top - half * 0.9),
            (x - half * 0.3, top - half * 1.4),
            (x, top - half * 2.0),
            (x + half * 0.3, top - half * 1.4),
            (x + half * 0.35, top - half * 0.9),
            (x + half * 0.9, top - half * 0.5),
            (x + half * 1.2, top),
        ]
        canvas.fade(shape, lighter(tiles, 0.2), darker(tiles, 0.35), across=True)
        tip = top - half * 2.0
    canvas.line([(x, tip), (x, tip - 4)], (52, 48, 44), 0.3)
    canvas.polygon([(x, tip - 4), (x + 2.4, tip - 3.3), (x, tip - 2.6)], (70, 64, 58))


def _town_wall(canvas: Canvas, base: float, tall: float, stone: Colour) -> None:
    top = base - tall
    shape = [(0, top), (canvas.width, top), (canvas.width, base), (0, base)]
    canvas.fade(shape, lighter(stone, 0.1), darker(stone, 0.25))
    canvas.mottle(shape, 0.6, 2.5, darker(stone, 0.6))
    ashlar(canvas, (0, canvas.width), (top, base), stone)
    x = 0.0
    while x < canvas.width:
        canvas.rect(x, top - 2.6, x + 2.8, top, lighter(stone, 0.05))
        x += 5.2
    for x in range(4, round(canvas.width), 11):
        canvas.rect(x - 0.35, top + 4, x + 0.35, top + 8, PANE)


def ruin(canvas: Canvas, year: int) -> Caption:
    """Broken walls with empty windows on a hill, or a ruined nave among trees."""
    del year
    dice = canvas.dice
    high = dice.chance(0.6)
    horizon = dice.between(76, 84)
    mood = sky(canvas, horizon)
    hills(canvas, horizon, dice.between(8, 16))
    canvas.blur(0.35)
    stone = dice.pick(_STONES)
    x = canvas.width * dice.between(0.38, 0.62)
    foot = dice.between(54, 62) if high else horizon + 4
    if high:
        _castle_hill(canvas, (x, foot))
    else:
        grass(canvas, horizon)
    tower = dice.chance(0.65)
    wide = dice.between(17, 24)
    side = dice.pick([-1, 1])
    with canvas.resized(dice.between(0.72, 1.12), (x, foot + 3)):
        _broken_wall(
            canvas, (x - wide * 0.85, x + wide * 0.85), foot + 2, dice.between(20, 28), stone
        )
        if tower:
            place = x + side * wide * dice.between(0.2, 0.9)
            _broken_tower(canvas, (place, foot + 3), dice.between(34, 42), stone)
        low = sorted((x - side * wide * 1.3, x - side * wide * 0.2))
        _broken_wall(canvas, (low[0], low[1]), foot + 4, dice.between(9, 14), darker(stone, 0.1))
    bushes(canvas, x - wide * 1.4, x + wide * 1.3, foot + 8, 7)
    if high:
        for _ in range(dice.count(5, 9)):
            px = dice.between(0, canvas.width)
            tree(canvas, px, dice.between(84, 98), dice.between(12, 20), dark=0.15)
    else:
        tree(canvas, canvas.width * dice.pick([0.1, 0.9]), 94, dice.between(40, 56))
        path(canvas, canvas.width * 0.5, (x, foot + 6), 14, EARTH)
    crowd(canvas, (x - 20, x + 20), (90, 97), 7, dice.count(0, 2))
    place_de, place_en = (
        ("auf einem Hügel", "on a hill") if high else ("auf einer Wiese", "in a meadow")
    )
    light_de, light_en = SKY_WORDS[mood]
    part_de, part_en = (
        ("einem abgebrochenen Turm", "a broken tower")
        if tower
        else ("leeren Fensterhöhlen", "empty windows")
    )
    return Caption(
        f"Ruine {place_de}",
        f"Ruin {place_en}",
        f"Die Ruine einer Burg {place_de}: verfallene Mauern mit {part_de} {light_de}.",
        f"The ruin of a castle {place_en}: crumbling walls with {part_en} {light_en}.",
    )


def _castle_hill(canvas: Canvas, top: Point) -> None:
    x, foot = top
    slope = [
        (-5.0, 96.0),
        (x - 26, foot + 3),
        (x - 10, foot - 1),
        (x + 16, foot),
        (x + 30, foot + 6),
        (canvas.width + 5, 94.0),
        (canvas.width + 5, 104),
        (-5, 104),
    ]
    canvas.fade(slope, (126, 124, 88), (84, 88, 60))
    canvas.mottle(slope, 0.6, 4.0, (46, 50, 34))


def _broken_wall(
    canvas: Canvas, span: tuple[float, float], base: float, height: float, stone: Colour
) -> None:
    dice = canvas.dice
    left, right = span
    outline: list[Point] = []
    steps = 22
    level = height * dice.between(0.5, 0.9)
    for step in range(steps + 1):
        if dice.chance(0.4):
            level = height * dice.between(0.35, 1.0)
        outline.append((left + (right - left) * step / steps, base - level + dice.bell(0.5)))
    shape = [*outline, (right, base), (left, base)]
    canvas.fade(shape, lighter(stone, 0.12), darker(stone, 0.3))
    canvas.mottle(shape, 0.7, 1.8, darker(stone, 0.6))
    for row in range(1, 12):
        y = base - height * row / 12
        for place, (x, top) in enumerate(outline[:-1]):
            if y > top + 0.8 and dice.chance(0.7):
                canvas.line(
                    [(x, y), (outline[place + 1][0], y + dice.bell(0.1))], darker(stone, 0.3), 0.14
                )
    openings = max(1, round((right - left) / 9))
    for opening in range(openings):
        x = left + (right - left) * (opening + 0.5) / openings
        top = min(y for px, y in outline if abs(px - x) < 3)
        half, tall = dice.between(1.1, 1.8), min(9.0, (base - top) * 0.5)
        if tall > 4:
            hole: Colour = dice.pick([(206, 208, 208), (58, 52, 46)])
            canvas.disc(x, base - tall * 1.35, half, half, hole)
            canvas.rect(x - half, base - tall * 1.35, x + half, base - tall * 0.55, hole)


def _broken_tower(canvas: Canvas, foot: Point, tall: float, stone: Colour) -> None:
    dice = canvas.dice
    x, base = foot
    half = dice.between(5.5, 7.5)
    top = base - tall
    crown: list[Point] = [(x - half, top)]
    for step in range(1, 9):
        crown.append((x - half + 2 * half * step / 8, top + dice.between(-1, 8) * step / 8))
    shape = [*crown, (x + half * 1.1, base), (x - half * 1.1, base)]
    canvas.fade(shape, lighter(stone, 0.22), darker(stone, 0.45), across=True)
    canvas.mottle(shape, 0.6, 1.6, darker(stone, 0.6))
    for row in range(1, 16):
        y = base - tall * 0.85 * row / 16
        canvas.line([(x - half, y), (x + half, y)], darker(stone, 0.25), 0.12)
    for share in (0.35, 0.62):
        canvas.rect(x - 0.9, base - tall * share - 3.4, x + 0.9, base - tall * share, PANE)
    for _ in range(30):
        px, y = x + half * dice.between(-1, 0.2), base - tall * dice.between(0, 0.5)
        canvas.disc(px, y, 0.9, 0.7, darker(LEAF, dice.between(0, 0.4)))
