"""Walls with windows, roofs and gables, seen flat or in perspective."""

from __future__ import annotations

from dataclasses import dataclass

from archive_ai.sample.canvas import Canvas, Colour, Point, darker, lighter
from archive_ai.sample.dice import Dice

PLASTER: tuple[Colour, ...] = (
    (206, 196, 176),
    (190, 178, 156),
    (214, 206, 190),
    (178, 164, 142),
    (198, 180, 150),
)
TILES: tuple[Colour, ...] = ((120, 74, 56), (104, 68, 54), (92, 84, 80), (132, 86, 62))
STONE: Colour = (162, 150, 130)
PANE: Colour = (52, 54, 58)


@dataclass(frozen=True)
class Wall:
    """An upright wall between two edges; the edges differ in height when it runs off."""

    left: float
    left_top: float
    left_base: float
    right: float
    right_top: float
    right_base: float

    @classmethod
    def flat(cls, left: float, right: float, top: float, base: float) -> Wall:
        """A wall that faces the camera."""
        return cls(left, top, base, right, top, base)

    def at(self, along: float, up: float) -> Point:
        """The point ``along`` the wall (0 left, 1 right) and ``up`` it (0 base, 1 top)."""
        near, far = 1 / (self.left_base - self.left_top), 1 / (self.right_base - self.right_top)
        share = along * far / ((1 - along) * near + along * far)
        x = self.left + (self.right - self.left) * share
        top = self.left_top + (self.right_top - self.left_top) * share
        base = self.left_base + (self.right_base - self.left_base) * share
        return x, base + (top - base) * up

    def panel(self, start: float, end: float, low: float, high: float) -> list[Point]:
        """The four corners of a part of the wall."""
        return [self.at(start, high), self.at(end, high), self.at(end, low), self.at(start, low)]

    def whole(self) -> list[Point]:
        """The wall's four corners."""
        return self.panel(0, 1, 0, 1)


def plain_wall(canvas: Canvas, wall: Wall, colour: Colour, *, lit: bool = True) -> None:
    """The wall's face with weathering and the shadow under the eaves."""
    face = colour if lit else darker(colour, 0.42)
    canvas.fade(wall.whole(), lighter(face, 0.08), darker(face, 0.12))
    canvas.mottle(wall.whole(), 0.3, 2.5, darker(face, 0.5))
    canvas.shade(wall.panel(0, 1, 0.93, 1.0), 0.4, 0.0)
    canvas.shade(wall.panel(0, 1, 0.0, 0.12), 0.0, 0.3)


def window(
    canvas: Canvas, wall: Wall, spot: tuple[float, float, float, float], frame: Colour
) -> None:
    """A window in a part of a wall: frame, dark panes, a cross bar and a lit sill."""
    start, end, low, high = spot
    wide, tall = end - start, high - low
    canvas.polygon(
        wall.panel(start - wide * 0.16, end + wide * 0.16, low - tall * 0.1, high + tall * 0.1),
        frame,
    )
    canvas.polygon(wall.panel(start, end, low, high), PANE)
    if canvas.dice.chance(0.4):
        canvas.polygon(
            wall.panel(start, start + wide * 0.5, low + tall * 0.5, high), (120, 122, 124)
        )
    middle = (start + end) / 2
    canvas.line([wall.at(middle, low), wall.at(middle, high)], lighter(frame, 0.3), 0.18)
    bar = low + tall * 0.62
    canvas.line([wall.at(start, bar), wall.at(end, bar)], lighter(frame, 0.3), 0.18)


def windows(
    canvas: Canvas, wall: Wall, columns: int, floors: int, frame: Colour, *, shop: bool = False
) -> None:
    """Rows of windows and a ground floor with a door or shop fronts."""
    dice = canvas.dice
    shutters = dice.chance(0.35)
    step = 0.94 / floors
    for floor in range(floors):
        low = 0.03 + floor * step + step * 0.26
        high = low + step * 0.52
        for column in range(columns):
            middle = (column + 0.5) / columns
            half = 0.22 / columns
            if floor == 0:
                _ground_floor(canvas, wall, (middle, half, low, high), (column, columns), shop)
                continue
            if shutters:
                for side in (-1.75, 1.75):
                    spot = middle + side * half
                    canvas.polygon(
                        wall.panel(spot - half * 0.6, spot + half * 0.6, low, high),
                        darker(frame, 0.55),
                    )
            window(canvas, wall, (middle - half, middle + half, low, high), frame)
        if floor and dice.chance(0.5):
            band = 0.03 + floor * step + step * 0.04
            canvas.line([wall.at(0, band), wall.at(1, band)], darker(frame, 0.3), 0.25)


