"""Inside: the classroom."""

from __future__ import annotations

from archive_ai.sample.canvas import Canvas, Colour, Point, darker, lighter
from archive_ai.sample.figures import CLOTH, SKIN, person
from archive_ai.sample.motif import Caption

_WOOD: Colour = (118, 90, 62)


def classroom(canvas: Canvas, year: int) -> Caption:
    """Rows of desks before a blackboard, with or without pupils."""
    del year
    dice = canvas.dice
    x, y = canvas.width * dice.between(0.42, 0.58), dice.between(38, 44)
    half, tall = canvas.width * dice.between(0.26, 0.32), dice.between(19, 23)
    back = (x - half, y - tall, x + half, y + tall)
    light_left = dice.chance(0.5)
    _shell(canvas, back, light_left)
    _board(canvas, (x + dice.bell(2), y + 1), half * 0.62)
    if dice.chance(0.5):
        _wall_map(canvas, (x + half * 0.82, y - 2), half * 0.14)
    teacher = dice.chance(0.6)
    if teacher:
        person(canvas, x + half * dice.pick([-0.75, 0.75]), y + tall + 1, 21)
    else:
        canvas.fade(
            [
                (x - 6, y + tall - 9),
                (x + 6, y + tall - 9),
                (x + 7, y + tall + 1),
                (x - 7, y + tall + 1),
            ],
            lighter(_WOOD, 0.15),
            darker(_WOOD, 0.4),
        )
    pupils = dice.chance(0.6)
    rows, columns = dice.count(4, 5), dice.count(3, 5)
    for row in range(rows):
        depth = (row + 0.5) / rows
        for column in range(columns):
            _desk(canvas, (x, y + tall), (depth, (column + 0.5) / columns * 2 - 1), columns, pupils)
    who_de, who_en = (
        ("Schulkinder sitzen in Bänken", "Pupils sit at desks")
        if pupils
        else ("Leere Schulbänke stehen", "Empty school desks stand")
    )
    with_de, with_en = (
        (", vorn steht eine Lehrperson", ", a teacher stands in front") if teacher else ("", "")
    )
    return Caption(
        "Klassenzimmer",
        "Classroom",
        f"{who_de} in {rows} Reihen vor einer Wandtafel im Klassenzimmer{with_de}.",
        f"{who_en} in {rows} rows facing a blackboard in a classroom{with_en}.",
    )


def _shell(canvas: Canvas, back: tuple[float, float, float, float], light_left: bool) -> None:
    left, top, right, low = back
    wide = canvas.width
    wall: Colour = canvas.dice.pick([(196, 188, 170), (176, 170, 156), (206, 200, 186)])
    canvas.fade(
        [(0, -12), (wide, -12), (right, top), (left, top)], lighter(wall, 0.3), darker(wall, 0.1)
    )
    canvas.fade(
        [(left, top), (right, top), (right, low), (left, low)],
        lighter(wall, 0.05),
        darker(wall, 0.1),
    )
    sides = (
        ([(0.0, -14.0), (left, top), (left, low), (0.0, 112.0)], light_left),
        ([(right, top), (wide, -14.0), (wide, 112.0), (right, low)], not light_left),
    )
    for shape, lit in sides:
        canvas.fade(shape, darker(wall, 0.3 if lit else 0.05), darker(wall, 0.35 if lit else 0.15))
    canvas.fade([(left, low), (right, low), (wide, 112), (0, 112)], (150, 124, 94), (96, 76, 56))
    for board in range(15):
        share = board / 14
        canvas.line(
            [(left + (right - left) * share, low), (wide * (share * 1.4 - 0.2), 112)],
            (84, 66, 50),
            0.25,
        )
    edge, far = (0.0, left) if light_left else (wide, right)
    for start, end in ((0.12, 0.38), (0.5, 0.68), (0.78, 0.9)):
        corners: list[Point] = []
        for share, up in ((start, 0.12), (end, 0.12), (end, 0.62), (start, 0.62)):
            px = edge + (far - edge) * share
            high = -14 + (top + 14) * share
            foot = 112 + (low - 112) * share
            corners.append((px, high + (foot - high) * up))
        canvas.polygon(corners, (246, 245, 240))
        canvas.line([*corners, corners[0]], darker(wall, 0.55), 0.7)
        middle = ((corners[0][0] + corners[1][0]) / 2, (corners[0][1] + corners[1][1]) / 2)
        below = ((corners[3][0] + corners[2][0]) / 2, (corners[3][1] + corners[2][1]) / 2)
        canvas.line([middle, below], darker(wall, 0.5), 0.5)
    sign = 1 if light_left else -1
    canvas.shade(
        [(far, low + 2), (far + sign * 30, low + 6), (far + sign * 46, 100), (far - sign * 2, 100)],
        0.05,
        0.3,
        colour=(250, 244, 226),
    )
    lamp = canvas.width * 0.5
    canvas.line([(lamp, 0), (lamp, 9)], (50, 46, 42), 0.4)
    canvas.polygon([(lamp - 4, 12), (lamp - 1, 9), (lamp + 1, 9), (lamp + 4, 12)], (70, 66, 62))


