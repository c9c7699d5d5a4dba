"""Files that are whole and on the disk, or not there."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path


def sync_folder(folder: Path) -> None:
    """Make the names in ``folder`` survive a power cut."""
    if os.name == "nt":  # Windows cannot open folders; NTFS journals names itself.
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_whole(path: Path, content: bytes) -> None:
    """Write ``content`` so that ``path`` is either absent or old, or whole, at any instant."""
    partial = path.with_name(f".{path.name}.partial")
    with partial.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
    sync_folder(path.parent)


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file's bytes in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
