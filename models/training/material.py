"""Read the training material: which pictures there are, in which split, with which words.

Every other module gets its rows from here, so that one place keeps the promise that
nothing of a test or validation split is ever trained on.
"""

from __future__ import annotations

import csv
import gzip
import io
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PIL import Image

Sources = Literal["all", "public-domain"]
Row = dict[str, str]

TARS = ("flickr8k.tar", "oldphotos-a.tar", "oldphotos-b.tar", "scenes.tar")
RESEARCH_ONLY = "New York Public Library"
# Every volume of one journal bears the same masthead, pg74610-illu-003 of the test books too:
# the volumes of the training books are left out, or a judged picture would be trained on.
MASTHEADS = frozenset(
    f"pg{book}-illu-003.jpg"
    for book in (
        64937, 66504, 69359, 69548, 70317, 71976, 73153, 73509, 74470, 74668, 74684, 74855,
    )
)  # fmt: skip


@dataclass(frozen=True)
class Caption:
    """One caption of one picture in one language; `book` is where an old one was printed."""

    picture: str
    lang: str
    text: str
    book: str = ""


@dataclass(frozen=True)
class Label:
    """A concept that a picture shows, with the name of the concept in both languages."""

    picture: str
    concept: str
    de: str
    en: str


def read_rows(path: Path) -> list[Row]:
    """Rows of a CSV file, gzipped or not."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def pictures_in(tar: Path) -> Iterator[tuple[str, Image.Image]]:
    """Name and decoded RGB picture of every member of a tar, in order."""
    with tarfile.open(tar) as archive:
        for member in archive:
            stream = archive.extractfile(member) if member.isfile() else None
            if stream is not None:
                with Image.open(io.BytesIO(stream.read())) as picture:
                    yield member.name, picture.convert("RGB")


@dataclass(frozen=True)
class Material:
    """The folder of training material, seen through the chosen sources."""

    folder: Path
    sources: Sources = "all"

    def _taught(self, row: Row) -> bool:
        """Whether a row of old photographs may be trained on under the chosen sources."""
        free = self.sources == "all" or not row["rights"].startswith(RESEARCH_ONLY)
        return free and row["picture"] not in MASTHEADS

    def flickr(self, *splits: str) -> list[Caption]:
        """Captions of modern snapshots; none to train on from public-domain sources."""
        if self.sources != "all" and splits == ("train",):
            return []
        rows = read_rows(self.folder / "flickr8k-captions.csv.gz")
        return [
            Caption(r["picture"], r["lang"], r["caption"]) for r in rows if r["split"] in splits
        ]

    def old_photos(self, *splits: str) -> list[Caption]:
        """Captions of old photographs, one a picture."""
        rows = read_rows(self.folder / "oldphotos.csv.gz")
        return [
            Caption(r["picture"], r["lang"], r["caption"], r["book"])
            for r in rows
            if r["split"] in splits and (splits != ("train",) or self._taught(r))
        ]

    def concepts(self, *splits: str) -> list[Label]:
        """Weak concept labels of old photographs, several a picture possible."""
        allowed = {caption.picture for caption in self.old_photos(*splits)}
        rows = read_rows(self.folder / "oldphotos-concepts.csv")
        return [
            Label(r["picture"], r["class"], r["label_de"], r["label_en"])
            for r in rows
            if r["split"] in splits and r["picture"] in allowed
        ]

    def scenes(self, dataset: str, split: str) -> list[Label]:
        """Labelled scenes: for judging only, never for training."""
        rows = read_rows(self.folder / "scenes.csv")
        return [
            Label(r["picture"], r["class"], r["label_de"], r["label_en"])
            for r in rows
            if r["dataset"] == dataset and r["split"] == split
        ]
