"""A picture that somebody sends to search by: on disk while it is looked at, then gone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Annotated

from fastapi import File, HTTPException, UploadFile

LONGEST_NAME = 120
# fmt: off
SUFFIXES = frozenset({
    ".avif", ".bmp", ".gif", ".heic", ".heif", ".j2k", ".jp2", ".jpe", ".jpeg", ".jpg", ".jxl",
    ".pbm", ".pgm", ".png", ".pnm", ".ppm", ".psd", ".tif", ".tiff", ".webp",
})
# fmt: on

SentPicture = Annotated[UploadFile, File(description="A picture file, as of a scan or a camera.")]


def sent_name(sent: UploadFile) -> str:
    """Return the picture's name as its sender has it, fit to be shown."""
    name = PurePosixPath((sent.filename or "").replace("\\", "/")).name
    name = "".join(sign for sign in name if sign.isprintable())
    return name[-LONGEST_NAME:] or "picture"


@contextmanager
def sent_file(largest: int, sent: UploadFile) -> Iterator[Path]:
    """Put a picture of at most ``largest`` megabytes on disk for a while."""
    if sent.size is not None and sent.size > largest * 1024 * 1024:
        raise HTTPException(413, f"The picture has more than {largest} megabytes.")
    suffix = PurePosixPath(sent_name(sent)).suffix.lower()
    with TemporaryDirectory(prefix="archive-ai-") as folder:
        path = Path(folder) / f"picture{suffix if suffix in SUFFIXES else ''}"
        with path.open("wb") as file:
            shutil.copyfileobj(sent.file, file)
        yield path
