"""Bridges over the Neckar."""

from __future__ import annotations

import math

from archive_ai.sample.canvas import Canvas, Colour, Point, darker, lighter
from archive_ai.sample.figures import crowd
from archive_ai.sample.houses import roofscape
from archive_ai.sample.landscape import hills, sky, water
from archive_ai.sample.motif import Caption
from archive_ai.sample.motifs.church import steeple
from archive_ai.sample.motifs.town import tree_line
from archive_ai.sample.trees import bushes, tree

_NUMBER_DE = {1: "einem", 2: "zwei", 3: "drei", 4: "vier", 5: "fünf", 6: "sechs"}
_NUMBER_EN = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six"}


def bridge(canvas: Canvas, year: int) -> Caption:
    """A stone, iron-arch or truss bridge from bank to bank, mirrored in the river."""
    del year
    dice = canvas.dice
    shore = dice.between(56, 66)
    sky(canvas, shore)
    hills(canvas, shore, dice.between(12, 22))
    town = dice.chance(0.55)
    if town:
        roofscape(canvas, shore, 13, (0, canvas.width))
        steeple(
            canvas,
            (canvas.width * dice.between(0.2, 0.8), shore - 3),
            (2.6, 19),
            (164, 154, 138),
            "pointed",
        )
    tree_line(canvas, shore + 1)
    canvas.haze((208, 210, 208), 0.28)
    canvas.blur(0.35)
    kind = dice.pick(["stone", "stone", "iron", "truss"])
    spans = dice.count(3, 6) if kind == "stone" else dice.count(2, 3)
    deck = shore - dice.between(9, 16)
    slope = dice.bell(5.0)
    draw = {"stone": _stone_arches, "iron": _iron_arches, "truss": _truss}[kind]
    foot = shore + dice.between(3, 7)
    draw(canvas, (deck + slope, deck - slope), foot, spans)
    for _ in range(dice.count(0, 7)):
        share = dice.between(0.05, 0.95)
        level = deck + slope - 2 * slope * share
        crowd(canvas, (canvas.width * share, canvas.width * share + 1), (level, level), 4, 1)
    water(canvas, foot - 1, 100, dice.between(0.4, 0.75))
    if dice.chance(0.5):
        boat(
            canvas,
            (canvas.width * dice.between(0.15, 0.7), dice.between(80, 90)),
            dice.between(14, 22),
        )
    if dice.chance(0.5):
        bank = canvas.width * dice.between(0.2, 0.4)
        bushes(canvas, -4, bank, 101, 13)
        tree(canvas, bank * 0.3, 99, dice.between(38, 56), bare=dice.chance(0.3))
    kind_de, kind_en = {
        "stone": ("steinerne Brücke", "stone bridge"),
        "iron": ("eiserne Bogenbrücke", "iron arch bridge"),
        "truss": ("eiserne Fachwerkbrücke", "iron truss bridge"),
    }[kind]
    part_de = f"{_NUMBER_DE[spans]} Bögen" if kind != "truss" else f"{_NUMBER_DE[spans]} Feldern"
    part_en = f"{_NUMBER_EN[spans]} arches" if kind != "truss" else f"{_NUMBER_EN[spans]} spans"
    back_de, back_en = (
        ("die Stadt mit Kirchturm", "the town with a steeple")
        if town
        else ("bewaldete Hügel", "wooded hills")
    )
    return Caption(
        "Brücke über den Neckar",
        "Bridge over the Neckar",
        f"Eine {kind_de} mit {part_de} über den Fluss, dahinter {back_de}.",
        f"A {kind_en} with {part_en} over the river, {back_en} behind.",
    )


def _level(canvas: Canvas, deck: tuple[float, float], x: float) -> float:
    return deck[0] + (deck[1] - deck[0]) * x / canvas.width


def _stone_arches(canvas: Canvas, deck: tuple[float, float], foot: float, spans: int) -> None:
    stone: Colour = canvas.dice.pick([(170, 158, 138), (150, 140, 124), (188, 176, 156)])
    left, right = -6.0, canvas.width + 6
    body = [(left, deck[0]), (right, deck[1]), (right, foot), (left, foot)]
    behind = canvas.image.copy()
    canvas.fade(body, lighter(stone, 0.12), darker(stone, 0.15))
    canvas.mottle(body, 0.5, 2.0, darker(stone, 0.5))
    wide = (right - left) / spans
    for span in range(spans):
        middle = left + wide * (span + 0.5)
        level = _level(canvas, deck, middle)
        half = wide * 0.5 - 2.2
        rise = min(half, foot - level - 3.2)
        arch = [
            (
                middle + half * math.cos(math.pi * k / 24),
                foot + 0.5 - rise * math.sin(math.pi * k / 24),
            )
            for k in range(25)
        ]
        rim = [(middle + (x - middle) * 1.07, foot + (y - foot) * 1.1) for x, y in arch]
        canvas.polygon(rim, lighter(stone, 0.3))
        inner = [(x - 1.2, y + 0.6) for x, y in arch]
        canvas.polygon(arch, darker(stone, 0.6))
        canvas.cut(inner, behind)
        pier = left + wide * span
        canvas.fade(
            [(pier - 2.4, level + 4), (pier + 2.4, level + 4), (pier + 3, foot), (pier - 3, foot)],
            lighter(stone, 0.25),
            darker(stone, 0.3),
            across=True,
        )
    for drop, tone, thick in ((-1.6, lighter(stone, 0.3), 1.0), (0.0, darker(stone, 0.3), 0.5)):
        canvas.line([(left, deck[0] + drop), (right, deck[1] + drop)], tone, thick)
    for post in range(0, round(canvas.width) + 6, 3):
        level = _level(canvas, deck, post)
        canvas.line([(post, level), (post, level - 1.6)], darker(stone, 0.2), 0.4)


