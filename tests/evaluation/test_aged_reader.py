"""A model may be judged on pictures as they look in archives."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from archive_ai.archive.evaluating import AgedReader
from archive_ai.domain import Preprocessing
from archive_ai.images import PictureReader
from made_scans import write_picture


def test_pixels_look_old_and_depend_on_the_files_name_alone(tmp_path: Path) -> None:
    scan = write_picture(tmp_path / "a.png", 1)
    elsewhere = write_picture(tmp_path / "copy" / "a.png", 1)
    plain, grainy = PictureReader(), AgedReader(PictureReader(), "grainy")
    assert grainy.reads(scan)
    assert grainy.pages(scan) == 1
    sharp, old = (reader.read(scan, 1, Preprocessing(64)) for reader in (plain, grainy))
    assert old.pixels.shape == sharp.pixels.shape
    assert (old.pixels != sharp.pixels).any()
    assert (old.width, old.height, old.format) == (sharp.width, sharp.height, sharp.format)
    again = grainy.read(elsewhere, 1, Preprocessing(64))
    np.testing.assert_array_equal(again.pixels, old.pixels)
    with Image.open(scan) as untouched:
        assert untouched.size == (sharp.width, sharp.height)
