"""Files as they are found, and the photos that they hold."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, NewType

import numpy as np
from numpy.typing import NDArray

from archive_ai.domain.measures import Measures

PhotoId = NewType("PhotoId", str)
"""``p_`` and 20 characters of base32: see :func:`photo_id`."""

PHOTO_ID_LENGTH = 22


def photo_id(sha256: str, page: int) -> PhotoId:
    """Name the picture on ``page`` (from 1) of the file with this content.

    The same content at another path is the same photo. 20 base32 characters are 100 bits: among
    a hundred million photos a collision has a chance of about 4e-15.
    """
    digest = hashlib.sha256(f"{sha256}:{page}".encode()).digest()
    return PhotoId("p_" + base64.b32encode(digest)[:20].decode("ascii").lower())


def id_bytes(photo: str) -> bytes:
    """Return an id as bytes; empty for what is none, which must never be cut to look like one."""
    return photo.encode("ascii", "replace") if len(photo) == PHOTO_ID_LENGTH else b""


class FileState(StrEnum):
    """Where a scan file stands."""

    PRESENT = "present"
    MISSING = "missing"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file as a walk sees it, before its content is read. ``mtime_ns`` in nanoseconds."""

    path: Path
    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class ScanFile:
    """One file at a path with the hash of its content (64 hexadecimal digits)."""

    path: Path
    size: int
    mtime_ns: int
    sha256: str
    state: FileState = FileState.PRESENT


@dataclass(frozen=True, slots=True)
class Photo:
    """One picture: the content of a file and a page number (from 1).

    ``width`` and ``height`` are pixels of the upright picture; ``format`` is the container's
    name in lower case (``tiff``, ``jpeg``, …). ``measures`` is None where nothing measured it yet.
    """

    id: PhotoId
    sha256: str
    page: int
    width: int
    height: int
    format: str
    measures: Measures | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """A file, or a page of it (0: the whole file), that could not be used, and why."""

    path: Path
    page: int
    cause: str
    advice: str

    def to_json(self) -> dict[str, Any]:
        """Return the failure as the JSON that scripts rely on."""
        return {
            "path": str(self.path),
            "page": self.page,
            "cause": self.cause,
            "advice": self.advice,
        }


@dataclass(frozen=True, slots=True)
class Picture:
    """One decoded page, ready for an encoder.

    ``pixels`` is uint8 of shape (height, width, 3), upright, sRGB; ``width`` and ``height`` are
    those of the upright original, not of ``pixels``.
    """

    pixels: NDArray[np.uint8]
    width: int
    height: int
    format: str