def _ground_floor(
    canvas: Canvas,
    wall: Wall,
    spot: tuple[float, float, float, float],
    place: tuple[int, int],
    shop: bool,
) -> None:
    middle, half, low, high = spot
    column, columns = place
    if column == columns // 2:
        canvas.polygon(wall.panel(middle - half * 1.2, middle + half * 1.2, 0, high), (60, 48, 38))
        canvas.line([wall.at(middle, 0), wall.at(middle, high)], (30, 24, 20), 0.2)
    elif shop:
        canvas.polygon(
            wall.panel(middle - half * 1.9, middle + half * 1.9, low * 0.35, high), (44, 44, 46)
        )
        awning = wall.panel(middle - half * 2.1, middle + half * 2.1, high * 0.86, high * 1.1)
        canvas.fade(awning, (222, 214, 196), (168, 158, 140))
    else:
        window(canvas, wall, (middle - half, middle + half, low, high), (196, 188, 170))


def saddle_roof(canvas: Canvas, wall: Wall, rise: float, colour: Colour) -> None:
    """A roof whose ridge runs along a flat wall, with tiles, chimneys and dormers."""
    dice = canvas.dice
    left, right, eaves = wall.left - 1, wall.right + 1, wall.left_top
    inset = dice.pick([0.0, 0.0, min(rise * 0.7, (right - left) * 0.28)])
    shape = [
        (left, eaves),
        (left + inset, eaves - rise),
        (right - inset, eaves - rise),
        (right, eaves),
    ]
    for _ in range(dice.count(1, 2)):
        x = dice.between(left + inset + 1, right - inset - 1)
        canvas.rect(x - 0.9, eaves - rise - 3.2, x + 0.9, eaves - rise * 0.7, (112, 84, 70))
        canvas.rect(x + 0.2, eaves - rise - 3.2, x + 0.9, eaves - rise * 0.7, (78, 60, 52))
    canvas.fade(shape, lighter(colour, 0.12), darker(colour, 0.15))
    canvas.mottle(shape, 0.4, 1.5, darker(colour, 0.6))
    rows = max(4, round(rise / 1.1))
    for row in range(1, rows):
        y = eaves - rise * row / rows
        pull = inset * row / rows
        canvas.line([(left + pull, y), (right - pull, y)], darker(colour, 0.25), 0.12)
    if rise > 6 and dice.chance(0.7):
        _dormers(canvas, (left + inset, right - inset), (eaves, rise), colour)


def _dormers(
    canvas: Canvas, span: tuple[float, float], slope: tuple[float, float], colour: Colour
) -> None:
    left, right = span
    eaves, rise = slope
    amount = max(1, round((right - left) / 11))
    for place in range(amount):
        x = left + (right - left) * (place + 0.5) / amount
        size = rise * 0.17
        base = eaves - rise * 0.3
        canvas.rect(x - size, base - size * 1.5, x + size, base, lighter(colour, 0.45))
        canvas.rect(x - size * 0.6, base - size * 1.2, x + size * 0.6, base - 0.2, PANE)
        canvas.polygon(
            [
                (x - size * 1.4, base - size * 1.4),
                (x, base - size * 2.7),
                (x + size * 1.4, base - size * 1.4),
            ],
            darker(colour, 0.2),
        )


def gable(
    canvas: Canvas, wall: Wall, rise: float, colour: Colour, *, stepped: bool = False
) -> None:
    """A gable over a flat wall, straight or in steps, with small windows."""
    left, right, eaves = wall.left, wall.right, wall.left_top
    middle = (left + right) / 2
    shape: list[Point] = [(left, eaves), (middle, eaves - rise), (right, eaves)]
    if stepped:
        shape = []
        steps = 5
        for step in range(steps):
            x = left + (middle - left) * step / steps
            shape += [(x, eaves - rise * step / steps), (x, eaves - rise * (step + 1) / steps)]
        shape += [(2 * middle - x, y) for x, y in reversed(shape)]
    canvas.fade(shape, lighter(colour, 0.1), darker(colour, 0.05))
    canvas.mottle(shape, 0.3, 2.0, darker(colour, 0.5))
    if not stepped:
        edge = [(left - 1, eaves + 0.6), (middle, eaves - rise - 0.7), (right + 1, eaves + 0.6)]
        canvas.line(edge, (84, 60, 50), 0.9)
    half = (right - left) * 0.05
    for row, spots in ((0.14, (-0.22, 0.0, 0.22)), (0.44, (0.0,))):
        for spot in spots:
            x, y = middle + spot * (right - left), eaves - rise * row
            canvas.rect(x - half, y - half * 2.4, x + half, y, PANE)


