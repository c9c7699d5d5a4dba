"""The measure of every hit, on vectors whose answers can be told by hand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from archive_ai.domain import Background, PhotoId, Strength
from archive_ai.errors import ArchiveDamaged
from archive_ai.searching.background import learn_background
from archive_ai.searching.rank import Answering, Question, rank


class Plane:
    """A ``VectorIndex`` over given rows."""

    def __init__(self, rows: np.ndarray) -> None:
        self._rows = rows.astype(np.float32)
        self.fingerprint = "f" * 16
        self.generation = 1
        self.photos: Sequence[PhotoId] = [PhotoId(f"p_{n:020d}") for n in range(len(rows))]

    def rows(self, photos: Sequence[PhotoId]) -> np.ndarray:
        return self._rows[[self.photos.index(photo) for photo in photos]]

    def block(self, start: int, stop: int) -> np.ndarray:
        return self._rows[start:stop]

    def search(self, queries: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
        scores = queries @ self._rows.T
        rows = np.argsort(-scores, axis=1, kind="stable")[:, :k]
        return np.take_along_axis(scores, rows, axis=1), rows

    def rows_above(self, query: np.ndarray, threshold: float) -> np.ndarray:
        return np.flatnonzero(self._rows @ query >= threshold)


class Everywhere:
    """A ``PhotoCatalogue`` in which every photo has a file."""

    def locate(self, photos: Sequence[PhotoId]) -> dict[PhotoId, tuple[Path, int]]:
        return {photo: (Path(photo), 1) for photo in photos}


def _unit(rows: np.ndarray) -> np.ndarray:
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.fixture
def plane() -> Plane:
    """Return two hundred photos around one direction, ten of them turned to the third axis."""
    random = np.random.default_rng(5)
    rows = random.normal([1, 0, 0, 0], 0.1, (200, 4))
    rows[:10] = random.normal([0.5, 0, 1, 0], 0.1, (10, 4))
    return Plane(_unit(rows))


@pytest.fixture
def background(plane: Plane) -> Background:
    random = np.random.default_rng(6)
    neutral = _unit(random.normal([0.6, 1, 0, 0], 0.3, (100, 4))).astype(np.float32)
    return learn_background(plane, "m" * 64, neutral)


def test_a_question_that_fits_some_photos_finds_just_those(
    plane: Plane, background: Background
) -> None:
    query = _unit(np.array([[0.6, 0, 1.0, 0]]))[0].astype(np.float32)
    question = Question(query, "words", {"text": "x"})
    result = rank(question, Answering(plane, background, Everywhere()), 20)
    strong = [hit.photo for hit in result.hits if hit.strength is Strength.STRONG]
    assert set(strong) == set(plane.photos[:10])
    assert result.total_strong == 10


def test_a_question_like_the_neutral_ones_finds_nothing_certain(
    plane: Plane, background: Background
) -> None:
    query = _unit(np.array([[0.6, 1.0, 0.0, 0]]))[0].astype(np.float32)
    question = Question(query, "words", {"text": "x"})
    result = rank(question, Answering(plane, background, Everywhere()), 20)
    assert result.total_strong == 0
    assert len(result.hits) == 20


def test_the_background_of_another_model_is_refused(plane: Plane, background: Background) -> None:
    plane.fingerprint = "0" * 16
    question = Question(np.ones(4, np.float32), "words", {"text": "x"})
    with pytest.raises(ArchiveDamaged, match="another model"):
        rank(question, Answering(plane, background, Everywhere()), 5)


def test_thresholds_rise_from_weak_to_strong(background: Background) -> None:
    assert background.words[0] <= background.words[1]
    assert background.pictures[0] <= background.pictures[1]
