"""Plain faces: shading and the few darks that make one at a glance."""

from __future__ import annotations

import math

from archive_ai.sample.canvas import Canvas, Colour, Point, darker, lighter, mixed


def oval_points(x: float, y: float, across: float, down: float, chin: float = 0.0) -> list[Point]:
    """An ellipse, narrower towards its lower end by the share ``chin``."""
    points: list[Point] = []
    for step in range(40):
        turn = step * math.pi / 20
        narrow = 1 - chin * max(0.0, math.sin(turn)) ** 2
        points.append((x + across * narrow * math.cos(turn), y + down * math.sin(turn)))
    return points


def face(canvas: Canvas, middle: Point, head: float, turn: float, skin: Colour) -> None:
    """A plain face: shading and the few darks that make one at a glance."""
    x, y = middle
    across, down = head * 0.74, head
    neck = [
        (x - head * 0.36, y + head * 0.5),
        (x + head * 0.36, y + head * 0.5),
        (x + head * 0.46, y + head * 1.5),
        (x - head * 0.46, y + head * 1.5),
    ]
    canvas.fade(neck, darker(skin, 0.3), darker(skin, 0.12))
    for side in (-1, 1):
        canvas.disc(
            x + side * across * 0.99, y + head * 0.06, head * 0.11, head * 0.2, darker(skin, 0.15)
        )
    canvas.polygon(oval_points(x, y, across, down, 0.2), skin)
    light = -1 if turn < 0 else 1
    canvas.shade(
        oval_points(x, y, across, down, 0.2),
        0.0 if light < 0 else 0.34,
        0.34 if light < 0 else 0.0,
        across=True,
        colour=(60, 40, 28),
    )
    canvas.shade(
        oval_points(x, y + down * 0.6, across * 0.62, down * 0.36), 0.0, 0.2, colour=(60, 40, 28)
    )
    shift = turn * head * 0.5
    eye = y - head * 0.02
    for side in (-1, 1):
        _eye(canvas, (x + shift + side * head * 0.3, eye), head, (skin, shift))
    nose = [
        (x + shift * 1.1 - head * 0.03, eye),
        (x + shift * 1.3 + light * head * 0.09, eye + head * 0.34),
        (x + shift * 1.2, eye + head * 0.38),
    ]
    canvas.line(nose, darker(skin, 0.3), head * 0.035)
    canvas.shade(
        oval_points(x + shift * 1.2, eye + head * 0.37, head * 0.12, head * 0.05),
        0.3,
        0.4,
        colour=(60, 36, 26),
    )
    _mouth(canvas, (x + shift, y + head * 0.58), head, skin)


def _eye(canvas: Canvas, middle: Point, head: float, look: tuple[Colour, float]) -> None:
    (px, eye), (skin, shift) = middle, look
    canvas.shade(
        oval_points(px, eye - head * 0.03, head * 0.22, head * 0.15),
        0.42,
        0.12,
        colour=(60, 40, 30),
    )
    canvas.disc(px, eye, head * 0.105, head * 0.042, mixed(skin, (230, 222, 212), 0.6))
    canvas.disc(px + shift * 0.08, eye, head * 0.05, head * 0.046, (54, 42, 36))
    canvas.line(
        [
            (px - head * 0.13, eye - head * 0.05),
            (px, eye - head * 0.075),
            (px + head * 0.13, eye - head * 0.045),
        ],
        (60, 46, 38),
        head * 0.03,
    )
    canvas.line(
        [
            (px - head * 0.17, eye - head * 0.19),
            (px, eye - head * 0.24),
            (px + head * 0.17, eye - head * 0.19),
        ],
        darker(skin, 0.5),
        head * 0.042,
    )


def _mouth(canvas: Canvas, middle: Point, head: float, skin: Colour) -> None:
    x, mouth = middle
    canvas.line(
        [
            (x - head * 0.2, mouth),
            (x, mouth + head * 0.025),
            (x + head * 0.2, mouth),
        ],
        mixed(skin, (96, 44, 38), 0.75),
        head * 0.055,
    )
    canvas.line(
        [
            (x - head * 0.12, mouth + head * 0.08),
            (x + head * 0.12, mouth + head * 0.08),
        ],
        mixed(skin, (140, 80, 70), 0.4),
        head * 0.05,
    )


