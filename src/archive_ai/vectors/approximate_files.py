"""Where an approximate index lies, beside the manifest of its rows; it can be made again.

``approximate-N.ivf`` holds the lists as FAISS writes them, ``approximate-N.npy`` the photos in the
order in which they were added; ``approximate-N.json`` is written last, and names both by hash.
"""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import faiss
import numpy as np

from archive_ai.domain import Approximation
from archive_ai.vectors.approximate import Lists
from archive_ai.vectors.durable import sha256_of, sync_folder, write_whole


def _path(folder: Path, manifest: str) -> Path:
    return folder / manifest.replace("manifest-", "approximate-")


def write_approximate(
    folder: Path, manifest: str, manifest_sha256: str, lists: Lists | None, measured: Approximation
) -> None:
    """Keep an approximate index of the rows that ``manifest`` lists; one not used: its figures."""
    path = _path(folder, manifest)
    files: dict[str, str] = {}
    if measured.used and lists is not None:
        files[".ivf"] = _write(path.with_suffix(".ivf"), lambda to: _save_lists(lists, to))
        files[".npy"] = _write(path.with_suffix(".npy"), lambda to: _save_photos(lists, to))
    document = {
        "manifest_sha256": manifest_sha256,
        "measured": asdict(measured),
        "files": files,
    }
    write_whole(path, json.dumps(document).encode())


def read_figures(folder: Path, manifest: str, manifest_sha256: str) -> Approximation | None:
    """Return what was measured for just this manifest, without the index itself."""
    document = _document(_path(folder, manifest))
    if document is None or document["manifest_sha256"] != manifest_sha256:
        return None
    return Approximation(**document["measured"])


def _document(path: Path) -> dict[str, Any] | None:
    try:
        document: dict[str, Any] = json.loads(path.read_bytes())
        Approximation(**document["measured"])
        return {name: document[name] for name in ("manifest_sha256", "measured", "files")}
    except (OSError, ValueError, KeyError, TypeError):
        return None


def newest_approximate(folder: Path) -> tuple[Lists | None, Approximation] | None:
    """Return the last index that was made in this generation, for whatever manifest."""
    for path in sorted(folder.glob("approximate-*.json"), reverse=True):
        found = _read(path)
        if found is not None:
            return found
    return None


def read_approximate(
    folder: Path, manifest: str, manifest_sha256: str
) -> tuple[Lists | None, Approximation] | None:
    """Return the index of just this manifest and its figures; None where it is not whole.

    One that is not used has no lists.
    """
    if read_figures(folder, manifest, manifest_sha256) is None:
        return None
    return _read(_path(folder, manifest))


def _read(path: Path) -> tuple[Lists | None, Approximation] | None:
    document = _document(path)
    if document is None:
        return None
    measured = Approximation(**document["measured"])
    if not measured.used:
        return None, measured
    try:
        for suffix, sha256 in document["files"].items():
            if sha256_of(path.with_suffix(suffix)) != sha256:
                return None
        index: Any = faiss.read_index(str(path.with_suffix(".ivf")))
        photos = np.load(path.with_suffix(".npy"), allow_pickle=False)
    except (OSError, ValueError, RuntimeError):
        return None
    return Lists(index, photos), measured


def _write(target: Path, save: Callable[[Path], None]) -> str:
    """Let ``save`` write a file that is whole or not there; return its hash."""
    partial = target.with_name(f".{target.name}.{uuid.uuid4().hex}.partial")
    try:
        save(partial)
        with partial.open("r+b") as file:
            os.fsync(file.fileno())
        sha256 = sha256_of(partial)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
    sync_folder(target.parent)
    return sha256


def _save_lists(lists: Lists, path: Path) -> None:
    try:
        faiss.write_index(lists.index, str(path))
    except RuntimeError as error:  # how FAISS says that the disk is full
        raise OSError(0, str(error), str(path)) from error


def _save_photos(lists: Lists, path: Path) -> None:
    with path.open("wb") as file:
        np.save(file, lists.photos)
