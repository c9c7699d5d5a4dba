"""A question to the archive and its answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

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
    """What made a hit, and the score of that source.

    Of ``words`` and ``picture`` the score is a cosine, for words less the photo's mean cosine
    with neutral queries; ``matched`` says which words or picture. Of a field of the catalogue
    (``title``, ``tag``, ``file`` …) it is a relevance from 0 to 1, and ``matched`` is what stands
    there.
    """

    source: str
    score: float
    matched: str = ""


@dataclass(frozen=True, slots=True)
class Hint:
    """Something that whoever asked should know: a sentence in German and one in English.

    ``instead`` is the query that may be meant.
    """

    code: str
    de: str
    en: str
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """One photo that answers a query.

    ``score`` is measured by what this archive answers to questions that mean nothing: from 0 on
    a hit is weak, from 1 on strong, and never 2 by the picture alone; from 2 on, and at most 3, all
    words stand in the catalogue. ``duplicates`` are photos that show the same picture and fulfil
    the same filters; they are not listed again.
    """

    photo: PhotoId
    path: Path
    page: int
    score: float
    strength: Strength
    reasons: tuple[Reason, ...]
    duplicates: tuple[PhotoId, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Hits in descending order of score, and how many there are in all that was searched.

    ``query`` says what was asked. ``total_strong`` and ``total_weak`` count photos of the whole
    archive that pass the filters, ``total_below`` those that lie below and are noise, and
    ``left_out`` those that a minus took out; they are true unless ``exact`` is False, where an
    approximate index may have missed some. ``cursor`` asks for the hits that follow, empty where
    none do. ``milliseconds`` says where the time went, by stage.
    """

    query: Mapping[str, Any]
    generation: int
    total_strong: int
    hits: tuple[Hit, ...]
    milliseconds: Mapping[str, float] = field(default_factory=dict)
    total_weak: int = 0
    total_below: int = 0
    left_out: int = 0
    exact: bool = True
    cursor: str = ""
    hints: tuple[Hint, ...] = ()


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
