"""Typed and hand-written pages."""

from __future__ import annotations

from archive_ai.sample.canvas import Canvas, Colour, lighter
from archive_ai.sample.motif import Caption
from archive_ai.sample.motifs.paper import PAPERS, sheet

_WORDS = (
    "der",
    "die",
    "das",
    "und",
    "in",
    "von",
    "dem",
    "Stadt",
    "Neckar",
    "wurde",
    "nach",
    "Jahr",
    "auf",
    "Rat",
    "Bürger",
    "Haus",
    "zur",
    "ist",
    "mit",
    "Garten",
    "alle",
    "Kirche",
    "unter",
    "am",
    "Markt",
    "Wein",
    "Herbst",
    "Brücke",
    "für",
    "neue",
    "Straße",
    "werden",
    "soll",
    "Antrag",
    "Verein",
    "über",
    "Bericht",
    "Kosten",
    "Mark",
)


def text_page(canvas: Canvas, year: int) -> Caption:
    """A typed or hand-written page, sometimes with a stamp or a letterhead."""
    dice = canvas.dice
    tone = dice.pick(PAPERS)
    sheet(canvas, tone)
    typed = year >= 1890 and dice.chance(0.6)
    ink: Colour = dice.pick([(40, 38, 40), (58, 48, 44), (44, 46, 78)])
    left, right = canvas.width * dice.between(0.1, 0.16), canvas.width * 0.92
    top = 10.0
    letterhead = dice.chance(0.55)
    if letterhead:
        canvas.text(
            (canvas.width / 2, 7),
            dice.pick(["Stadt Heilbronn", "Königliches Oberamt", "Bürgerverein", "Stadtarchiv"]),
            5,
            ink,
            "m",
        )
        canvas.line([(left, 14.5), (right, 14.5)], ink, 0.35)
        top = 18.0
    canvas.text(
        (right, top),
        f"Heilbronn, den {dice.count(1, 28)}. {dice.pick(['März', 'April', 'Juni', 'Oktober'])}",
        2.6,
        ink,
        "r",
    )
    top += 7
    if typed:
        _typed_lines(canvas, (left, right), top, ink)
    else:
        _written_lines(canvas, (left, right), top, ink)
    stamp = dice.chance(0.5)
    if stamp:
        _stamp(canvas)
    kind_de, kind_en = (
        ("maschinengeschriebene", "typewritten") if typed else ("handgeschriebene", "handwritten")
    )
    head_de, head_en = (" mit Briefkopf", " with a letterhead") if letterhead else ("", "")
    stamp_de, stamp_en = (
        (
            (" und Stempel" if letterhead else " mit Stempel"),
            (" and a stamp" if letterhead else " with a stamp"),
        )
        if stamp
        else ("", "")
    )
    return Caption(
        "Schreiben" + head_de,
        "Letter" + head_en,
        f"Eine {kind_de} Seite{head_de}{stamp_de} auf vergilbtem Papier.",
        f"A {kind_en} page{head_en}{stamp_en} on yellowed paper.",
    )


def _typed_lines(canvas: Canvas, span: tuple[float, float], top: float, ink: Colour) -> None:
    dice = canvas.dice
    left, right = span
    size = dice.between(2.3, 2.9)
    y, end = top, dice.between(78, 93)
    while y < end:
        words: list[str] = []
        while canvas.text_width(" ".join(words), size) < (right - left) * 0.9:
            words.append(dice.pick(_WORDS))
        stop = dice.chance(0.14)
        line = " ".join(words[: max(2, len(words) // 2)] if stop else words[:-1])
        canvas.text(
            (left, y + dice.bell(0.06)),
            line + ("." if stop else ""),
            size,
            lighter(ink, dice.between(0, 0.25)),
        )
        y += size * (2.6 if stop else 1.5)


def _written_lines(canvas: Canvas, span: tuple[float, float], top: float, ink: Colour) -> None:
    dice = canvas.dice
    left, right = span
    step = dice.between(3.6, 5.0)
    slant, y = dice.between(0.25, 0.6), top
    while y < 92:
        x = left + dice.between(0, 2)
        end = right - dice.between(0, 8) if not dice.chance(0.12) else (left + right) / 2
        while x < end:
            letters = dice.count(2, 9)
            points: list[tuple[float, float]] = []
            for stroke in range(letters * 2 + 1):
                tall = step * (0.34 if stroke % 2 else 0.0)
                if stroke % 2 and dice.chance(0.22):
                    tall = step * dice.pick([0.72, 0.66, -0.3])
                points.append((x + tall * slant, y - tall + dice.bell(0.05)))
                x += step * dice.between(0.09, 0.15)
            canvas.line(points, lighter(ink, dice.between(0, 0.2)), 0.22)
            x += step * 0.32
        y += step


def _stamp(canvas: Canvas) -> None:
    dice = canvas.dice
    x, y = canvas.width * dice.between(0.6, 0.8), dice.between(74, 86)
    tone: Colour = dice.pick([(120, 66, 110), (66, 76, 130), (150, 62, 56)])
    for radius in (8.0, 6.6):
        canvas.ring(x, y, radius, tone, 0.45)
    canvas.text((x, y - 3.6), "Stadt", 2.8, tone, "m")
    canvas.text((x, y - 0.4), "Heilbronn", 2.4, tone, "m")
