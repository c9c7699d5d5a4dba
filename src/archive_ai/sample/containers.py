"""Writes a picture in the file forms that archives hold.

CMYK is Pillow's plain conversion without a colour profile: nothing is known of the press, so
black stays unused, and a reader must convert it back just as plainly.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from PIL import Image

ORIENTATION_TAG = 0x0112

# How pixels must be stored so that a viewer that honours the tag shows them upright.
_STORED: dict[int, Image.Transpose | None] = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def save_jpeg(picture: Image.Image, path: Path, orientation: int | None = None) -> None:
    """A colour JPEG; with an orientation, its pixels lie as a camera held that way stores them."""
    if orientation is None:
        picture.save(path, quality=90)
        return
    turn = _STORED[orientation]
    stored = picture if turn is None else picture.transpose(turn)
    exif = Image.Exif()
    exif[ORIENTATION_TAG] = orientation
    stored.save(path, quality=93, exif=exif)


def save_grey_jpeg(picture: Image.Image, path: Path) -> None:
    """A JPEG with one channel."""
    picture.convert("L").save(path, quality=90)


def save_png(picture: Image.Image, path: Path) -> None:
    """An ordinary PNG; fast rather than small."""
    picture.save(path, compress_level=3)


def save_palette_png(picture: Image.Image, path: Path) -> None:
    """A PNG with a table of 64 colours."""
    picture.quantize(64, method=Image.Quantize.MEDIANCUT).save(path, compress_level=6)


def save_alpha_png(picture: Image.Image, path: Path, margin: float = 0.04) -> None:
    """A PNG whose margin is transparent over black: shown on white paper, the margin is white."""
    cut_out(picture, margin).save(path, compress_level=3)


def cut_out(picture: Image.Image, margin: float = 0.04) -> Image.Image:
    """The picture with a transparent margin inside its own size."""
    edge = round(max(picture.size) * margin)
    alpha = Image.new("L", picture.size, 0)
    alpha.paste(255, (edge, edge, picture.width - edge, picture.height - edge))
    bare = Image.new("RGB", picture.size, (0, 0, 0))
    bare.paste(picture, (0, 0), alpha)
    bare.putalpha(alpha)
    return bare


def on_white(picture: Image.Image) -> Image.Image:
    """A picture with alpha as it looks on white paper."""
    paper = Image.new("RGB", picture.size, (255, 255, 255))
    paper.paste(picture, (0, 0), picture.getchannel("A"))
    return paper


def save_tiff(picture: Image.Image, path: Path) -> None:
    """An uncompressed 8-bit TIFF."""
    picture.save(path)


def save_lzw_tiff(picture: Image.Image, path: Path) -> None:
    """An 8-bit TIFF with LZW compression."""
    picture.save(path, compression="tiff_lzw")


def save_cmyk_tiff(picture: Image.Image, path: Path) -> None:
    """A TIFF in four inks, by Pillow's plain conversion without a profile."""
    picture.convert("CMYK").save(path, compression="tiff_lzw")


def save_bilevel_tiff(picture: Image.Image, path: Path) -> None:
    """A 1-bit scan, as office scanners make of pages, in fax group 4 compression."""
    grey = np.asarray(picture.convert("L"), dtype=np.float32)
    paper = float(np.percentile(grey, 70))
    ink = Image.fromarray((grey > paper * 0.72).astype(np.uint8) * 255)
    ink.convert("1", dither=Image.Dither.NONE).save(path, compression="group4")


def save_deep_grey_tiff(picture: Image.Image, path: Path) -> None:
    """A TIFF with 16 bits of grey."""
    grey = np.asarray(picture.convert("L"), dtype=np.uint16) * 257
    Image.fromarray(grey).save(path)


def save_deep_colour_tiff(picture: Image.Image, path: Path) -> None:
    """A TIFF with 16 bits in each of three channels, which Pillow cannot write and libvips can."""
    # libvips takes a tenth of a second to load, and only this form needs it.
    import pyvips  # noqa: PLC0415 (needed for one container only)

    deep = np.asarray(picture, dtype=np.uint16) * 257
    pyvips.Image.new_from_array(deep).copy(interpretation="rgb16").tiffsave(str(path))


def save_pages(pages: Sequence[Image.Image], path: Path) -> None:
    """A TIFF with several pages."""
    # Copies, since Pillow leaves an earlier format's encoder settings on a picture it has saved.
    first, *others = (page.copy() for page in pages)
    first.save(path, save_all=True, append_images=others, compression="tiff_lzw")


def save_broken(picture: Image.Image, path: Path) -> None:
    """A JPEG that ends in its header, as a copy that was broken off leaves it."""
    picture.save(path, quality=90)
    path.write_bytes(path.read_bytes()[:300])


SAVERS: dict[str, tuple[str, Callable[[Image.Image, Path], None]]] = {
    "jpeg": (".jpg", save_jpeg),
    "jpeg-grey": (".jpg", save_grey_jpeg),
    "png": (".png", save_png),
    "png-palette": (".png", save_palette_png),
    "png-alpha": (".png", save_alpha_png),
    "tiff": (".tif", save_tiff),
    "tiff-lzw": (".tif", save_lzw_tiff),
    "tiff-cmyk": (".tif", save_cmyk_tiff),
    "tiff-1-bit": (".tif", save_bilevel_tiff),
    "tiff-16-grey": (".tif", save_deep_grey_tiff),
    "tiff-16-colour": (".tif", save_deep_colour_tiff),
}


def save(picture: Image.Image, path: Path, container: str) -> None:
    """Writes one picture in a named form; ``jpeg-6`` is a JPEG with orientation 6."""
    if container.startswith("jpeg-") and container[5:].isdigit():
        save_jpeg(picture, path, int(container[5:]))
        return
    SAVERS[container][1](picture, path)


def suffix_of(container: str) -> str:
    """The ending of files in a named form."""
    return SAVERS[container][0] if container in SAVERS else ".jpg"
