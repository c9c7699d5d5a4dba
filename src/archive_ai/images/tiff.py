"""The directories of a TIFF file: which of them are pictures, and what they say of themselves.

Reduced copies and masks (NewSubfileType bits 0 and 2, or the old SubfileType 2) are no pages.
Decoders hide this, so the chain of directories is read here; no pixel is touched.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

MOST_DIRECTORIES = 10_000
_MOST_ENTRIES = 4_096

_NEW_SUBFILE_TYPE = 254
_SUBFILE_TYPE = 255
_COMPRESSION = 259
_PHOTOMETRIC = 262
_EXTRA_SAMPLES = 338
_WANTED = frozenset({_NEW_SUBFILE_TYPE, _SUBFILE_TYPE, _COMPRESSION, _PHOTOMETRIC, _EXTRA_SAMPLES})
_NUMBERS = {1: "B", 3: "H", 4: "I", 16: "Q"}  # BYTE, SHORT, LONG, LONG8


@dataclass(frozen=True, slots=True)
class Directory:
    """One directory; ``index`` is its place in the chain, from 0.

    ``broken`` stands for a directory that the chain points to, but that cannot be read;
    ``is_orderly`` says that its tags ascend, as they must.
    """

    index: int
    tags: Mapping[int, int] = field(default_factory=dict)
    broken: bool = False
    is_orderly: bool = True

    @property
    def is_page(self) -> bool:
        """Whether it is a picture of its own, not a small copy or a mask of another."""
        reduced_or_mask = self.tags.get(_NEW_SUBFILE_TYPE, 0) & 0b101
        return not reduced_or_mask and self.tags.get(_SUBFILE_TYPE, 1) != 2

    @property
    def white_is_zero(self) -> bool:
        """Whether the smallest value is the lightest."""
        return self.tags.get(_PHOTOMETRIC) == 0

    @property
    def is_misread_by_libvips(self) -> bool:
        """Whether libvips gives wrong pixels without a word.

        So it does with the JPEG scheme of TIFF 6.0 that was soon given up, and with YCbCr that
        is not JPEG.
        """
        compression = self.tags.get(_COMPRESSION, 1)
        return compression == 6 or (self.tags.get(_PHOTOMETRIC) == 6 and compression != 7)

    @property
    def extra_is_alpha(self) -> bool:
        """Whether a sample beyond the colours is said to be opacity (and not, say, infrared)."""
        return self.tags.get(_EXTRA_SAMPLES, 0) in (1, 2)


@dataclass(frozen=True, slots=True)
class _Layout:
    """Byte order and word lengths of classic TIFF or BigTIFF."""

    order: str
    big: bool

    def number(self, kind: str, data: bytes) -> int:
        value: int = struct.unpack(self.order + kind, data)[0]
        return value


def read_pages(path: Path) -> tuple[Directory, ...]:
    """List the directories that are pictures, in order; at least one.

    Where every directory calls itself a copy, the first counts as the picture. Raises
    ``ValueError`` for a file without a readable directory, and ``OSError``.
    """
    with path.open("rb") as file:
        directories = _chain(file)
    if directories[0].broken:
        raise ValueError("truncated before its first directory")
    pages = tuple(directory for directory in directories if directory.is_page)
    return pages or directories[:1]


def _chain(file: BinaryIO) -> tuple[Directory, ...]:
    head = file.read(16)
    order = "<" if head[:2] == b"II" else ">"
    layout = _Layout(order, big=head[2:4] in (b"+\0", b"\0+"))
    try:
        offset = layout.number("Q", head[8:16]) if layout.big else layout.number("I", head[4:8])
    except struct.error:
        offset = 0
    directories: list[Directory] = []
    seen: set[int] = set()
    while offset and offset not in seen and len(directories) < MOST_DIRECTORIES:
        seen.add(offset)
        try:
            tags, offset, orderly = _directory(file, offset, layout)
        except (struct.error, OverflowError, ValueError, OSError):
            directories.append(Directory(len(directories), broken=True))
            break
        directories.append(Directory(len(directories), tags, is_orderly=orderly))
    return tuple(directories) or (Directory(0, broken=True),)


def _directory(file: BinaryIO, offset: int, layout: _Layout) -> tuple[dict[int, int], int, bool]:
    """The wanted tags of one directory (first values), the offset of the next, and the order."""
    count_kind, count_length, entry_length = ("Q", 8, 20) if layout.big else ("H", 2, 12)
    file.seek(offset)
    count = layout.number(count_kind, file.read(count_length))
    if not 0 < count <= _MOST_ENTRIES:
        raise ValueError("no directory")
    entries = file.read(count * entry_length)
    if len(entries) < count * entry_length:
        raise ValueError("cut off")
    tags: dict[int, int] = {}
    last, orderly = 0, True
    for start in range(0, len(entries), entry_length):
        entry = entries[start : start + entry_length]
        tag = layout.number("H", entry[:2])
        last, orderly = tag, orderly and tag > last
        kind = _NUMBERS.get(layout.number("H", entry[2:4]))
        if tag in _WANTED and kind:
            value = entry[12:] if layout.big else entry[8:]
            if struct.calcsize(kind) <= len(value):
                tags[tag] = layout.number(kind, value[: struct.calcsize(kind)])
    next_length, next_kind = (8, "Q") if layout.big else (4, "I")
    following = file.read(next_length)
    # Some writers forget the last offset of the last directory.
    following_offset = layout.number(next_kind, following) if len(following) == next_length else 0
    return tags, following_offset, orderly
