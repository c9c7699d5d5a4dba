"""Small pictures for people."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from made_pictures import difference, scene
from PIL import Image

from archive_ai.images import thumbnail


@pytest.mark.parametrize("ending", ["jpg", "tif", "png"])
def test_a_thumbnail_is_small_upright_and_bare(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"large.{ending}"
    exif = Image.Exif()
    exif[274], exif[270] = 6, "Frau Huber, Fischergasse 3"
    turned = scene(1200, 900).transpose(Image.Transpose.ROTATE_90)
    if ending == "tif":
        turned.save(path, tiffinfo={274: 6, 270: "Frau Huber, Fischergasse 3"})
    else:
        turned.save(path, exif=exif, quality=95, comment="Fischergasse")
    data = thumbnail(path, 1, 256)
    assert b"Fischergasse" not in data
    with Image.open(BytesIO(data)) as image:
        assert image.format == "JPEG"
        assert image.mode == "RGB"
        assert image.size == (256, 192)
        assert "exif" not in image.info
        assert "icc_profile" not in image.info
        expected = np.asarray(scene(1200, 900).resize((256, 192), Image.Resampling.BICUBIC))
        assert difference(np.asarray(image), expected) < 3


def test_a_small_picture_is_not_enlarged(tmp_path: Path) -> None:
    path = tmp_path / "small.png"
    scene(30, 20).save(path)
    with Image.open(BytesIO(thumbnail(path, 1, 256))) as image:
        assert image.size == (30, 20)


def test_a_very_long_picture_keeps_one_pixel(tmp_path: Path) -> None:
    path = tmp_path / "strip.png"
    Image.new("L", (5, 20_000), 70).save(path)
    with Image.open(BytesIO(thumbnail(path, 1, 200))) as image:
        assert image.size == (1, 200)
