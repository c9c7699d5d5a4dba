"""People in rows before the camera, plain and nobody in particular."""

from __future__ import annotations

from archive_ai.sample.canvas import Canvas, Colour, Point, darker, lighter
from archive_ai.sample.figures import CLOTH, HAIRS, SKINS
from archive_ai.sample.houses import PANE
from archive_ai.sample.landscape import ground, paving
from archive_ai.sample.motif import Caption
from archive_ai.sample.motifs.face import oval_points
from archive_ai.sample.trees import tree


def group(canvas: Canvas, year: int) -> Caption:
    """Two or three rows of people facing the camera, the front row seated."""
    del year
    dice = canvas.dice
    garden = _group_setting(canvas)
    rows = dice.count(2, 3)
    each = dice.count(4, 7)
    tall = min(52.0, canvas.width / each * 2.5)
    total = 0
    for row in range(rows):
        seated = row == rows - 1
        foot = 84 + row * 5.5 - (rows - 1 - row) * tall * 0.14
        amount = each - (1 if (row % 2 and not seated) else 0)
        room = canvas.width * 0.84 / amount
        for place in range(amount):
            x = canvas.width * 0.08 + room * (place + 0.5) + dice.bell(0.6)
            _sitter(
                canvas,
                (x, foot),
                tall * dice.between(0.95, 1.05),
                seated=seated,
                woman=dice.chance(0.45),
            )
        total += amount
    canvas.blur(0.15)
    where_de, where_en = (
        ("im Garten", "in a garden") if garden else ("vor einem Haus", "in front of a house")
    )
    rows_de, rows_en = {2: ("zwei", "two"), 3: ("drei", "three")}[rows]
    kind_de, kind_en = dice.pick(
        [("Verein", "Club"), ("Belegschaft", "Workforce"), ("Familie", "Family"), ("Chor", "Choir")]
    )
    return Caption(
        f"Gruppenbild: {kind_de}",
        f"Group portrait: {kind_en}",
        f"Gruppenfoto mit {total} Personen in {rows_de} Reihen {where_de}, die vorderen sitzen.",
        f"Group photograph of {total} people in {rows_en} rows {where_en}, the front row seated.",
    )


def _group_setting(canvas: Canvas) -> bool:
    dice = canvas.dice
    garden = dice.chance(0.45)
    if garden:
        canvas.fade(canvas.everything(), (176, 178, 160), (96, 100, 72))
        for _ in range(9):
            tree(
                canvas,
                dice.between(0, canvas.width),
                dice.between(70, 80),
                dice.between(50, 70),
                dark=0.15,
            )
        canvas.blur(0.7)
        ground(canvas, 76, (136, 124, 98))
        return True
    tone: Colour = dice.pick([(196, 184, 162), (168, 156, 138), (150, 118, 98)])
    canvas.fade(canvas.everything(), lighter(tone, 0.1), darker(tone, 0.15))
    canvas.mottle(canvas.everything(), 0.5, 3.0, darker(tone, 0.5))
    x = dice.between(4, 14)
    while x < canvas.width - 12:
        canvas.rect(x - 1, 6, x + 13, 38, lighter(tone, 0.3))
        canvas.rect(x, 7, x + 12, 37, PANE)
        canvas.line([(x + 6, 7), (x + 6, 37)], lighter(tone, 0.4), 0.6)
        canvas.line([(x, 18), (x + 12, 18)], lighter(tone, 0.4), 0.6)
        x += dice.between(26, 36)
    canvas.blur(0.3)
    paving(canvas, 78)
    return False


