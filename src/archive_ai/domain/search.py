"""A question to the archive and its answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from archive_ai.domain.scans import PhotoId


class Strength(StrEnum):
    """How far a hit stands out from what this archive answers to a question that means nothing."""

    STRONG = "strong"
    WEAK = "weak"
    BELOW = "below"


@dataclass(frozen=True, slots=True)
class Reason:
    """What made a hit, and the score of that source (here: cosine of the vectors)."""

    source: str
    score: float


@dataclass(frozen=True, slots=True)
class Hit:
    """One photo that answers a query. ``score`` is the cosine, from -1 to 1."""

    photo: PhotoId
    path: Path
    page: int
    score: float
    strength: Strength
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Hits in descending order of score; ``total_strong`` counts those of the whole archive.

    ``query`` says what was asked; ``milliseconds`` says where the time went, by stage.
    """

    query: Mapping[str, str]
    generation: int
    total_strong: int
    hits: tuple[Hit, ...]
    milliseconds: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Background:
    """What an archive answers to questions that mean nothing: the measure of every hit.

    Scores of a query are judged in standard deviations above that query's own mean over the
    archive; ``mean`` (width) and ``covariance`` (width, width) of the archive's vectors give both
    without a pass over it. ``words`` and ``pictures`` are the thresholds (weak, strong) for
    queries by words and by pictures, in the same unit.
    """

    fingerprint: str
    manifest_sha256: str
    mean: NDArray[np.float32]
    covariance: NDArray[np.float32]
    words: tuple[float, float]
    pictures: tuple[float, float]
