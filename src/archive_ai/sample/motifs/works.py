"""Work and industry: the factory and the building site."""

from __future__ import annotations

from archive_ai.sample.canvas import Canvas, Colour, Point, darker, lighter
from archive_ai.sample.figures import crowd
from archive_ai.sample.houses import PANE, Wall, house_row, plain_wall
from archive_ai.sample.landscape import EARTH, cast_shadow, ground, hills, paving, sky
from archive_ai.sample.motif import Caption
from archive_ai.sample.trees import bushes

_BRICK: tuple[Colour, ...] = ((138, 92, 72), (150, 108, 86), (124, 98, 84), (166, 150, 132))


def factory(canvas: Canvas, year: int) -> Caption:
    """Halls with saw-tooth or saddle roofs and tall smoking chimneys."""
    del year
    dice = canvas.dice
    base = dice.between(74, 84)
    sky(canvas, base)
    hills(canvas, base - 3, dice.between(8, 18))
    canvas.blur(0.35)
    if dice.chance(0.5):
        paving(canvas, base - 3, (146, 138, 126))
    else:
        ground(canvas, base - 3, EARTH)
    chimneys = dice.count(1, 4)
    start, drift = canvas.width * dice.between(0.12, 0.3), dice.pick([-1, 1])
    spots = [
        start + canvas.width * 0.62 * k / max(1, chimneys) + dice.bell(3) for k in range(chimneys)
    ]
    for x in spots:
        _chimney(canvas, (x, base - 6), dice.between(46, 62), drift)
    saw = dice.chance(0.6)
    brick = dice.pick(_BRICK)
    _main_block(canvas, base, darker(brick, 0.1))
    left = canvas.width * dice.between(-0.05, 0.12)
    right = canvas.width * dice.between(0.78, 1.05)
    _halls(canvas, (left, right), base, brick, saw)
    if dice.chance(0.6):
        _yard_wall(canvas, base + 5, brick)
    if dice.chance(0.4):
        bushes(canvas, 0, canvas.width * 0.4, 100, 8)
    crowd(canvas, (4, canvas.width - 4), (base + 8, 97), 9, dice.count(0, 7))
    number_de = (
        "einem rauchenden Schornstein",
        "zwei rauchenden Schornsteinen",
        "drei rauchenden Schornsteinen",
        "vier rauchenden Schornsteinen",
    )
    number_en = (
        "one smoking chimney",
        "two smoking chimneys",
        "three smoking chimneys",
        "four smoking chimneys",
    )
    roof_de, roof_en = (
        ("Sheddächern", "saw-tooth roofs") if saw else ("Satteldächern", "saddle roofs")
    )
    return Caption(
        "Fabrik in der Neckarvorstadt",
        "Factory in the Neckar suburb",
        f"Eine Fabrik mit {number_de[chimneys - 1]} und Hallen mit {roof_de}.",
        f"A factory with {number_en[chimneys - 1]} and halls with {roof_en}.",
    )


def _chimney(canvas: Canvas, foot: Point, tall: float, drift: int) -> None:
    dice = canvas.dice
    x, base = foot
    top = base - tall
    brick = dice.pick(_BRICK)
    smoke: Colour = dice.pick([(70, 68, 68), (110, 108, 106), (200, 198, 194)])
    reach = dice.between(24, 52)
    edges = (x - 3, x + reach) if drift > 0 else (x - reach, x + 3)
    canvas.cloud((edges[0], top - dice.between(12, 20), edges[1], top + 5), smoke, 0.85)
    near = (x - 2, x + reach * 0.4) if drift > 0 else (x - reach * 0.4, x + 2)
    canvas.cloud((near[0], top - 9, near[1], top + 2), darker(smoke, 0.2), 0.9)
    shape = [(x - 1.5, top), (x + 1.5, top), (x + 2.6, base), (x - 2.6, base)]
    canvas.fade(shape, lighter(brick, 0.2), darker(brick, 0.5), across=True)
    canvas.rect(x - 2.1, top - 0.4, x + 2.1, top + 1.4, darker(brick, 0.3))
    for band in range(1, 8):
        y = top + tall * band / 8
        canvas.line([(x - 2.4, y), (x + 2.4, y)], darker(brick, 0.35), 0.18)


def _main_block(canvas: Canvas, base: float, brick: Colour) -> None:
    dice = canvas.dice
    tall = dice.between(22, 32)
    left = canvas.width * dice.between(0.1, 0.55)
    wide = dice.between(26, 40)
    wall = Wall.flat(left, left + wide, base - tall, base)
    canvas.fade(
        [
            (left - 0.6, base - tall),
            (left + 2, base - tall - 5),
            (left + wide - 2, base - tall - 5),
            (left + wide + 0.6, base - tall),
        ],
        (96, 84, 78),
        (70, 62, 58),
    )
    plain_wall(canvas, wall, brick)
    _window_grid(canvas, wall, round(wide / 4), 4)


