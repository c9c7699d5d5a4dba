"""A picture that somebody sends to search by: on disk while it is looked at, then gone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Annotated

from fastapi import Depends, File, HTTPException, Request, UploadFile

from archive_ai.archive import Settings

LONGEST_NAME = 120
# fmt: off
SUFFIXES = frozenset({
    ".avif", ".bmp", ".gif", ".heic", ".heif", ".j2k", ".jp2", ".jpe", ".jpeg", ".jpg", ".jxl",
    ".pbm", ".pgm", ".png", ".pnm", ".ppm", ".psd", ".tif", ".tiff", ".webp",
})
# fmt: on


async def _sent(
    request: Request,
    picture: Annotated[UploadFile, File(description="A picture file, as of a scan or a camera.")],
) -> UploadFile:
    settings: Settings = request.app.state.settings
    largest = settings.upload_megabytes
    if picture.size is not None and picture.size > largest * 1024 * 1024:
        raise HTTPException(413, f"The picture has more than {largest} megabytes.")
    return picture


SentPicture = Annotated[UploadFile, Depends(_sent)]


def sent_name(sent: UploadFile) -> str:
    """Return the picture's name as its sender has it, fit to be shown."""
    name = PurePosixPath((sent.filename or "").replace("\\", "/")).name
    name = "".join(sign for sign in name if sign.isprintable())
    return name[-LONGEST_NAME:] or "picture"


@contextmanager
def sent_file(sent: UploadFile) -> Iterator[Path]:
    """Put a picture on disk for a while. Only ``Archive.sent_reader`` may decode it: what it
    holds is anybody's.
    """
    suffix = PurePosixPath(sent_name(sent)).suffix.lower()
    with TemporaryDirectory(prefix="archive-ai-") as folder:
        path = Path(folder) / f"picture{suffix if suffix in SUFFIXES else ''}"
        with path.open("wb") as file:
            shutil.copyfileobj(sent.file, file)
        yield path
