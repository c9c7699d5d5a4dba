"""From a path and a page to an upright sRGB picture: one way for encoders and for people."""

from __future__ import annotations

import errno
import stat
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pyvips
from PIL import Image

from archive_ai.errors import UnreadablePicture
from archive_ai.images import failures, jpeg, jpeg2000, pillow, tiff, vips
from archive_ai.images.colour import to_srgb
from archive_ai.images.formats import HEAD_BYTES, container
from archive_ai.images.geometry import Aim, Size, stored, turned
from archive_ai.images.samples import Scaling
from archive_ai.images.sources import OpenSource, Place, Source, TooLargeError

_OPENERS: dict[str, tuple[OpenSource, ...]] = {
    "jpeg": (jpeg.open_jpeg, vips.open_picture),
    "tiff": (vips.open_picture, pillow.open_picture),
    "png": (vips.open_picture, pillow.open_picture),
    "gif": (vips.open_picture, pillow.open_picture),
    "webp": (vips.open_picture, pillow.open_picture),
    "avif": (vips.open_picture, pillow.open_picture),
    "heif": (vips.open_picture,),
    "bmp": (pillow.open_picture,),
    "jpeg2000": (jpeg2000.open_jpeg2000, jpeg2000.open_undivided),
    "pnm": (pillow.open_picture,),
    "psd": (pillow.open_picture,),
    "jxl": (),
}
"""Who tries a container, in order; the first one's complaint is the one that is told.

Another is asked only where the first does not know the kind of file. What one decoder calls
damaged, a more lenient one would make half a picture of.
"""

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


@dataclass(frozen=True, slots=True)
class Decoded:
    """An upright RGB picture of the size aimed at; ``size`` is that of the upright original."""

    image: Image.Image
    size: Size
    container: str


def places(path: Path) -> tuple[Place, ...]:
    """Find the pages of a file; at least one.

    Raises UnreadablePicture where the file cannot be opened or is no picture.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise failures.no_file(path)
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
        if not head:
            raise failures.empty(path)
        kind = container(head)
        if kind is None:
            raise failures.no_picture(path)
        if kind != "tiff":
            return (Place(path, kind),)
        return tuple(Place(path, kind, directory) for directory in tiff.read_pages(path))
    except OSError as error:
        raise failures.cannot_open(path, error) from error
    except ValueError as error:
        raise failures.undecodable(path, "tiff", 1, error) from error


def decode(
    path: Path,
    page: int,
    aim_at: Callable[[Size], Aim],
    resampling: Image.Resampling = Image.Resampling.BICUBIC,
    scaling: Scaling | None = None,
) -> Decoded:
    """Decode what ``aim_at`` chooses of the upright size of ``page`` (from 1).

    A ``scaling`` is kept from one part of a page to the next. Raises UnreadablePicture, and nothing
    else that a file could cause.
    """
    found = places(path)
    if not 1 <= page <= len(found):
        raise failures.no_page(path, page, len(found))
    place = replace(found[page - 1], scaling=scaling)
    if place.directory is not None and place.directory.broken:
        raise failures.undecodable(path, place.container, page, EOFError("truncated directory"))
    first: Exception | None = None
    for open_source in _openers(place):
        try:
            with open_source(place) as source:
                return _finished(source, place, aim_at, resampling)
        except MemoryError:
            raise
        except Exception as error:  # decoders raise anything at all on damaged files
            first = first or error
            if not _may_ask_another(error, place):
                break
    raise _refusal(place, page, first)


def _openers(place: Place) -> tuple[OpenSource, ...]:
    if place.directory is not None and place.directory.is_misread_by_libvips:
        # Pillow prints a line for every tag that is out of order.
        return (pillow.open_picture,) if place.directory.is_orderly else ()
    return _OPENERS[place.container]


def _may_ask_another(error: Exception, place: Place) -> bool:
    """Whether another decoder may try: not what is too large or damaged."""
    if isinstance(error, pyvips.Error):
        if place.directory is None:
            return vips.lacks_support(error)
        asks = vips.lacks_support(error) or vips.minds_other_pages(error)
        return asks and place.directory.is_orderly
    return not isinstance(error, TooLargeError)


def _finished(
    source: Source,
    place: Place,
    aim_at: Callable[[Size], Aim],
    resampling: Image.Resampling,
) -> Decoded:
    size = turned(source.size, source.orientation)
    aim = stored(aim_at(size), source.size, source.orientation)
    raster = source.raster(aim)
    image = raster.image.resize(aim.size, resampling, box=raster.box)
    image = to_srgb(image, source.profile)
    if source.orientation in _TURNS:
        image = image.transpose(_TURNS[source.orientation])
    return Decoded(image, size, place.container)


def _refusal(place: Place, page: int, error: Exception | None) -> UnreadablePicture:
    """Turn what went wrong into sentences."""
    if error is None or (place.container == "heif" and "has not been built in" in str(error)):
        return failures.no_decoder(place.path, place.container)
    if isinstance(error, TooLargeError):
        return failures.too_large(place.path, error.size, error.limit)
    if isinstance(error, OSError) and error.errno in (errno.EACCES, errno.ENOENT, errno.EIO):
        return failures.cannot_open(place.path, error)
    return failures.undecodable(place.path, place.container, page, error)
