"""What a print is mounted on: card, album page, deckle edge, film strip, or nothing."""

from __future__ import annotations

from PIL import Image, ImageDraw

from archive_ai.sample.canvas import Colour, darker, lighter
from archive_ai.sample.dice import Dice
from archive_ai.sample.lettering import write

_CARDS: tuple[Colour, ...] = (
    (226, 214, 188),
    (206, 190, 160),
    (236, 230, 214),
    (120, 106, 90),
    (86, 78, 72),
)
_PAPERS: tuple[Colour, ...] = ((244, 241, 232), (238, 230, 210), (248, 246, 240))


def mounted(print_: Image.Image, year: int, dice: Dice) -> Image.Image:
    """The print on a mount that its time knew, about the same size as before."""
    kinds = ["bare", "bare", "white"]
    if year < 1920:
        kinds += ["card", "card", "rounded", "album"]
    elif year < 1955:
        kinds += ["deckle", "deckle", "album", "film", "white"]
    else:
        kinds += ["white", "film", "rounded-white"]
    kind = dice.pick(kinds)
    if kind == "bare":
        return print_
    if kind in ("white", "deckle", "rounded-white"):
        return _white_border(print_, kind, dice)
    if kind == "film":
        return _film(print_, dice)
    if kind == "album":
        return _album(print_, dice)
    return _card(print_, year, dice, rounded=kind == "rounded")


def _corner_mask(size: tuple[int, int], radius: int) -> Image.Image:
    mask = Image.new("L", size, 0)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, size[0] - 1, size[1] - 1), radius, fill=255)
    return mask


def _white_border(print_: Image.Image, kind: str, dice: Dice) -> Image.Image:
    width, height = print_.size
    margin = round(max(print_.size) * dice.between(0.018, 0.045))
    paper = dice.pick(_PAPERS)
    sheet = Image.new("RGB", (width + 2 * margin, height + 2 * margin), paper)
    if kind == "rounded-white":
        sheet.paste(print_, (margin, margin), _corner_mask(print_.size, margin))
    else:
        sheet.paste(print_, (margin, margin))
    if kind == "deckle":
        _deckle(sheet, max(2, margin // 3), dice)
    return sheet


def _deckle(sheet: Image.Image, tooth: int, dice: Dice) -> None:
    """Bites small arcs out of the edge, as the cutter for deckle prints did."""
    pen = ImageDraw.Draw(sheet)
    table: Colour = dice.pick([(60, 58, 56), (34, 32, 32), (226, 222, 214)])
    width, height = sheet.size
    for x in range(0, width + tooth, tooth * 2):
        for y in (0, height):
            pen.ellipse(
                (x - tooth * 0.7, y - tooth * 0.7, x + tooth * 0.7, y + tooth * 0.7), fill=table
            )
    for y in range(0, height + tooth, tooth * 2):
        for x in (0, width):
            pen.ellipse(
                (x - tooth * 0.7, y - tooth * 0.7, x + tooth * 0.7, y + tooth * 0.7), fill=table
            )


def _card(print_: Image.Image, year: int, dice: Dice, *, rounded: bool) -> Image.Image:
    width, height = print_.size
    unit = max(print_.size)
    side = round(unit * dice.between(0.025, 0.07))
    below = round(side + unit * dice.between(0.03, 0.07))
    card = dice.pick(_CARDS)
    sheet = Image.new("RGB", (width + 2 * side, height + side + below), card)
    pen = ImageDraw.Draw(sheet)
    light = sum(card) > 420
    ink = darker(card, 0.65) if light else lighter(card, 0.6)
    edge = max(1, side // 6)
    pen.rectangle(
        (side - edge, side - edge, side + width + edge, side + height + edge),
        outline=lighter(card, 0.5),
        width=max(1, edge // 2),
    )
    if rounded:
        sheet.paste(print_, (side, side), _corner_mask(print_.size, round(unit * 0.035)))
    else:
        sheet.paste(print_, (side, side))
    if dice.chance(0.75):
        words = dice.pick(
            [
                f"Heilbronn, {year}",
                "Heilbronn a. N.",
                f"Nr. {dice.count(2, 480)}",
                f"Atelier am Markt - {year}",
            ]
        )
        size = max(7, round(below * 0.36))
        write(pen, (side + width / 2, side + height + below * 0.22), words, size, ink, "m")
    pen.rectangle((0, 0, sheet.width - 1, sheet.height - 1), outline=darker(card, 0.25), width=1)
    return sheet


def _album(print_: Image.Image, dice: Dice) -> Image.Image:
    width, height = print_.size
    side = round(max(print_.size) * dice.between(0.04, 0.08))
    page: Colour = dice.pick([(70, 66, 62), (104, 98, 90), (46, 44, 44), (148, 138, 120)])
    sheet = Image.new("RGB", (width + 2 * side, height + 2 * side), page)
    rim = max(2, side // 5)
    pen = ImageDraw.Draw(sheet)
    pen.rectangle(
        (side - rim, side - rim, side + width + rim, side + height + rim), fill=dice.pick(_PAPERS)
    )
    sheet.paste(print_, (side, side))
    reach = round(side * 0.9)
    left, top = side - rim, side - rim
    right, low = side + width + rim, side + height + rim
    for x, y, across, down in (
        (left, top, 1, 1),
        (right, top, -1, 1),
        (left, low, 1, -1),
        (right, low, -1, -1),
    ):
        pen.polygon(
            [
                (x - across * 3, y - down * 3),
                (x + across * reach, y - down * 3),
                (x - across * 3, y + down * reach),
            ],
            fill=darker(page, 0.45),
        )
    return sheet


def _film(print_: Image.Image, dice: Dice) -> Image.Image:
    """A strip of 35 mm film: black bands with holes along the long sides."""
    width, height = print_.size
    lying = width >= height
    band = round(min(print_.size) * dice.between(0.09, 0.12))
    gap = max(3, band // 5)
    size = (width + 2 * gap, height + 2 * band) if lying else (width + 2 * band, height + 2 * gap)
    sheet = Image.new("RGB", size, (20, 19, 18))
    sheet.paste(print_, (gap, band) if lying else (band, gap))
    pen = ImageDraw.Draw(sheet)
    long = max(size)
    hole, step = band * 0.42, band * 0.72
    count = int(long / step)
    for number in range(count + 1):
        start = number * step + step * 0.2
        for middle in (band * 0.42, (size[1] if lying else size[0]) - band * 0.42):
            box = (start, middle - hole * 0.62, start + hole, middle + hole * 0.62)
            if not lying:
                box = (box[1], box[0], box[3], box[2])
            pen.rounded_rectangle(box, hole * 0.25, fill=(238, 236, 230))
    if lying:
        write(
            pen,
            (gap + width * 0.3, size[1] - band * 0.2),
            str(dice.count(2, 36)),
            max(6, band // 6),
            (210, 150, 70),
        )
    return sheet
