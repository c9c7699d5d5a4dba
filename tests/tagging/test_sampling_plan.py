from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive_ai.errors import UsageError
from archive_ai.tagging.intervals import finite_population, wilson
from archive_ai.tagging.sampling import draw, estimate_precision, sample_size


def test_the_interval_holds_the_truth_in_simulated_reviews() -> None:
    dice = np.random.default_rng(11)
    held = 0
    for seed in range(200):
        count = int(dice.integers(150, 3000))
        probabilities = dice.beta(6, dice.uniform(0.3, 3), count)
        truth = dice.random(count) < probabilities
        rows = draw(probabilities, 100, seed)
        found = estimate_precision(int(truth[rows].sum()), len(rows), count)
        rest = np.delete(truth, rows).mean()
        held += found.unseen_interval[0] - 1e-9 <= rest <= found.unseen_interval[1] + 1e-9
    assert held >= 180


def test_every_photo_is_drawn_with_the_same_chance() -> None:
    probabilities = np.array([0.5] * 5 + [0.9] * 8)
    counts = np.zeros(13)
    for seed in range(3000):
        counts[draw(probabilities, 4, seed)] += 1
    assert np.allclose(counts / 3000, 4 / 13, atol=0.04)


def test_sure_and_unsure_photos_come_in_proportion() -> None:
    probabilities = np.array([0.1] * 100 + [0.9] * 300)
    assert all((draw(probabilities, 40, seed) < 100).sum() == 10 for seed in range(20))


@settings(deadline=None)  # the machine may be busy
@given(st.integers(1, 400), st.integers(1, 500), st.integers(0, 9))
def test_a_draw_has_no_photo_twice_and_is_the_same_again(count: int, size: int, seed: int) -> None:
    probabilities = np.random.default_rng(seed).random(count)
    rows = draw(probabilities, size, seed)
    assert len(set(rows.tolist())) == min(size, count)
    assert (rows == draw(probabilities, size, seed)).all()


def test_the_planned_sample_keeps_the_half_width_and_one_far_smaller_does_not() -> None:
    for population in (60, 900, 40_000):
        size = sample_size(0.05, population, expected=0.9)
        low, high = estimate_precision(round(0.9 * size), size, population).interval
        assert high - low <= 0.1
        low, high = estimate_precision(round(0.45 * size), size // 2, population).interval
        assert high - low > 0.1


def test_who_looked_at_everything_knows_everything() -> None:
    found = estimate_precision(37, 40, 40)
    assert found.interval == (37 / 40, 37 / 40)
    assert found.unseen_interval == (1.0, 1.0)


@settings(max_examples=60, deadline=None)  # the machine may be busy
@given(st.data())
def test_bounds_agree_with_what_was_seen(data: st.DataObject) -> None:
    population = data.draw(st.integers(1, 300))
    looked_at = data.draw(st.integers(1, population))
    right = data.draw(st.integers(0, looked_at))
    low, high = finite_population(right, looked_at, population)
    assert right <= low <= high <= population - (looked_at - right)
    # The share seen lies between them but for a part of one photo.
    assert low - 1 <= right / looked_at * population <= high + 1


def test_bounds_are_those_of_clopper_and_pearson_where_the_population_is_large() -> None:
    # 95 % bounds for 8 of 10, from tables of the binomial: 0.444 and 0.975.
    low, high = finite_population(8, 10, 200_000)
    assert (low / 200_000, high / 200_000) == pytest.approx((0.4439, 0.9748), abs=1e-3)
    assert wilson(0.8, 10) == pytest.approx((0.4902, 0.9433), abs=1e-3)
    assert wilson(0.0, 0) == (0.0, 1.0)


@pytest.mark.parametrize("counts", [(3, 2, 10), (1, 0, 10), (-1, 5, 10), (5, 20, 10)])
def test_counts_that_cannot_be_are_refused(counts: tuple[int, int, int]) -> None:
    with pytest.raises(UsageError, match="cannot be"):
        estimate_precision(*counts)


def test_a_plan_without_a_width_or_without_photos_is_refused() -> None:
    with pytest.raises(UsageError, match="half-width"):
        sample_size(0, 100)
    with pytest.raises(UsageError, match="nothing to take a sample"):
        sample_size(0.05, 0)
