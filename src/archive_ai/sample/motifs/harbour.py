"""The harbour: quay, cranes, ships."""

from __future__ import annotations

from archive_ai.sample.canvas import Canvas, Colour, Point, darker, lighter
from archive_ai.sample.figures import crowd
from archive_ai.sample.houses import PANE
from archive_ai.sample.landscape import hills, sky, water
from archive_ai.sample.motif import Caption


def harbour(canvas: Canvas, year: int) -> Caption:
    """Ships at a quay with warehouses and cranes."""
    dice = canvas.dice
    quay = dice.between(54, 64)
    sky(canvas, quay)
    hills(canvas, quay - 4, 12)
    canvas.blur(0.35)
    sheds = dice.count(1, 3)
    for shed in range(sheds):
        left = canvas.width * (0.02 + shed / sheds * 0.9) + dice.bell(3)
        _warehouse(
            canvas,
            (left, quay),
            (canvas.width / sheds * dice.between(0.6, 0.9), dice.between(15, 24)),
        )
    cranes = dice.count(1, 3)
    for crane in range(cranes):
        x = canvas.width * (crane + dice.between(0.3, 0.7)) / cranes
        quay_crane(canvas, (x, quay), dice.between(28, 38), dice.pick([-1, 1]))
    _quay_wall(canvas, quay)
    steam = dice.chance(0.6)
    water(canvas, quay + 9, 100, dice.between(0.4, 0.65))
    spots = dice.shuffled([0.02, 0.3, 0.58])
    for number in range(dice.count(2, 3)):
        x, y = canvas.width * spots[number] + dice.bell(2), quay + 12 + number * dice.between(5, 9)
        if steam and number == 0:
            steamer(canvas, (x, y), dice.between(56, 76))
        else:
            masted = year < 1920 or dice.chance(0.4)
            _barge(canvas, (x, y), dice.between(40, 58), masted=masted)
    ship_de, ship_en = (
        ("Ein Dampfer und Lastkähne", "A steamer and barges") if steam else ("Lastkähne", "Barges")
    )
    verb = "liegen"
    crane_de = {1: "einem Kran", 2: "zwei Kränen", 3: "drei Kränen"}[cranes]
    crane_en = {1: "a crane", 2: "two cranes", 3: "three cranes"}[cranes]
    return Caption(
        "Im Neckarhafen",
        "In the Neckar harbour",
        f"{ship_de} {verb} am Kai vor Lagerhäusern mit {crane_de}.",
        f"{ship_en} at the quay before warehouses with {crane_en}.",
    )


def _warehouse(canvas: Canvas, foot: Point, size: tuple[float, float]) -> None:
    (x, base), (wide, tall) = foot, size
    colour: Colour = canvas.dice.pick([(150, 112, 90), (176, 162, 140), (128, 108, 94)])
    canvas.polygon(
        [
            (x - 1, base - tall),
            (x + wide * 0.5, base - tall - wide * 0.16),
            (x + wide + 1, base - tall),
        ],
        (84, 74, 68),
    )
    shape = [(x, base - tall), (x + wide, base - tall), (x + wide, base), (x, base)]
    canvas.fade(shape, lighter(colour, 0.1), darker(colour, 0.2))
    canvas.mottle(shape, 0.4, 2.0, darker(colour, 0.5))
    columns = max(3, round(wide / 6))
    for column in range(columns):
        for row in range(3):
            px, y = x + wide * (column + 0.3) / columns, base - tall * (row + 0.3) / 3.2
            canvas.rect(px, y - tall * 0.14, px + wide * 0.35 / columns, y, PANE)


def quay_crane(canvas: Canvas, foot: Point, tall: float, facing: int) -> None:
    """A portal crane on the quay with a load on its hook."""
    x, base = foot
    steel: Colour = (52, 52, 54)
    for side in (-4.5, 4.5):
        canvas.line([(x + side, base), (x + side * 0.7, base - tall * 0.36)], steel, 1.0)
    canvas.line([(x - 4.5, base - tall * 0.36), (x + 4.5, base - tall * 0.36)], steel, 1.0)
    cabin = base - tall * 0.36
    canvas.fade(
        [(x - 4, cabin - 8), (x + 4, cabin - 8), (x + 4, cabin), (x - 4, cabin)],
        (112, 108, 102),
        (66, 62, 58),
    )
    canvas.rect(
        x + facing * 1 - 1.2, cabin - 6.4, x + facing * 1 + 1.2, cabin - 3.6, (200, 202, 200)
    )
    tip = (x + facing * tall * 0.62, base - tall * 1.08)
    root = (x + facing * 2.5, cabin - 3)
    canvas.line([root, tip], steel, 0.8)
    canvas.line([(x + facing * 1, cabin - 8), tip], steel, 0.5)
    for part in range(1, 9):
        share = part / 9
        low = (root[0] + (tip[0] - root[0]) * share, root[1] + (tip[1] - root[1]) * share)
        high = (
            x + facing + (tip[0] - x - facing) * (share - 0.05),
            cabin - 8 + (tip[1] - cabin + 8) * (share - 0.05),
        )
        canvas.line([low, high], steel, 0.3)
    load = base - tall * 0.28
    canvas.line([tip, (tip[0], load)], steel, 0.25)
    canvas.rect(tip[0] - 1.8, load, tip[0] + 1.8, load + 2.6, (110, 88, 66))


