"""Tiles: together they are the picture, at every scale, as bright and upright as its thumbnail."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from made_pictures import difference, scene
from PIL import Image

from archive_ai.errors import UnreadablePicture
from archive_ai.images import TILE, Layout, read_tile, thumbnail, tiles, write_tiles

Size = tuple[int, int]


def made(path: Path, size: Size, page: int = 1) -> Path:
    target = path.with_suffix(".tiles")
    with target.open("xb") as file:
        write_tiles(path, page, size, file)
    return target


def tile(file: Path, number: int) -> Image.Image:
    with file.open("rb") as stream, Image.open(BytesIO(read_tile(stream, number))) as image:
        assert (image.format, image.mode) == ("JPEG", "RGB")
        return image.copy()


def put_together(file: Path, size: Size, factor: int) -> Image.Image:
    layout = Layout(size)
    sheet = Image.new("RGB", layout.level(factor))
    across, down = layout.grid(factor)
    for number in range(across * down):
        place = (number % across * TILE, number // across * TILE)
        sheet.paste(tile(file, layout.first(factor) + number), place)
    return sheet


def as_jpeg(image: Image.Image) -> Image.Image:
    buffer = BytesIO()
    image.save(buffer, "JPEG", quality=85)
    return Image.open(buffer)


def shown(file: Path, size: Size) -> Image.Image:
    return put_together(file, size, 1)


@pytest.mark.parametrize(
    "size",
    [(1537, 1), (1, 1537), (512, 2048), (513, 2049), (1600, 1200), (5000, 3500), (40_000, 3)],
)
def test_every_tile_has_one_name(size: Size) -> None:
    layout, names = Layout(size), set()
    assert layout.factors[0] == 1 and len(layout.factors) >= 6
    assert layout.grid(layout.factors[-1]) == (1, 1)
    number = 0
    for factor in layout.factors:
        across, down = layout.grid(factor)
        for row in range(down):
            for column in range(across):
                name = layout._name(factor, column, row)
                found = layout.find(*name)
                # Where a side is one pixel, scales may differ in nothing.
                assert found == number or name in names
                names.add(name)
                number += 1
    assert number == layout.count


def test_what_is_no_tile_has_no_number() -> None:
    layout = Layout((5000, 3500))
    assert layout.find("0,0,512,512", "512,512") == 0
    assert layout.find("4608,3072,392,428", "392,428") == layout.grid(1)[0] * 7 - 1
    assert layout.find("full", "157,110") == layout.count - 1
    for region, size in (
        ("0,0,512,512", "256,256"),
        ("0,0,512,512", "512,"),
        ("0,0,512,512", "max"),
        ("1,0,512,512", "512,512"),
        ("0,0,513,512", "513,512"),
        ("00,0,512,512", "512,512"),
        ("0,0,5000,3500", "157,110"),
        ("4608,3072,512,512", "512,512"),
        ("5120,0,512,512", "512,512"),
        ("square", "512,512"),
        ("pct:0,0,50,50", "512,512"),
        ("full", "5000,3500"),
        ("full", "max"),
        ("٠,0,512,512", "512,512"),
        ("0,0,512,512\n", "512,512"),
        ("999999999,0,512,512", "512,512"),
    ):
        assert layout.find(region, size) is None, (region, size)


@pytest.mark.parametrize("ending", ["jpg", "tif", "png", "bmp"])
def test_tiles_are_the_picture_at_every_scale(
    tmp_path: Path, ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tiles, "BAND_PIXELS", 600_000)  # several bands
    size = (1601, 1203)
    path = tmp_path / f"large.{ending}"
    scene(*size).save(path, quality=95)
    file, layout = made(path, size), Layout(size)
    assert layout.factors == [1, 2, 4, 8, 16, 32]
    for factor in layout.factors:
        found = put_together(file, size, factor)
        expected = as_jpeg(scene(*size).reduce(factor))
        assert found.size == expected.size
        assert difference(np.asarray(found), np.asarray(expected)) < 3, factor


@pytest.mark.parametrize("orientation", range(1, 9))
def test_tiles_are_upright_and_bare(
    tmp_path: Path, orientation: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tiles, "BAND_PIXELS", 600_000)
    path = tmp_path / "turned.jpg"
    exif = Image.Exif()
    exif[274], exif[270] = orientation, "Frau Huber, Fischergasse 3"
    scene(1700, 1100).save(path, exif=exif, quality=95, comment="Fischergasse")
    small = Image.open(BytesIO(thumbnail(path, 1, 1536)))
    size = (1100, 1700) if orientation >= 5 else (1700, 1100)
    file = made(path, size)
    assert b"Fischergasse" not in file.read_bytes()
    found = shown(file, size).resize(small.size, Image.Resampling.BICUBIC)
    assert difference(np.asarray(found), np.asarray(small)) < 3


def test_deep_pages_are_as_bright_as_their_thumbnail_all_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a band that is dark by itself nobody can tell how many bits its scanner had."""
    monkeypatch.setattr(tiles, "BAND_PIXELS", 600_000)
    size = (1600, 1600)
    values = np.linspace(0, 60_000, size[1])[:, None] + np.zeros(size[0])
    path = tmp_path / "deep.tif"
    Image.fromarray(values.astype(np.uint16)).save(path)
    small = Image.open(BytesIO(thumbnail(path, 1, 1536)))
    found = shown(made(path, size), size).resize(small.size, Image.Resampling.BICUBIC)
    assert difference(np.asarray(found), np.asarray(small)) < 2
    rows = np.asarray(found)[:, 800, 0].astype(int)
    assert rows[200] < 60 and rows[-10] > 200


def test_each_page_has_tiles_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "pages.tif"
    first, second = (Image.new("RGB", (1600, 900), colour) for colour in ((200, 0, 0), (0, 0, 200)))
    first.save(path, save_all=True, append_images=[second])
    found = tile(made(path, (1600, 900), page=2), 0)
    assert found.getpixel((10, 10))[2] > 190


def test_another_picture_than_was_indexed_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    scene(1600, 1200).save(path)
    with pytest.raises(UnreadablePicture, match="as when it was indexed"):
        made(path, (1200, 1600))


def test_a_damaged_file_of_tiles_is_known(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    scene(1600, 1200).save(path)
    content = made(path, (1600, 1200)).read_bytes()
    for damaged in (b"", content[:100], content[: len(content) // 2], b"x" + content[1:]):
        with pytest.raises(ValueError, match="file of tiles"):
            read_tile(BytesIO(damaged), 11)
