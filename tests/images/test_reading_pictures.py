"""Pictures of every kind come out as they are meant to be seen."""

from __future__ import annotations

import threading
from itertools import product
from pathlib import Path

import numpy as np
import pytest
import pyvips
from made_pictures import SQUARE, difference, scene, seen
from PIL import Image, ImageCms

from archive_ai.domain import Preprocessing
from archive_ai.errors import UsageError
from archive_ai.images import PictureReader

CLOSE = 1.2


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("ending", ["jpg", "tif", "webp", "png"])
def test_every_orientation_is_turned_upright(
    reader: PictureReader, tmp_path: Path, orientation: int, ending: str
) -> None:
    turns = {
        1: [],
        2: [Image.Transpose.FLIP_LEFT_RIGHT],
        3: [Image.Transpose.ROTATE_180],
        4: [Image.Transpose.FLIP_TOP_BOTTOM],
        5: [Image.Transpose.TRANSPOSE],
        6: [Image.Transpose.ROTATE_90],
        7: [Image.Transpose.TRANSVERSE],
        8: [Image.Transpose.ROTATE_270],
    }
    stored = scene()
    for turn in turns[orientation]:
        stored = stored.transpose(turn)
    path = tmp_path / f"turned.{ending}"
    exif = Image.Exif()
    exif[274] = orientation
    if ending == "tif":
        stored.save(path, tiffinfo={274: orientation})
    else:
        stored.save(path, exif=exif, quality=95)
    picture = reader.read(path, 1, SQUARE)
    assert (picture.width, picture.height) == (400, 300)
    assert difference(picture.pixels, seen(scene())) < 3


@pytest.mark.parametrize(
    ("size", "ending"),
    [
        # Large pictures are tried in the two formats that archives scan to.
        *(((4000, 3000), ending) for ending in ("jpg", "tif")),
        *product(
            [(1632, 1224), (801, 1203), (63, 64), (1, 1)],
            ["jpg", "tif", "png", "bmp", "ppm", "webp", "gif", "jp2"],
        ),
    ],
)
def test_pixels_agree_with_those_the_models_were_trained_on(
    reader: PictureReader, tmp_path: Path, size: tuple[int, int], ending: str
) -> None:
    path = tmp_path / f"picture.{ending}"
    options = {"quality": 95} if ending in ("jpg", "webp") else {}
    scene(*size).save(path, **options)
    picture = reader.read(path, 1, Preprocessing(size=224))
    assert picture.pixels.shape == (224, 224, 3)
    assert picture.pixels.dtype == np.uint8
    assert picture.pixels.flags.c_contiguous
    assert (picture.width, picture.height) == size
    with Image.open(path) as image:
        assert difference(picture.pixels, seen(image, 224)) < CLOSE


@pytest.mark.parametrize("resize", ["squash", "longest"])
def test_other_ways_to_a_square(reader: PictureReader, tmp_path: Path, resize: str) -> None:
    path = tmp_path / "wide.png"
    scene(600, 300).save(path)
    wanted = Preprocessing(size=64, resize=resize, fill=77)  # type: ignore[arg-type]
    pixels = reader.read(path, 1, wanted).pixels
    if resize == "squash":
        expected = np.asarray(scene(600, 300).resize((64, 64), Image.Resampling.BICUBIC))
        assert difference(pixels, expected) < CLOSE
    else:
        assert (pixels[:16] == 77).all()
        assert (pixels[48:] == 77).all()
        expected = np.asarray(scene(600, 300).resize((64, 32), Image.Resampling.BICUBIC))
        assert difference(pixels[16:48], expected) < CLOSE


