"""Outside the walls: the vineyard and the snow."""

from __future__ import annotations

from archive_ai.sample.canvas import Canvas, Colour, Point, darker, lighter, mixed
from archive_ai.sample.figures import crowd
from archive_ai.sample.houses import PANE, Wall, plain_wall, roofscape
from archive_ai.sample.landscape import SNOW, hills, path, ridge, sky
from archive_ai.sample.motif import Caption
from archive_ai.sample.motifs.church import steeple
from archive_ai.sample.trees import conifer, tree


def vineyard(canvas: Canvas, year: int) -> Caption:
    """Rows of vines on a slope, with stakes, walls, a hut or pickers."""
    del year
    dice = canvas.dice
    horizon = dice.between(28, 44)
    sky(canvas, horizon + 8)
    hills(canvas, horizon + 6, dice.between(10, 18))
    village = dice.chance(0.45)
    if village:
        roofscape(canvas, horizon + 8, 8, (0, canvas.width))
        foot = (canvas.width * dice.between(0.2, 0.8), horizon + 7)
        steeple(canvas, foot, (1.6, 12), (170, 160, 144), "pointed")
    canvas.blur(0.35)
    bare = dice.chance(0.25)
    soil: Colour = (166, 146, 114)
    tilt = dice.between(-9, 9)
    slope = [
        (0.0, horizon + 6 - tilt),
        (canvas.width, horizon + 6 + tilt),
        (canvas.width, 101.0),
        (0.0, 101.0),
    ]
    canvas.fade(slope, lighter(soil, 0.35), lighter(soil, 0.05))
    canvas.mottle(slope, 0.35, 2.0, darker(soil, 0.6))
    level = dice.chance(0.4)
    if level:
        _rows_across(canvas, (horizon + 8, tilt), bare=bare)
    else:
        _rows_running_off(canvas, (horizon + 7, tilt), bare=bare)
    hut = dice.chance(0.4)
    if hut:
        _vineyard_hut(
            canvas, (canvas.width * dice.pick([0.2, 0.78]), horizon + dice.between(16, 24))
        )
    harvest = not bare and dice.chance(0.5)
    if harvest:
        _harvest(canvas, horizon)
    season_de, season_en = (
        ("im Winter, ohne Laub", "in winter, without leaves")
        if bare
        else (("bei der Weinlese", "at harvest time") if harvest else ("im Sommer", "in summer"))
    )
    rows_de, rows_en = (
        ("quer zum Hang", "across the slope") if level else ("den Hang hinauf", "up the slope")
    )
    more_de, more_en = (
        (", im Tal ein Dorf", ", with a village in the valley") if village else ("", "")
    )
    if hut:
        more_de, more_en = (
            more_de + ", am Rand ein Weinberghäuschen",
            more_en + ", a small vineyard hut to one side",
        )
    return Caption(
        "Weinberg am Wartberg",
        "Vineyard on the Wartberg",
        f"Ein Weinberg {season_de}; die Rebzeilen laufen {rows_de}{more_de}.",
        f"A vineyard {season_en}; the rows of vines run {rows_en}{more_en}.",
    )


def _harvest(canvas: Canvas, horizon: float) -> None:
    """Pickers among the vines, and their tubs."""
    dice = canvas.dice
    crowd(canvas, (6, canvas.width - 6), (horizon + 26, 95), 22, dice.count(3, 7))
    for _ in range(dice.count(2, 4)):
        x, y = dice.between(8, canvas.width - 8), dice.between(80, 96)
        canvas.fade(
            [(x - 3, y - 5), (x + 3, y - 5), (x + 2.4, y), (x - 2.4, y)],
            (170, 140, 96),
            (92, 72, 50),
        )
        canvas.disc(x, y - 5, 3, 1, (70, 62, 66))


def _rows_running_off(canvas: Canvas, top: tuple[float, float], *, bare: bool) -> None:
    dice = canvas.dice
    far, tilt = top
    away = canvas.width * dice.between(0.2, 0.8)
    rows = dice.count(13, 18)
    leaf: Colour = mixed((78, 96, 50), (120, 116, 62), dice.between(0, 1))
    spread = canvas.width * dice.between(2.2, 3.0)
    for row in range(rows):
        foot = away + (row + 0.5 - rows / 2) * spread / rows
        start_x = away + (row + 0.5 - rows / 2) * canvas.width * 1.05 / rows
        start_y = far + tilt * (start_x / canvas.width * 2 - 1)
        steps = 34
        for step in range(steps):
            depth = (step / steps) ** 1.7
            x = start_x + (foot - start_x) * depth
            y = start_y + (104 - start_y) * depth
            if -8 < x < canvas.width + 8:
                _vine(canvas, (x, y), 1.0 + 9.5 * depth, leaf, bare=bare)


