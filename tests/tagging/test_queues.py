"""Review queues: what teaches comes first, a sample is random, its interval holds the truth."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_ai.domain import photo_id
from archive_ai.tagging.intervals import wilson
from archive_ai.tagging.learning import alike
from archive_ai.tagging.queues import (
    drawn,
    estimate,
    in_groups,
    most_taught,
    neighbours,
    wanted_sample,
)

PHOTOS = [photo_id(f"{number:064x}", 1) for number in range(3_000)]


def _unit(rows: np.ndarray) -> np.ndarray:
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def test_the_most_probable_and_the_uncertain_take_turns_and_none_comes_twice() -> None:
    dice = np.random.default_rng(0)
    vectors = _unit(dice.standard_normal((200, 16)))
    log_odds = np.linspace(6, -6, 200).astype(np.float32)
    order = most_taught(vectors, log_odds, 200)
    assert sorted(order.tolist()) == list(range(200))
    assert order[0] == 0
    first = np.abs(log_odds[order[1:20:2]])
    assert first.max() < 2.5


def test_copies_of_what_was_shown_wait() -> None:
    dice = np.random.default_rng(1)
    one = _unit(dice.standard_normal((1, 16)))
    vectors = np.concatenate([np.repeat(one, 50, axis=0), _unit(dice.standard_normal((50, 16)))])
    order = most_taught(vectors, np.zeros(100, np.float32), 21)
    asked = order[1::2]
    assert (asked >= 50).mean() > 0.7


def test_groups_stand_together_where_their_first_stands() -> None:
    order, groups = np.array([3, 0, 2, 1]), np.array([0, 1, 1, 0])
    assert in_groups(order, groups).tolist() == [3, 0, 2, 1]
    assert in_groups(np.array([0, 1, 2, 3]), groups).tolist() == [0, 3, 1, 2]


def test_a_sample_is_the_same_at_every_call_and_grows_with_the_archive() -> None:
    small = drawn(PHOTOS[:100], "kirche")
    assert small == drawn(list(reversed(PHOTOS[:100])), "kirche")
    assert small != drawn(PHOTOS[:100], "markt")
    assert [photo for photo in drawn(PHOTOS[:200], "kirche") if photo in set(small)] == small


def test_the_interval_holds_the_truth_in_at_least_nine_of_ten_reviews() -> None:
    dice, held = np.random.default_rng(2), 0
    for number in range(200):
        population = int(dice.integers(200, 3_000))
        photos = PHOTOS[:population]
        truth = dict(zip(photos, dice.random(population) < dice.uniform(0.5, 0.99), strict=True))
        order = drawn(photos, str(number))
        looked_at = order[: int(dice.integers(30, 150))]
        found = estimate(order, {photo: truth[photo] for photo in looked_at})
        assert found.looked_at == len(looked_at)
        held += found.low <= np.mean(list(truth.values())) <= found.high
    assert held >= 180


def test_decisions_made_for_other_reasons_do_not_flatter_the_estimate() -> None:
    order = drawn(PHOTOS[:100], "x")
    right = {order[0]: False, order[1]: True, **dict.fromkeys(order[3:90], True)}
    found = estimate(order, right)
    assert (found.looked_at, found.right) == (2, 1)


@given(st.integers(0, 500), st.integers(0, 500), st.integers(0, 5_000))
def test_an_interval_holds_its_share_and_stays_in_bounds(a: int, b: int, more: int) -> None:
    right, n = min(a, b), max(a, b)
    low, high = wilson(right, n, n + more)
    assert 0 <= low <= high <= 1
    if n:
        assert low - 1e-9 <= right / n <= high + 1e-9
    if n and not more:
        assert low == high == right / n


@pytest.mark.parametrize("half", [0.02, 0.05])
def test_as_many_as_are_wanted_give_the_interval(half: float) -> None:
    n = wanted_sample(4_120, half)
    low, high = wilson(round(0.9 * n), n, 4_120)
    assert (high - low) / 2 <= half
    assert n < 1_000


def test_scans_that_follow_each_other_are_neighbours() -> None:
    scans = [
        (Path("a/F001_0009.tif"), 1),
        (Path("a/F001_0011.tif"), 1),
        (Path("a/F001_0010.tif"), 1),
        (Path("b/F001_0012.tif"), 1),
        (Path("a/F002_0012.tif"), 1),
        (Path("a/album.tif"), 1),
        (Path("a/album.tif"), 2),
    ]
    assert sorted(neighbours(scans)) == [(0, 2), (2, 1), (5, 6)]


def test_neighbours_are_together_sooner_than_others_but_not_whatever_they_show() -> None:
    vectors = _unit(np.array([[1, 0, 0], [1, 0.5, 0], [1, 0.5, 0.45], [0, 0, 1]], np.float32))
    assert alike(vectors, 0.95).tolist() == [0, 1, 2, 3]
    pairs = [(0, 1), (2, 3)]
    assert alike(vectors, 0.95, pairs, 0.85).tolist() == [0, 0, 2, 3]
