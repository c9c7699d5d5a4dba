"""Calibration error: kept promises show none, broken ones as much as they are broken."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_ai.evaluation import calibration

PROBABILITIES = st.lists(st.floats(0, 1), min_size=1, max_size=120).map(np.array)


def test_the_error_is_the_gap_between_promise_and_truth() -> None:
    probabilities = np.repeat([0.2, 0.8], 50)
    right = np.tile([True, False], 50)
    places = calibration.equal_mass(probabilities)
    assert calibration.calibration_error(probabilities, right, places) == pytest.approx(0.3)
    assert calibration.brier(probabilities, right) == pytest.approx((0.04 + 0.64) / 2)
    low, high = calibration.reliability(probabilities, right, places)
    assert (low.probability, low.right, low.n) == (pytest.approx(0.2), 0.5, 50)
    assert low.low < 0.5 < low.high
    assert high.probability == pytest.approx(0.8)


def test_few_tags_far_out_weigh_by_their_number_only() -> None:
    probabilities = np.append(np.full(990, 0.1), np.full(10, 0.95))
    right = np.append(np.arange(990) < 99, np.zeros(10, bool))
    places = calibration.equal_width(probabilities)
    assert calibration.calibration_error(probabilities, right, places) == pytest.approx(0.0095)


def test_perfect_probabilities_show_what_chance_shows() -> None:
    dice = np.random.default_rng(1)
    errors, expected = [], []
    for _ in range(40):
        probabilities = dice.random(300)
        places = calibration.equal_mass(probabilities)
        right = dice.random(300) < probabilities
        errors.append(calibration.calibration_error(probabilities, right, places))
        expected.append(calibration.error_by_chance(probabilities, places))
    assert np.mean(errors) == pytest.approx(np.mean(expected), rel=0.1)


def test_nothing_has_no_figure() -> None:
    nothing, right = np.zeros(0), np.zeros(0, bool)
    places = calibration.equal_mass(nothing)
    assert np.isnan(calibration.calibration_error(nothing, right, places))
    assert np.isnan(calibration.brier(nothing, right))
    assert calibration.reliability(nothing, right, places) == ()


def test_wilson_bounds_of_known_shares() -> None:
    # Newcombe (1998), table I: 81 of 263.
    assert calibration.wilson(81 / 263, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert calibration.wilson(0.0, 10)[0] == 0


@given(PROBABILITIES, st.integers(0, 2**32 - 1))
def test_bins_follow_the_order_and_hold_everything(probabilities: np.ndarray, seed: int) -> None:
    right = np.random.default_rng(seed).random(len(probabilities)) < 0.5
    for places in (calibration.equal_mass(probabilities), calibration.equal_width(probabilities)):
        order = np.argsort(probabilities)
        assert (np.diff(places[order]) >= 0).all()
        bins = calibration.reliability(probabilities, right, places)
        assert sum(one.n for one in bins) == len(probabilities)
        error = calibration.calibration_error(probabilities, right, places)
        by_hand = sum(one.n * abs(one.probability - one.right) for one in bins)
        assert error == pytest.approx(by_hand / len(probabilities), abs=1e-9)
        assert abs(probabilities.mean() - right.mean()) - 1e-9 <= error <= 1
    counts = calibration.histogram(probabilities, right)
    assert sum(map(sum, counts)) == len(probabilities)


@given(st.integers(100, 400), st.integers(0, 2**32 - 1))
def test_bins_of_equal_mass_are_equal_without_ties(count: int, seed: int) -> None:
    places = calibration.equal_mass(np.random.default_rng(seed).random(count))
    sizes = np.bincount(places)
    assert len(sizes) == 10
    assert sizes.max() - sizes.min() <= 1
