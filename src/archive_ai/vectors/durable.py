"""Files and folders that are whole and on the disk, or not there."""

from __future__ import annotations

import hashlib
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

PARTIAL = ".partial"
"""How the name of a file ends that is not whole yet; one that stays behind can be removed."""


def sync_folder(folder: Path) -> None:
    """Make the names in ``folder`` survive a power cut."""
    if os.name == "nt":  # Windows cannot open folders; NTFS journals names itself.
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_folder(folder: Path) -> None:
    """Make ``folder`` and those above it, each so that its name survives a power cut."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    sync_folder(folder.parent)


@contextmanager
def writing_whole(path: Path) -> Iterator[BinaryIO]:
    """Yield a new file that stands at ``path``, whole and on the disk, once the block has ended.

    At any instant ``path`` is either absent or old, or whole. Several threads or processes may
    write the same path at once; the last one stands.
    """
    partial = path.with_name(f".{path.name}.{uuid.uuid4().hex}{PARTIAL}")
    try:
        with partial.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except BaseException:  # whatever ends the write, nothing half-done stays; it is raised on
        partial.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def write_whole(path: Path, content: bytes) -> None:
    """Write ``content`` so that ``path`` is either absent or old, or whole, at any instant."""
    with writing_whole(path) as file:
        file.write(content)


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file's bytes in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
