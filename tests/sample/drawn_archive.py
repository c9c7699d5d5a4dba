"""A sample archive that was drawn once, with what drawing it answered."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from archive_ai.sample import SamplePicture


@dataclass(frozen=True)
class DrawnArchive:
    folder: Path
    pictures: list[SamplePicture]
    progress: list[tuple[int, int]]

    def files_as(self, container: str) -> list[Path]:
        return sorted(
            {self.folder / one.path for one in self.pictures if one.container == container}
        )