def _sitter(canvas: Canvas, foot: Point, tall: float, *, seated: bool, woman: bool) -> None:
    dice = canvas.dice
    x, base = foot
    height = tall * 0.8 if seated else tall
    head = tall * 0.068
    top = base - height
    cloth = dice.pick(CLOTH)
    half = tall * 0.125
    shoulder = top + head * 2.5
    hip = base - tall * (0.3 if seated else 0.45)
    if woman or seated:
        skirt = [
            (x - half * 0.8, hip),
            (x + half * 0.8, hip),
            (x + half * 1.35, base),
            (x - half * 1.35, base),
        ]
        canvas.fade(skirt, lighter(cloth, 0.12), darker(cloth, 0.25))
        if seated and not woman:
            canvas.line([(x, hip + tall * 0.08), (x, base)], darker(cloth, 0.6), tall * 0.02)
    else:
        for side in (-1, 1):
            canvas.line(
                [(x + side * half * 0.4, hip), (x + side * half * 0.5, base)],
                darker(cloth, 0.3),
                tall * 0.085,
            )
    upper = (226, 220, 208) if woman and dice.chance(0.5) else cloth
    torso = [
        (x - half * 0.7, shoulder - head * 0.2),
        (x + half * 0.7, shoulder - head * 0.2),
        (x + half * 1.05, shoulder + head),
        (x + half * 0.85, hip + head),
        (x - half * 0.85, hip + head),
        (x - half * 1.05, shoulder + head),
    ]
    canvas.fade(torso, lighter(upper, 0.15), darker(upper, 0.2))
    for side in (-1, 1):
        elbow = (x + side * half * 1.2, (shoulder + hip) / 2 + head)
        canvas.line(
            [
                (x + side * half * 0.9, shoulder + head * 0.5),
                elbow,
                (x + side * half * (0.3 if seated else 0.95), hip + head * 0.8),
            ],
            darker(upper, 0.22),
            tall * 0.048,
        )
    if not woman:
        canvas.polygon(
            [
                (x - head * 0.55, shoulder - head * 0.3),
                (x + head * 0.55, shoulder - head * 0.3),
                (x, shoulder + head * 1.9),
            ],
            (230, 226, 216),
        )
        canvas.line([(x, shoulder), (x, shoulder + head * 1.5)], (40, 36, 38), head * 0.3)
    _small_head(canvas, (x, top + head * 1.1), head, woman)


def _small_head(canvas: Canvas, middle: Point, head: float, woman: bool) -> None:
    dice = canvas.dice
    x, y = middle
    skin, hair = dice.pick(SKINS), dice.pick(HAIRS)
    canvas.rect(x - head * 0.4, y + head * 0.6, x + head * 0.4, y + head * 1.5, darker(skin, 0.25))
    if woman:
        canvas.disc(x, y - head * 0.3, head * 1.05, head * 1.05, hair)
    canvas.disc(x, y, head * 0.82, head * 1.08, skin)
    canvas.shade(
        oval_points(x + head * 0.3, y, head * 0.5, head),
        0.1,
        0.25,
        across=True,
        colour=(60, 40, 30),
    )
    canvas.polygon(
        [
            (x - head * 0.86, y - head * 0.25),
            (x - head * 0.7, y - head * 0.95),
            (x, y - head * 1.2),
            (x + head * 0.7, y - head * 0.95),
            (x + head * 0.86, y - head * 0.25),
            (x, y - head * 0.6),
        ],
        hair,
    )
    for side in (-1, 1):
        canvas.disc(x + side * head * 0.32, y - head * 0.02, head * 0.13, head * 0.1, (60, 46, 40))
    canvas.line(
        [(x - head * 0.25, y + head * 0.58), (x + head * 0.25, y + head * 0.58)],
        darker(skin, 0.5),
        head * 0.12,
    )
    if not woman and dice.chance(0.5):
        canvas.line(
            [(x - head * 0.34, y + head * 0.42), (x + head * 0.34, y + head * 0.42)],
            hair,
            head * 0.22,
        )
    if dice.chance(0.3):
        felt: Colour = dice.pick([(50, 46, 44), (206, 196, 170)])
        canvas.rect(x - head * 0.8, y - head * 1.6, x + head * 0.8, y - head * 0.6, felt)
        canvas.disc(x, y - head * 0.6, head * 1.4, head * 0.22, felt)
