"""Maps drawn by hand: the town and its surroundings."""

from __future__ import annotations

import math

from archive_ai.sample.canvas import Canvas, Colour, Point, darker, lighter
from archive_ai.sample.motif import Caption
from archive_ai.sample.motifs.paper import sheet

PAPERS: tuple[Colour, ...] = ((236, 226, 202), (228, 214, 184), (240, 234, 218), (222, 206, 172))


def town_map(canvas: Canvas, year: int) -> Caption:
    """A map: river, blocks of houses, roads, hachured hills, title, scale and compass."""
    del year
    dice = canvas.dice
    tone = dice.pick(PAPERS)
    sheet(canvas, tone)
    ink: Colour = dice.pick([(52, 44, 38), (40, 40, 44), (74, 50, 36)])
    margin = 5.0
    inner = (margin, margin, canvas.width - margin, 100 - margin)
    region = dice.chance(0.45)
    river = _river_line(canvas)
    if region:
        _hachures(canvas, inner, ink)
        _woods(canvas, inner, ink)
    _map_river(canvas, river, dice.between(4, 8) * (0.5 if region else 1), ink)
    if region:
        _villages(canvas, river, ink)
    else:
        _blocks(canvas, river, ink)
    _neat_line(canvas, inner, (tone, ink))
    _, _, right, low = inner
    name_de = "Umgebung von Heilbronn" if region else "Plan der Stadt Heilbronn"
    _cartouche(canvas, inner, name_de, (tone, ink))
    _compass(canvas, (right - 9, low - 10), ink)
    _scale_bar(canvas, (margin + 4, low - 4), ink)
    if region:
        return Caption(
            "Karte der Umgebung",
            "Map of the surroundings",
            "Eine gezeichnete Landkarte der Umgebung mit Fluss, Ortschaften, Wäldern und Hügeln.",
            "A drawn map of the surroundings with a river, villages, woods and hills.",
        )
    return Caption(
        "Stadtplan",
        "Town map",
        "Ein gezeichneter Stadtplan mit Häuserblöcken, Straßen, Fluss, Maßstab und Windrose.",
        "A drawn town map with blocks of houses, streets, a river, a scale and a compass rose.",
    )


def _neat_line(
    canvas: Canvas, inner: tuple[float, float, float, float], tones: tuple[Colour, Colour]
) -> None:
    """The blank margin of the sheet and the double line around the map."""
    left, top, right, low = inner
    tone, ink = tones
    margin = lighter(tone, 0.05)
    canvas.rect(0, 0, canvas.width, top, margin)
    canvas.rect(0, low, canvas.width, 100, margin)
    canvas.rect(0, 0, left, 100, margin)
    canvas.rect(right, 0, canvas.width, 100, margin)
    for grow, thick in ((0.0, 0.35), (1.2, 0.8)):
        corner = (left - grow, top - grow)
        across, down = (right + grow, top - grow), (left - grow, low + grow)
        canvas.line([corner, across, (right + grow, low + grow), down, corner], ink, thick)


def _river_line(canvas: Canvas) -> list[Point]:
    dice = canvas.dice
    lying = dice.chance(0.5)
    start, swing, pace, offset = (
        dice.between(0.25, 0.75),
        dice.between(8, 20),
        dice.between(0.6, 1.5),
        dice.between(0, 6),
    )
    points: list[Point] = []
    for step in range(41):
        share = step / 40
        bend = swing * math.sin(offset + share * 6.28 * pace) + swing * 0.3 * math.sin(
            offset + share * 15
        )
        if lying:
            points.append((share * (canvas.width + 10) - 5, 100 * start + bend))
        else:
            points.append((canvas.width * start + bend, share * 110 - 5))
    return points


