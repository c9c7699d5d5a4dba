"""One person before the camera, nobody in particular."""

from __future__ import annotations

from PIL import Image

from archive_ai.sample.canvas import Canvas, Colour, Point, darker, lighter
from archive_ai.sample.figures import CLOTH, HAIRS, SKINS
from archive_ai.sample.motif import Caption
from archive_ai.sample.motifs.face import beard_on, face, hair_on, hat_on, long_hair, oval_points


def _backdrop(canvas: Canvas) -> None:
    dice = canvas.dice
    tone: Colour = dice.pick([(150, 142, 130), (112, 106, 98), (188, 180, 166), (96, 92, 88)])
    canvas.fade(canvas.everything(), lighter(tone, 0.2), darker(tone, 0.3))
    canvas.mottle(canvas.everything(), 0.5, 34.0, darker(tone, 0.5))
    canvas.cloud((canvas.width * 0.05, 2, canvas.width * 0.95, 80), lighter(tone, 0.4), 0.5)
    canvas.blur(1.2)


def portrait(canvas: Canvas, year: int) -> Caption:
    """Head and shoulders before a studio backdrop."""
    del year
    dice = canvas.dice
    _backdrop(canvas)
    woman = dice.chance(0.5)
    x = canvas.width * dice.between(0.45, 0.55)
    half_length = dice.chance(0.4)
    head = dice.between(8.5, 10.5) if half_length else dice.between(12.5, 17)
    y = dice.between(25, 31) if half_length else dice.between(33, 40)
    turn = dice.between(-0.28, 0.28)
    cloth = dice.pick(CLOTH)
    hair = dice.pick(HAIRS)
    hat = dice.chance(0.35)
    if half_length and dice.chance(0.5):
        _chair(canvas, (x, y), head)
    _shoulders(canvas, (x, y), head, cloth, woman)
    if half_length:
        _arms(canvas, (x, y), head, cloth)
    if woman:
        long_hair(canvas, (x, y), head, hair)
    face(canvas, (x, y), head, turn, dice.pick(SKINS))
    beard = not woman and dice.chance(0.55)
    hair_on(canvas, (x, y), head, hair, woman)
    if beard:
        beard_on(canvas, (x + turn * head * 0.3, y), head, hair, full=dice.chance(0.4))
    if hat:
        hat_on(canvas, (x, y), head, woman)
    canvas.blur(0.35)
    oval = dice.chance(0.3)
    if oval:
        _oval_vignette(canvas, (x, y), head)
    who_de, who_en = ("Frau", "woman") if woman else ("Mann", "man")
    person_de, person_en = ("einer Frau", "a woman") if woman else ("eines Mannes", "a man")
    wear_de, wear_en = (" mit Hut", " with a hat") if hat else ("", "")
    if beard:
        wear_de, wear_en = (
            wear_de + (" und Bart" if hat else " mit Bart"),
            wear_en + (" and a beard" if hat else " with a beard"),
        )
    view_de, view_en = (
        ("Halbfigur", "Half-length portrait")
        if half_length
        else ("Brustbild", "Head-and-shoulders portrait")
    )
    frame_de, frame_en = (
        ("in ovalem Ausschnitt", "in an oval frame")
        if oval
        else ("vor neutralem Hintergrund im Atelier", "before a plain studio backdrop")
    )
    return Caption(
        f"Bildnis: {who_de}{wear_de}",
        f"Portrait: {who_en}{wear_en}",
        f"{view_de} {person_de}{wear_de} {frame_de}.",
        f"{view_en} of {person_en}{wear_en} {frame_en}.",
    )


def _oval_vignette(canvas: Canvas, middle: Point, head: float) -> None:
    """Fades the picture out to paper around an oval, as studios did for visiting cards."""
    x, y = middle
    sheet = canvas.image.copy()
    paper: Colour = (238, 234, 224)
    canvas.fade(canvas.everything(), paper, darker(paper, 0.03))
    blank = canvas.image.copy()
    centre = min(52.0, y + head * 0.9)
    for step in range(8):
        size = 1.0 - step * 0.025
        clear = Image.blend(blank, sheet, (step + 1) / 8)
        canvas.cut(oval_points(x, centre, canvas.width * 0.46 * size, 46 * size), clear)


