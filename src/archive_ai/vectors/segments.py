"""The one writer of a generation: rows into an open segment, then sealed for ever.

A segment is two files: ``<name>.f16`` holds rows of little-endian float16, ``<name>.ids`` the
photo ids in the same order, 22 bytes each. While a segment is open, rows are only appended, and
the catalogue names a row only after it is on the disk (M3). Rows that no transaction came to name
are cut off when the next writer opens the generation, before anything else is written.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from archive_ai.domain import PHOTO_ID_LENGTH, Manifest, PhotoId, Segment, VectorRows
from archive_ai.errors import ArchiveDamaged
from archive_ai.vectors.durable import make_folder, sha256_of, sync_folder

ROWS_A_SEGMENT = 65_536
"""A segment is closed at this size, so that what one hash covers stays small."""


class SegmentWriter:
    """Appends to one generation; implements ``ports.VectorWriter``. One process at a time."""

    def __init__(self, folder: Path, manifest: Manifest, named_rows: Mapping[str, int]) -> None:
        """Open ``folder`` for writing.

        ``manifest`` lists what is sealed; ``named_rows`` says how many rows of each segment the
        catalogue counts on. Open segments of an earlier, interrupted writer are cut to that and
        taken over.
        """
        self._folder = folder
        self._manifest = manifest
        make_folder(folder)
        self._closed = self._take_over(named_rows)
        self._files: tuple[BinaryIO, BinaryIO] | None = None
        self._name = ""
        self._rows = 0

    def __enter__(self) -> SegmentWriter:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._close()

    def append(self, photos: Sequence[PhotoId], rows: NDArray[np.float32]) -> VectorRows:
        """Make n rows (n, width) durable and say where they lie."""
        if rows.shape != (len(photos), self._manifest.width):
            raise ValueError(f"{len(photos)} photos, rows of shape {rows.shape}")
        if self._files is not None and self._rows >= ROWS_A_SEGMENT:
            self._close()
        vectors, ids = self._files or self._open_next()
        vectors.write(rows.astype("<f2").tobytes())
        ids.write("".join(photos).encode("ascii"))
        for file in (vectors, ids):
            file.flush()
            os.fsync(file.fileno())
        first, self._rows = self._rows, self._rows + len(photos)
        return VectorRows(self._manifest.generation, self._name, first, tuple(photos))

    def seal(self) -> Manifest:
        """Close what is open and return the manifest that lists everything written."""
        self._close()
        sealed = [self._seal(name) for name in self._closed]
        self._manifest = Manifest(
            self._manifest.generation,
            self._manifest.fingerprint,
            self._manifest.width,
            (*self._manifest.segments, *(segment for segment in sealed if segment.rows)),
        )
        self._closed = []
        return self._manifest

    def _open_next(self) -> tuple[BinaryIO, BinaryIO]:
        taken = [int(path.stem.removeprefix("segment-")) for path in _segment_files(self._folder)]
        self._name = f"segment-{max(taken, default=0) + 1:06d}"
        self._rows = 0
        vectors = (self._folder / f"{self._name}.f16").open("xb")
        ids = (self._folder / f"{self._name}.ids").open("xb")
        sync_folder(self._folder)
        self._files = (vectors, ids)
        return self._files

    def _close(self) -> None:
        if self._files is not None:
            for file in self._files:
                file.close()
            self._closed.append(self._name)
            self._files = None

    def _seal(self, name: str) -> Segment:
        vectors, ids = self._folder / f"{name}.f16", self._folder / f"{name}.ids"
        rows = ids.stat().st_size // PHOTO_ID_LENGTH
        return Segment(name, rows, sha256_of(vectors), sha256_of(ids))

    def _take_over(self, named_rows: Mapping[str, int]) -> list[str]:
        sealed = {segment.name for segment in self._manifest.segments}
        left = sorted({path.stem for path in _segment_files(self._folder)} - sealed)
        missing = set(named_rows) - sealed - set(left)
        if missing:
            raise ArchiveDamaged(
                f"The catalogue counts on {min(missing)} in {self._folder}, which is not there.",
                "Run: archive-ai verify.",
            )
        kept: list[str] = []
        for name in left:
            rows = named_rows.get(name, 0)
            self._cut(name, rows)
            if rows:
                kept.append(name)
        return kept

    def _cut(self, name: str, rows: int) -> None:
        """Cut an open segment to ``rows``; without rows it goes."""
        for suffix, width in ((".f16", 2 * self._manifest.width), (".ids", PHOTO_ID_LENGTH)):
            path = self._folder / f"{name}{suffix}"
            if not rows:
                path.unlink(missing_ok=True)
                continue
            if not path.exists() or path.stat().st_size < rows * width:
                raise ArchiveDamaged(
                    f"{path} is shorter than the {rows} rows that the catalogue counts on.",
                    "Run: archive-ai verify.",
                )
            with path.open("r+b") as file:
                file.truncate(rows * width)
                os.fsync(file.fileno())
        sync_folder(self._folder)


def _segment_files(folder: Path) -> list[Path]:
    return [path for path in folder.glob("segment-*") if path.suffix in {".f16", ".ids"}]
