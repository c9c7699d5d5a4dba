"""Where the map of a generation lies; it can be drawn again.

``map-N.json`` names its parts by hash: ``map-N-M.ids`` holds ids of photos, 22 bytes each and
ascending, ``map-N-M.f32`` the positions in the same order, two little-endian float32 each. Parts
never change: photos that come later make a new part, and then the file that names all parts takes
the place of the one before; a map that is drawn anew gets the next number. So at any instant the
newest such file is whole, and what it names lies on the disk.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from archive_ai.domain import PHOTO_ID_LENGTH, PhotoMap, Placing
from archive_ai.vectors.durable import write_whole

Part = tuple[Placing, NDArray[np.bytes_], NDArray[np.float32]]
"""How photos were placed, their ids (n,), and where (n, 2)."""

_IDS = np.dtype(f"S{PHOTO_ID_LENGTH}")


def newest_map(folder: Path) -> bytes | None:
    """Return what names the parts of the newest map, whole or not; None where none was drawn."""
    for path in sorted(folder.glob("map-*.json"), reverse=True):
        with suppress(OSError):  # another process drew a newer one and removed this meanwhile
            return path.read_bytes()
    return None


def read_map(folder: Path, fingerprint: str) -> PhotoMap | None:
    """Return the newest map of vectors with this fingerprint; None where it is not whole."""
    content = newest_map(folder)
    try:
        document = json.loads(content or b"null")
        if document is None or document["fingerprint"] != fingerprint:
            return None
        parts = [_read_part(folder, part) for part in document["parts"]]
        number, drawn_at = int(document["number"]), str(document["drawn_at"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    ids = np.concatenate([part[1] for part in parts])
    order = np.argsort(ids, kind="stable")
    placings = np.concatenate([np.full(len(part[1]), part[0], np.uint8) for part in parts])
    return PhotoMap(
        number,
        fingerprint,
        drawn_at,
        hashlib.sha256(content or b"").hexdigest(),
        ids[order],
        np.concatenate([part[2] for part in parts])[order],
        placings[order],
    )


def write_map(folder: Path, fingerprint: str, drawn_at: str, parts: Iterable[Part]) -> None:
    """Keep a map that was drawn; the one before goes."""
    before = [*folder.glob("map-*.json"), *folder.glob("map-*.ids")]
    number = max((int(path.stem.split("-")[1]) for path in before), default=0) + 1
    written = [_write_part(folder, number, place, part) for place, part in enumerate(parts, 1)]
    _write(folder, number, fingerprint, drawn_at, written)
    for path in folder.glob("map-*-*.*"):
        if int(path.stem.split("-")[1]) < number:
            # Somebody may hold it open; the next map that is drawn takes it along.
            with suppress(OSError):
                path.unlink()
    for path in folder.glob("map-*.json"):
        if int(path.stem.split("-")[1]) < number:
            with suppress(OSError):  # as above; the newest counts anyway
                path.unlink()


def extend_map(folder: Path, known: PhotoMap, part: Part) -> None:
    """Add photos to the newest map, which is ``known``; what is there stays as it is."""
    document = json.loads(newest_map(folder) or b"")
    names = [path.stem for path in folder.glob(f"map-{known.number:06d}-*.ids")]
    place = max(int(name.split("-")[2]) for name in names) + 1
    parts = [*document["parts"], _write_part(folder, known.number, place, part)]
    _write(folder, known.number, known.fingerprint, known.drawn_at, parts)


def _write(
    folder: Path, number: int, fingerprint: str, drawn_at: str, parts: list[dict[str, Any]]
) -> None:
    document = {
        "number": number,
        "fingerprint": fingerprint,
        "drawn_at": drawn_at,
        "parts": parts,
    }
    write_whole(folder / f"map-{number:06d}.json", json.dumps(document).encode())


def _write_part(folder: Path, number: int, place: int, part: Part) -> dict[str, Any]:
    placing, photos, positions = part
    name = f"map-{number:06d}-{place:06d}"
    ids, rows = photos.astype(_IDS).tobytes(), positions.astype("<f4").tobytes()
    write_whole(folder / f"{name}.f32", rows)
    write_whole(folder / f"{name}.ids", ids)
    return {
        "name": name,
        "rows": len(photos),
        "placing": int(placing),
        "positions_sha256": hashlib.sha256(rows).hexdigest(),
        "ids_sha256": hashlib.sha256(ids).hexdigest(),
    }


def _read_part(folder: Path, part: dict[str, Any]) -> Part:
    """Read a part; raise ValueError where it is not the one that was sealed."""
    ids = (folder / f"{part['name']}.ids").read_bytes()
    rows = (folder / f"{part['name']}.f32").read_bytes()
    told = (part["ids_sha256"], part["positions_sha256"])
    if tuple(hashlib.sha256(one).hexdigest() for one in (ids, rows)) != told:
        raise ValueError(f"{part['name']} is not what was sealed")
    positions = np.frombuffer(rows, "<f4").astype(np.float32).reshape(-1, 2)
    return Placing(part["placing"]), np.frombuffer(ids, _IDS), positions
