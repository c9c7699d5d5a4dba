"""What opens picture files. Files are only ever opened for reading."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from archive_ai.domain import Picture, Preprocessing


class Reader(Protocol):
    """Decodes the formats it knows."""

    def reads(self, path: Path) -> bool:
        """Tell by the name alone whether this is a kind of file to try."""

    def pages(self, path: Path) -> int:
        """Count the pictures in a file (at least 1).

        Raises UnreadablePicture with a cause and advice.
        """

    def read(self, path: Path, page: int, preprocessing: Preprocessing) -> Picture:
        """Decode ``page`` (from 1) to the square that an encoder wants, upright and sRGB.

        Raises UnreadablePicture with a cause and advice.
        """