def _map_river(canvas: Canvas, river: list[Point], wide: float, ink: Colour) -> None:
    canvas.line(river, ink, wide + 0.8)
    canvas.line(river, (168, 186, 192), wide)
    for shift in (-0.3, 0.0, 0.3):
        canvas.line([(x + shift * wide, y + shift * wide) for x, y in river], (128, 152, 164), 0.15)


def _far_from(river: list[Point], x: float, y: float) -> float:
    return min(math.hypot(x - px, y - py) for px, py in river)


def _blocks(canvas: Canvas, river: list[Point], ink: Colour) -> None:
    dice = canvas.dice
    turn = dice.between(-0.4, 0.4)
    cos, sin = math.cos(turn), math.sin(turn)
    middle = (canvas.width / 2, 50.0)
    fill: Colour = dice.pick([(206, 150, 128), (190, 170, 140), (150, 142, 134), (214, 170, 140)])
    y = -canvas.width
    while y < canvas.width:
        tall = dice.between(4, 9)
        x = -canvas.width
        while x < canvas.width:
            wide = dice.between(4, 12)
            corners = [
                (middle[0] + (px * cos - py * sin), middle[1] + (px * sin + py * cos))
                for px, py in (
                    (x, y),
                    (x + wide, y + dice.bell(0.4)),
                    (x + wide, y + tall),
                    (x, y + tall + dice.bell(0.4)),
                )
            ]
            cx, cy = corners[0][0] + wide / 2, corners[0][1] + tall / 2
            inside = -6 < cx < canvas.width + 6 and -6 < cy < 106
            if inside and _far_from(river, cx, cy) > 9:
                kind = dice.between(0, 1)
                shade = (
                    (170, 182, 130) if kind < 0.1 else (lighter(fill, 0.5) if kind < 0.3 else fill)
                )
                canvas.polygon(corners, shade)
                canvas.line([*corners, corners[0]], ink, 0.22)
                if kind > 0.3 and wide > 6:
                    canvas.line(
                        [
                            (
                                (corners[0][0] + corners[1][0]) / 2,
                                (corners[0][1] + corners[1][1]) / 2,
                            ),
                            (
                                (corners[2][0] + corners[3][0]) / 2,
                                (corners[2][1] + corners[3][1]) / 2,
                            ),
                        ],
                        ink,
                        0.14,
                    )
            x += wide + dice.pick([1.1, 1.1, 1.8])
        y += tall + dice.pick([1.2, 1.2, 2.2])
    road = len(river) // 2
    x, y = river[road]
    canvas.line([(x - 40 * cos, y - 40 * sin), (x + 40 * cos, y + 40 * sin)], ink, 1.9)
    canvas.line([(x - 40 * cos, y - 40 * sin), (x + 40 * cos, y + 40 * sin)], (240, 228, 196), 1.4)


def _hachures(canvas: Canvas, inner: tuple[float, float, float, float], ink: Colour) -> None:
    dice = canvas.dice
    for _ in range(dice.count(3, 6)):
        x, y = dice.between(inner[0], inner[2]), dice.between(inner[1], inner[3])
        wide, tall = dice.between(8, 18), dice.between(6, 13)
        for ring in (0.45, 0.7, 0.95):
            for k in range(60):
                turn = k * math.pi / 30 + dice.bell(0.03)
                start = (x + math.cos(turn) * wide * ring, y + math.sin(turn) * tall * ring)
                end = (
                    x + math.cos(turn) * wide * (ring + 0.17),
                    y + math.sin(turn) * tall * (ring + 0.17),
                )
                canvas.line([start, end], lighter(ink, 0.15), 0.16)


def _woods(canvas: Canvas, inner: tuple[float, float, float, float], ink: Colour) -> None:
    dice = canvas.dice
    for _ in range(dice.count(2, 4)):
        x, y = dice.between(inner[0], inner[2]), dice.between(inner[1], inner[3])
        for _ in range(70):
            px, py = x + dice.bell(7), y + dice.bell(5)
            canvas.disc(px, py, 0.9, 0.8, (142, 160, 110))
            canvas.line(
                [(px - 0.7, py + 0.5), (px, py - 0.7), (px + 0.7, py + 0.5)],
                darker((142, 160, 110), 0.4),
                0.14,
            )
    del ink


