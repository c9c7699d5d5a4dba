"""Statues, busts and obelisks on pedestals."""

from __future__ import annotations

from archive_ai.sample.canvas import Canvas, Colour, Point, darker, lighter
from archive_ai.sample.figures import crowd
from archive_ai.sample.landscape import (
    cast_shadow,
)
from archive_ai.sample.motif import Caption
from archive_ai.sample.motifs.square import surroundings

_BRONZE: Colour = (58, 62, 56)


def statue(canvas: Canvas, foot: Point, tall: float, dark: Colour = _BRONZE) -> None:
    """A standing figure in a long coat, one arm out."""
    x, base = foot
    side = canvas.dice.pick([-1, 1])
    light = lighter(dark, 0.3)
    coat = [
        (x - tall * 0.17, base),
        (x - tall * 0.13, base - tall * 0.5),
        (x - tall * 0.17, base - tall * 0.8),
        (x + tall * 0.17, base - tall * 0.8),
        (x + tall * 0.13, base - tall * 0.5),
        (x + tall * 0.19, base),
    ]
    canvas.fade(coat, light, darker(dark, 0.3), across=True)
    canvas.line(
        [(x, base - tall * 0.75), (x + side * tall * 0.03, base)], darker(dark, 0.4), tall * 0.03
    )
    arm = canvas.dice.pick([(0.42, 0.95), (0.36, 0.5), (0.45, 0.75)])
    canvas.line(
        [
            (x + side * tall * 0.14, base - tall * 0.77),
            (x + side * tall * arm[0], base - tall * arm[1]),
        ],
        dark,
        tall * 0.08,
    )
    canvas.line(
        [
            (x - side * tall * 0.15, base - tall * 0.77),
            (x - side * tall * 0.22, base - tall * 0.45),
        ],
        darker(dark, 0.2),
        tall * 0.08,
    )
    canvas.disc(x, base - tall * 0.9, tall * 0.085, tall * 0.105, dark)
    canvas.disc(x - tall * 0.02, base - tall * 0.92, tall * 0.05, tall * 0.06, light)


def monument(canvas: Canvas, year: int) -> Caption:
    """A statue, an obelisk or a rider on a pedestal with steps."""
    del year
    dice = canvas.dice
    base = dice.between(70, 78)
    place = surroundings(canvas, base)
    x = canvas.width * dice.between(0.36, 0.64)
    foot = dice.between(88, 92)
    stone: Colour = dice.pick([(190, 182, 166), (168, 158, 142), (208, 202, 190)])
    kind = dice.pick(["statue", "statue", "obelisk", "bust"])
    fenced = dice.chance(0.5)
    with canvas.resized(dice.between(0.68, 1.08), (x, foot)):
        cast_shadow(canvas, (x - 19, x + 19), foot, 5)
        _monument(canvas, (x, foot), stone, kind)
        if fenced:
            _fence(canvas, x, foot)
    crowd(canvas, (6, canvas.width - 6), (foot + 1, 97), 12, dice.count(0, 3))
    kind_de, kind_en = {
        "statue": (
            "Das Standbild einer Figur im langen Mantel",
            "The statue of a figure in a long coat",
        ),
        "obelisk": ("Ein steinerner Obelisk", "A stone obelisk"),
        "bust": ("Eine Büste aus Bronze", "A bronze bust"),
    }[kind]
    place_de, place_en = (
        ("auf einem Platz", "on a square") if place == "town" else ("im Park", "in the park")
    )
    extra_de, extra_en = (
        (", von einem Gitter umgeben", ", with railings around it") if fenced else ("", "")
    )
    return Caption(
        f"Denkmal {place_de}",
        f"Monument {place_en}",
        f"{kind_de} auf hohem Sockel {place_de}{extra_de}.",
        f"{kind_en} on a tall pedestal {place_en}{extra_en}.",
    )


