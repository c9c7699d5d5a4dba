"""Measures a picture: colour, shape, negative or not, blank or not, and a hash of its looks.

All but shape and hash are taken from a small copy (so that noise, grain and JPEG blocks average
out) without its outer tenth (so that mounts and film borders do not count). Thresholds are from the
training pictures of ``benchmarks/measures.py``, which measures on others how well they hold.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from archive_ai.domain import Colour, Measures, Picture, orientation
from archive_ai.images.hashing import perceptual_hash

SIDE = 96
MARGIN = 0.1
COLOURED = 3.3
TINTED = 5.0
BLANK = 24.0
SURE_OF_TONES = 2.5
TOP, TEXTURE = 3.1, -3.8
"""Weights of the signs of a positive: a logistic regression on pictures and their inversions."""

Floats = NDArray[np.float32]


def measure(pixels: NDArray[np.uint8], size: tuple[int, int] | None = None) -> Measures:
    """Measure upright sRGB ``pixels`` (height, width, 3).

    ``size`` is the upright original's (width, height) where pixels are cropped or squeezed.
    """
    light, blue, red = _small(pixels)
    tint, chroma = _hues(light, blue, red)
    detail = _detail(light)
    top, texture = _tone_signs(light)
    score = TOP * top + TEXTURE * texture
    colour = Colour.COLOUR if chroma > COLOURED else Colour.TONED
    if colour is Colour.TONED and tint < TINTED:
        colour = Colour.BLACK_AND_WHITE
    blank = detail < BLANK
    return Measures(
        colour=colour,
        tint=tint,
        chroma=chroma,
        orientation=orientation(size or (pixels.shape[1], pixels.shape[0])),
        negative=None if blank or abs(score) < SURE_OF_TONES else score < 0,
        positive_score=score,
        blank=blank,
        detail=detail,
        hash=perceptual_hash(pixels),
    )


def measure_picture(picture: Picture) -> Measures:
    """Measure a decoded page, in whatever square an encoder wanted it."""
    return measure(picture.pixels, (picture.width, picture.height))


def tone_signs(pixels: NDArray[np.uint8]) -> tuple[float, float]:
    """Return two signs of a positive that an inversion of ``pixels`` (h, w, 3) turns round.

    How much lighter the upper fifth (sky, walls) is than the whole, -1 to 1; and the correlation
    of lightness and texture, for what is light (sky, paper, haze) has less than what is dark.
    """
    return _tone_signs(_small(pixels)[0])


def _small(pixels: NDArray[np.uint8]) -> tuple[Floats, Floats, Floats]:
    """Lightness (0 to 255), blueness and redness (about -180 to 180) of the inner part (h, w).

    They are the luma and colour differences of JPEG (ITU-R BT.601), before 8 bits cut them off.
    """
    height, width = pixels.shape[:2]
    picture = Image.fromarray(pixels)
    if max(height, width) > SIDE:
        ratio = SIDE / max(height, width)
        small = max(1, round(width * ratio)), max(1, round(height * ratio))
        picture = picture.resize(small, Image.Resampling.BOX)
    colours = np.asarray(picture, dtype=np.float32)
    down, across = (int(length * MARGIN) for length in colours.shape[:2])
    inner = colours[down : len(colours) - down, across : colours.shape[1] - across]
    light = inner @ np.array([0.299, 0.587, 0.114], np.float32)
    return light, (inner[..., 2] - light) * 0.564, (inner[..., 0] - light) * 0.713


def _hues(light: Floats, blue: Floats, red: Floats) -> tuple[float, float]:
    """Strength of the main hue, and of what is across it and not explained by lightness.

    Toning and yellowing move a print along one hue, however unevenly; only real colours leave it.
    A toner whose hue changes from shadow to light does so smoothly: a cubic takes that out.
    """
    colours = np.stack([blue.ravel(), red.ravel()])
    main = np.linalg.svd(colours @ colours.T)[0][:, 0]
    along, across = main @ colours, np.array([-main[1], main[0]]) @ colours
    tones = np.vander(light.ravel() / 255, 4)
    curve = np.linalg.lstsq(tones, across, rcond=None)[0]
    rest = np.abs(across - tones @ curve)
    return float(np.abs(along).mean()), float(np.percentile(rest, 98))


def _detail(light: Floats) -> float:
    """Range of lightness, uneven light taken out, without the half hundredths at both ends.

    That is little enough to see a single line of writing on a page.
    """
    down, across = np.mgrid[-1 : 1 : light.shape[0] * 1j, -1 : 1 : light.shape[1] * 1j]
    x, y = across.ravel(), down.ravel()
    surface = np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], axis=1)
    values = light.ravel()
    rest = values - surface @ np.linalg.lstsq(surface, values, rcond=None)[0]
    low, high = np.percentile(rest, [0.5, 99.5])
    return float(high - low)


def _tone_signs(light: Floats) -> tuple[float, float]:
    low, high = np.percentile(light, [1, 99])
    values = np.clip((light - low) / max(float(high - low), 1.0), 0, 1)
    top = values[: max(1, len(values) // 5)].mean() - values.mean()
    smooth = _smooth(values)
    texture = np.abs(values - smooth)
    spread = float(smooth.std() * texture.std())
    together = float(((smooth - smooth.mean()) * (texture - texture.mean())).mean())
    return float(top), together / spread if spread > 1e-6 else 0.0


def _smooth(values: NDArray[np.floating]) -> Floats:
    """Averages of blocks of four by four, drawn out again to the same shape (h, w)."""
    picture = Image.fromarray(values.astype(np.float32))
    blocks = max(1, round(picture.width / 4)), max(1, round(picture.height / 4))
    small = picture.resize(blocks, Image.Resampling.BOX)
    return np.asarray(small.resize(picture.size, Image.Resampling.BILINEAR), dtype=np.float32)
