"""Posters with large lettering."""

from __future__ import annotations

import math

from archive_ai.sample.canvas import Canvas, Colour, darker, lighter
from archive_ai.sample.motif import Caption
from archive_ai.sample.motifs.paper import sheet

_OCCASIONS: dict[str, tuple[tuple[str, str], str, str]] = {
    "wine": (("HERBST", "WEINFEST"), "das Weinfest", "the wine festival"),
    "fair": (("GROSSER", "JAHRMARKT"), "den Jahrmarkt", "the fair"),
    "concert": (("FEST", "KONZERT"), "ein Konzert", "a concert"),
    "travel": (("BESUCHT", "HEILBRONN"), "eine Reise nach Heilbronn", "a trip to Heilbronn"),
    "exhibition": (("GEWERBE", "SCHAU"), "die Gewerbeschau", "the trade exhibition"),
}


def poster(canvas: Canvas, year: int) -> Caption:
    """A bill with large lettering and a simple printed picture."""
    del year
    dice = canvas.dice
    ground: Colour = dice.pick(
        [
            (222, 190, 110),
            (196, 82, 58),
            (58, 92, 112),
            (232, 220, 190),
            (84, 112, 78),
            (206, 140, 70),
        ]
    )
    dark = sum(ground) < 380
    ink: Colour = (
        (240, 230, 204) if dark else dice.pick([(52, 36, 32), (128, 40, 34), (34, 50, 76)])
    )
    accent: Colour = dice.pick([(190, 60, 44), (236, 204, 120), (40, 64, 92), (66, 92, 60)])
    sheet(canvas, ground)
    kind = dice.pick(["wine", "fair", "concert", "travel", "exhibition"])
    lines, name_de, name_en = _OCCASIONS[kind]
    low = dice.chance(0.4)
    top = 7.0 if not low else 50.0
    top = _headline(canvas, lines, top, (ground, ink))
    picture = (5.0, 46.0)
    if not low:
        picture = (top + 4, 82.0)
    {
        "wine": _grapes,
        "fair": _wheel_of_fair,
        "concert": _music,
        "travel": _skyline,
        "exhibition": _cogs,
    }[kind](canvas, picture, (accent, ink))
    _date_and_price(canvas, 85.0 if not low else 86.0, ink)
    right = canvas.width - 2.5
    canvas.line([(2.5, 2.5), (right, 2.5), (right, 97.5), (2.5, 97.5), (2.5, 2.5)], ink, 0.7)
    picture_de, picture_en = {
        "wine": ("einer Weintraube", "a bunch of grapes"),
        "fair": ("einem Riesenrad", "a big wheel"),
        "concert": ("einer Leier und Noten", "a lyre and notes"),
        "travel": ("Türmen und Hügeln", "towers and hills"),
        "exhibition": ("Zahnrädern", "cogwheels"),
    }[kind]
    return Caption(
        f"Plakat: {' '.join(lines).title()}",
        f"Poster: {name_en.removeprefix('the ').removeprefix('a ')}",
        f"Ein Plakat mit großer Schrift wirbt für {name_de}, mit dem Bild von {picture_de}.",
        f"A poster with large lettering advertises {name_en}, with a picture of {picture_en}.",
    )


def _headline(
    canvas: Canvas, lines: tuple[str, str], top: float, tones: tuple[Colour, Colour]
) -> float:
    """Large lettering with a printed shadow; answers where it ends."""
    ground, ink = tones
    for number, words in enumerate(lines):
        size = min(19.0, canvas.width * 0.86 / max(1.0, canvas.text_width(words, 10)) * 10)
        for shift, tone in ((0.5, darker(ground, 0.4)), (0.0, ink)):
            for bold in (-0.3, 0.0, 0.3):
                canvas.text((canvas.width / 2 + shift + bold, top + shift), words, size, tone, "m")
        top += size * (1.02 if number == 0 else 1.15)
    return top


def _date_and_price(canvas: Canvas, foot: float, ink: Colour) -> None:
    dice = canvas.dice
    month = dice.pick(["Mai", "Juni", "Juli", "August", "September", "Oktober"])
    day = f"{dice.count(1, 30)}. {month}"
    date = f"{day} in Heilbronn"
    size = min(5.6, canvas.width * 0.8 / canvas.text_width(date, 10) * 10)
    canvas.text((canvas.width / 2, foot), date, size, ink, "m")
    canvas.text(
        (canvas.width / 2, foot + 7),
        dice.pick(
            ["Eintritt frei", "Eintritt 50 Pfennig", "Beginn 3 Uhr", "Auf der Theresienwiese"]
        ),
        4,
        ink,
        "m",
    )


def _grapes(canvas: Canvas, span: tuple[float, float], tones: tuple[Colour, Colour]) -> None:
    accent, ink = tones
    top, low = span
    x, size = canvas.width / 2, (low - top) / 6.4
    leaf = [
        (x - size * 2, top + size),
        (x - size * 0.6, top),
        (x, top + size * 0.6),
        (x + size * 0.9, top),
        (x + size * 2.2, top + size * 0.9),
        (x + size * 1.2, top + size * 1.8),
        (x, top + size * 1.4),
        (x - size * 1.2, top + size * 1.8),
    ]
    canvas.polygon(leaf, (88, 116, 66))
    for row in range(5):
        for place in range(5 - row):
            px, y = x + (place - (4 - row) / 2) * size * 1.05, top + size * (1.6 + row * 0.95)
            canvas.disc(px, y, size * 0.56, size * 0.56, darker(accent, 0.35))
            canvas.disc(px - size * 0.1, y - size * 0.1, size * 0.42, size * 0.42, accent)
            canvas.disc(
                px - size * 0.2, y - size * 0.22, size * 0.13, size * 0.13, lighter(accent, 0.6)
            )
    canvas.line([(x, top - size * 0.4), (x, top + size * 1.2)], ink, size * 0.18)


