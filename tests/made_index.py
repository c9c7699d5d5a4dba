"""A real index over given vectors, and what a question is answered from besides."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from archive_ai.catalogue.selecting import Selected
from archive_ai.domain import Background, Manifest, PhotoId, photo_id
from archive_ai.searching.rank import Answering
from archive_ai.vectors.index import ExactIndex
from archive_ai.vectors.segments import SegmentWriter

FINGERPRINT = "f" * 16


def unit(rows: np.ndarray) -> np.ndarray:
    """Return rows of length one."""
    return (rows / np.linalg.norm(rows, axis=-1, keepdims=True)).astype(np.float32)


def photo(number: int) -> PhotoId:
    """Return the id of the photo with this number."""
    return photo_id(f"{number:064x}", 1)


def made_index(rows: np.ndarray) -> ExactIndex:
    """Return an index in which photo(n) has row n."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        manifest = Manifest(1, FINGERPRINT, rows.shape[1], ())
        with SegmentWriter(folder, manifest, {}) as writer:
            if len(rows):
                writer.append([photo(number) for number in range(len(rows))], rows)
            return ExactIndex(folder, writer.seal())


class Everywhere:
    """A ``PhotoCatalogue`` in which every photo has a file."""

    def locate(self, photos: Sequence[PhotoId]) -> dict[PhotoId, tuple[Path, int]]:
        return {one: (Path(one), 1) for one in photos}


class Grouped:
    """``Groups`` as given: lists of photos that show the same picture."""

    def __init__(self, groups: Sequence[Sequence[PhotoId]] = ()) -> None:
        self._of = {one: tuple(group) for group in groups for one in group}

    def of(self, photos: Sequence[PhotoId]) -> dict[PhotoId, tuple[PhotoId, ...]]:
        return {one: self._of[one] for one in photos if one in self._of}


def answering(
    index: ExactIndex,
    background: Background,
    selected: Sequence[PhotoId] | None = None,
    groups: Sequence[Sequence[PhotoId]] = (),
) -> Answering:
    """Return what answers from these photos (None: all of the index)."""
    chosen = sorted(index.photos if selected is None else selected)
    ids = np.array([one.encode() for one in chosen], "S22")
    return Answering(index, index, background, Everywhere(), Selected(ids), Grouped(groups))