def long_hair(canvas: Canvas, middle: Point, head: float, hair: Colour) -> None:
    """Hair behind the head, sometimes in a bun; drawn before the face."""
    x, y = middle
    canvas.polygon(oval_points(x, y - head * 0.3, head * 0.98, head * 1.0), darker(hair, 0.2))
    if canvas.dice.chance(0.5):
        canvas.disc(x, y - head * 1.3, head * 0.4, head * 0.32, hair)


def hair_on(canvas: Canvas, middle: Point, head: float, hair: Colour, woman: bool) -> None:
    """Parted hair over the forehead; drawn after the face."""
    x, y = middle
    part = canvas.dice.between(-0.4, 0.4)
    cap: list[Point] = []
    for step in range(21):
        turn = math.pi + math.pi * step / 20
        cap.append(
            (
                x + math.cos(turn) * head * 0.84,
                y - head * 0.12 + math.sin(turn) * head * (1.06 if woman else 0.98),
            )
        )
    low = 0.12 if woman else -0.05
    cap += [
        (x + head * 0.8, y + head * low),
        (x + head * 0.62, y - head * 0.4),
        (x + head * part, y - head * 0.66),
        (x - head * 0.62, y - head * 0.4),
        (x - head * 0.8, y + head * low),
    ]
    canvas.fade(cap, lighter(hair, 0.18), hair)
    for strand in range(12):
        px = x + head * (-0.7 + strand * 0.127)
        canvas.line(
            [(x + head * part, y - head * 1.0), (px, y - head * 0.6)], darker(hair, 0.3), 0.2
        )


def beard_on(canvas: Canvas, middle: Point, head: float, hair: Colour, *, full: bool) -> None:
    """A moustache, or a full beard."""
    x, y = middle
    mouth = y + head * 0.5
    tone = mixed(hair, (110, 90, 70), 0.2)
    if full:
        shape = [
            (x - head * 0.66, y + head * 0.28),
            (x - head * 0.36, mouth - head * 0.06),
            (x + head * 0.36, mouth - head * 0.06),
            (x + head * 0.66, y + head * 0.28),
            (x + head * 0.5, y + head * 0.95),
            (x, y + head * 1.4),
            (x - head * 0.5, y + head * 0.95),
        ]
        canvas.fade(shape, lighter(tone, 0.1), darker(tone, 0.2))
        canvas.line(
            [(x - head * 0.14, mouth + head * 0.1), (x + head * 0.14, mouth + head * 0.1)],
            darker(tone, 0.6),
            head * 0.06,
        )
    canvas.polygon(
        [
            (x - head * 0.4, mouth + head * 0.08),
            (x - head * 0.16, mouth - head * 0.1),
            (x + head * 0.16, mouth - head * 0.1),
            (x + head * 0.4, mouth + head * 0.08),
            (x, mouth + head * 0.03),
        ],
        tone,
    )


def hat_on(canvas: Canvas, middle: Point, head: float, woman: bool) -> None:
    """A hat with a band and a brim."""
    x, y = middle
    felt: Colour = canvas.dice.pick([(46, 42, 42), (94, 84, 72), (200, 188, 158)])
    brim = y - head * 0.55
    wide = head * (1.5 if woman else 1.25)
    tall = head * (0.62 if woman else canvas.dice.pick([0.75, 1.1]))
    canvas.fade(
        [
            (x - head * 0.84, brim),
            (x - head * 0.76, brim - tall),
            (x + head * 0.76, brim - tall),
            (x + head * 0.84, brim),
        ],
        lighter(felt, 0.15),
        darker(felt, 0.2),
    )
    canvas.rect(x - head * 0.85, brim - head * 0.24, x + head * 0.85, brim, darker(felt, 0.5))
    canvas.disc(x, brim, wide, head * 0.16, felt)
    canvas.shade(oval_points(x, brim + head * 0.25, head * 0.7, head * 0.2), 0.4, 0.0)