def _rows_across(canvas: Canvas, top: tuple[float, float], *, bare: bool) -> None:
    dice = canvas.dice
    far, tilt = top
    leaf: Colour = mixed((78, 96, 50), (120, 116, 62), dice.between(0, 1))
    depth = 0.0
    while depth < 1.06:
        size = 1.4 + 8.5 * depth
        x = -dice.between(0, size)
        base = far + (102 - far) * depth
        canvas.shade(
            [
                (0, base),
                (canvas.width, base + tilt * (1 - depth)),
                (canvas.width, base + size * 0.5),
                (0, base + size * 0.5),
            ],
            0.35,
            0.1,
        )
        while x < canvas.width + size:
            y = base + tilt * (1 - depth) * (x / canvas.width * 2 - 1)
            _vine(canvas, (x, y), size, leaf, bare=bare)
            x += size * 0.42
        depth += 0.042 + 0.16 * depth


def _vine(canvas: Canvas, foot: Point, size: float, leaf: Colour, *, bare: bool) -> None:
    dice = canvas.dice
    x, y = foot
    stake = (x + dice.bell(0.03) * size, y - size * 1.5)
    canvas.line([(x, y), stake], (92, 74, 56), size * 0.055)
    if bare:
        canvas.line(
            [(x, y - size * 0.2), (x + dice.bell(0.25) * size, y - size * 0.9)],
            (62, 48, 38),
            size * 0.06,
        )
        return
    for _ in range(6 if size > 3 else 3):
        up = dice.between(0.15, 1.1)
        tone = lighter(darker(leaf, 0.42), up * dice.between(0.1, 0.55))
        canvas.disc(x + dice.bell(0.11) * size, y - up * size, size * 0.17, size * 0.17, tone)
    canvas.line([(x, y - size * 1.05), stake], (176, 158, 130), size * 0.05)


def _vineyard_hut(canvas: Canvas, foot: Point) -> None:
    x, base = foot
    wall = Wall.flat(x - 5, x + 5, base - 9, base)
    plain_wall(canvas, wall, (214, 206, 190))
    canvas.fade(
        [(x - 6.2, base - 8.6), (x, base - 15), (x + 6.2, base - 8.6)], (120, 78, 60), (92, 62, 50)
    )
    canvas.rect(x - 1.2, base - 6, x + 1.2, base, (66, 52, 42))
    canvas.rect(x + 2.2, base - 6.4, x + 3.8, base - 4, PANE)


def winter(canvas: Canvas, year: int) -> Caption:
    """A village, a lane or skaters in deep snow among bare trees and firs."""
    del year
    dice = canvas.dice
    horizon = dice.between(44, 58)
    _snowy_land(canvas, horizon)
    kind = dice.pick(["village", "village", "lane", "pond"])
    if kind == "pond":
        _frozen_pond(canvas, horizon)
    houses = dice.count(2, 4) if kind == "village" else 1
    for place in range(houses):
        _snowy_house(
            canvas,
            (canvas.width * (0.16 + 0.24 * place) + dice.bell(3), horizon + 8 + dice.between(0, 7)),
            dice.between(1.0, 1.9) if kind == "village" else dice.between(0.7, 1.1),
        )
    if kind != "pond":
        path(
            canvas,
            canvas.width * dice.between(0.3, 0.7),
            (canvas.width * dice.between(0.3, 0.7), horizon + 6),
            22,
            (198, 202, 210),
        )
        _snow_fence(canvas, dice.between(84, 92))
    _winter_trees(canvas, horizon)
    people = dice.count(3, 8) if kind == "pond" else dice.count(0, 4)
    crowd(canvas, (canvas.width * 0.2, canvas.width * 0.8), (horizon + 16, 88), 15, people)
    snowing = dice.chance(0.4)
    if snowing:
        for _ in range(140):
            x, y = dice.between(0, canvas.width), dice.between(0, 100)
            size = dice.between(0.15, 0.5)
            canvas.disc(x, y, size, size, (250, 250, 250))
    number_de, number_en = {
        1: ("Ein", "One"),
        2: ("Zwei", "Two"),
        3: ("Drei", "Three"),
        4: ("Vier", "Four"),
    }[houses]
    fall_de, fall_en = (
        ("es schneit", "snow is falling")
        if snowing
        else ("die Hügel dahinter sind weiß", "the hills behind are white")
    )
    kind_de, kind_en = {
        "village": (
            f"{number_de} verschneite Häuser an einem Weg",
            f"{number_en} snow-covered houses on a lane",
        ),
        "lane": ("Ein Weg durch verschneite Felder", "A lane through snow-covered fields"),
        "pond": ("Menschen auf einem zugefrorenen Weiher", "People on a frozen pond"),
    }[kind]
    return Caption(
        "Winter mit viel Schnee",
        "Winter with deep snow",
        f"{kind_de}, {fall_de}.",
        f"{kind_en}, {fall_en}.",
    )