def test_an_unknown_interpolation_is_wrong_usage(reader: PictureReader, tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        reader.read(tmp_path / "any.png", 1, Preprocessing(size=8, interpolation="magic"))


@pytest.mark.parametrize("mode", ["L", "1", "P", "CMYK", "LAB", "YCbCr"])
def test_colour_spaces_of_tiff(reader: PictureReader, tmp_path: Path, mode: str) -> None:
    path = tmp_path / "colours.tif"
    if mode == "LAB":
        profiles = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB")
        image = ImageCms.buildTransform(*profiles, "RGB", "LAB").apply(scene())
    else:
        image = scene().convert(mode)
    image.save(path)
    expected = scene() if mode == "LAB" else image.convert("L" if mode == "1" else "RGB")
    # Dots of one bit differ a little under another filter; the picture is the same.
    assert difference(reader.read(path, 1, SQUARE).pixels, seen(expected)) < 5


def test_cmyk_jpeg_is_near_its_sibling(reader: PictureReader, tmp_path: Path) -> None:
    path = tmp_path / "inks.jpg"
    scene().convert("CMYK").save(path, quality=95)
    assert difference(reader.read(path, 1, SQUARE).pixels, seen(scene())) < 3


@pytest.mark.parametrize("ending", ["png", "webp", "tif"])
@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_what_is_transparent_is_white(
    reader: PictureReader, tmp_path: Path, mode: str, ending: str
) -> None:
    path = tmp_path / f"clear.{ending}"
    image = scene().convert(mode)
    image.putalpha(Image.linear_gradient("L").resize(image.size))
    image.save(path, **({"lossless": True} if ending == "webp" else {}))
    white = Image.new("RGBA", image.size, "white")
    expected = Image.alpha_composite(white, image.convert("RGBA"))
    assert difference(reader.read(path, 1, SQUARE).pixels, seen(expected)) < CLOSE


def test_a_palette_with_a_clear_colour(reader: PictureReader, tmp_path: Path) -> None:
    path = tmp_path / "clear.gif"
    image = Image.new("P", (50, 50), 0)
    image.putpalette([0, 0, 0, 200, 0, 0])
    image.paste(1, (25, 0, 50, 50))
    image.save(path, transparency=0)
    pixels = reader.read(path, 1, SQUARE).pixels
    assert (pixels[:, 5] == 255).all()
    assert tuple(pixels[30, 60]) == (200, 0, 0)


def test_a_profile_that_is_not_srgb_is_applied(reader: PictureReader, tmp_path: Path) -> None:
    # Lab as a profile of an RGB picture does not fit and is passed over.
    path = tmp_path / "profile.png"
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    scene().save(path, icc_profile=lab)
    assert difference(reader.read(path, 1, SQUARE).pixels, seen(scene())) < CLOSE
    # Display P3 as libvips carries it: the same numbers mean stronger colours.
    p3 = tmp_path / "p3.tif"
    vips = pyvips.Image.new_from_array(np.asarray(scene())).copy(interpretation="srgb")
    vips.icc_export(output_profile="p3").tiffsave(str(p3))
    with Image.open(p3) as image:
        bare = seen(image)
    pixels = reader.read(p3, 1, SQUARE).pixels
    assert difference(pixels, bare) > 2
    assert difference(pixels, seen(scene())) < 4  # the strongest colours had been cut


def test_an_animation_is_its_first_picture(reader: PictureReader, tmp_path: Path) -> None:
    for ending in ("gif", "webp"):
        path = tmp_path / f"moving.{ending}"
        frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "lime", "blue")]
        frames[0].save(path, save_all=True, append_images=frames[1:])
        assert reader.pages(path) == 1
        assert reader.read(path, 1, SQUARE).pixels[0, 0, 0] > 240


@pytest.mark.parametrize("size", [(1, 30_000), (30_000, 1), (300, 20_000), (20_000, 3)])
@pytest.mark.parametrize("ending", ["tif", "jpg", "png"])
def test_very_long_pictures(
    reader: PictureReader, tmp_path: Path, size: tuple[int, int], ending: str
) -> None:
    path = tmp_path / f"strip.{ending}"
    Image.new("RGB", size, (10, 200, 30)).save(path)
    picture = reader.read(path, 1, Preprocessing(size=224))
    assert (picture.width, picture.height) == size
    assert difference(picture.pixels, np.full((224, 224, 3), (10, 200, 30), np.uint8)) < 3


@pytest.mark.parametrize("ending", ["jpg", "tif", "bmp", "jp2"])
def test_originals_stay_as_they_are(reader: PictureReader, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"original.{ending}"
    scene().save(path)
    before, content = path.stat(), path.read_bytes()
    path.chmod(0o444)
    reader.pages(path)
    reader.read(path, 1, SQUARE)
    after = path.stat()
    assert path.read_bytes() == content
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)
    assert list(tmp_path.iterdir()) == [path]


def test_a_replaced_file_is_read_anew(reader: PictureReader, tmp_path: Path) -> None:
    path = tmp_path / "replaced.tif"
    for colour in ((200, 0, 0), (0, 0, 200)):
        Image.new("RGB", (30, 30), colour).save(path)
        assert tuple(reader.read(path, 1, SQUARE).pixels[9, 9]) == colour


@pytest.mark.parametrize("name", ["Rathaus [1].tif", "Käthchen, 1912.tif", "a[page=2].tif"])
def test_names_are_only_names(reader: PictureReader, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    scene().save(path)
    assert reader.read(path, 1, SQUARE).width == 400


def test_content_counts_and_not_the_ending(reader: PictureReader, tmp_path: Path) -> None:
    path = tmp_path / "really_a_png.jpg"
    scene().save(path, "PNG")
    picture = reader.read(path, 1, SQUARE)
    assert picture.format == "png"
    assert difference(picture.pixels, seen(scene())) < CLOSE


def test_which_names_are_tried(reader: PictureReader) -> None:
    for name in ("a.JPG", "b.tiff", "c.HEIC", "d.jp2", "e.pgm"):
        assert reader.reads(Path(name))
    for name in ("a.pdf", "b.svg", "c.txt", "jpg", "d.xmp", ".jpg"):
        assert not reader.reads(Path(name))


def test_several_threads_share_a_reader(reader: PictureReader, tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.{'jpg' if number % 2 else 'tif'}" for number in range(8)]
    for number, path in enumerate(paths):
        Image.new("RGB", (90, 70), (number * 30, 100, 50)).save(path)
    wrong: list[str] = []

    def work() -> None:
        for number, path in enumerate(paths * 3):
            red = int(reader.read(path, 1, SQUARE).pixels[5, 5, 0])
            if abs(red - number % 8 * 30) > 2:
                wrong.append(path.name)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
