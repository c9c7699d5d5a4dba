"""The sample archive on disk: fonds, signatures, file forms, and its table of descriptions."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from zlib import crc32

import numpy as np
from PIL import Image

from archive_ai.sample.containers import (
    cut_out,
    on_white,
    save,
    save_broken,
    save_jpeg,
    save_pages,
    save_png,
    suffix_of,
)
from archive_ai.sample.dice import Dice
from archive_ai.sample.motif import MOTIFS, Motif
from archive_ai.sample.photograph import Photograph, draw_photograph, draw_picture

__all__ = [
    "BROKEN_FILE",
    "DESCRIPTIONS_FILE",
    "FINDING_AID_FILE",
    "SamplePicture",
    "draw_archive",
    "draw_picture",
    "draw_siblings",
]

BROKEN_FILE = Path("F005/F005_9001.jpg")
DESCRIPTIONS_FILE = Path("descriptions.csv")
FINDING_AID_FILE = Path("finding-aid.csv")
"""The same for those fonds that somebody has described: the others wait, as in any archive."""
FONDS = 5
DESCRIBED_FONDS = ("F001", "F002", "F003")
EACH = 4

_LONG_SIDES = (640, 680, 720, 800, 880, 960, 1080, 1400)
_ORDINARY = ("jpeg",) * 6 + ("tiff-lzw", "tiff", "png")
# Three different sheets that were scanned into one file.
_PAGES = (("map", 2), ("plan", 1), ("text-page", 1))
_SPECIAL: dict[tuple[str, int], str] = {
    ("church", 0): "tiff-16-grey",
    ("street", 2): "tiff-16-grey",
    ("harbour", 1): "tiff-16-colour",
    ("vineyard", 0): "tiff-16-colour",
    ("poster", 0): "tiff-cmyk",
    ("fountain", 2): "tiff-cmyk",
    ("text-page", 0): "tiff-1-bit",
    ("portrait", 0): "png-alpha",
    ("bridge", 3): "png-alpha",
    ("plan", 0): "png-palette",
    ("factory", 1): "jpeg-grey",
    ("locomotive", 1): "jpeg-grey",
    ("tower", 0): "jpeg-1",
    ("market", 0): "jpeg-2",
    ("tram", 1): "jpeg-3",
    ("windmill", 2): "jpeg-4",
    ("group", 1): "jpeg-5",
    ("monument", 1): "jpeg-6",
    ("car", 2): "jpeg-7",
    ("town-view", 0): "jpeg-8",
}


@dataclass(frozen=True)
class SamplePicture:
    """One picture of the sample archive and the truth about it.

    ``path`` is relative to the archive's folder, with forward slashes; ``page`` starts at 1.
    """

    path: str
    page: int
    signature: str
    motif: str
    title_de: str
    title_en: str
    description_de: str
    description_en: str
    year: int
    container: str


def draw_archive(
    folder: Path,
    seed: int = 1,
    progress: Callable[[int, int], None] | None = None,
    motifs: Sequence[Motif] = MOTIFS,
) -> list[SamplePicture]:
    """Writes the sample archive into a folder and answers with what is on each picture.

    The same seed gives the same bytes. One file, ``BROKEN_FILE``, cannot be decoded on purpose
    and is neither in the answer nor in ``descriptions.csv``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    shelf = _Shelf(folder)
    tasks = [(place, motif, index) for place, motif in enumerate(motifs) for index in range(EACH)]
    pages = {(motif.id, index) for _, motif, index in tasks} & set(_PAGES)
    for done, (place, motif, index) in enumerate(tasks, start=1):
        fonds = 1 + place * FONDS // len(motifs)
        photograph, container = _photograph(motif, index, seed)
        if (motif.id, index) in pages:
            shelf.keep_page(motif, photograph)
            if len(shelf.pages) == len(pages):
                shelf.put_pages(fonds)
        else:
            shelf.put(fonds, motif, photograph, container)
        if progress is not None:
            progress(done, len(tasks))
    broken = folder / BROKEN_FILE
    broken.parent.mkdir(exist_ok=True)
    save_broken(Image.linear_gradient("L").resize((640, 480)), broken)
    _write_descriptions(folder / DESCRIPTIONS_FILE, shelf.pictures)
    described = [one for one in shelf.pictures if one.path.startswith(DESCRIBED_FONDS)]
    _write_descriptions(folder / FINDING_AID_FILE, described)
    return shelf.pictures