def town_house(canvas: Canvas, left: float, right: float, base: float, eaves: float) -> None:
    """A town house that faces the camera, with a saddle roof or a gable."""
    dice = canvas.dice
    colour = dice.pick(PLASTER)
    wall = Wall.flat(left, right, eaves, base)
    height, wide = base - eaves, right - left
    tiles = dice.pick(TILES)
    if dice.chance(0.45):
        rise = wide * dice.between(0.6, 0.95)
        plain_wall(canvas, wall, colour)
        gable(canvas, wall, rise, colour, stepped=dice.chance(0.35))
    else:
        saddle_roof(canvas, wall, height * dice.between(0.3, 0.5), tiles)
        plain_wall(canvas, wall, colour)
    windows(
        canvas,
        wall,
        max(2, round(wide / 5.5)),
        max(2, round(height / 8)),
        lighter(colour, 0.35),
        shop=dice.chance(0.4),
    )


def house_row(canvas: Canvas, base: float, height: float, span: tuple[float, float]) -> None:
    """Town houses side by side."""
    dice = canvas.dice
    x, end = span
    while x < end:
        wide = dice.between(0.55, 1.0) * height * 0.75
        town_house(canvas, x, x + wide, base, base - height * dice.between(0.75, 1.1))
        x += wide


def roofscape(canvas: Canvas, base: float, height: float, span: tuple[float, float]) -> None:
    """Small roofs and gables behind each other, as a town shows itself from afar."""
    dice = canvas.dice
    rows = 3
    for row in range(rows):
        x = span[0] - dice.between(0, 4)
        foot = base - height * 0.55 * (rows - 1 - row) / rows
        pale = 0.3 * (rows - 1 - row) / rows
        while x < span[1]:
            wide = height * dice.between(0.28, 0.6)
            tall = height * dice.between(0.3, 0.5)
            _small_house(canvas, (x, foot), (wide, tall), pale)
            x += wide * dice.between(0.7, 1.05)


def _small_house(canvas: Canvas, at: Point, size: tuple[float, float], pale: float) -> None:
    dice = canvas.dice
    x, foot = at
    wide, tall = size
    colour = lighter(dice.pick(PLASTER), pale)
    tiles = lighter(dice.pick(TILES), pale)
    eaves = foot - tall * 0.6
    if dice.chance(0.5):
        canvas.fade(
            [
                (x, foot),
                (x, eaves),
                (x + wide / 2, foot - tall * 1.15),
                (x + wide, eaves),
                (x + wide, foot),
            ],
            colour,
            darker(colour, 0.15),
        )
        canvas.line(
            [(x, eaves), (x + wide / 2, foot - tall * 1.15), (x + wide, eaves)], tiles, tall * 0.08
        )
    else:
        canvas.rect(x, eaves, x + wide, foot, darker(colour, dice.between(0, 0.3)))
        roof = [
            (x - 0.3, eaves),
            (x + wide * 0.12, foot - tall * 1.15),
            (x + wide * 0.88, foot - tall * 1.15),
            (x + wide + 0.3, eaves),
        ]
        canvas.fade(roof, lighter(tiles, 0.12), darker(tiles, 0.15))
    for column in range(3):
        left = x + wide * (0.14 + 0.27 * column)
        for row in (0.12, 0.38):
            canvas.rect(
                left,
                foot - tall * (row + 0.15),
                left + wide * 0.12,
                foot - tall * row,
                darker(PANE, 0.0),
            )


def facade_in_perspective(canvas: Canvas, wall: Wall, dice: Dice, *, lit: bool) -> None:
    """One house front that runs off into the picture."""
    colour = dice.pick(PLASTER)
    tiles = dice.pick(TILES)
    rise = dice.between(0.12, 0.24)
    roof = [wall.at(0, 1), wall.at(0.1, 1 + rise), wall.at(0.9, 1 + rise), wall.at(1, 1)]
    canvas.fade(roof, lighter(tiles, 0.1), darker(tiles, 0.1))
    plain_wall(canvas, wall, colour, lit=lit)
    frame = lighter(colour, 0.3) if lit else darker(colour, 0.2)
    windows(canvas, wall, dice.count(3, 5), dice.count(3, 4), frame, shop=dice.chance(0.6))
    canvas.line([wall.at(0, 0), wall.at(0, 1)], darker(colour, 0.5), 0.2)
