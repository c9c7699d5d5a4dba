"""Where the background of a manifest lies; it can be learned again at any time."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import numpy as np

from archive_ai.domain import Background
from archive_ai.vectors.durable import write_whole

MADE = 3
"""How it is learned: a background that was learned in another way is learned anew."""


def _path(folder: Path, manifest: str) -> Path:
    return folder / manifest.replace("manifest-", "background-").replace(".json", ".npz")


def write_background(folder: Path, manifest: str, background: Background) -> None:
    """Keep what was learned for the rows that ``manifest`` lists."""
    buffer = io.BytesIO()
    np.savez(
        buffer,
        made=MADE,
        fingerprint=background.fingerprint,
        manifest_sha256=background.manifest_sha256,
        mean=background.mean,
        words=background.words,
        pictures=background.pictures,
    )
    write_whole(_path(folder, manifest), buffer.getvalue())


def read_background(folder: Path, manifest: str, manifest_sha256: str) -> Background | None:
    """Return what was learned for just this manifest, None if there is nothing (whole)."""
    try:
        content = io.BytesIO(_path(folder, manifest).read_bytes())
        with np.load(content, allow_pickle=False) as values:
            if int(values["made"]) != MADE:
                return None
            found = Background(
                str(values["fingerprint"]),
                str(values["manifest_sha256"]),
                values["mean"],
                (float(values["words"][0]), float(values["words"][1])),
                (float(values["pictures"][0]), float(values["pictures"][1])),
            )
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None
    return found if found.manifest_sha256 == manifest_sha256 else None