def _window_grid(canvas: Canvas, wall: Wall, columns: int, rows: int) -> None:
    for row in range(rows):
        for column in range(columns):
            start, low = (column + 0.2) / columns, (row + 0.25) / rows
            canvas.polygon(wall.panel(start, start + 0.6 / columns, low, low + 0.55 / rows), PANE)
            middle = start + 0.3 / columns
            canvas.line(
                [wall.at(middle, low), wall.at(middle, low + 0.55 / rows)], (150, 146, 140), 0.15
            )
            bar = low + 0.28 / rows
            canvas.line(
                [wall.at(start, bar), wall.at(start + 0.6 / columns, bar)], (150, 146, 140), 0.15
            )


def _halls(
    canvas: Canvas, span: tuple[float, float], base: float, brick: Colour, saw: bool
) -> None:
    dice = canvas.dice
    left, right = span
    tall = dice.between(11, 15)
    bays = dice.count(4, 7)
    wide = (right - left) / bays
    for bay in range(bays):
        x = left + bay * wide
        if saw:
            roof = [(x, base - tall), (x, base - tall - 7), (x + wide, base - tall)]
            canvas.fade(roof, (120, 112, 104), (90, 84, 78))
            canvas.rect(x, base - tall - 6.5, x + 0.8, base - tall, (206, 208, 206))
        else:
            roof = [
                (x - 0.5, base - tall),
                (x + wide / 2, base - tall - 7.5),
                (x + wide + 0.5, base - tall),
            ]
            canvas.fade(roof, lighter(brick, 0.12), brick)
            canvas.line(roof, (74, 64, 60), 0.7)
            canvas.disc(x + wide / 2, base - tall - 2.4, 1.4, 1.4, PANE)
        wall = Wall.flat(x, x + wide, base - tall, base)
        plain_wall(canvas, wall, brick)
        for window in range(2):
            start = 0.14 + window * 0.42
            if dice.chance(0.15):
                canvas.polygon(wall.panel(start, start + 0.3, 0, 0.7), (50, 42, 38))
                continue
            spot = wall.panel(start, start + 0.3, 0.28, 0.75)
            canvas.polygon(spot, PANE)
            middle = wall.at(start + 0.15, 0.28)[0]
            canvas.line(
                [(middle, base - tall * 0.75), (middle, base - tall * 0.28)], (158, 154, 148), 0.2
            )
            canvas.line(
                [(spot[0][0], base - tall * 0.5), (spot[1][0], base - tall * 0.5)],
                (158, 154, 148),
                0.2,
            )


def _yard_wall(canvas: Canvas, base: float, brick: Colour) -> None:
    x = 0.0
    gate = canvas.width * canvas.dice.between(0.3, 0.7)
    while x < canvas.width:
        if abs(x - gate) > 6:
            canvas.fade(
                [(x, base - 5), (x + 6, base - 5), (x + 6, base), (x, base)],
                darker(brick, 0.1),
                darker(brick, 0.4),
            )
            canvas.rect(x, base - 6.2, x + 1, base, darker(brick, 0.25))
        x += 6


def building_site(canvas: Canvas, year: int) -> Caption:
    """A shell of walls in scaffolding under a crane."""
    del year
    dice = canvas.dice
    base = dice.between(78, 86)
    sky(canvas, base)
    if dice.chance(0.6):
        house_row(canvas, base - 2, 24, (-6, canvas.width + 6))
    else:
        hills(canvas, base - 2, 18)
    canvas.haze((214, 214, 210), 0.35)
    canvas.blur(0.3)
    ground(canvas, base - 2, (158, 138, 110))
    wide = min(canvas.width * 0.66, dice.between(46, 62))
    left = canvas.width * 0.5 - wide * dice.between(0.4, 0.72)
    storeys = dice.count(2, 4)
    tall = storeys * dice.between(10.5, 12.5)
    tower_crane = dice.chance(0.6)
    side = left + wide + 9 if left + wide + 10 < canvas.width else left - 6
    cast_shadow(canvas, (left, left + wide), base, 5)
    _crane(
        canvas,
        (side, base),
        (min(84.0, tall + dice.between(20, 28)), wide),
        side > left,
        tower_crane,
    )
    _shell(canvas, (left, left + wide), (base - tall, base), storeys)
    _scaffold(canvas, (left - 3, left + wide + 3), (base - tall - 4, base), storeys)
    _materials(canvas, base)
    crowd(canvas, (5, canvas.width - 5), (base + 2, 96), 9, dice.count(2, 6))
    number_de = {2: "zwei", 3: "drei", 4: "vier"}[storeys]
    number_en = {2: "two", 3: "three", 4: "four"}[storeys]
    crane_de, crane_en = (
        ("Turmdrehkran", "tower crane") if tower_crane else ("Holzkran", "timber derrick")
    )
    return Caption(
        "Baustelle mit Gerüst",
        "Building site with scaffolding",
        f"Ein Rohbau mit {number_de} Geschossen im Gerüst, daneben ein {crane_de}.",
        f"A shell of {number_en} storeys in scaffolding beside a {crane_en}.",
    )