def _monument(canvas: Canvas, at: Point, stone: Colour, kind: str) -> None:
    dice = canvas.dice
    x, foot = at
    for step in range(3):
        half, top = 19 - step * 3.2, foot - step * 2.2
        canvas.fade(
            [(x - half, top - 2.2), (x + half, top - 2.2), (x + half, top), (x - half, top)],
            lighter(stone, 0.15),
            darker(stone, 0.25),
        )
    top = foot - 6.6
    tall = dice.between(22, 28) if kind != "bust" else dice.between(30, 36)
    half = 8.0 if kind != "bust" else 6.0
    _pedestal(canvas, (x, top), (half, tall), stone)
    if kind == "obelisk":
        shape = [
            (x - 4.5, top - tall),
            (x - 2.6, top - tall - 34),
            (x, top - tall - 38),
            (x + 2.6, top - tall - 34),
            (x + 4.5, top - tall),
        ]
        canvas.fade(shape, lighter(stone, 0.2), darker(stone, 0.4), across=True)
        canvas.polygon(
            [
                (x, top - tall),
                (x, top - tall - 38),
                (x + 2.6, top - tall - 34),
                (x + 4.5, top - tall),
            ],
            darker(stone, 0.3),
        )
    elif kind == "bust":
        y = top - tall
        canvas.fade(
            [
                (x - 3.4, y),
                (x - 7.4, y - 4),
                (x - 6.4, y - 7.4),
                (x - 2, y - 9),
                (x + 2, y - 9),
                (x + 6.4, y - 7.4),
                (x + 7.4, y - 4),
                (x + 3.4, y),
            ],
            lighter(_BRONZE, 0.2),
            darker(_BRONZE, 0.2),
            across=True,
        )
        canvas.fade(
            [(x - 1.7, y - 10), (x + 1.7, y - 10), (x + 2, y - 6), (x - 2, y - 6)],
            _BRONZE,
            darker(_BRONZE, 0.3),
        )
        canvas.disc(x, y - 13.4, 2.9, 3.9, _BRONZE)
        canvas.disc(x - 0.8, y - 14, 1.6, 2.3, lighter(_BRONZE, 0.25))
        canvas.line([(x - 0.2, y - 13.8), (x - 0.6, y - 12)], darker(_BRONZE, 0.3), 0.5)
    else:
        statue(canvas, (x, top - tall), dice.between(28, 34))


def _pedestal(canvas: Canvas, foot: Point, size: tuple[float, float], stone: Colour) -> None:
    (x, base), (half, tall) = foot, size
    shape = [(x - half, base - tall), (x + half, base - tall), (x + half, base), (x - half, base)]
    canvas.fade(shape, lighter(stone, 0.2), darker(stone, 0.32), across=True)
    canvas.mottle(shape, 0.35, 2.5, darker(stone, 0.5))
    for y, out in ((base - tall, 1.4), (base, 1.8)):
        canvas.fade(
            [
                (x - half - out, y - 1.8),
                (x + half + out, y - 1.8),
                (x + half + out, y),
                (x - half - out, y),
            ],
            lighter(stone, 0.3),
            darker(stone, 0.2),
        )
    canvas.rect(
        x - half * 0.6, base - tall * 0.72, x + half * 0.6, base - tall * 0.36, darker(stone, 0.25)
    )
    for line in range(4):
        y = base - tall * (0.66 - 0.08 * line)
        canvas.line([(x - half * 0.45, y), (x + half * 0.45, y)], lighter(stone, 0.2), 0.4)


def _fence(canvas: Canvas, x: float, foot: float) -> None:
    left, right, y = x - 24, x + 24, foot + 3
    for post in range(13):
        px = left + (right - left) * post / 12
        canvas.line([(px, y), (px, y - 8)], (44, 42, 40), 0.45)
    for drop in (1.5, 6.5):
        canvas.line([(left, y - drop), (right, y - drop)], (44, 42, 40), 0.4)
