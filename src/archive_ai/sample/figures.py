"""Plain people and horses, small enough to be nobody in particular."""

from __future__ import annotations

from archive_ai.sample.canvas import Canvas, Colour, darker, lighter

CLOTH: tuple[Colour, ...] = (
    (40, 38, 40),
    (58, 54, 52),
    (86, 78, 70),
    (120, 108, 94),
    (62, 66, 78),
    (150, 140, 126),
)
SKIN: Colour = (204, 172, 146)

SKINS: tuple[Colour, ...] = ((214, 180, 152), (202, 166, 138), (222, 190, 164))
HAIRS: tuple[Colour, ...] = (
    (52, 40, 32),
    (88, 66, 46),
    (140, 112, 76),
    (176, 172, 166),
    (34, 28, 26),
)


def person(canvas: Canvas, x: float, foot: float, height: float) -> None:
    """A standing or walking figure in a coat or a long skirt, mostly with a hat."""
    dice = canvas.dice
    cloth = dice.pick(CLOTH)
    half = height * 0.13
    canvas.shade(
        [
            (x - half, foot - height * 0.02),
            (x + half * 3.4, foot - height * 0.03),
            (x + half * 3.4, foot + height * 0.03),
            (x - half, foot + height * 0.03),
        ],
        0.4,
        0.15,
    )
    head = height * 0.07
    top = foot - height
    shoulder = top + head * 2.5
    if dice.chance(0.45):
        skirt = [
            (x - half * 0.5, foot - height * 0.58),
            (x + half * 0.5, foot - height * 0.58),
            (x + half * 1.35, foot),
            (x - half * 1.35, foot),
        ]
        canvas.fade(skirt, cloth, darker(cloth, 0.3))
        blouse = dice.pick([cloth, (214, 206, 194)])
    else:
        stride = half * dice.between(0.2, 0.9)
        for side in (-1, 1):
            canvas.line(
                [(x + side * half * 0.35, foot - height * 0.5), (x + side * stride, foot)],
                darker(cloth, 0.35),
                height * 0.085,
            )
        blouse = cloth
    torso = [
        (x - half * 0.95, shoulder),
        (x + half * 0.95, shoulder),
        (x + half * 0.75, foot - height * 0.44),
        (x - half * 0.75, foot - height * 0.44),
    ]
    canvas.fade(torso, lighter(blouse, 0.1), darker(blouse, 0.2))
    for side in (-1, 1):
        canvas.line(
            [
                (x + side * half * 0.9, shoulder + head * 0.3),
                (x + side * half * 1.15, foot - height * 0.48),
            ],
            darker(blouse, 0.2),
            height * 0.05,
        )
    canvas.disc(x, top + head * 1.2, head * 0.8, head * 1.05, SKIN)
    _hat(canvas, x, top + head * 0.75, head)


def _hat(canvas: Canvas, x: float, y: float, head: float) -> None:
    dice = canvas.dice
    tone = dice.pick([(30, 28, 28), (70, 62, 54), (216, 204, 176)])
    kind = dice.pick(["brim", "brim", "top", "cap", "hair"])
    if kind == "hair":
        canvas.disc(x, y - head * 0.1, head * 0.85, head * 0.6, (60, 46, 36))
        return
    if kind in ("brim", "top"):
        canvas.disc(x, y, head * 1.5, head * 0.28, tone)
    tall = {"brim": 0.8, "top": 1.7, "cap": 0.6}[kind]
    canvas.rect(x - head * 0.8, y - head * tall, x + head * 0.8, y, tone)


def crowd(
    canvas: Canvas, span: tuple[float, float], feet: tuple[float, float], height: float, amount: int
) -> None:
    """People from the back to the front; ``height`` is that of the nearest."""
    dice = canvas.dice
    far, near = feet
    depths = sorted(dice.between(0, 1) for _ in range(amount))
    # What they stand beside may reach over the picture's edge, and the span be turned round.
    left, right = min(span), max(span)
    for depth in depths:
        tall = height * (0.45 + 0.55 * depth)
        person(canvas, dice.between(left, right), far + (near - far) * depth, tall)


def horse(canvas: Canvas, x: float, foot: float, size: float, facing: int) -> None:
    """A draught horse from the side; ``size`` is its height at the ears."""
    dice = canvas.dice
    coat = dice.pick([(70, 50, 36), (46, 38, 34), (120, 92, 66), (176, 168, 156)])
    dark = darker(coat, 0.4)

    def spot(across: float, up: float) -> tuple[float, float]:
        return x + across * size * facing, foot - up * size

    for across, pace in ((-0.36, -0.04), (-0.24, 0.06), (0.2, 0.05), (0.32, -0.06)):
        leg = [spot(across, 0.45), spot(across + pace * 0.4, 0.22), spot(across + pace, 0.0)]
        canvas.line(leg, dark if pace > 0 else coat, size * 0.07)
    body = [
        spot(-0.44, 0.62),
        spot(-0.4, 0.72),
        spot(-0.25, 0.76),
        spot(0.0, 0.71),
        spot(0.22, 0.74),
        spot(0.38, 0.88),
        spot(0.5, 1.0),
        spot(0.56, 0.97),
        spot(0.74, 0.78),
        spot(0.7, 0.71),
        spot(0.6, 0.72),
        spot(0.52, 0.76),
        spot(0.44, 0.58),
        spot(0.36, 0.42),
        spot(0.1, 0.36),
        spot(-0.2, 0.38),
        spot(-0.4, 0.44),
    ]
    canvas.fade(body, lighter(coat, 0.15), dark)
    canvas.line([spot(-0.43, 0.7), spot(-0.52, 0.55), spot(-0.5, 0.3)], dark, size * 0.05)
    canvas.line(
        [spot(0.5, 1.0), spot(0.36, 0.86), spot(0.26, 0.74)], darker(coat, 0.6), size * 0.05
    )
    canvas.polygon([spot(0.5, 0.98), spot(0.52, 1.07), spot(0.56, 0.98)], dark)
    collar = [spot(0.3, 0.8), spot(0.36, 0.46)]
    canvas.line(collar, (40, 30, 24), size * 0.06)
