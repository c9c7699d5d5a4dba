"""The measure of every hit, on vectors whose answers can be told by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from archive_ai.domain import Background, Strength
from archive_ai.errors import ArchiveDamaged
from archive_ai.searching.background import learn_background
from archive_ai.searching.rank import Page, Question, rank
from archive_ai.searching.scores import Part
from archive_ai.vectors.index import ExactIndex
from made_index import answering, made_index, photo, unit


@pytest.fixture(scope="module")
def index() -> ExactIndex:
    """Return two hundred photos around one direction, ten of them turned to the third axis."""
    random = np.random.default_rng(5)
    rows = random.normal([1, 0, 0, 0], 0.1, (200, 4))
    rows[:10] = random.normal([0.5, 0, 1, 0], 0.1, (10, 4))
    return made_index(unit(rows))


@pytest.fixture(scope="module")
def background(index: ExactIndex) -> Background:
    random = np.random.default_rng(6)
    neutral = unit(random.normal([0.6, 1, 0, 0], 0.3, (100, 4)))
    return learn_background(index, "m" * 64, neutral)


def _words(*vector: float) -> Question:
    return Question((Part(unit(np.array(vector)), "words", 1.0, "x"),), {"text": "x"})


def test_a_question_that_fits_some_photos_finds_just_those(
    index: ExactIndex, background: Background
) -> None:
    result, _ = rank(_words(0.6, 0, 1.0, 0), answering(index, background), Page(20))
    strong = [hit.photo for hit in result.hits if hit.strength is Strength.STRONG]
    assert set(strong) == {photo(number) for number in range(10)}
    assert result.total_strong == 10


def test_a_question_like_the_neutral_ones_finds_nothing_certain(
    index: ExactIndex, background: Background
) -> None:
    result, _ = rank(_words(0.6, 1.0, 0.0, 0), answering(index, background), Page(20))
    assert result.total_strong == 0
    assert len(result.hits) == 20


def test_the_background_of_another_model_is_refused(
    index: ExactIndex, background: Background
) -> None:
    other = replace(background, fingerprint="0" * 16)
    with pytest.raises(ArchiveDamaged, match="another model"):
        rank(_words(1, 1, 1, 1), answering(index, other), Page(5))


def test_thresholds_rise_from_weak_to_strong(background: Background) -> None:
    assert background.words[0] <= background.words[1]
    assert background.pictures[0] <= background.pictures[1]
