"""Pictures that an archive holds more than once, or nearly."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from archive_ai.domain.scans import PhotoId

HASH_BYTES = 32
"""Length of a perceptual hash; its first byte is ``HASH_KIND``."""

HASH_KIND = 1
"""How hashes are made. Another number for another way: only hashes of one kind are compared."""


class DuplicateKind(StrEnum):
    """What two photos have in common, the most first.

    Identical: the same picture at the same size and in the same tones, in another file or format.
    Same: the same picture at another size, in other tones, cut or scanned anew. Alike: another
    picture that the model sees as near as if it were the same one.
    """

    IDENTICAL = "identical"
    SAME = "same"
    ALIKE = "alike"


@dataclass(frozen=True, slots=True)
class Looks:
    """What duplicates are told by beside their vectors, in n rows.

    ``hashes`` is uint8 (n, ``HASH_BYTES``); ``sizes`` int32 (n, 2), the upright originals' width
    and height; ``tones`` float32 (n, 3): tint, chroma and detail as in ``Measures``. ``usable`` is
    False for what has no hash of today's kind, and for blank pages: one looks like the other.
    """

    hashes: NDArray[np.uint8]
    sizes: NDArray[np.int32]
    tones: NDArray[np.float32]
    usable: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Edges:
    """Pairs of rows, int64 (m, 2), the smaller first, and the cosines of their vectors (m,)."""

    pairs: NDArray[np.int64]
    cosines: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Links:
    """Which photos of a generation look the same: what was compared, and what came of it.

    ``photos`` (n,) and ``hashes`` (n, ``HASH_BYTES``; zeros: not usable) are in the order of the
    index's rows. Of the pairs whose hashes are
    ``near``, further apart (``far``), or that are also the same in size and tones (``identical``)
    only those of greatest cosine that hold them together are kept: a maximum spanning forest each,
    which has the same connected parts at every threshold. ``near_cosine`` and ``far_cosine`` are
    the thresholds that this archive taught.
    """

    fingerprint: str
    manifest_sha256: str
    photos: NDArray[np.bytes_]
    hashes: NDArray[np.uint8]
    near: Edges
    far: Edges
    identical: Edges
    near_cosine: float
    far_cosine: float


@dataclass(frozen=True, slots=True)
class Membership:
    """Where a photo with duplicates belongs: numbers of this archive at this time, not to be shown.

    Photos with the same ``group`` show the same picture, those with the same ``copies`` are
    identical too.
    """

    group: int
    copies: int

    def kind(self, other: Membership) -> DuplicateKind:
        """Return what this photo is to another one of its group."""
        return DuplicateKind.IDENTICAL if self.copies == other.copies else DuplicateKind.SAME


@dataclass(frozen=True, slots=True)
class Duplicate:
    """One photo beside another that it duplicates; ``cosine`` is that of their vectors."""

    photo: PhotoId
    kind: DuplicateKind
    cosine: float
    path: Path
    page: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class DuplicateGroup:
    """Photos of one picture, as far as whoever asks may see them; the largest scan comes first.

    ``id`` is the first of their ids. ``kind`` of a member is what it is to the first.
    """

    id: PhotoId
    members: tuple[Duplicate, ...]