def _winter_trees(canvas: Canvas, horizon: float) -> None:
    """Bare trees and firs at both sides."""
    dice = canvas.dice
    for _ in range(dice.count(2, 4)):
        x = canvas.width * dice.pick([dice.between(0, 0.22), dice.between(0.78, 1)])
        base = dice.between(horizon + 14, 94)
        if dice.chance(0.55):
            tree(canvas, x, base, dice.between(36, 58), bare=True)
        else:
            conifer(canvas, x, base, dice.between(26, 44), snow=True)


def _snowy_land(canvas: Canvas, horizon: float) -> None:
    """A grey sky, white hills with firs, and snow to the front."""
    dice = canvas.dice
    canvas.fade(
        [(0, 0), (canvas.width, 0), (canvas.width, horizon + 2), (0, horizon + 2)],
        (158, 164, 172),
        (208, 210, 212),
    )
    outline = ridge(canvas, horizon, dice.between(10, 22))
    canvas.fade(
        [*outline, (canvas.width, horizon + 2), (0, horizon + 2)], (206, 210, 216), (224, 226, 230)
    )
    for _ in range(50):
        x = dice.between(0, canvas.width)
        conifer(canvas, x, horizon + dice.between(-5, 1), dice.between(3, 6), snow=True)
    canvas.blur(0.3)
    snow = [(0.0, horizon), (canvas.width, horizon), (canvas.width, 101.0), (0.0, 101.0)]
    canvas.fade(snow, (224, 228, 232), (244, 244, 246))
    canvas.mottle(snow, 0.16, 9.0, (120, 130, 150))


def _frozen_pond(canvas: Canvas, horizon: float) -> None:
    dice = canvas.dice
    middle = canvas.width / 2
    canvas.disc(middle, horizon + 27, canvas.width * 0.42, 15, (214, 218, 224))
    canvas.disc(middle, horizon + 27.6, canvas.width * 0.4, 14, (172, 180, 190))
    for _ in range(26):
        x, y = middle + dice.bell(canvas.width * 0.16), horizon + 27 + dice.bell(4.5)
        canvas.line([(x, y), (x + dice.between(3, 12), y + dice.bell(0.8))], (212, 218, 226), 0.25)


def _snowy_house(canvas: Canvas, foot: Point, size: float) -> None:
    dice = canvas.dice
    x, base = foot
    half, tall = 10 * size, 10 * size
    colour: Colour = dice.pick([(150, 132, 110), (128, 110, 94), (176, 160, 138)])
    wall = Wall.flat(x - half, x + half, base - tall, base)
    plain_wall(canvas, wall, colour)
    for side in (-0.55, 0.0, 0.55):
        px = x + side * half
        canvas.rect(px - 1.3 * size, base - tall * 0.75, px + 1.3 * size, base - tall * 0.35, PANE)
    roof = [
        (x - half - 1.5, base - tall),
        (x - half * 0.6, base - tall * 1.8),
        (x + half * 0.6, base - tall * 1.8),
        (x + half + 1.5, base - tall),
    ]
    canvas.fade(roof, SNOW, (206, 212, 222))
    canvas.line([roof[0], roof[3]], (250, 250, 252), 1.2 * size)
    canvas.rect(
        x + half * 0.2, base - tall * 2.15, x + half * 0.38, base - tall * 1.7, (110, 84, 70)
    )
    canvas.rect(x + half * 0.17, base - tall * 2.2, x + half * 0.41, base - tall * 2.1, SNOW)
    canvas.fade(
        [
            (x - half - 2, base - 0.8),
            (x + half + 2, base - 0.8),
            (x + half + 4, base + 1.5),
            (x - half - 4, base + 1.5),
        ],
        (238, 240, 244),
        (228, 232, 238),
    )
    if dice.chance(0.6):
        canvas.cloud(
            (x + half * 0.2, base - tall * 3.4, x + half * 1.4, base - tall * 2.1),
            (120, 122, 126),
            0.6,
        )


def _snow_fence(canvas: Canvas, base: float) -> None:
    dice = canvas.dice
    left, right = (
        (0.0, canvas.width * 0.3) if dice.chance(0.5) else (canvas.width * 0.68, canvas.width)
    )
    x = left
    while x < right:
        canvas.line([(x, base), (x, base - 8)], (74, 62, 54), 0.9)
        canvas.disc(x, base - 8.2, 0.9, 0.6, SNOW)
        x += 5.5
    for drop in (2.6, 6.0):
        canvas.line([(left, base - drop), (right, base - drop)], (84, 72, 62), 0.6)
        canvas.line([(left, base - drop - 0.5), (right, base - drop - 0.5)], SNOW, 0.35)