def _quay_wall(canvas: Canvas, quay: float) -> None:
    stone: Colour = (140, 132, 120)
    shape = [(0, quay), (canvas.width, quay), (canvas.width, quay + 9), (0, quay + 9)]
    canvas.fade(shape, lighter(stone, 0.25), darker(stone, 0.4))
    canvas.mottle(shape, 0.6, 1.6)
    canvas.line([(0, quay), (canvas.width, quay)], lighter(stone, 0.45), 0.8)
    dice = canvas.dice
    crowd(canvas, (2, canvas.width - 2), (quay, quay + 0.5), 6.5, dice.count(2, 8))
    for _ in range(dice.count(3, 8)):
        x = dice.between(0, canvas.width)
        canvas.disc(x, quay - 1.6, 1.2, 1.8, dice.pick([(92, 72, 54), (130, 108, 80)]))


def _mirror(canvas: Canvas, at: Point, long: float) -> None:
    """The dark of a hull on the water below it."""
    x, y = at
    deep = y + long * 0.14
    hull = [
        (x + long * 0.04, y),
        (x + long * 0.96, y),
        (x + long * 0.93, deep),
        (x + long * 0.07, deep),
    ]
    canvas.shade(hull, 0.6, 0.0)
    for _ in range(14):
        px, py = x + long * canvas.dice.between(0, 0.9), y + long * canvas.dice.between(0.02, 0.13)
        canvas.line([(px, py), (px + long * 0.08, py)], (60, 60, 60), 0.2)


def steamer(canvas: Canvas, at: Point, long: float) -> None:
    """A river steamer with a funnel and cabins."""
    x, y = at
    dice = canvas.dice
    _mirror(canvas, at, long)
    funnel = x + long * 0.52
    canvas.cloud(
        (funnel - 2, y - long * 0.78, funnel + long * 0.5, y - long * 0.4), (90, 88, 86), 0.8
    )
    canvas.fade(
        [
            (funnel - 1.8, y - long * 0.42),
            (funnel + 1.8, y - long * 0.42),
            (funnel + 2, y - long * 0.1),
            (funnel - 2, y - long * 0.1),
        ],
        (92, 88, 86),
        (26, 24, 24),
        across=True,
    )
    canvas.rect(funnel - 1.9, y - long * 0.37, funnel + 1.9, y - long * 0.33, (214, 206, 192))
    for left, right, low, high in ((0.2, 0.82, 0.1, 0.19), (0.34, 0.7, 0.19, 0.26)):
        canvas.fade(
            [
                (x + long * left, y - long * high),
                (x + long * right, y - long * high),
                (x + long * right, y - long * low),
                (x + long * left, y - long * low),
            ],
            (236, 232, 222),
            (196, 190, 178),
        )
        ports = round((right - left) * 16)
        for port in range(ports):
            px = x + long * (left + (right - left) * (port + 0.5) / ports)
            canvas.disc(px, y - long * (low + high) / 2, long * 0.011, long * 0.018, PANE)
    hull = [
        (x, y - long * 0.13),
        (x + long * 0.08, y - long * 0.1),
        (x + long * 0.9, y - long * 0.1),
        (x + long, y - long * 0.14),
        (x + long * 0.93, y + 0.6),
        (x + long * 0.06, y + 0.6),
    ]
    canvas.fade(hull, (66, 62, 60), (24, 22, 22))
    canvas.line(hull[:4], (224, 218, 206), 0.6)
    for mast in (0.12, 0.86):
        canvas.line(
            [(x + long * mast, y - long * 0.1), (x + long * mast, y - long * 0.5)],
            (60, 52, 44),
            0.4,
        )
    canvas.polygon(
        [
            (x + long * 0.12, y - long * 0.5),
            (x + long * (0.12 - 0.08), y - long * 0.47),
            (x + long * 0.12, y - long * 0.44),
        ],
        dice.pick([(150, 60, 50), (214, 206, 190)]),
    )


def _barge(canvas: Canvas, at: Point, long: float, *, masted: bool) -> None:
    x, y = at
    _mirror(canvas, at, long)
    hull = [
        (x, y - long * 0.12),
        (x + long * 0.06, y - long * 0.08),
        (x + long * 0.92, y - long * 0.08),
        (x + long, y - long * 0.13),
        (x + long * 0.95, y + 1),
        (x + long * 0.05, y + 1),
    ]
    if masted:
        mast = x + long * canvas.dice.between(0.35, 0.6)
        top = y - long * 0.85
        canvas.line([(mast, y - 2), (mast, top)], (74, 60, 48), 0.6)
        for end in (0.02, 0.98):
            canvas.line([(mast, top + 1), (x + long * end, y - long * 0.1)], (84, 74, 64), 0.2)
        if canvas.dice.chance(0.5):
            sail = [
                (mast + 0.5, top + 3),
                (mast + long * 0.3, y - long * 0.2),
                (mast + 0.5, y - long * 0.14),
            ]
            canvas.fade(sail, (226, 218, 200), (180, 168, 148), across=True)
    for heap in range(3):
        px = x + long * (0.25 + 0.2 * heap)
        canvas.disc(
            px,
            y - long * 0.08,
            long * 0.1,
            long * 0.05,
            canvas.dice.pick([(52, 48, 46), (160, 142, 114)]),
        )
    canvas.rect(x + long * 0.76, y - long * 0.17, x + long * 0.9, y - long * 0.08, (206, 198, 182))
    canvas.rect(x + long * 0.79, y - long * 0.14, x + long * 0.83, y - long * 0.11, PANE)
    canvas.fade(hull, (96, 78, 62), (36, 30, 28))
    canvas.line(hull[:4], (196, 184, 164), 0.5)
