"""The town as a whole: market, street, and the view over the roofs."""

from __future__ import annotations

from itertools import pairwise

from archive_ai.sample.canvas import Canvas, Colour, Point, darker, lighter
from archive_ai.sample.figures import crowd, person
from archive_ai.sample.houses import Wall, facade_in_perspective, house_row, roofscape
from archive_ai.sample.landscape import SKY_WORDS, hills, paving, sky, water
from archive_ai.sample.motif import Caption
from archive_ai.sample.motifs.church import steeple
from archive_ai.sample.trees import tree


def market(canvas: Canvas, year: int) -> Caption:
    """Stalls with awnings and umbrellas, baskets and buyers before town houses."""
    del year
    dice = canvas.dice
    base = dice.between(44, 54)
    mood = sky(canvas, base)
    house_row(canvas, base, dice.between(26, 36), (-8, canvas.width + 8))
    church = dice.chance(0.5)
    if church:
        steeple(
            canvas,
            (canvas.width * dice.between(0.2, 0.8), base - 8),
            (4.5, 30),
            (170, 160, 142),
            dice.pick(["pointed", "onion"]),
        )
        house_row(canvas, base, 22, (-8, canvas.width + 8))
    canvas.haze((210, 208, 202), 0.18)
    canvas.blur(0.2)
    paving(canvas, base - 0.5)
    umbrellas = dice.chance(0.5)
    rows = dice.count(2, 3)
    for row in range(rows):
        depth = (row + 0.6) / rows
        y = base + 4 + (88 - base) * depth * 0.85
        size = 9 + 13 * depth
        crowd(canvas, (0, canvas.width), (y - 4, y), size * 0.85, dice.count(4, 9))
        x = dice.between(-size, size * 0.6)
        while x < canvas.width:
            if dice.chance(0.85):
                _stall(canvas, x, y, size, umbrellas)
            x += size * dice.between(1.7, 2.6)
    crowd(canvas, (0, canvas.width), (90, 99), 22, dice.count(1, 4))
    roof_de, roof_en = (
        ("großen Schirmen", "large umbrellas")
        if umbrellas
        else ("gestreiften Planen", "striped awnings")
    )
    rows_de, rows_en = {2: ("zwei", "two"), 3: ("drei", "three")}[rows]
    light_de, light_en = SKY_WORDS[mood]
    back_de, back_en = (
        ("Häuser und ein Kirchturm", "houses and a steeple") if church else ("Häuser", "houses")
    )
    return Caption(
        "Wochenmarkt auf dem Marktplatz",
        "Weekly market on the market square",
        f"Marktstände mit {roof_de} in {rows_de} Reihen {light_de}, dahinter {back_de}.",
        f"Market stalls with {roof_en} in {rows_en} rows {light_en}, {back_en} behind.",
    )


def _umbrella(canvas: Canvas, foot: Point, size: tuple[float, float], cloth: Colour) -> None:
    (middle, base), (wide, tall) = foot, size
    canvas.line([(middle, base), (middle, base - tall * 1.35)], (70, 56, 44), wide * 0.027)
    top, low = base - tall * 1.4, base - tall * 0.95
    half = wide * 0.62
    canvas.polygon([(middle - half, low), (middle, top), (middle + half, low)], cloth)
    for part in range(6):
        if part % 2:
            start = middle - half + part * half / 3
            canvas.polygon(
                [(start, low), (middle, top), (start + half / 3, low)], darker(cloth, 0.22)
            )
    canvas.shade([(middle, low), (middle, top), (middle + half, low)], 0.1, 0.3)


def _awning(canvas: Canvas, foot: Point, size: tuple[float, float], cloth: Colour) -> None:
    (x, base), (wide, tall) = foot, size
    for edge in (x, x + wide):
        canvas.line([(edge, base), (edge, base - tall)], (74, 60, 48), wide * 0.027)
    top, low = base - tall * 1.25, base - tall * 0.88
    back = [
        (x - 0.5, low),
        (x + wide * 0.08, top),
        (x + wide * 0.92, top),
        (x + wide + 0.5, low),
    ]
    canvas.fade(back, lighter(cloth, 0.15), darker(cloth, 0.12))
    stripes = 7
    for part in range(1, stripes, 2):
        start, end = part / stripes, (part + 1) / stripes
        canvas.polygon(
            [
                (x + wide * start, low),
                (x + wide * (0.08 + 0.84 * start), top),
                (x + wide * (0.08 + 0.84 * end), top),
                (x + wide * end, low),
            ],
            darker(cloth, 0.4),
        )


