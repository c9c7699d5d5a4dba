"""What the tests of pictures share."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from made_pictures import Make, Tags, tiff_bytes
from numpy.typing import NDArray

from archive_ai.images import PictureReader


@pytest.fixture
def reader() -> PictureReader:
    return PictureReader()


@pytest.fixture
def tiff(tmp_path: Path) -> Make:
    """Write a TIFF of one page: ``tiff(pixels, tags)``."""

    def make(pixels: NDArray[np.generic], tags: Tags | None = None) -> Path:
        path = tmp_path / "page.tif"
        path.write_bytes(tiff_bytes([(pixels, tags or {})]))
        return path

    return make