def _shell(
    canvas: Canvas, span: tuple[float, float], drop: tuple[float, float], storeys: int
) -> None:
    dice = canvas.dice
    (left, right), (top, base) = span, drop
    brick = dice.pick(_BRICK)
    columns = round((right - left) / 7)
    step = (right - left) / columns
    outline: list[Point] = [(left, base)]
    for column in range(columns):
        level = top + dice.pick([0.0, 0.0, 2.0, 5.0])
        outline += [(left + column * step, level), (left + (column + 1) * step, level)]
    outline.append((right, base))
    canvas.fade(outline, lighter(brick, 0.15), darker(brick, 0.2))
    canvas.mottle(outline, 0.5, 1.5, darker(brick, 0.6))
    rows = round((base - top) / 1.3)
    for row in range(rows):
        y = base - row * 1.3
        canvas.line([(left, y), (right, y)], darker(brick, 0.2), 0.1)
    high = (base - top) / storeys
    for storey in range(storeys):
        for column in range(columns):
            x, y = left + (column + 0.28) * step, base - storey * high
            canvas.rect(x, y - high * 0.78, x + step * 0.44, y - high * 0.22, (40, 36, 34))


def _scaffold(
    canvas: Canvas, span: tuple[float, float], drop: tuple[float, float], storeys: int
) -> None:
    (left, right), (top, base) = span, drop
    pole: Colour = canvas.dice.pick([(86, 72, 56), (60, 52, 46), (190, 172, 142)])
    posts = round((right - left) / 6.5)
    for post in range(posts + 1):
        x = left + (right - left) * post / posts
        lean = canvas.dice.bell(0.3)
        canvas.line([(x, base + 0.5), (x + lean, top - canvas.dice.between(0, 5))], pole, 0.5)
    levels = storeys + 1
    for level in range(1, levels + 1):
        y = base - (base - top) * level / levels
        canvas.line([(left - 1, y), (right + 1, y)], lighter(pole, 0.25), 0.9)
        canvas.line([(left - 1, y + 0.7), (right + 1, y + 0.7)], darker(pole, 0.4), 0.3)
        canvas.line([(left, y - 3), (right, y - 3)], pole, 0.3)
        for post in range(0, posts, 2):
            x = left + (right - left) * post / posts
            canvas.line(
                [(x, y), (x + (right - left) / posts, y + (base - top) / levels)], pole, 0.3
            )
    foot = left + (right - left) * canvas.dice.between(0.2, 0.7)
    for side in (0.0, 1.6):
        canvas.line(
            [(foot + side, base + 2), (foot + side + 6, base - (base - top) / levels - 3)],
            lighter(pole, 0.2),
            0.35,
        )


def _crane(
    canvas: Canvas, foot: Point, size: tuple[float, float], leftwards: bool, modern: bool
) -> None:
    x, base = foot
    tall, reach = size
    top = base - tall
    steel: Colour = (58, 56, 56) if modern else (84, 68, 52)
    sign = -1 if leftwards else 1
    half = 1.8
    for side in (-half, half):
        canvas.line([(x + side, base), (x + side, top)], steel, 0.65)
    rungs = round(tall / 3.6)
    for rung in range(rungs):
        y = base - rung * tall / rungs
        canvas.line([(x - half, y), (x + half, y - tall / rungs)], steel, 0.35)
        canvas.line([(x + half, y), (x - half, y - tall / rungs)], steel, 0.35)
    tip = (x + sign * reach * 0.8, top if modern else top - 8)
    canvas.line([(x - sign * 11, top), tip], steel, 0.8)
    if modern:
        canvas.line(
            [(x, top - 8), (x - sign * 11, top), (x, top - 3), tip, (x, top - 8)], steel, 0.4
        )
        for part in range(14):
            px = x + (tip[0] - x) * part / 14
            canvas.line(
                [(px, top), (px + sign * reach * 0.03, top - 3 + 3 * part / 14)], steel, 0.3
            )
        canvas.rect(x - sign * 11 - 2, top, x - sign * 11 + 2, top + 4, (90, 86, 82))
        canvas.rect(x - 2, top + 0.5, x + 2, top + 4.5, (120, 116, 110))
    hook = x + (tip[0] - x) * 0.72
    y = top + (tip[1] - top) * 0.72
    low = y + canvas.dice.between(8, 16)
    canvas.line([(hook, y), (hook, low)], (40, 38, 36), 0.25)
    canvas.fade(
        [(hook - 3, low), (hook + 3, low), (hook + 3, low + 3), (hook - 3, low + 3)],
        (150, 120, 90),
        (90, 70, 54),
    )


def _materials(canvas: Canvas, base: float) -> None:
    dice = canvas.dice
    for _ in range(dice.count(2, 4)):
        x, y = dice.between(0, canvas.width - 14), dice.between(base + 5, 97)
        if dice.chance(0.5):
            for plank in range(6):
                canvas.line(
                    [(x, y - plank * 0.7), (x + 16, y - plank * 0.7 - 1)],
                    dice.pick([(190, 164, 124), (140, 114, 84)]),
                    0.6,
                )
        else:
            canvas.fade([(x, y), (x + 7, y - 5.5), (x + 14, y)], (206, 190, 158), (140, 122, 94))
            canvas.mottle([(x, y), (x + 7, y - 5.5), (x + 14, y)], 0.5, 1.0)
