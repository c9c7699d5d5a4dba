"""Depths, meanings of samples, pages and subfiles of TIFF."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import pyvips
from made_pictures import SQUARE, Make, difference, scene, seen, tiff_bytes
from PIL import Image

from archive_ai.errors import UnreadablePicture
from archive_ai.images import PictureReader

GREY = np.asarray(scene().convert("L"))
COLOUR = np.asarray(scene())
SHORT, LONG = 3, 4


def as_seen(pixels: np.ndarray) -> np.ndarray:
    return seen(Image.fromarray(pixels))


@pytest.mark.parametrize("bits", [10, 12, 16])
# Only grey can be turned round.
@pytest.mark.parametrize(("bands", "white_is_zero"), [(1, False), (1, True), (3, False)])
def test_deep_samples_use_the_depth_they_have(
    reader: PictureReader, tiff: Make, bits: int, white_is_zero: bool, bands: int
) -> None:
    pixels = GREY if bands == 1 else COLOUR
    deep = np.round(pixels / 255.0 * (2**bits - 1)).astype(np.uint16)
    deep[0, 0] = 2**bits - 1
    if white_is_zero:
        deep = (2**bits - 1) - deep
        deep[0, 0] = 2**bits - 1
    path = tiff(deep, {262: (SHORT, 0)} if white_is_zero else None)
    assert difference(reader.read(path, 1, SQUARE).pixels, as_seen(pixels)) < 4


@pytest.mark.parametrize("top", [1.0, 255.0, 65535.0])
def test_fractions(reader: PictureReader, tiff: Make, top: float) -> None:
    path = tiff((GREY / 255.0 * top).astype(np.float32))
    assert difference(reader.read(path, 1, SQUARE).pixels, as_seen(GREY)) < 4


def test_what_is_no_number_is_black(reader: PictureReader, tiff: Make) -> None:
    values = (GREY / 255.0).astype(np.float32)
    values[100:200, 100:300] = np.nan
    pixels = reader.read(tiff(values), 1, SQUARE).pixels
    assert pixels[32, 32].max() == 0


def test_elevations_are_stretched(reader: PictureReader, tiff: Make) -> None:
    values = (GREY.astype(np.int16) - 100) * 20
    pixels = reader.read(tiff(values), 1, SQUARE).pixels
    assert pixels.min() < 30
    assert pixels.max() > 225


def test_one_bit_and_eight_with_white_as_zero(
    reader: PictureReader, tiff: Make, tmp_path: Path
) -> None:
    path = tiff(255 - GREY, {262: (SHORT, 0)})
    assert difference(reader.read(path, 1, SQUARE).pixels, as_seen(GREY)) < 1.2
    page = np.full((64, 64), 255, np.uint8)
    page[:, :20] = 0
    for inverted in (False, True):
        bilevel = tmp_path / f"fax{inverted}.tif"
        pyvips.Image.new_from_array(page).copy(interpretation="b-w").tiffsave(
            str(bilevel), bitdepth=1, miniswhite=inverted, compression="ccittfax4"
        )
        pixels = reader.read(bilevel, 1, SQUARE).pixels
        assert pixels[30, 5].max() == 0
        assert pixels[30, 50].min() == 255


def test_an_infrared_channel_is_no_opacity(reader: PictureReader, tiff: Make) -> None:
    fourth = np.full((300, 400, 1), 90, np.uint8)
    path = tiff(np.concatenate([COLOUR, fourth], axis=2), {338: (SHORT, 0)})
    assert difference(reader.read(path, 1, SQUARE).pixels, as_seen(COLOUR)) < 1.2
    path = tiff(np.concatenate([COLOUR, fourth], axis=2), {338: (SHORT, 2)})
    assert reader.read(path, 1, SQUARE).pixels.min() > 150


def test_lab_of_16_bits(reader: PictureReader, tmp_path: Path) -> None:
    path = tmp_path / "lab.tif"
    image = pyvips.Image.new_from_array(COLOUR).copy(interpretation="srgb")
    image.colourspace("labs").tiffsave(str(path))
    assert difference(reader.read(path, 1, SQUARE).pixels, as_seen(COLOUR)) < 2


def test_pages_are_pictures(reader: PictureReader, tmp_path: Path) -> None:
    path = tmp_path / "pages.tif"
    sheets = [Image.new("RGB", (40, 30 + n), (n * 60, 9, 9)) for n in range(4)]
    sheets[0].save(path, save_all=True, append_images=sheets[1:])
    assert reader.pages(path) == 4
    for page in range(1, 5):
        picture = reader.read(path, page, SQUARE)
        assert picture.height == 29 + page
        assert picture.pixels[4, 4, 0] == (page - 1) * 60
    for page in (0, 5, -1):
        with pytest.raises(UnreadablePicture, match="4 pages"):
            reader.read(path, page, SQUARE)


def test_small_copies_and_masks_are_no_pages(reader: PictureReader, tmp_path: Path) -> None:
    path = tmp_path / "copies.tif"
    small, second = np.full((8, 8), 3, np.uint8), np.full((50, 60), 200, np.uint8)
    path.write_bytes(
        tiff_bytes(
            [
                (small, {254: (LONG, 1)}),
                (GREY, {}),
                (small, {254: (LONG, 4)}),
                (small, {255: (SHORT, 2)}),
                (second, {254: (LONG, 2)}),
            ]
        )
    )
    assert reader.pages(path) == 2
    assert reader.read(path, 1, SQUARE).width == 400
    assert reader.read(path, 2, SQUARE).pixels.min() == 200


def test_a_file_of_copies_only_has_one_page(reader: PictureReader, tmp_path: Path) -> None:
    path = tmp_path / "odd.tif"
    path.write_bytes(tiff_bytes([(GREY, {254: (LONG, 1)}), (GREY, {254: (LONG, 1)})]))
    assert reader.pages(path) == 1
    assert reader.read(path, 1, SQUARE).width == 400


@pytest.mark.parametrize("subifd", [False, True])
def test_pyramids_have_one_page(reader: PictureReader, tmp_path: Path, subifd: bool) -> None:
    path = tmp_path / "pyramid.tif"
    image = pyvips.Image.new_from_array(np.asarray(scene(900, 700))).copy(interpretation="srgb")
    image.tiffsave(
        str(path), pyramid=True, tile=True, tile_width=128, tile_height=128, subifd=subifd
    )
    assert reader.pages(path) == 1
    assert reader.read(path, 1, SQUARE).width == 900


def test_bigtiff_and_big_endian(reader: PictureReader, tmp_path: Path) -> None:
    path = tmp_path / "big.tif"
    pyvips.Image.new_from_array(COLOUR).copy(interpretation="srgb").tiffsave(
        str(path), bigtiff=True
    )
    assert reader.pages(path) == 1
    assert difference(reader.read(path, 1, SQUARE).pixels, as_seen(COLOUR)) < 1.2
    motorola = tmp_path / "motorola.tif"
    Image.fromarray(GREY.astype(">u2") * 257).save(motorola)
    assert reader.pages(motorola) == 1
    assert difference(reader.read(motorola, 1, SQUARE).pixels, as_seen(GREY)) < 1.5


def test_a_chain_that_bites_its_tail_ends(reader: PictureReader, tmp_path: Path) -> None:
    path = tmp_path / "loop.tif"
    data = bytearray(tiff_bytes([(GREY, {}), (GREY, {})]))
    data[-4:] = data[4:8]
    path.write_bytes(data)
    assert reader.pages(path) == 2


def test_a_page_that_is_cut_off_is_told(reader: PictureReader, tmp_path: Path) -> None:
    path = tmp_path / "cut.tif"
    path.write_bytes(tiff_bytes([(GREY, {}), (GREY, {})])[:-60])
    assert reader.pages(path) == 2
    assert reader.read(path, 1, SQUARE).width == 400
    with pytest.raises(UnreadablePicture, match=r"Page 2 of the file cut\.tif is cut off"):
        reader.read(path, 2, SQUARE)


def test_one_strip_of_many_megabytes(reader: PictureReader, tmp_path: Path) -> None:
    path = tmp_path / "strip.tif"
    path.write_bytes(tiff_bytes([(np.full((8000, 9000), 130, np.uint8), {})]))
    assert reader.read(path, 1, SQUARE).pixels.max() == 130
