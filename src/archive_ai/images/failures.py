"""The sentences for files that cannot be read: what happened to which file, and what to do."""

from __future__ import annotations

import re
from pathlib import Path

from archive_ai.errors import UnreadablePicture
from archive_ai.images.formats import NAMES

_TRUNCATED = re.compile(
    r"truncat|premature|end of (file|data|input|image|gif)|expected to read|unexpected eof"
    r"|not enough|bad seek|file too short|unrecognized data stream|read error|broken data stream",
    re.IGNORECASE,
)


def shown(path: Path) -> str:
    """The file's name, safe to print even if it is no valid text."""
    name = path.name.encode("utf-8", "backslashreplace").decode("utf-8")
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in name)


def cannot_open(path: Path, error: OSError) -> UnreadablePicture:
    """The operating system does not hand the file out."""
    name = shown(path)
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return UnreadablePicture(
            f"The file {name} is not there.",
            "Check that its drive is connected and that it has not been moved, then index again.",
        )
    if isinstance(error, PermissionError):
        return UnreadablePicture(
            f"The file {name} may not be read by this account.",
            "Give the account that runs archive-ai permission to read the file.",
        )
    reason = error.strerror or type(error).__name__
    return UnreadablePicture(
        f"The file {name} cannot be read from its drive ({reason}).",
        "Check the drive or the network connection, then index again.",
    )


def no_file(path: Path) -> UnreadablePicture:
    """A folder, a pipe or a device under the name of a picture."""
    return UnreadablePicture(
        f"{shown(path)} is not an ordinary file.",
        "Remove it from the folder of scans, or leave it: it is passed over.",
    )


def empty(path: Path) -> UnreadablePicture:
    """Nothing in the file."""
    return UnreadablePicture(
        f"The file {shown(path)} is empty.",
        "Copy it again from where it came from, or restore it from a backup.",
    )


def no_picture(path: Path) -> UnreadablePicture:
    """The first bytes are those of no picture."""
    return UnreadablePicture(
        f"The file {shown(path)} does not begin like a picture of any kind that is read here.",
        "Check with another program whether it is a picture; if it is, convert it to TIFF or "
        "JPEG, if it is not, restore it from a backup.",
    )


def no_decoder(path: Path, container: str) -> UnreadablePicture:
    """A picture of a kind for which nothing is installed."""
    return UnreadablePicture(
        f"The file {shown(path)} is a {NAMES[container]} picture, "
        "and this installation has no decoder for that.",
        "Convert a copy to TIFF or JPEG and index the copy.",
    )


def no_page(path: Path, page: int, pages: int) -> UnreadablePicture:
    """A page that the file does not have."""
    has = "1 page" if pages == 1 else f"{pages} pages"
    return UnreadablePicture(
        f"The file {shown(path)} has {has}, so there is no page {page}.",
        "Index the file again: it may have been replaced by another.",
    )


def too_large(path: Path, size: tuple[int, int], limit: int) -> UnreadablePicture:
    """More pixels than may be decoded."""
    return UnreadablePicture(
        f"The file {shown(path)} has {size[0]} x {size[1]} pixels, more than the "
        f"{limit // 1_000_000} million that are decoded from a file of this kind.",
        "Save a smaller copy, or a copy as TIFF in strips or tiles, and index the copy.",
    )


def undecodable(path: Path, container: str, page: int, error: Exception) -> UnreadablePicture:
    """A decoder gave up: the file is cut off, damaged, or of a kind too rare."""
    name = shown(path)
    where = f"Page {page} of the file {name}" if page > 1 else f"The file {name}"
    reason = _reason(path, error)
    if _TRUNCATED.search(reason):
        return UnreadablePicture(
            f"{where} is cut off: the {NAMES[container]} picture in it is incomplete ({reason}).",
            "Copy it again from where it came from, or restore it from a backup.",
        )
    return UnreadablePicture(
        f"{where} cannot be decoded as {NAMES[container]} ({reason}).",
        "Open it with another program: if that works, save a copy as TIFF or JPEG and index the "
        "copy; if not, restore the file from a backup.",
    )


def _reason(path: Path, error: Exception) -> str:
    """A decoder's own words, the first line of them, without the path."""
    text = str(getattr(error, "detail", "") or error).replace(str(path), path.name)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    words = lines[0] if lines else type(error).__name__
    words = "".join(sign if sign.isprintable() else " " for sign in words)
    words = re.sub(r" <_io\..*", "", words)  # Pillow names the object, not the file
    words = re.sub(r"^unable to call \w+", "its structure is damaged", words)
    return words.rstrip(". ")[:120] or type(error).__name__
