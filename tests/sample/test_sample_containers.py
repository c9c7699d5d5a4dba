"""The file forms of the sample archive really are what they are called."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import pyvips
from drawn_archive import DrawnArchive
from PIL import Image, ImageOps

from archive_ai.sample.containers import ORIENTATION_TAG, on_white

Siblings = dict[str, tuple[Path, Path]]


def pixels(image: Image.Image) -> np.ndarray:
    return np.asarray(image.convert("RGB"), dtype=np.float32)


def test_sixteen_bits_of_grey(drawn: DrawnArchive) -> None:
    for path in drawn.files_as("tiff-16-grey"):
        image = pyvips.Image.new_from_file(str(path))
        assert (image.format, image.bands) == ("ushort", 1)


def test_sixteen_bits_of_colour(drawn: DrawnArchive) -> None:
    for path in drawn.files_as("tiff-16-colour"):
        image = pyvips.Image.new_from_file(str(path))
        assert (image.format, image.bands, image.interpretation) == ("ushort", 3, "rgb16")


@pytest.mark.parametrize(
    ("container", "form", "mode", "compression"),
    [
        ("tiff", "TIFF", "RGB", "raw"),
        ("tiff-lzw", "TIFF", "RGB", "tiff_lzw"),
        ("tiff-cmyk", "TIFF", "CMYK", "tiff_lzw"),
        ("tiff-1-bit", "TIFF", "1", "group4"),
        ("jpeg", "JPEG", "RGB", None),
        ("jpeg-grey", "JPEG", "L", None),
        ("png", "PNG", "RGB", None),
        ("png-palette", "PNG", "P", None),
        ("png-alpha", "PNG", "RGBA", None),
    ],
)
def test_form_and_mode(
    drawn: DrawnArchive, container: str, form: str, mode: str, compression: str | None
) -> None:
    files = drawn.files_as(container)
    assert files
    for path in files:
        with Image.open(path) as image:
            assert (image.format, image.mode) == (form, mode)
            assert image.info.get("compression") == compression


def test_three_pages_of_three_motifs(drawn: DrawnArchive) -> None:
    (path,) = drawn.files_as("tiff-pages")
    with Image.open(path) as image:
        assert getattr(image, "n_frames", 1) == 3
    rows = [picture for picture in drawn.pictures if picture.container == "tiff-pages"]
    assert [row.page for row in rows] == [1, 2, 3]
    assert len({row.motif for row in rows}) == 3
    assert len({row.signature for row in rows}) == 1


@pytest.mark.parametrize("orientation", range(1, 9))
def test_orientation_is_tagged_in_the_archive(drawn: DrawnArchive, orientation: int) -> None:
    (path,) = drawn.files_as(f"jpeg-{orientation}")
    with Image.open(path) as image:
        assert image.getexif()[ORIENTATION_TAG] == orientation


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_viewer_that_honours_orientation_sees_the_plain_picture(
    siblings: Siblings, orientation: int
) -> None:
    plain, path = siblings[f"jpeg-{orientation}"]
    with Image.open(plain) as wanted, Image.open(path) as stored:
        assert (stored.size != wanted.size) == (orientation >= 5)
        upright = ImageOps.exif_transpose(stored)
        assert upright.size == wanted.size
        assert np.abs(pixels(upright) - pixels(wanted)).mean() < 6


def test_transparent_margin_is_black_below_and_white_on_paper(siblings: Siblings) -> None:
    plain, path = siblings["png-alpha"]
    with Image.open(plain) as wanted, Image.open(path) as cut:
        assert cut.mode == "RGBA"
        assert cut.getpixel((0, 0)) == (0, 0, 0, 0)
        assert np.array_equal(pixels(on_white(cut)), pixels(wanted))
        assert wanted.getpixel((0, 0)) == (255, 255, 255)


def test_cmyk_comes_back_by_plain_conversion(siblings: Siblings) -> None:
    plain, path = siblings["tiff-cmyk"]
    with Image.open(plain) as wanted, Image.open(path) as inks:
        assert inks.mode == "CMYK"
        assert np.abs(pixels(inks) - pixels(wanted)).max() <= 1


def test_deep_files_hold_the_plain_picture(siblings: Siblings) -> None:
    for form in ("tiff-16-grey", "tiff-16-colour"):
        plain, path = siblings[form]
        deep = np.asarray(pyvips.Image.new_from_file(str(path)).numpy()) // 257
        with Image.open(plain) as wanted:
            values = pixels(wanted)
        assert np.array_equal(deep, values[:, :, 0] if deep.ndim == 2 else values)


def test_second_page_holds_the_plain_picture(siblings: Siblings) -> None:
    plain, path = siblings["tiff-page-2"]
    with Image.open(plain) as wanted, Image.open(path) as pages:
        pages.seek(1)
        assert np.array_equal(pixels(pages), pixels(wanted))