def _photograph(motif: Motif, index: int, seed: int) -> tuple[Photograph, str]:
    """The picture of a motif by its number alone, whatever else the archive holds."""
    dice = Dice(np.random.default_rng([seed, crc32(motif.id.encode()), index]))
    long_side = dice.pick(_LONG_SIDES)
    ordinary = dice.pick(_ORDINARY)
    photograph = draw_photograph(motif, dice, long_side)
    return photograph, _SPECIAL.get((motif.id, index), ordinary)


class _Shelf:
    """Gives out signatures and puts pictures where they belong."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.pictures: list[SamplePicture] = []
        self.pages: list[tuple[Motif, Photograph]] = []
        self._numbers: dict[int, int] = {}

    def put(self, fonds: int, motif: Motif, photograph: Photograph, container: str) -> None:
        """Saves one picture as a file of its own."""
        path, signature = self._next(fonds, suffix_of(container))
        save(photograph.image, self.folder / path, container)
        self.pictures.append(_described((path, 1, signature, container), motif, photograph))

    def keep_page(self, motif: Motif, photograph: Photograph) -> None:
        """Holds a picture back until its whole document is there."""
        self.pages.append((motif, photograph))

    def put_pages(self, fonds: int) -> None:
        """Saves the pages held back as one file."""
        path, signature = self._next(fonds, ".tif")
        save_pages([photograph.image for _, photograph in self.pages], self.folder / path)
        for page, (motif, photograph) in enumerate(self.pages, start=1):
            self.pictures.append(
                _described((path, page, signature, "tiff-pages"), motif, photograph)
            )
        self.pages = []

    def _next(self, fonds: int, suffix: str) -> tuple[str, str]:
        number = self._numbers.get(fonds, 0) + 1
        self._numbers[fonds] = number
        (self.folder / f"F{fonds:03d}").mkdir(exist_ok=True)
        return f"F{fonds:03d}/F{fonds:03d}_{number:04d}{suffix}", f"F{fonds:03d}-{number:04d}"


def _described(
    place: tuple[str, int, str, str], motif: Motif, photograph: Photograph
) -> SamplePicture:
    path, page, signature, container = place
    caption, year = photograph.caption, photograph.year
    return SamplePicture(
        path,
        page,
        signature,
        motif.id,
        f"{caption.title_de}, um {year}",
        f"{caption.title_en}, c. {year}",
        caption.description_de,
        caption.description_en,
        year,
        container,
    )


def _write_descriptions(path: Path, pictures: Sequence[SamplePicture]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(field.name for field in fields(SamplePicture))
        table.writerows(astuple(picture) for picture in pictures)


def draw_siblings(folder: Path, seed: int = 1) -> dict[str, tuple[Path, Path]]:
    """The same picture plain and in each demanding form: form → (plain PNG, file).

    For ``tiff-16-grey`` the plain PNG is grey, too; for ``png-alpha`` it has the white margin;
    for ``tiff-page-2`` the picture is the second page of three.
    """
    folder.mkdir(parents=True, exist_ok=True)
    motifs = {motif.id: motif for motif in MOTIFS}
    dice = Dice(np.random.default_rng([seed, crc32(b"siblings")]))
    image = draw_photograph(motifs["church"], dice, 800).image
    others = [draw_photograph(motifs[name], dice, 640).image for name in ("tram", "map")]
    plain, grey, margin = (folder / f"plain{name}.png" for name in ("", "-grey", "-margin"))
    save_png(image, plain)
    save_png(image.convert("L").convert("RGB"), grey)
    save_png(on_white(cut_out(image)), margin)
    pairs: dict[str, tuple[Path, Path]] = {}
    for container in ("tiff-16-grey", "tiff-16-colour", "tiff-cmyk", "png-alpha"):
        path = folder / f"{container}{suffix_of(container)}"
        save(image, path, container)
        pairs[container] = ({"tiff-16-grey": grey, "png-alpha": margin}.get(container, plain), path)
    pages = folder / "tiff-page-2.tif"
    save_pages([others[0], image, others[1]], pages)
    pairs["tiff-page-2"] = (plain, pages)
    for orientation in range(1, 9):
        path = folder / f"jpeg-{orientation}.jpg"
        save_jpeg(image, path, orientation)
        pairs[f"jpeg-{orientation}"] = (plain, path)
    return pairs
