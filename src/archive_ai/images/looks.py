"""How archives' pictures look: grey, sepia, faded, grainy, on mounts, on film, in halftone.

The same looks serve while teaching a model, with random strength; with a fixed strength to judge
how much a model loses by them; and to tell what of a reference picture is its look. All take and
return RGB pictures of the same size.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageChops, ImageFilter, ImageOps

Dice = np.random.Generator
Look = Callable[[Image.Image, float, Dice], Image.Image]  # picture, strength 0 to 1, chance

SEPIA_DARK, SEPIA_LIGHT = (38, 24, 12), (244, 226, 190)
PAPER = ((236, 228, 210), (246, 246, 242), (205, 196, 178), (92, 84, 74), (28, 27, 26))


def grey(picture: Image.Image, strength: float, _: Dice) -> Image.Image:
    """Black and white, wholly or in part."""
    return Image.blend(picture, ImageOps.grayscale(picture).convert("RGB"), strength)


def sepia(picture: Image.Image, strength: float, _: Dice) -> Image.Image:
    """Brown-toned."""
    toned = ImageOps.colorize(ImageOps.grayscale(picture), SEPIA_DARK, SEPIA_LIGHT)
    return Image.blend(picture, toned, strength)


def faded(picture: Image.Image, strength: float, _: Dice) -> Image.Image:
    """Contrast lost towards a pale, yellowish ground."""
    ground = Image.new("RGB", picture.size, (214, 206, 188))
    return Image.blend(picture, ground, 0.6 * strength)


def grainy(picture: Image.Image, strength: float, dice: Dice) -> Image.Image:
    """Noise of silver grains, a little coarser than a pixel."""
    noise = dice.normal(0.0, 45.0 * strength, (picture.height, picture.width))
    grains = Image.fromarray(np.clip(128.0 + noise, 0, 255).astype(np.uint8))
    grains = grains.filter(ImageFilter.GaussianBlur(0.5))
    return ImageChops.add(picture, grains.convert("RGB"), 1.0, -128)


def blurred(picture: Image.Image, strength: float, _: Dice) -> Image.Image:
    """Out of focus."""
    return picture.filter(ImageFilter.GaussianBlur(1.6 * strength))


def mounted(picture: Image.Image, strength: float, dice: Dice) -> Image.Image:
    """On a card that shows on all sides, below the most."""
    width, height = picture.size
    card = Image.new("RGB", picture.size, PAPER[int(dice.integers(len(PAPER)))])
    side, below = 0.02 + 0.08 * strength, 0.02 + 0.14 * strength
    inner = picture.resize(
        (round(width * (1 - 2 * side)), round(height * (1 - side - below))),
        Image.Resampling.BICUBIC,
    )
    card.paste(inner, (round(width * side), round(height * side)))
    return card


def on_film(picture: Image.Image, strength: float, _: Dice) -> Image.Image:
    """A frame of film: black borders with light perforations along two sides."""
    width, height = picture.size
    film = Image.new("RGB", picture.size, (14, 13, 12))
    border = round(height * (0.05 + 0.08 * strength))
    inner = picture.resize((round(width * 0.96), height - 2 * border), Image.Resampling.BICUBIC)
    film.paste(inner, (round(width * 0.02), border))
    hole = Image.new("RGB", (max(2, width // 24), max(2, border // 2)), (226, 224, 218))
    for left in range(width // 48, width, max(4, width // 12)):
        film.paste(hole, (left, border // 4))
        film.paste(hole, (left, height - border + border // 4))
    return film


def halftone(picture: Image.Image, strength: float, _: Dice) -> Image.Image:
    """Printed by a screen of dots at 45 degrees, some four pixels apart."""
    tones = np.asarray(ImageOps.grayscale(picture), dtype=np.float32) / 255.0
    y, x = np.mgrid[: picture.height, : picture.width].astype(np.float32)
    pitch = np.float32(np.pi / (2.6 + 0.8 * strength))
    screen = 0.5 + 0.25 * (np.cos((x + y) * pitch) + np.cos((x - y) * pitch))
    dots = np.clip((tones - screen) * 2.5 + 0.5, 0.0, 1.0)
    mixed = (1 - 0.75 * strength) * tones + 0.75 * strength * dots
    return _grey_picture(mixed)


def _grey_picture(tones: npt.NDArray[np.floating]) -> Image.Image:
    return Image.fromarray((tones * 255.0).astype(np.uint8)).convert("RGB")


LOOKS: dict[str, Look] = {
    "grey": grey,
    "sepia": sepia,
    "faded": faded,
    "grainy": grainy,
    "mounted": mounted,
    "film": on_film,
    "halftone": halftone,
}
JUDGED_STRENGTH = {"grey": 1.0, "sepia": 1.0}  # the others at the middle of what is taught
MIDDLE = 0.5
UNCHANGED = 0.3  # share of pictures that are taught as they are


def judged(name: str, picture: Image.Image, number: int) -> Image.Image:
    """A picture in one look at its fixed strength; `number` settles grain and card."""
    dice = np.random.default_rng([7, number])
    return LOOKS[name](picture, JUDGED_STRENGTH.get(name, MIDDLE), dice)


def aged(picture: Image.Image, dice: Dice) -> Image.Image:
    """A picture as it may have come to an archive: at random, often unchanged."""
    if dice.random() < UNCHANGED:
        return picture
    chances: list[tuple[float, tuple[Look, ...]]] = [
        (0.15, (blurred,)),
        (0.25, (faded,)),
        (0.25, (grainy,)),
        (0.12, (halftone,)),
        (0.45, (grey, sepia)),
        (0.25, (mounted, on_film)),
    ]
    for chance, looks in chances:
        if dice.random() < chance:
            look = looks[int(dice.integers(len(looks)))]
            whole = look in (grey, sepia)
            picture = look(picture, 1.0 if whole else float(dice.random()), dice)
    return picture


def framed_anew(picture: Image.Image, dice: Dice, smallest: float = 0.6) -> Image.Image:
    """A random part of a picture, `smallest` to all of its area, mirrored half the time."""
    width, height = picture.size
    share = float(dice.uniform(smallest, 1.0))
    stretch = float(np.exp(dice.uniform(-0.25, 0.25)))
    wide = min(width, round(width * (share**0.5) * stretch))
    high = min(height, round(height * (share**0.5) / stretch))
    left, top = int(dice.integers(width - wide + 1)), int(dice.integers(height - high + 1))
    part = picture.crop((left, top, left + wide, top + high))
    return ImageOps.mirror(part) if dice.random() < 0.5 else part