def _goods(canvas: Canvas, at: Point, room: tuple[float, float], base: float) -> None:
    """Fruit on the table and in baskets before it."""
    dice = canvas.dice
    (x, table), (wide, size) = at, room
    for _ in range(9):
        px = x + wide * dice.between(0.05, 0.95)
        tone = dice.pick([(188, 150, 96), (120, 132, 84), (206, 190, 150), (142, 84, 66)])
        canvas.disc(px, table, size * 0.09, size * 0.075, darker(tone, 0.1))
        canvas.disc(
            px - size * 0.02, table - size * 0.03, size * 0.05, size * 0.04, lighter(tone, 0.2)
        )
    for _ in range(dice.count(1, 3)):
        px = x + wide * dice.between(0, 1)
        canvas.fade(
            [
                (px - size * 0.16, base - size * 0.14),
                (px + size * 0.16, base - size * 0.14),
                (px + size * 0.12, base + size * 0.08),
                (px - size * 0.12, base + size * 0.08),
            ],
            (182, 156, 112),
            (104, 84, 60),
        )
        canvas.disc(
            px,
            base - size * 0.14,
            size * 0.15,
            size * 0.06,
            dice.pick([(122, 136, 80), (196, 170, 120)]),
        )


def _stall(canvas: Canvas, x: float, base: float, size: float, umbrella: bool) -> None:
    dice = canvas.dice
    wide, tall = size * 1.5, size * 0.95
    cloth: Colour = dice.pick([(224, 216, 198), (186, 170, 140), (236, 230, 216), (150, 120, 100)])
    canvas.shade(
        [
            (x - 1, base - 0.5),
            (x + wide + 2, base - 0.5),
            (x + wide + 3, base + size * 0.12),
            (x, base + size * 0.12),
        ],
        0.5,
        0.2,
    )
    table = base - size * 0.36
    if umbrella:
        _umbrella(canvas, (x + wide / 2, base), (wide, tall), cloth)
    else:
        _awning(canvas, (x, base), (wide, tall), cloth)
        person(canvas, x + wide * dice.between(0.3, 0.7), base - size * 0.05, size * 0.85)
    front = [(x, table), (x + wide, table), (x + wide, base), (x, base)]
    canvas.fade(front, (128, 108, 86), (70, 58, 48))
    _goods(canvas, (x, table), (wide, size), base)


def street(canvas: Canvas, year: int) -> Caption:
    """A street that runs off between two rows of houses."""
    del year
    dice = canvas.dice
    horizon = dice.between(56, 64)
    mood = sky(canvas, horizon + 6)
    x = canvas.width * dice.between(0.35, 0.65)
    closing = dice.pick(["church", "tower", "trees"])
    if closing == "trees":
        for _ in range(5):
            tree(canvas, x + dice.between(-6, 6), horizon + 3, dice.between(10, 16))
    else:
        steeple(
            canvas,
            (x + dice.between(-4, 4), horizon + 4),
            (3.2, 26),
            (176, 168, 152),
            "pointed" if closing == "church" else "onion",
        )
    canvas.haze((220, 220, 216), 0.3)
    canvas.blur(0.25)
    paving(canvas, horizon)
    lit_left = dice.chance(0.5)
    for side in (-1, 1):
        _street_side(canvas, (x, horizon), side, (side < 0) == lit_left)
    _kerbs(canvas, x, horizon, lit_left)
    walkers = dice.count(3, 10)
    crowd(canvas, (x - 22, x + 22), (horizon + 3, 92), 20, walkers)
    walk_de, walk_en = (
        ("vielen Fußgängern", "many people walking")
        if walkers > 6
        else ("einigen Fußgängern", "a few people walking")
    )
    light_de, light_en = SKY_WORDS[mood]
    end_de, end_en = {
        "church": ("ein Kirchturm mit spitzem Helm", "a steeple with a pointed spire"),
        "tower": ("ein Turm mit Zwiebelhaube", "a tower with an onion dome"),
        "trees": ("eine Baumgruppe", "a group of trees"),
    }[closing]
    return Caption(
        "Straße in der Altstadt",
        "Street in the old town",
        f"Eine Straße mit Häusern auf beiden Seiten und {walk_de} {light_de}, am Ende {end_de}.",
        f"A street lined with houses, with {walk_en} {light_en} and {end_en} at its end.",
    )