def _iron_arches(canvas: Canvas, deck: tuple[float, float], foot: float, spans: int) -> None:
    iron: Colour = (62, 62, 64)
    stone: Colour = (164, 154, 138)
    wide = (canvas.width + 12) / spans
    for span in range(spans):
        start, end = -6 + wide * span, -6 + wide * (span + 1)
        for thick, drop in ((1.3, 0.0), (0.5, 2.2)):
            arch: list[Point] = []
            for k in range(21):
                share = k / 20
                x = start + 2 + (end - start - 4) * share
                level = _level(canvas, deck, x)
                arch.append(
                    (x, level + 1.5 + drop + (foot - level - 4) * (1 - math.sin(math.pi * share)))
                )
            canvas.line(arch, iron, thick)
        for k in range(1, 20):
            share = k / 20
            x = start + 2 + (end - start - 4) * share
            level = _level(canvas, deck, x)
            canvas.line(
                [
                    (x, level),
                    (x, level + 1.5 + (foot - level - 4) * (1 - math.sin(math.pi * share))),
                ],
                iron,
                0.35,
            )
    for span in range(spans + 1):
        x = -6 + wide * span
        canvas.fade(
            [
                (x - 3, _level(canvas, deck, x) - 1),
                (x + 3, _level(canvas, deck, x) - 1),
                (x + 4, foot),
                (x - 4, foot),
            ],
            lighter(stone, 0.2),
            darker(stone, 0.35),
            across=True,
        )
    _railing(canvas, deck, iron)


def _truss(canvas: Canvas, deck: tuple[float, float], foot: float, spans: int) -> None:
    iron: Colour = (58, 58, 60)
    stone: Colour = (160, 150, 134)
    wide = (canvas.width + 12) / spans
    high = canvas.dice.between(10, 14)
    bowed = canvas.dice.chance(0.5)
    for span in range(spans):
        start = -6 + wide * span
        panels = 8
        top: list[Point] = []
        low: list[Point] = []
        for k in range(panels + 1):
            x = start + 1.5 + (wide - 3) * k / panels
            level = _level(canvas, deck, x)
            lift = (
                high * math.sin(math.pi * k / panels) ** 0.6
                if bowed
                else (0.0 if k in (0, panels) else high)
            )
            top.append((x, level - lift))
            low.append((x, level))
        canvas.line(top, iron, 1.0)
        canvas.line(low, iron, 1.2)
        for k in range(panels):
            canvas.line([top[k], low[k]], iron, 0.5)
            canvas.line([low[k], top[k + 1]] if k < panels / 2 else [top[k], low[k + 1]], iron, 0.4)
    for span in range(spans + 1):
        x = -6 + wide * span
        canvas.fade(
            [
                (x - 2.6, _level(canvas, deck, x) + 0.8),
                (x + 2.6, _level(canvas, deck, x) + 0.8),
                (x + 3.6, foot),
                (x - 3.6, foot),
            ],
            lighter(stone, 0.2),
            darker(stone, 0.35),
            across=True,
        )


def _railing(canvas: Canvas, deck: tuple[float, float], iron: Colour) -> None:
    right = canvas.width
    canvas.line([(0, deck[0]), (right, deck[1])], iron, 1.3)
    canvas.line([(0, deck[0] - 2.4), (right, deck[1] - 2.4)], iron, 0.35)
    for post in range(0, round(right), 2):
        level = _level(canvas, deck, post)
        canvas.line([(post, level), (post, level - 2.4)], iron, 0.25)


def boat(canvas: Canvas, at: Point, long: float) -> None:
    """A rowing boat with one person."""
    x, y = at
    crowd(canvas, (x + long * 0.4, x + long * 0.6), (y, y), long * 0.42, 1)
    canvas.fade(
        [
            (x, y - long * 0.12),
            (x + long, y - long * 0.12),
            (x + long * 0.88, y + long * 0.05),
            (x + long * 0.1, y + long * 0.05),
        ],
        (96, 78, 60),
        (48, 40, 34),
    )
    canvas.line([(x, y - long * 0.12), (x + long, y - long * 0.12)], (180, 166, 144), 0.4)
    canvas.shade(
        [
            (x, y + long * 0.05),
            (x + long, y + long * 0.05),
            (x + long, y + long * 0.12),
            (x, y + long * 0.12),
        ],
        0.45,
        0.0,
    )
