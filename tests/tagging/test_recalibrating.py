"""Decisions on many concepts tell whether probabilities are too high or too low."""

from __future__ import annotations

import numpy as np
import pytest

from archive_ai.domain import Calibration
from archive_ai.tagging.logistic import platt, sigmoid
from archive_ai.tagging.recalibrating import recalibrate

WIDTH, CONCEPTS = 32, 12


def _decided(count: int, shift: float) -> tuple[Calibration, np.ndarray, np.ndarray, np.ndarray]:
    """Return a calibration that is off by ``shift``, and decisions by what is true."""
    dice = np.random.default_rng(9)
    directions = (3 * dice.standard_normal((CONCEPTS, WIDTH))).astype(np.float32)
    vectors = dice.standard_normal((count, WIDTH)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    concepts = dice.integers(0, CONCEPTS, count)
    true = (vectors * directions[concepts]).sum(axis=1) - 1.5
    shown = dice.random(count) < sigmoid(true.astype(np.float64))
    offsets = np.full(CONCEPTS, -1.5 + shift, np.float32)
    names = tuple(str(number) for number in range(CONCEPTS))
    thresholds = np.full(CONCEPTS, 0.5, np.float32)
    return Calibration("f", names, directions, offsets, thresholds), concepts, vectors, shown


@pytest.mark.parametrize("shift", [2.0, -2.0])
def test_two_hundred_decisions_bring_what_was_off_back_to_its_level(shift: float) -> None:
    words, concepts, vectors, shown = _decided(200, shift)
    found = recalibrate(words, concepts, vectors, shown)
    assert np.abs(found.offsets + 1.5).max() < 0.7
    assert found.thresholds.tolist() == words.thresholds.tolist()


def test_what_is_right_already_stays_about_as_it_is() -> None:
    words, concepts, vectors, shown = _decided(2_000, 0.0)
    found = recalibrate(words, concepts, vectors, shown)
    assert np.allclose(found.offsets, words.offsets, atol=0.3)
    assert np.allclose(found.directions, words.directions, rtol=0.2)


def test_decisions_that_all_say_the_same_change_nothing() -> None:
    words, concepts, vectors, _ = _decided(200, 2.0)
    for shown in (np.ones(200, np.bool_), np.zeros(200, np.bool_)):
        assert recalibrate(words, concepts, vectors, shown) is words


def test_the_order_within_a_concept_is_never_turned_round() -> None:
    words, concepts, vectors, shown = _decided(300, 1.0)
    found = recalibrate(words, concepts, vectors, ~shown)
    before, after = words.log_odds(vectors)[:, 0], found.log_odds(vectors)[:, 0]
    assert (np.diff(after[np.argsort(before)]) >= -1e-5).all()


def test_one_badly_worded_concept_does_not_move_the_others() -> None:
    words, concepts, vectors, shown = _decided(60, 0.0)
    one = np.zeros_like(concepts)
    assert recalibrate(words, one, vectors, ~shown) is words


def test_where_scores_say_the_opposite_the_level_is_the_share_that_is_right() -> None:
    scores = np.concatenate([np.linspace(-45, -40, 12), np.linspace(-30, -25, 8)])
    right = (np.arange(20) < 12).astype(np.float64)
    slope, shift = platt(scores, right, np.ones(20))
    assert slope > 0
    assert sigmoid(slope * scores + shift).mean() == pytest.approx(0.6, abs=0.01)
