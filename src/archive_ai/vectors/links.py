"""Where a generation's near-duplicates lie, beside its manifest; they can be found again."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import numpy as np

from archive_ai.domain import Edges, Links
from archive_ai.vectors.durable import write_whole

EDGES = ("near", "far", "identical")


def _path(folder: Path, manifest: str) -> Path:
    return folder / manifest.replace("manifest-", "duplicates-").replace(".json", ".npz")


def write_links(folder: Path, manifest: str, links: Links) -> None:
    """Keep what was found among the rows that ``manifest`` lists."""
    edges = {name: getattr(links, name) for name in EDGES}
    buffer = io.BytesIO()
    np.savez(
        buffer,
        fingerprint=links.fingerprint,
        manifest_sha256=links.manifest_sha256,
        photos=links.photos,
        hashes=links.hashes,
        cosines=np.array([links.near_cosine, links.far_cosine]),
        **{f"{name}_pairs": one.pairs for name, one in edges.items()},
        **{f"{name}_cosines": one.cosines for name, one in edges.items()},
    )
    write_whole(_path(folder, manifest), buffer.getvalue())


def read_links(folder: Path, manifest: str, manifest_sha256: str) -> Links | None:
    """Return what was found for just this manifest, None if there is nothing (whole)."""
    found = _read(_path(folder, manifest))
    return found if found and found.manifest_sha256 == manifest_sha256 else None


def newest_links(folder: Path) -> Links | None:
    """Return what was found last in this generation, for whatever manifest."""
    for path in sorted(folder.glob("duplicates-*.npz"), reverse=True):
        found = _read(path)
        if found is not None:
            return found
    return None


def _read(path: Path) -> Links | None:
    try:
        content = io.BytesIO(path.read_bytes())
        with np.load(content, allow_pickle=False) as values:
            near, far, identical = (
                Edges(values[f"{name}_pairs"], values[f"{name}_cosines"]) for name in EDGES
            )
            return Links(
                str(values["fingerprint"]),
                str(values["manifest_sha256"]),
                values["photos"],
                values["hashes"],
                near,
                far,
                identical,
                float(values["cosines"][0]),
                float(values["cosines"][1]),
            )
    except (OSError, ValueError, KeyError, IndexError, EOFError, zipfile.BadZipFile):
        return None
