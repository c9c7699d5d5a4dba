"""Pictures and what an archive may hold of them twice: for ``duplicates.py``."""

from __future__ import annotations

import csv
import gzip
import io
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageEnhance

from archive_ai.images.looks import judged
from archive_ai.sample import draw_archive

Dice = np.random.Generator
Variant = Callable[[Image.Image, int, Dice], Image.Image]
SEEN = 192


def saved(picture: Image.Image, quality: int = 75) -> Image.Image:
    """The picture as a JPEG file gives it back."""
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=quality)
    return Image.open(file).convert("RGB")


def scaled(picture: Image.Image, by: float) -> Image.Image:
    """The picture at another size."""
    size = (max(1, round(picture.width * by)), max(1, round(picture.height * by)))
    return picture.resize(size, Image.Resampling.BICUBIC)


def cut(picture: Image.Image, share: float, dice: Dice) -> Image.Image:
    """Without up to ``share`` of each side, each another part of it."""
    width, height = picture.size
    left, top, right, bottom = dice.random(4) * share
    box = (width * left, height * top, width * (1 - right), height * (1 - bottom))
    return picture.crop(tuple(map(round, box)))


def framed(picture: Image.Image, share: float, dice: Dice) -> Image.Image:
    """With a border of any grey that is ``share`` of each side wide."""
    width, height = picture.size
    grey = int(dice.integers(256))
    size = round(width * (1 + 2 * share)), round(height * (1 + 2 * share))
    card = Image.new("RGB", size, (grey, grey, grey))
    card.paste(picture, (round(width * share), round(height * share)))
    return card


def turned(picture: Image.Image, degrees: float) -> Image.Image:
    """A little askew, the corners in the picture's mean colour."""
    colour = picture.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    return picture.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=colour)


def lightened(picture: Image.Image, gamma: float) -> Image.Image:
    """With another tone curve."""
    return picture.point([round(255 * (level / 255) ** gamma) for level in range(256)] * 3)


def rescanned(picture: Image.Image, number: int, dice: Dice) -> Image.Image:
    """Grey, smaller, lighter or darker, a little cut and askew, saved as JPEG."""
    grey = judged("grey", scaled(picture, 0.8), number)
    toned = lightened(grey, float(dice.choice([0.8, 1.25])))
    return saved(turned(cut(toned, 0.02, dice), dice.uniform(-1, 1)), 60)


def _look(name: str) -> Variant:
    return lambda picture, number, _: saved(judged(name, picture, number))


VARIANTS: dict[str, Variant] = {
    "as PNG or TIFF": lambda one, _, __: one,
    "JPEG 95": lambda one, _, __: saved(one, 95),
    "JPEG 75": lambda one, _, __: saved(one, 75),
    "JPEG 40": lambda one, _, __: saved(one, 40),
    "half the size": lambda one, _, __: saved(scaled(one, 0.5)),
    "twice the size": lambda one, _, __: saved(scaled(one, 2.0)),
    "grey": _look("grey"),
    "sepia": _look("sepia"),
    "faded": _look("faded"),
    "more contrast": lambda one, _, __: saved(ImageEnhance.Contrast(one).enhance(1.4)),
    "lighter or darker": lambda one, _, d: saved(lightened(one, float(d.choice([0.6, 1.6])))),
    "grainy": _look("grainy"),
    "halftone": _look("halftone"),
    "cut by up to 2 %": lambda one, _, d: saved(cut(one, 0.02, d)),
    "cut by up to 4 %": lambda one, _, d: saved(cut(one, 0.04, d)),
    "cut by up to 8 %": lambda one, _, d: saved(cut(one, 0.08, d)),
    "border of 2 %": lambda one, _, d: saved(framed(one, 0.02, d)),
    "border of 4 %": lambda one, _, d: saved(framed(one, 0.04, d)),
    "turned by 1 degree": lambda one, _, d: saved(turned(one, float(d.choice([-1, 1])))),
    "turned by 2 degrees": lambda one, _, d: saved(turned(one, float(d.choice([-2, 2])))),
    "mounted on card": _look("mounted"),
    "scanned anew": rescanned,
}
SAME_FILE = tuple(VARIANTS)[:3]
"""Variants that are identical: same size, same tones."""

OTHER_TONES = ("sepia", "faded", "more contrast", "lighter or darker", "halftone")


def seen(picture: Image.Image) -> NDArray[np.uint8]:
    """The picture as indexing with the bundled model has it, (192, 192, 3)."""
    small = picture.resize((SEEN, SEEN), Image.Resampling.BICUBIC, reducing_gap=2.0)
    return np.asarray(small, dtype=np.uint8)


def old_photographs(folder: Path, split: str, count: int) -> Iterator[tuple[str, Image.Image]]:
    """Yield ``count`` old photographs of a split, with their names, always the same."""
    with gzip.open(folder / "oldphotos.csv.gz", "rt", encoding="utf-8", newline="") as file:
        names = {row["picture"] for row in csv.DictReader(file) if row["split"] == split}
    chosen = set(np.random.default_rng(17).permutation(sorted(names))[:count].tolist())
    yield from _members(folder, ("oldphotos-a.tar", "oldphotos-b.tar"), chosen)


def snapshots(folder: Path, count: int) -> Iterator[tuple[str, Image.Image]]:
    """Yield ``count`` colour photographs, always the same."""
    with tarfile.open(folder / "flickr8k.tar") as members:
        names = sorted(one.name for one in members if one.name.endswith(".jpg"))
    chosen = set(np.random.default_rng(17).permutation(names)[:count].tolist())
    yield from _members(folder, ("flickr8k.tar",), chosen)


def documents(folder: Path) -> Iterator[tuple[str, Image.Image]]:
    """Yield printed pages, drawings and views by class: many that resemble each other."""
    with tarfile.open(folder / "scenes.tar") as members:
        names = {one.name for one in members if one.name.endswith(".jpg")}
    yield from _members(folder, ("scenes.tar",), names)


def drawings() -> Iterator[tuple[str, Image.Image]]:
    """Yield the pictures of the sample archive: four of each motif."""
    with tempfile.TemporaryDirectory() as name:
        for one in draw_archive(Path(name)):
            with Image.open(Path(name) / one.path) as picture:
                if one.page == 1 and picture.mode in ("RGB", "L"):
                    yield f"drawn {one.path}", picture.convert("RGB")


def pictures_in(folder: Path) -> Iterator[tuple[str, Image.Image]]:
    """Yield the JPEG pictures of a folder."""
    for path in sorted(folder.glob("*.jpg")):
        with Image.open(path) as picture:
            yield path.name, picture.convert("RGB")


def _members(
    folder: Path, tars: tuple[str, ...], names: set[str]
) -> Iterator[tuple[str, Image.Image]]:
    for tar in tars:
        with tarfile.open(folder / tar) as members:
            for member in members:
                content = members.extractfile(member) if member.name in names else None
                if content is not None:
                    yield member.name, Image.open(io.BytesIO(content.read())).convert("RGB")