def _street_side(canvas: Canvas, away: tuple[float, float], side: int, lit: bool) -> None:
    dice = canvas.dice
    x, horizon = away
    edge = canvas.width + 14 if side > 0 else -14.0
    cuts = [0.93, 0.8, 0.66, 0.48, 0.26, 0.0]
    high = dice.between(52, 64)
    low = dice.between(26, 34)
    for far, near in pairwise(cuts):
        house = high * dice.between(0.78, 1.12)
        spots: list[tuple[float, float, float]] = []
        for share in (far, near):
            spread = 1 - share
            spots.append(
                (x + (edge - x) * spread, horizon - house * spread, horizon + low * spread)
            )
        (far_x, far_top, far_base), (near_x, near_top, near_base) = spots
        wall = (
            Wall(far_x, far_top, far_base, near_x, near_top, near_base)
            if side > 0
            else Wall(near_x, near_top, near_base, far_x, far_top, far_base)
        )
        facade_in_perspective(canvas, wall, dice, lit=lit)


def _kerbs(canvas: Canvas, x: float, horizon: float, lit_left: bool) -> None:
    for side in (-1, 1):
        edge = canvas.width + 14 if side > 0 else -14.0
        low = horizon + 36
        inner = edge - side * 16
        walk = [(x, horizon), (edge, low), (edge, 110), (inner, low + 14)]
        canvas.fade(walk, (178, 172, 160), (196, 188, 174))
        canvas.line([(x, horizon), (inner, low + 14)], (110, 104, 96), 0.4)
    dark = -1 if not lit_left else 1
    edge = canvas.width if dark > 0 else 0.0
    canvas.shade([(x, horizon), (edge, horizon + 20), (edge, 100), (x + dark * 8, 100)], 0.35, 0.25)


def town_view(canvas: Canvas, year: int) -> Caption:
    """Roofs, steeples and hills from above, or a skyline beyond the river."""
    del year
    dice = canvas.dice
    river = dice.chance(0.4)
    horizon = dice.between(36, 48)
    sky(canvas, horizon)
    hills(canvas, horizon + 6, dice.between(14, 22), 3)
    canvas.blur(0.4)
    steeples = dice.count(1, 4)
    foot = horizon + (22 if river else 30)
    middle = canvas.width * dice.between(0.3, 0.7)
    roofscape(canvas, horizon + 12, 12, (0, canvas.width))
    canvas.haze((206, 208, 208), 0.35)
    for number in range(steeples):
        x = middle + (number - steeples / 2) * dice.between(13, 24)
        steeple(
            canvas,
            (x, horizon + 14),
            (dice.between(2.2, 3.4), dice.between(17, 26)),
            (158, 148, 132),
            dice.pick(["pointed", "pointed", "onion"]),
        )
    roofscape(canvas, foot, 18, (-4, canvas.width + 4))
    if river:
        tree_line(canvas, foot + 1)
        water(canvas, foot + 1, 100, dice.between(0.45, 0.75))
    else:
        canvas.haze((206, 208, 208), 0.12)
        roofscape(canvas, 84, 28, (-8, canvas.width + 8))
        roofscape(canvas, 108, 36, (-12, canvas.width + 12))
    number_de = ("einem Kirchturm", "zwei Kirchtürmen", "drei Kirchtürmen", "vier Kirchtürmen")
    number_en = ("one steeple", "two steeples", "three steeples", "four steeples")
    if river:
        return Caption(
            "Stadtansicht vom Fluss",
            "Town view from the river",
            f"Die Stadt jenseits des Neckars mit {number_de[steeples - 1]}, dahinter Hügel.",
            f"The town beyond the Neckar with {number_en[steeples - 1]} and hills behind.",
        )
    return Caption(
        "Blick über die Stadt",
        "View over the town",
        f"Blick über die Dächer der Stadt mit {number_de[steeples - 1]} bis zu den Hügeln.",
        f"View from above over the roofs of the town with {number_en[steeples - 1]} to the hills.",
    )


def tree_line(canvas: Canvas, base: float) -> None:
    """Trees along a bank."""
    dice = canvas.dice
    x = dice.between(0, 10)
    while x < canvas.width:
        if dice.chance(0.6):
            tree(canvas, x, base, dice.between(7, 13), dark=0.1)
        x += dice.between(5, 14)