def _villages(canvas: Canvas, river: list[Point], ink: Colour) -> None:
    dice = canvas.dice
    names = dice.shuffled(
        [
            "Böckingen",
            "Neckarsulm",
            "Sontheim",
            "Flein",
            "Weinsberg",
            "Frankenbach",
            "Horkheim",
            "Talheim",
        ]
    )
    spots: list[Point] = [river[len(river) // 2]]
    while len(spots) < 7:
        spot = (dice.between(14, canvas.width - 22), dice.between(16, 86))
        if all(math.hypot(spot[0] - x, spot[1] - y) > 16 for x, y in spots):
            spots.append(spot)
    for spot in spots[1:]:
        bend = (
            spots[0][0] + (spot[0] - spots[0][0]) * 0.5 + dice.bell(5),
            spots[0][1] + (spot[1] - spots[0][1]) * 0.5 + dice.bell(5),
        )
        canvas.line([spots[0], bend, spot], ink, 0.9)
        canvas.line([spots[0], bend, spot], (238, 220, 180), 0.5)
    for place, (x, y) in enumerate(spots):
        for _ in range(38 if place == 0 else 11):
            px, py = (
                x + dice.bell(3.6 if place == 0 else 1.5),
                y + dice.bell(3.0 if place == 0 else 1.3),
            )
            canvas.rect(px - 0.6, py - 0.5, px + 0.6, py + 0.5, (168, 76, 60))
        name = "HEILBRONN" if place == 0 else names[place]
        canvas.text((x + 3, y + 2), name, 4.6 if place == 0 else 3.2, ink)


def _cartouche(
    canvas: Canvas,
    inner: tuple[float, float, float, float],
    name: str,
    tones: tuple[Colour, Colour],
) -> None:
    tone, ink = tones
    size = min(5.2, canvas.width * 0.045)
    wide = canvas.text_width(name, size) + 6
    left, top = inner[0] + 3, inner[1] + 3
    canvas.rect(left, top, left + wide, top + size * 2.6, lighter(tone, 0.25))
    canvas.line(
        [
            (left, top),
            (left + wide, top),
            (left + wide, top + size * 2.6),
            (left, top + size * 2.6),
            (left, top),
        ],
        ink,
        0.4,
    )
    canvas.text((left + wide / 2, top + size * 0.3), name, size, ink, "m")
    canvas.text((left + wide / 2, top + size * 1.6), "im Maßstab 1 : 10 000", size * 0.55, ink, "m")


def _compass(canvas: Canvas, middle: Point, ink: Colour) -> None:
    x, y = middle
    canvas.disc(x, y, 6, 6, (240, 232, 212))
    canvas.ring(x, y, 6, ink, 0.3)
    for quarter in range(4):
        turn = quarter * math.pi / 2
        tip = (x + 6 * math.sin(turn), y - 6 * math.cos(turn))
        for side in (-1, 1):
            waist = (x + 1.3 * math.sin(turn + side * 0.8), y - 1.3 * math.cos(turn + side * 0.8))
            canvas.polygon([(x, y), waist, tip], ink if side > 0 else (214, 204, 184))
    canvas.text((x, y - 10.4), "N", 3.6, ink, "m")


def _scale_bar(canvas: Canvas, start: Point, ink: Colour) -> None:
    x, y = start
    canvas.rect(x - 1, y - 3.6, x + 27, y + 2, (240, 232, 212))
    for part in range(5):
        canvas.rect(
            x + part * 5, y, x + part * 5 + 5, y + 1, ink if part % 2 == 0 else (244, 238, 222)
        )
    canvas.text((x, y - 3), "0      500     1000 m", 2.3, ink)
