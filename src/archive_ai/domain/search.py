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
    """What made a hit, and the score of that source."""

    source: str
    score: float


@dataclass(frozen=True, slots=True)
class Hit:
    """One photo that answers a query.

    ``score`` is the cosine of photo and picture, or the cosine of photo and words less the
    photo's mean cosine with neutral queries; higher is better.
    """

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

    ``mean`` (width) is the mean vector of the neutral queries. ``words`` and ``pictures`` are the
    scores that a weak and a strong hit must reach for queries by words and by pictures.
    """

    fingerprint: str
    manifest_sha256: str
    mean: NDArray[np.float32]
    words: tuple[float, float]
    pictures: tuple[float, float]