def _chair(canvas: Canvas, middle: Point, head: float) -> None:
    x, y = middle
    wood: Colour = (64, 46, 34)
    top, half = y + head * 1.5, head * 2.35
    back = [(x - half, 100.0), (x - half, top), (x, top - head * 0.5), (x + half, top)]
    canvas.line([*back, (x + half, 100)], wood, head * 0.28)
    for spoke in (-0.7, 0.7):
        rail = [(x + half * spoke, top), (x + half * spoke, 100)]
        canvas.line(rail, darker(wood, 0.2), head * 0.16)


def _arms(canvas: Canvas, middle: Point, head: float, cloth: Colour) -> None:
    """Arms that rest before the body, with hands laid together."""
    x, y = middle
    lap = y + head * 5.2
    for side in (-1, 1):
        points = [
            (x + side * head * 1.75, y + head * 2.3),
            (x + side * head * 1.85, lap - head * 0.6),
            (x + side * head * 0.35, lap),
        ]
        canvas.line(points, darker(cloth, 0.45), head * 0.85)
        canvas.line(points, lighter(cloth, 0.04), head * 0.7)
        canvas.disc(x + side * head * 0.25, lap, head * 0.38, head * 0.27, (204, 172, 146))
    canvas.line([(x, lap - head * 0.2), (x, lap + head * 0.2)], (140, 110, 90), head * 0.06)


def _collar(canvas: Canvas, at: Point, head: float, cloth: Colour) -> None:
    """A white collar with a brooch, and the folds of a dress."""
    x, top = at
    white: Colour = (232, 228, 218)
    canvas.polygon(
        [
            (x - head * 0.46, top - head * 0.25),
            (x + head * 0.46, top - head * 0.25),
            (x + head * 0.6, top + head * 0.2),
            (x - head * 0.6, top + head * 0.2),
        ],
        white,
    )
    canvas.line(
        [(x - head * 0.5, top - head * 0.02), (x + head * 0.5, top - head * 0.02)],
        darker(white, 0.25),
        0.3,
    )
    canvas.disc(x, top + head * 0.2, head * 0.14, head * 0.17, (70, 60, 54))
    for fold in (-0.7, -0.35, 0.35, 0.7):
        canvas.line(
            [(x + fold * head, top + head * 0.4), (x + fold * head * 1.3, 100)],
            darker(cloth, 0.35),
            0.4,
        )


def _suit(canvas: Canvas, at: Point, head: float, cloth: Colour) -> None:
    """Shirt, tie and lapels."""
    x, top = at
    white: Colour = (232, 228, 218)
    canvas.polygon(
        [
            (x - head * 0.52, top - head * 0.15),
            (x + head * 0.52, top - head * 0.15),
            (x, top + head * 1.5),
        ],
        white,
    )
    canvas.polygon(
        [
            (x - head * 0.15, top),
            (x + head * 0.15, top),
            (x + head * 0.2, top + head * 1.3),
            (x, top + head * 1.55),
            (x - head * 0.2, top + head * 1.3),
        ],
        (40, 36, 38),
    )
    for side in (-1, 1):
        canvas.polygon(
            [
                (x + side * head * 0.5, top - head * 0.25),
                (x + side * head * 0.98, top + head * 0.3),
                (x + side * head * 0.7, top + head * 0.75),
                (x + side * head * 0.03, top + head * 1.7),
            ],
            lighter(cloth, 0.08),
        )
        canvas.line(
            [
                (x + side * head * 0.5, top - head * 0.25),
                (x + side * head * 0.03, top + head * 1.7),
            ],
            darker(cloth, 0.5),
            0.4,
        )


def _shoulders(canvas: Canvas, middle: Point, head: float, cloth: Colour, woman: bool) -> None:
    x, y = middle
    wide = head * (1.75 if woman else 2.15)
    top = y + head * 1.3
    body = [
        (x - head * 0.5, top - head * 0.1),
        (x - wide * 0.75, top + head * 0.3),
        (x - wide, top + head * 0.9),
        (x - wide * 1.08, 101),
        (x + wide * 1.08, 101),
        (x + wide, top + head * 0.9),
        (x + wide * 0.75, top + head * 0.3),
        (x + head * 0.5, top - head * 0.1),
    ]
    canvas.fade(body, lighter(cloth, 0.15), darker(cloth, 0.3))
    canvas.mottle(body, 0.35, 4.0, darker(cloth, 0.6))
    canvas.shade(body, 0.3, 0.0, across=True)
    if woman:
        _collar(canvas, (x, top), head, cloth)
        return
    _suit(canvas, (x, top), head, cloth)
