"""Horses before carts, wagons and coaches."""

from __future__ import annotations

import math
from collections.abc import Callable

from archive_ai.sample.canvas import Canvas, Colour, Point, darker, lighter
from archive_ai.sample.figures import crowd, horse, person
from archive_ai.sample.motif import Caption
from archive_ai.sample.motifs.locomotive import wheel
from archive_ai.sample.motifs.roadside import roadside, shadow_under

PLACES = {
    "town": ("in der Stadt", "in town"),
    "road": ("auf der Landstraße", "on a country road"),
    "wall": ("vor einer Hauswand", "in front of a house wall"),
}


def horse_cart(canvas: Canvas, year: int) -> Caption:
    """One or two horses before a hay cart, a wagon with barrels, or a coach."""
    del year
    dice = canvas.dice
    base = dice.between(58, 68)
    place = roadside(canvas, base, ("town", "road", "road"))
    facing = dice.pick([-1, 1])
    size = dice.between(0.7, 1.1) * min(1.0, canvas.width / 126)
    foot = (canvas.width * dice.between(0.44, 0.56) - facing * 14 * size, dice.between(82, 90))
    load = dice.pick(["hay", "barrels", "coach", "empty"])
    pair = dice.chance(0.4)
    shadow_under(canvas, (foot[0] + facing * 14 * size, foot[1]), 58 * size)
    if pair:
        horse(canvas, foot[0] + facing * 50 * size, foot[1] - 2 * size, 31 * size, facing)
    _cart(canvas, foot, facing * size, load)
    for up in (15.0, 12.0):
        canvas.line(
            [
                (foot[0] + facing * 20 * size, foot[1] - up * size),
                (foot[0] + facing * 56 * size, foot[1] - (up + 1) * size),
            ],
            (66, 50, 38),
            0.9 * size,
        )
    horse(canvas, foot[0] + facing * 45 * size, foot[1] + (1 if pair else 0), 33 * size, facing)
    walking = dice.chance(0.5)
    if walking:
        person(canvas, foot[0] + facing * dice.between(66, 72) * size, foot[1] + 3, 29 * size)
    crowd(canvas, (4, canvas.width - 4), (base + 3, base + 8), 15, dice.count(0, 3))
    load_de, load_en = {
        "hay": ("einen hoch beladenen Heuwagen", "a high load of hay"),
        "barrels": ("einen Wagen mit Fässern", "a wagon with barrels"),
        "coach": ("eine Kutsche", "a coach"),
        "empty": ("einen leeren Leiterwagen", "an empty hay cart"),
    }[load]
    team_de, team_en = (
        ("Zwei Pferde ziehen", "Two horses pull") if pair else ("Ein Pferd zieht", "A horse pulls")
    )
    where_de, where_en = PLACES[place]
    lead_de, lead_en = (
        (", geführt von einem Fuhrmann", ", led by a carter") if walking else ("", "")
    )
    return Caption(
        f"Pferdefuhrwerk {where_de}",
        f"Horse cart {where_en}",
        f"{team_de} {load_de} {where_de}{lead_de}.",
        f"{team_en} {load_en} {where_en}{lead_en}.",
    )


def _points_of(foot: Point, scale: float) -> Callable[[float, float], Point]:
    """Places on a cart: along it from its middle, and up from the ground."""

    def at(along: float, up: float) -> Point:
        return foot[0] + along * scale, foot[1] - up * abs(scale)

    return at


def _cart(canvas: Canvas, foot: Point, scale: float, load: str) -> None:
    size = abs(scale)
    at = _points_of(foot, scale)
    if load == "hay":
        _hay(canvas, foot, scale)
    if load == "barrels":
        _barrels(canvas, foot, scale)
    if load == "coach":
        _coach(canvas, foot, scale)
    else:
        _wagon_bed(canvas, foot, scale, load)
    for along, radius in ((-24.0, 11.0), (13.0, 9.5)):
        wheel(canvas, at(along, radius), radius * size, 12, (70, 54, 42))
        wheel(canvas, at(along, radius), radius * 0.98 * size, 12, (92, 72, 54))


def _hay(canvas: Canvas, foot: Point, scale: float) -> None:
    dice = canvas.dice
    at = _points_of(foot, scale)
    heap: list[Point] = [at(-34, 20)]
    for k in range(13):
        heap.append(
            at(-36 + 60 * k / 12, 24 + 22 * math.sin(math.pi * (k + 1.5) / 15) + dice.bell(0.8))
        )
    heap.append(at(22, 20))
    canvas.fade(heap, (206, 186, 132), (140, 118, 74))
    canvas.mottle(heap, 0.6, 1.4, (90, 74, 44))
    for _ in range(160):
        along, up = dice.between(-33, 20), dice.between(21, 40)
        canvas.line(
            [at(along, up), at(along + dice.bell(2.2), up - dice.between(0.5, 3))],
            dice.pick([(222, 206, 156), (128, 106, 66)]),
            0.2,
        )


def _barrels(canvas: Canvas, foot: Point, scale: float) -> None:
    size = abs(scale)
    at = _points_of(foot, scale)
    for place in range(3):
        along = -25 + place * 15.5
        canvas.disc(*at(along, 25), 7.2 * size, 7.6 * size, (128, 100, 68))
        canvas.disc(*at(along, 25), 5.8 * size, 6.2 * size, (156, 126, 88))
        canvas.line([at(along - 4, 25), at(along + 4, 25)], (92, 72, 50), 0.4 * size)
        canvas.ring(*at(along, 25), 7.0 * size, (54, 46, 40), 0.6 * size)


def _coach(canvas: Canvas, foot: Point, scale: float) -> None:
    size = abs(scale)
    at = _points_of(foot, scale)
    person(canvas, at(15, 0)[0], foot[1] - 17 * size, 26 * size)
    canvas.fade(
        [at(-30, 12), at(-33, 28), at(-28, 40), at(6, 40), at(9, 28), at(6, 12)],
        (78, 70, 66),
        (28, 26, 26),
    )
    canvas.fade([at(-16, 37), at(-4, 37), at(-4, 26), at(-16, 26)], (176, 176, 172), (92, 92, 92))
    canvas.line([at(-20, 38), at(-20, 13), at(0, 13), at(0, 38)], (118, 106, 92), 0.35 * size)
    canvas.line([at(6, 20), at(22, 20), at(24, 14)], (52, 46, 42), 1.6 * size)


def _wagon_bed(canvas: Canvas, foot: Point, scale: float, load: str) -> None:
    wood: Colour = (106, 84, 60)
    size = abs(scale)
    at = _points_of(foot, scale)
    canvas.fade(
        [at(-36, 19), at(24, 19), at(24, 14), at(-36, 14)],
        lighter(wood, 0.2),
        darker(wood, 0.3),
    )
    if load != "barrels":
        for rung in range(14):
            along = -36 + rung * 4.5
            canvas.line(
                [at(along, 15), at(along - 0.8, 27 if load == "empty" else 23)],
                wood,
                0.5 * size,
            )
        if load == "empty":
            canvas.line([at(-37, 26), at(23, 26)], wood, 0.8 * size)
    else:
        person(canvas, at(20, 0)[0], foot[1] - 17 * size, 26 * size)
