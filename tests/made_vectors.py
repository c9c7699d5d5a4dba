"""A made archive of vectors in which it is known what every photo shows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from archive_ai.domain import Concept, Mode, Scheme
from archive_ai.tagging.scores import ArchiveSample

FINGERPRINT = "0123456789abcdef"


@dataclass(frozen=True)
class MadeArchive:
    """Photos (n, width), the truth (n, c), word vectors (c, width), and the sample they make."""

    photos: NDArray[np.float32]
    truth: NDArray[np.bool_]
    words: NDArray[np.float32]
    sample: ArchiveSample
    scheme: Scheme


def unit(rows: NDArray[np.floating]) -> NDArray[np.float32]:
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


def made_archive(
    count: int = 2000,
    shares: tuple[float, ...] = (0.1, 0.05, 0.2),
    seed: int = 1,
    astray: float = 0.14,
) -> MadeArchive:
    """Draw photos that show each concept with its share; words point there, but are astray."""
    dice = np.random.default_rng(seed)
    width, concepts = 48, len(shares)
    seen = unit(dice.standard_normal((concepts, width)))
    words = unit(seen + astray * dice.standard_normal((concepts, width)))
    truth = dice.random((count, concepts)) < np.array(shares)
    photos = unit(0.12 * dice.standard_normal((count, width)) + 0.35 * truth @ seen + 0.1)
    neutral = unit(dice.standard_normal((60, width)))
    ids = tuple(
        Concept(f"c{k}", f"urn:c{k}", {"de": f"c{k}"}, mode=Mode.ZERO_SHOT) for k in range(concepts)
    )
    scheme = Scheme("made", "urn:made", "version-one", ids)
    return MadeArchive(photos, truth, words, ArchiveSample(FINGERPRINT, photos, neutral), scheme)
