"""Words in Pillow's own font, which lacks umlauts: their dots are set here by hand."""

from __future__ import annotations

from functools import lru_cache

from PIL import ImageDraw, ImageFont

_BARE = {"Ä": "A", "Ö": "O", "Ü": "U", "ä": "a", "ö": "o", "ü": "u"}
_SPELT = str.maketrans({"ß": "ss", "–": "-", "„": '"', "“": '"', "·": "-"})


@lru_cache(maxsize=64)
def typeface(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """The font that comes with Pillow; a system font may not be there."""
    return ImageFont.load_default(size)


def width_of(pen: ImageDraw.ImageDraw, words: str, size: int) -> float:
    """The width of words in pixels."""
    return float(pen.textlength(_plain(words), font=typeface(size)))


def write(
    pen: ImageDraw.ImageDraw,
    at: tuple[float, float],
    words: str,
    size: int,
    colour: tuple[int, int, int] | int,
    anchor: str = "l",
) -> None:
    """Writes words with their top left, middle or right (``l``, ``m``, ``r``) at a point."""
    font = typeface(size)
    plain = _plain(words)
    x, y = at
    x -= {"l": 0.0, "m": 0.5, "r": 1.0}[anchor] * float(pen.textlength(plain, font=font))
    pen.text((x, y), plain, fill=colour, font=font, anchor="la")
    spelt = words.translate(_SPELT)
    for place, letter in enumerate(spelt):
        if letter not in _BARE:
            continue
        start = x + float(pen.textlength(plain[:place], font=font))
        wide = float(pen.textlength(plain[place], font=font))
        high = y + size * (0.06 if letter.isupper() else 0.2)
        dot = max(0.5, size * 0.055)
        for middle in (start + wide * 0.3, start + wide * 0.7):
            pen.ellipse((middle - dot, high - dot, middle + dot, high + dot), fill=colour)


def _plain(words: str) -> str:
    return "".join(_BARE.get(letter, letter) for letter in words.translate(_SPELT))
