"""Building plans drawn with a ruler."""

from __future__ import annotations

import math

from archive_ai.sample.canvas import Canvas, Colour, Point, darker
from archive_ai.sample.motif import Caption
from archive_ai.sample.motifs.paper import sheet

PAPERS: tuple[Colour, ...] = ((236, 226, 202), (228, 214, 184), (240, 234, 218), (222, 206, 172))


def plan(canvas: Canvas, year: int) -> Caption:
    """A front elevation or a floor plan with dimensions, on paper or as a blueprint."""
    del year
    dice = canvas.dice
    blue = dice.chance(0.35)
    if blue:
        tone: Colour = (44, 74, 128)
        ink: Colour = (222, 230, 240)
    else:
        tone, ink = dice.pick(PAPERS), (48, 44, 44)
    sheet(canvas, tone)
    canvas.line([(4, 4), (canvas.width - 4, 4), (canvas.width - 4, 96), (4, 96), (4, 4)], ink, 0.4)
    both = canvas.width > 120 and dice.chance(0.5)
    elevation = both or dice.chance(0.5)
    if both:
        _elevation(canvas, (canvas.width * 0.29, 74), canvas.width * 0.4, (ink, tone))
        _floor_plan(canvas, (canvas.width * 0.56, 26), (canvas.width * 0.37, 46), ink)
    elif elevation:
        _elevation(canvas, (canvas.width * 0.5, 78), canvas.width * 0.62, (ink, tone))
    else:
        _floor_plan(canvas, (canvas.width * 0.17, 22), (canvas.width * 0.66, 54), ink)
    title = dice.pick(
        ["Neubau eines Wohnhauses", "Schulhaus an der Allee", "Umbau des Gasthauses", "Pfarrhaus"]
    )
    canvas.text((canvas.width / 2, 7), title, 4.8, ink, "m")
    canvas.text((canvas.width - 7, 90), "M 1 : 100", 3, ink, "r")
    canvas.line([(8, 92), (38, 92)], ink, 0.4)
    for tick in range(7):
        canvas.line([(8 + tick * 5, 91), (8 + tick * 5, 93)], ink, 0.3)
    kind_de, kind_en = (
        ("Ansicht und Grundriss", "Elevation and floor plan")
        if both
        else (("Ansicht", "Elevation") if elevation else ("Grundriss", "Floor plan"))
    )
    paper_de, paper_en = (
        ("als Blaupause", "as a blueprint")
        if blue
        else ("auf vergilbtem Papier", "on yellowed paper")
    )
    return Caption(
        f"Bauplan: {title}",
        f"Architectural drawing: {kind_en.lower()}",
        f"Bauplan mit Maßlinien {paper_de}: {kind_de} eines Gebäudes.",
        f"Architectural drawing with dimension lines {paper_en}: {kind_en.lower()} of a building.",
    )


def _outline(
    canvas: Canvas, box: tuple[float, float, float, float], ink: Colour, thick: float = 0.35
) -> None:
    left, top, right, low = box
    canvas.line([(left, top), (right, top), (right, low), (left, low), (left, top)], ink, thick)


