"""All vectors of one fingerprint, and which of them are sealed."""

from __future__ import annotations

from dataclasses import dataclass

from archive_ai.domain.encoding import EncoderCard
from archive_ai.domain.scans import PhotoId


@dataclass(frozen=True, slots=True)
class Segment:
    """A sealed part of a generation: vector rows and the photo ids of the same order.

    Both hashes are SHA-256 of the files' bytes; a sealed file never changes again.
    """

    name: str
    rows: int
    vectors_sha256: str
    ids_sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is sealed of a generation; the file's own hash stands in the pointer."""

    generation: int
    fingerprint: str
    width: int
    segments: tuple[Segment, ...]

    @property
    def rows(self) -> int:
        """Rows in all segments, copies included."""
        return sum(segment.rows for segment in self.segments)


@dataclass(frozen=True, slots=True)
class Generation:
    """A generation as the catalogue knows it; ``manifest`` is empty before the first seal."""

    number: int
    card: EncoderCard
    manifest: str
    manifest_sha256: str
    active: bool
    created_at: str


@dataclass(frozen=True, slots=True)
class VectorRows:
    """Durable rows of a segment, from ``first_row`` on, and whose vectors they are."""

    generation: int
    segment: str
    first_row: int
    photos: tuple[PhotoId, ...]


@dataclass(frozen=True, slots=True)
class Approximation:
    """An approximate index of a generation, and what of an exact search it was measured to find.

    ``probes`` of its ``lists`` are looked into for each query; ``recall_10`` and ``recall_100`` are
    the shares of the exact first 10 and 100 that it finds. ``used`` is False where no reasonable
    number of probes finds enough. It was trained when there were ``trained_at`` vectors.
    """

    lists: int
    probes: int
    recall_10: float
    recall_100: float
    used: bool
    trained_at: int
