"""Hits in order, each with its strength. Vectors, background and catalogue come in as ports."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from archive_ai.domain import Background, Hit, PhotoId, Reason, SearchResult, Strength
from archive_ai.errors import ArchiveDamaged
from archive_ai.ports import PhotoCatalogue, VectorIndex


@dataclass(frozen=True, slots=True)
class Question:
    """A query as a unit vector (width,), what it was made of, and whom not to answer with."""

    vector: NDArray[np.float32]
    source: Literal["words", "picture"]
    shown: Mapping[str, str]
    leave_out: PhotoId | None = None

    def against(self, background: Background) -> NDArray[np.float32]:
        """Return what the index is searched with: see ``searching.background``."""
        return self.vector - background.mean if self.source == "words" else self.vector


@dataclass(frozen=True, slots=True)
class Answering:
    """What a question is answered from."""

    index: VectorIndex
    background: Background
    photos: PhotoCatalogue


def rank(question: Question, answering: Answering, limit: int) -> SearchResult:
    """Return the ``limit`` best photos that have a present file, best first.

    Raises ArchiveDamaged if the background was learned with another model (M5).
    """
    index, background = answering.index, answering.background
    if background.fingerprint != index.fingerprint:
        raise ArchiveDamaged(
            "The background was learned with another model than the vectors were made with.",
            "Index again: it is learned anew.",
        )
    start = time.perf_counter()
    weak, strong = background.words if question.source == "words" else background.pictures
    vector = question.against(background)
    best = _best(vector, question.leave_out, answering, limit)
    hits = tuple(
        Hit(
            photo,
            *place,
            score,
            _strength(score, weak, strong),
            (Reason(question.source, score),),
        )
        for photo, score, place in best
    )
    total = _count_strong(vector, question.leave_out, answering, strong)
    milliseconds = {"search": 1000 * (time.perf_counter() - start)}
    return SearchResult(question.shown, index.generation, total, hits, milliseconds)


def _best(
    vector: NDArray[np.float32], leave_out: PhotoId | None, answering: Answering, limit: int
) -> list[tuple[PhotoId, float, tuple[Path, int]]]:
    """Return the best ``limit`` photos that may be shown; looks further where some may not."""
    index = answering.index
    asked = limit + 1
    while True:
        scores, rows = index.search(vector[None], asked)
        found = [
            (index.photos[row], min(score, 1.0))
            for row, score in zip(rows[0].tolist(), scores[0].tolist(), strict=True)
        ]
        places = answering.photos.locate([photo for photo, _ in found])
        shown = [
            (photo, score, places[photo])
            for photo, score in found
            if photo in places and photo != leave_out
        ]
        if len(shown) >= limit or asked >= len(index.photos):
            return shown[:limit]
        asked *= 4


def _count_strong(
    vector: NDArray[np.float32], leave_out: PhotoId | None, answering: Answering, strong: float
) -> int:
    rows = answering.index.rows_above(vector, strong).tolist()
    photos = [answering.index.photos[row] for row in rows]
    return len(set(answering.photos.locate(photos)) - {leave_out})


def _strength(score: float, weak: float, strong: float) -> Strength:
    if score >= strong:
        return Strength.STRONG
    return Strength.WEAK if score >= weak else Strength.BELOW
