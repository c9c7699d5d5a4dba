"""Trees and hedges, and the twigs that hang into a picture."""

from __future__ import annotations

import math

from archive_ai.sample.canvas import Canvas, Colour, Point, darker, lighter, mixed
from archive_ai.sample.landscape import BARK, LEAF, SNOW


def tree(
    canvas: Canvas, x: float, base: float, height: float, *, bare: bool = False, dark: float = 0.0
) -> None:
    """A broad-leaved tree, with leaves or in winter."""
    dice = canvas.dice
    trunk = height * 0.045
    canvas.shade(
        [
            (x - height * 0.3, base - 0.6),
            (x + height * 0.3, base - 0.6),
            (x + height * 0.36, base + height * 0.03),
            (x - height * 0.26, base + height * 0.03),
        ],
        0.3,
        0.15,
    )
    canvas.polygon(
        [
            (x - trunk, base),
            (x - trunk * 0.5, base - height * 0.5),
            (x + trunk * 0.5, base - height * 0.5),
            (x + trunk, base),
        ],
        darker(BARK, dark),
    )
    if bare:
        _branches(canvas, (x, base - height * 0.35), height * 0.3, -math.pi / 2, 5)
        return
    leaf = darker(mixed(LEAF, (104, 108, 60), dice.between(0, 1)), dark)
    wide = height * dice.between(0.24, 0.36)
    blobs: list[tuple[float, float, float]] = []
    for _ in range(46):
        turn, out = dice.between(0, 6.283), math.sqrt(dice.between(0, 1))
        across = x + math.cos(turn) * out * wide
        down = base - height * 0.64 + math.sin(turn) * out * height * 0.33
        blobs.append((across, down, height * dice.between(0.04, 0.1)))
    for across, down, size in sorted(blobs, key=lambda blob: -blob[1]):
        lit = (base - down) / height * 0.5 - (across - x) / wide * 0.12
        tone = lighter(darker(leaf, 0.4), max(0.0, lit * 0.55 + dice.bell(0.06)))
        canvas.disc(across, down, size, size * 0.8, tone)
    for _ in range(90):
        turn, out = dice.between(0, 6.283), math.sqrt(dice.between(0, 1.1))
        across = x + math.cos(turn) * out * wide
        down = base - height * 0.64 + math.sin(turn) * out * height * 0.34
        lit = 0.35 if across < x and down < base - height * 0.6 else 0.0
        tone = lighter(darker(leaf, dice.between(0.1, 0.5)), lit)
        canvas.disc(across, down, height * 0.016, height * 0.012, tone)


def _branches(canvas: Canvas, root: Point, length: float, turn: float, depth: int) -> None:
    dice = canvas.dice
    x, y = root
    end = (x + math.cos(turn) * length, y + math.sin(turn) * length)
    canvas.line([root, end], BARK, 0.1 + length * 0.055)
    if depth == 0:
        return
    for side in (-1, 1):
        _branches(
            canvas,
            end,
            length * dice.between(0.6, 0.78),
            turn + side * dice.between(0.2, 0.6),
            depth - 1,
        )


def conifer(canvas: Canvas, x: float, base: float, height: float, *, snow: bool = False) -> None:
    """A fir or cypress."""
    dice = canvas.dice
    wide = height * dice.between(0.14, 0.22)
    leaf: Colour = (46, 58, 44)
    canvas.rect(x - height * 0.02, base - height * 0.1, x + height * 0.02, base, BARK)
    tiers = 6
    for tier in range(tiers):
        share = tier / tiers
        low = base - height * (0.06 + 0.8 * share)
        half = wide * (1 - share * 0.85)
        top = low - height * 0.28
        shape = [(x - half, low), (x, top), (x + half, low), (x, low + height * 0.03)]
        canvas.polygon(shape, lighter(leaf, dice.between(0, 0.12)))
        canvas.polygon([(x, top), (x + half, low), (x, low + height * 0.02)], darker(leaf, 0.35))
        if snow:
            canvas.line(
                [(x - half, low), (x - half * 0.2, top + height * 0.08)], SNOW, height * 0.03
            )


def bushes(canvas: Canvas, left: float, right: float, base: float, height: float) -> None:
    """A hedge or the edge of a wood."""
    dice = canvas.dice
    leaf = mixed(LEAF, (96, 100, 62), dice.between(0, 1))
    amount = max(6, round((right - left) / height * 7))
    for _ in range(amount):
        x, rise = dice.between(left, right), dice.between(0, 1)
        size = height * dice.between(0.2, 0.4)
        tone = lighter(darker(leaf, 0.45), rise * 0.3)
        canvas.disc(x, base - height * 0.6 * rise, size, size * 0.75, tone)


def framing(canvas: Canvas) -> None:
    """Something dark and near at the edge, as photographers chose it: twigs, a trunk, a hedge."""
    dice = canvas.dice
    side = dice.pick([0.0, canvas.width])
    inward = 1 if side == 0 else -1
    kind = dice.pick(["twigs", "twigs", "hedge", "trunk"])
    if kind == "hedge":
        wide = canvas.width * dice.between(0.2, 0.45)
        bushes(
            canvas,
            min(side, side + inward * wide),
            max(side, side + inward * wide),
            104,
            dice.between(9, 16),
        )
        return
    if kind == "trunk":
        near = side + inward * dice.between(1, 5)
        half = dice.between(1.5, 3)
        canvas.fade(
            [
                (near - half, -1),
                (near + half, -1),
                (near + half * 1.4, 101),
                (near - half * 1.4, 101),
            ],
            (40, 34, 28),
            (26, 22, 20),
            across=True,
        )
    reach = dice.between(12, 30)
    bare = dice.chance(0.3)
    for _ in range(dice.count(4, 8)):
        y = dice.between(-2, reach * 0.7)
        end = (side + inward * reach * dice.between(0.5, 1.3), y + dice.between(1, reach * 0.4))
        canvas.line(
            [(side - inward, y - 3), (side + inward * reach * 0.4, y), end],
            (36, 32, 26),
            dice.between(0.25, 0.7),
        )
        for _ in range(0 if bare else 46):
            along = dice.between(0, 1.05)
            px, py = (
                side + (end[0] - side) * along + dice.bell(2.0),
                y + (end[1] - y) * along + dice.bell(1.8),
            )
            canvas.disc(
                px,
                py,
                dice.between(0.4, 1.0),
                dice.between(0.3, 0.7),
                darker(LEAF, dice.between(0.1, 0.6)),
            )