def _board(canvas: Canvas, middle: Point, half: float) -> None:
    dice = canvas.dice
    x, y = middle
    tall = half * 0.42
    canvas.rect(x - half - 1, y - tall - 1, x + half + 1, y + tall + 1, _WOOD)
    canvas.fade(
        [(x - half, y - tall), (x + half, y - tall), (x + half, y + tall), (x - half, y + tall)],
        (46, 50, 48),
        (30, 34, 32),
    )
    words = dice.shuffled(
        ["A B C D", "1 + 2 = 3", "der Neckar", "7 x 8 = 56", "Heilbronn", "a e i o u"]
    )
    for line in range(3):
        canvas.text(
            (x - half * 0.85 + line * 2, y - tall * 0.85 + line * tall * 0.56),
            words[line],
            tall * 0.42,
            (224, 224, 218),
        )
    canvas.line([(x - half, y + tall + 0.6), (x + half, y + tall + 0.6)], lighter(_WOOD, 0.35), 0.6)


def _wall_map(canvas: Canvas, middle: Point, half: float) -> None:
    x, y = middle
    canvas.rect(x - half, y - half * 1.4, x + half, y + half * 1.4, (214, 204, 178))
    for _ in range(5):
        canvas.disc(
            x + canvas.dice.bell(half * 0.3),
            y + canvas.dice.bell(half * 0.5),
            half * 0.4,
            half * 0.4,
            (160, 152, 120),
        )


def _desk(
    canvas: Canvas, away: Point, spot: tuple[float, float], columns: int, pupils: bool
) -> None:
    dice = canvas.dice
    (x, floor), (depth, side) = away, spot
    y = floor + 2 + (100 - floor) * depth**1.25 * 1.02
    spread = canvas.width * (0.24 + 0.42 * depth**1.2)
    size = (canvas.width / columns) * (0.17 + 0.32 * depth)
    px = x + side * spread
    high = size * 0.5
    if pupils:
        for seat in (-0.26, 0.26):
            _pupil(canvas, (px + seat * size * 1.5, y - high * 0.75), size * 0.46)
    canvas.fade(
        [
            (px - size * 0.8, y - high),
            (px + size * 0.8, y - high),
            (px + size * 0.9, y - high * 0.66),
            (px - size * 0.9, y - high * 0.66),
        ],
        lighter(_WOOD, 0.4),
        lighter(_WOOD, 0.15),
    )
    canvas.fade(
        [
            (px - size * 0.9, y - high * 0.66),
            (px + size * 0.9, y - high * 0.66),
            (px + size * 0.86, y - high * 0.1),
            (px - size * 0.86, y - high * 0.1),
        ],
        darker(_WOOD, 0.15),
        darker(_WOOD, 0.5),
    )
    for leg in (-0.82, 0.82):
        canvas.line(
            [(px + leg * size, y - high * 0.6), (px + leg * size, y + high * 0.3)],
            darker(_WOOD, 0.5),
            size * 0.06,
        )
    if dice.chance(0.4):
        canvas.polygon(
            [
                (px - size * 0.3, y - high * 0.92),
                (px + size * 0.1, y - high * 0.92),
                (px + size * 0.12, y - high * 0.74),
                (px - size * 0.34, y - high * 0.74),
            ],
            (232, 228, 216),
        )


def _pupil(canvas: Canvas, foot: Point, size: float) -> None:
    dice = canvas.dice
    x, base = foot
    cloth = dice.pick(CLOTH)
    canvas.fade(
        [
            (x - size * 0.36, base + size * 0.3),
            (x - size * 0.3, base - size * 0.5),
            (x + size * 0.3, base - size * 0.5),
            (x + size * 0.36, base + size * 0.3),
        ],
        lighter(cloth, 0.15),
        darker(cloth, 0.2),
    )
    canvas.disc(x, base - size * 0.82, size * 0.25, size * 0.32, SKIN)
    canvas.disc(
        x,
        base - size * 0.92,
        size * 0.27,
        size * 0.27,
        dice.pick([(58, 44, 34), (126, 100, 66), (40, 32, 28)]),
    )
