"""Manifests: what is sealed of a generation. Each has a name of its own and never changes."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path

from archive_ai.domain import Manifest, Segment
from archive_ai.errors import ArchiveDamaged
from archive_ai.vectors.durable import write_whole


def write_manifest(folder: Path, manifest: Manifest) -> tuple[str, str]:
    """Write ``manifest`` under a new name; return the name and the SHA-256 of its bytes."""
    numbers = [int(path.stem.removeprefix("manifest-")) for path in folder.glob("manifest-*.json")]
    name = f"manifest-{max(numbers, default=0) + 1:06d}.json"
    content = json.dumps(asdict(manifest), indent=1).encode()
    write_whole(folder / name, content)
    return name, hashlib.sha256(content).hexdigest()


def read_manifest(folder: Path, name: str, sha256: str) -> Manifest:
    """Read a manifest; raise ArchiveDamaged if it is gone or not the one with this hash (M4)."""
    path = folder / name
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ArchiveDamaged(
            f"{path} cannot be read ({error.strerror}).", "Run: archive-ai verify."
        ) from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise ArchiveDamaged(
            f"{path} is not the manifest that the catalogue names.", "Run: archive-ai verify."
        )
    values = json.loads(content)
    segments = tuple(Segment(**segment) for segment in values.pop("segments"))
    return Manifest(segments=segments, **values)


def prune(folder: Path, *keep: str) -> None:
    """Remove manifests, and what was derived for them, other than those named.

    The one before the committed one is worth keeping: a reader may just be opening it.
    """
    kept = {Path(name).stem.split("-")[1] for name in keep if name}
    for kind in ("manifest-*.json", "background-*.npz", "duplicates-*.npz", "approximate-*.*"):
        for path in folder.glob(kind):
            if path.stem.split("-")[1] not in kept:
                path.unlink(missing_ok=True)