def _wheel_of_fair(canvas: Canvas, span: tuple[float, float], tones: tuple[Colour, Colour]) -> None:
    accent, ink = tones
    top, low = span
    x, y = canvas.width / 2, (top + low) / 2 - 1
    radius = min((low - top) * 0.44, canvas.width * 0.38)
    canvas.line([(x - radius * 0.7, low), (x, y), (x + radius * 0.7, low)], ink, 1.2)
    canvas.ring(x, y, radius, ink, 0.8)
    canvas.ring(x, y, radius * 0.82, ink, 0.5)
    for cabin in range(10):
        turn = cabin * math.pi / 5
        px, py = x + radius * math.cos(turn), y + radius * math.sin(turn)
        canvas.line([(x, y), (px, py)], ink, 0.4)
        canvas.rect(px - 2.2, py, px + 2.2, py + 3.4, accent)
    canvas.disc(x, y, 2, 2, accent)


def _music(canvas: Canvas, span: tuple[float, float], tones: tuple[Colour, Colour]) -> None:
    accent, ink = tones
    top, low = span
    x, tall = canvas.width / 2, low - top
    for side in (-1, 1):
        arm = [
            (
                x + side * tall * 0.16 * (1 + 1.3 * math.sin(k * math.pi / 10)),
                low - tall * (0.2 + 0.075 * k),
            )
            for k in range(10)
        ]
        canvas.line(arm, accent, 2.2)
    canvas.line(
        [(x - tall * 0.24, top + tall * 0.14), (x + tall * 0.24, top + tall * 0.14)], accent, 1.8
    )
    canvas.disc(x, low - tall * 0.14, tall * 0.2, tall * 0.12, accent)
    for string in range(5):
        px = x + (string - 2) * tall * 0.05
        canvas.line([(px, top + tall * 0.14), (px, low - tall * 0.15)], ink, 0.35)
    for side in (-1, 1):
        px, y = x + side * canvas.width * 0.33, (top + low) / 2 - side * 4
        canvas.disc(px, y, 2.6, 2, ink)
        canvas.line([(px + 2.3, y), (px + 2.3, y - 11), (px + 6, y - 8)], ink, 0.8)


def _skyline(canvas: Canvas, span: tuple[float, float], tones: tuple[Colour, Colour]) -> None:
    accent, ink = tones
    top, low = span
    wide, tall = canvas.width - 10, low - top
    canvas.rect(5, top, 5 + wide, low, lighter(accent, 0.65))
    canvas.disc(5 + wide * 0.75, top + tall * 0.25, tall * 0.13, tall * 0.13, (244, 214, 130))
    hill = [
        (5 + wide * k / 20, low - tall * (0.35 + 0.16 * math.sin(k * 0.45 + 1))) for k in range(21)
    ]
    canvas.polygon([*hill, (5 + wide, low), (5, low)], (128, 148, 104))
    for place in range(9):
        left = 7 + wide * place / 9.2
        high = tall * canvas.dice.between(0.16, 0.3)
        canvas.rect(left, low - high, left + wide * 0.09, low - 3, lighter(ink, 0.25))
        canvas.polygon(
            [
                (left - 0.6, low - high),
                (left + wide * 0.045, low - high - tall * 0.1),
                (left + wide * 0.09 + 0.6, low - high),
            ],
            (168, 78, 60),
        )
    for share in (0.3, 0.55):
        px = 5 + wide * share
        canvas.rect(px - 2.4, low - tall * 0.58, px + 2.4, low - 3, ink)
        canvas.polygon(
            [(px - 3, low - tall * 0.58), (px, low - tall * 0.88), (px + 3, low - tall * 0.58)],
            accent,
        )
    canvas.rect(5, low - 4, 5 + wide, low, (112, 144, 160))


def _cogs(canvas: Canvas, span: tuple[float, float], tones: tuple[Colour, Colour]) -> None:
    accent, ink = tones
    top, low = span
    size = min((low - top) * 0.32, canvas.width * 0.26)
    for x, y, radius, tone in (
        (canvas.width * 0.38, top + size * 1.15, size, accent),
        (canvas.width * 0.7, low - size * 0.95, size * 0.74, ink),
    ):
        for tooth in range(14):
            turn = tooth * math.pi / 7
            canvas.line(
                [(x, y), (x + radius * 1.14 * math.cos(turn), y + radius * 1.14 * math.sin(turn))],
                tone,
                radius * 0.22,
            )
        canvas.disc(x, y, radius, radius, tone)
        canvas.disc(x, y, radius * 0.62, radius * 0.62, lighter(tone, 0.3))
        canvas.disc(x, y, radius * 0.2, radius * 0.2, tone)
