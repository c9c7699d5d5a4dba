"""Turns a fresh drawing into an old photograph: tone, grain, wear, and what it is mounted on."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from archive_ai.sample.canvas import cloud_field
from archive_ai.sample.dice import Dice

Floats = NDArray[np.float32]
Tone = tuple[tuple[int, int, int], tuple[int, int, int], tuple[int, int, int]]

# Shadow, middle and highlight of each process, taken from prints seen in archives.
TONES: dict[str, Tone] = {
    "albumen": ((44, 26, 18), (150, 118, 84), (244, 230, 200)),
    "sepia": ((34, 24, 18), (138, 112, 84), (240, 226, 198)),
    "faded": ((86, 66, 48), (172, 146, 112), (238, 222, 188)),
    "silver": ((18, 18, 20), (122, 121, 120), (242, 240, 236)),
    "warm": ((26, 22, 20), (132, 124, 114), (242, 237, 226)),
    "cyanotype": ((14, 30, 66), (76, 118, 164), (226, 236, 238)),
    "selenium": ((28, 20, 26), (124, 112, 116), (238, 230, 226)),
}


def process_for(year: int, dice: Dice) -> str:
    """A photographic process that was in use in a year."""
    if year < 1895:
        return dice.pick(["albumen", "albumen", "sepia", "faded"])
    if year < 1920:
        return dice.pick(["sepia", "sepia", "faded", "warm", "silver", "cyanotype", "albumen"])
    if year < 1955:
        return dice.pick(["silver", "silver", "warm", "warm", "selenium", "sepia"])
    return dice.pick(["colour", "colour", "silver", "warm"])


def develop(view: Image.Image, process: str, dice: Dice) -> Image.Image:
    """The print of a view at its final size, without a mount."""
    size = view.size
    blur = max(size) / 1000 * dice.between(0.35, 1.1)
    print_ = view.filter(ImageFilter.GaussianBlur(blur))
    light = _light(size, dice)
    grain = _grain(size, dice)
    if process == "colour":
        print_ = _faded_colour(print_, light, grain, dice)
    else:
        print_ = _toned(print_, light, grain, (TONES[process], dice))
    _wear(print_, dice)
    return print_


def _light(size: tuple[int, int], dice: Dice) -> Floats:
    """Vignette and uneven light as a factor for each pixel."""
    small = (48, 48)
    down = np.linspace(-1, 1, small[1], dtype=np.float32)[:, None] + np.float32(dice.bell(0.12))
    across = np.linspace(-1, 1, small[0], dtype=np.float32)[None, :] + np.float32(dice.bell(0.12))
    far = across**2 + down**2
    dark = dice.pick([0.0, 0.08, 0.16, 0.24, 0.34])
    field = 1 - dark * np.clip(far - 0.35, 0, 2)
    field += (across * dice.bell(0.06)) + (down * dice.bell(0.05))
    picture = Image.fromarray(field.astype(np.float32))
    return np.asarray(picture.resize(size, Image.Resampling.BICUBIC), dtype=np.float32)


def _grain(size: tuple[int, int], dice: Dice) -> Floats:
    """Film grain: noise at the size of a grain, coarser on larger scans."""
    coarse = max(1.0, max(size) / 900) * dice.pick([1.0, 1.0, 1.4])
    small = (max(2, round(size[0] / coarse)), max(2, round(size[1] / coarse)))
    noise = dice.generator.standard_normal((small[1], small[0]), dtype=np.float32)
    if small != size:
        picture = Image.fromarray(noise).resize(size, Image.Resampling.BICUBIC)
        noise = np.asarray(picture, dtype=np.float32)
    return noise * np.float32(dice.between(3.0, 11.0))


def _toned(
    scene: Image.Image, light: Floats, grain: Floats, look: tuple[Tone, Dice]
) -> Image.Image:
    tone, dice = look
    red, green, blue = (np.asarray(band, dtype=np.float32) for band in scene.split())
    # Early plates saw blue and hardly any red: skies are blank, tiles and brick dark.
    sees_blue = dice.between(0.15, 0.5)
    grey = red * (0.45 - sees_blue * 0.6) + green * (0.55 - sees_blue * 0.4) + blue * sees_blue
    low, high = np.percentile(grey[::7, ::7], (1, 99))
    grey = (grey - low) / max(float(high - low), 1.0)
    contrast = dice.between(0.75, 1.15)
    grey = (np.clip(grey, 0, 1) - 0.5) * contrast + 0.5 + dice.bell(0.04)
    values = np.clip(grey * light * 255 + grain, 0, 255).astype(np.uint8)
    plain = Image.fromarray(values)
    bands = [plain.point(_curve(tone, band)) for band in range(3)]
    return Image.merge("RGB", bands)


def _curve(tone: Tone, band: int) -> list[int]:
    dark, middle, bright = (colour[band] for colour in tone)
    curve = np.interp(np.arange(256), [0, 128, 255], [dark, middle, bright])
    return [round(float(value)) for value in curve]


def _faded_colour(scene: Image.Image, light: Floats, grain: Floats, dice: Dice) -> Image.Image:
    values = np.asarray(scene, dtype=np.float32)
    grey = values.mean(axis=2, keepdims=True)
    values = grey + (values - grey) * np.float32(dice.between(0.75, 1.2))
    values = values * light[:, :, None] + grain[:, :, None] * 0.6
    cast = dice.pick([(1.04, 0.95, 0.88), (1.05, 0.96, 0.99), (1.02, 1.0, 0.86), (0.96, 1.0, 1.0)])
    lift = dice.between(12, 40)
    values = lift + values * (1 - lift / 255) * np.array(cast, dtype=np.float32)
    return Image.fromarray(np.clip(values, 0, 255).astype(np.uint8))


def _wear(print_: Image.Image, dice: Dice) -> None:
    """Scratches, dust and a stain, drawn into the print."""
    pen = ImageDraw.Draw(print_)
    width, height = print_.size
    unit = max(print_.size) / 1000
    for _ in range(dice.pick([0, 0, 1, 2, 4])):
        x, y = dice.between(0, width), dice.between(0, height)
        reach = dice.between(0.1, 0.7) * height
        lean = dice.bell(0.06) * reach
        tone = dice.pick([(236, 230, 216), (228, 222, 208), (40, 34, 30)])
        pen.line([(x, y), (x + lean, y + reach)], fill=tone, width=max(1, round(unit * 0.9)))
    for _ in range(dice.count(4, 40)):
        x, y = dice.between(0, width), dice.between(0, height)
        size = unit * dice.between(0.5, 1.8)
        tone = dice.pick([(238, 232, 220), (238, 232, 220), (50, 42, 36)])
        pen.ellipse((x - size, y - size, x + size, y + size), fill=tone)
    if dice.chance(0.25):
        _stain(print_, dice)


def _stain(print_: Image.Image, dice: Dice) -> None:
    width, height = print_.size
    small = (max(8, width // 8), max(8, height // 8))
    noise = np.asarray(cloud_field(dice, small, max(4.0, small[0] / 2.5)), dtype=np.float32)
    cover = np.clip((noise - 165) * 3, 0, 255) * dice.between(0.15, 0.4)
    mask = Image.fromarray(cover.astype(np.uint8)).resize(print_.size, Image.Resampling.BICUBIC)
    print_.paste(dice.pick([(226, 206, 166), (150, 118, 78), (236, 224, 200)]), (0, 0), mask)


def scanned(scene: Image.Image, size: tuple[int, int], dice: Dice) -> Image.Image:
    """A paper document from the scanner: paler or darker with age, or photographed in grey."""
    page = scene.resize(
        size, Image.Resampling.BOX if scene.width > size[0] else Image.Resampling.BICUBIC
    )
    page = page.filter(ImageFilter.GaussianBlur(max(size) / 1000 * dice.between(0.1, 0.6)))
    light, grain = _light(size, dice), _grain(size, dice) * np.float32(0.5)
    if dice.chance(0.25):
        page = _toned(page, light, grain, (TONES[dice.pick(["silver", "warm", "sepia"])], dice))
    else:
        page = _faded_colour(page, (light + np.float32(1)) * np.float32(0.5), grain, dice)
    if dice.chance(0.4):
        _stain(page, dice)
    return page