def _elevation(canvas: Canvas, foot: Point, wide: float, tones: tuple[Colour, Colour]) -> None:
    dice = canvas.dice
    ink, tone = tones
    x, base = foot
    floors, columns = dice.count(2, 3), dice.pick([3, 5, 5, 7])
    tall = min(44.0, floors * wide * 0.2)
    left, right, top = x - wide / 2, x + wide / 2, base - tall
    canvas.shade([(left, top), (right, top), (right, base), (left, base)], 0.05, 0.1)
    _outline(canvas, (left, top, right, base), ink, 0.5)
    rise = min(16.0, wide * 0.22)
    canvas.line(
        [
            (left - 2, top),
            (left + wide * 0.14, top - rise),
            (right - wide * 0.14, top - rise),
            (right + 2, top),
            (left - 2, top),
        ],
        ink,
        0.5,
    )
    for row in range(1, 7):
        y = top - rise * row / 7
        canvas.line(
            [(left + wide * 0.02 * row, y), (right - wide * 0.02 * row, y)], darker(ink, 0.0), 0.12
        )
    middle = x
    canvas.polygon(
        [(middle - wide * 0.12, top), (middle, top - rise * 0.75), (middle + wide * 0.12, top)],
        tone,
    )
    canvas.line(
        [(middle - wide * 0.12, top), (middle, top - rise * 0.75), (middle + wide * 0.12, top)],
        ink,
        0.4,
    )
    step, high = wide / columns, tall / floors
    for floor in range(floors):
        y = base - floor * high
        canvas.line([(left, y), (right, y)], ink, 0.25)
        for column in range(columns):
            px = left + (column + 0.5) * step
            if floor == 0 and column == columns // 2:
                _outline(canvas, (px - step * 0.22, y - high * 0.72, px + step * 0.22, y), ink, 0.4)
                continue
            box = (px - step * 0.2, y - high * 0.75, px + step * 0.2, y - high * 0.25)
            _outline(canvas, box, ink)
            canvas.line([(px, box[1]), (px, box[3])], ink, 0.15)
            canvas.line([(box[0], y - high * 0.55), (box[2], y - high * 0.55)], ink, 0.15)
    canvas.line([(left - 6, base), (right + 6, base)], ink, 0.7)
    _dimension(canvas, (left, base + 6), (right, base + 6), ink)
    _dimension(canvas, (right + 5, top), (right + 5, base), ink)


def _floor_plan(canvas: Canvas, corner: Point, size: tuple[float, float], ink: Colour) -> None:
    dice = canvas.dice
    (left, top), (wide, tall) = corner, size
    _outline(canvas, (left, top, left + wide, top + tall), ink, 1.5)
    cut = dice.between(0.38, 0.62)
    hall = top + tall * dice.between(0.42, 0.58)
    canvas.line([(left, hall), (left + wide, hall)], ink, 1.0)
    for share in (cut - 0.16, cut + 0.16):
        canvas.line([(left + wide * share, top), (left + wide * share, hall)], ink, 1.0)
    canvas.line([(left + wide * cut, hall), (left + wide * cut, top + tall)], ink, 1.0)
    room = [
        ("Küche", 0.06, 0.1),
        ("Flur", cut - 0.1, 0.2),
        ("Zimmer", cut + 0.22, 0.1),
        ("Stube", 0.08, 0.68),
        ("Kammer", cut + 0.06, 0.68),
    ]
    for name, along, down in room:
        canvas.text((left + wide * along, top + tall * down), name, 3.1, ink)
    for share, y in ((0.2, top), (0.8, top), (0.2, top + tall), (0.8, top + tall)):
        px = left + wide * share
        canvas.rect(px - 4, y - 0.9, px + 4, y + 0.9, (214, 214, 210))
        canvas.line([(px - 4, y), (px + 4, y)], ink, 0.25)
    for share in (cut - 0.24, cut + 0.1):
        px = left + wide * share
        swing = [
            (px + 6 * math.cos(k * math.pi / 20), hall + 6 * math.sin(k * math.pi / 20))
            for k in range(11)
        ]
        canvas.line([(px, hall), (px, hall + 6)], ink, 0.3)
        canvas.line(swing, ink, 0.2)
    steps = left + wide * (cut - 0.13)
    for step in range(9):
        canvas.line(
            [(steps + step * wide * 0.028, top + 3), (steps + step * wide * 0.028, top + 9)],
            ink,
            0.25,
        )
    _dimension(canvas, (left, top - 6), (left + wide, top - 6), ink)
    _dimension(canvas, (left - 6, top), (left - 6, top + tall), ink)


def _dimension(canvas: Canvas, start: Point, end: Point, ink: Colour) -> None:
    canvas.line([start, end], ink, 0.2)
    for x, y in (start, end, ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)):
        canvas.line([(x - 1, y + 1), (x + 1, y - 1)], ink, 0.35)
    if abs(end[0] - start[0]) > 1:
        number = f"{canvas.dice.between(8, 19):.2f}".replace(".", ",")
        canvas.text(((start[0] * 2 + end[0]) / 3, start[1] - 3.4), number, 2.6, ink, "m")
