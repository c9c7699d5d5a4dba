"""Each measure against a reference so plain that it can be checked by reading."""

from __future__ import annotations

from itertools import pairwise, permutations
from statistics import median

import numpy as np
import pytest

from archive_ai.evaluation import metrics


def _naive_average_precision(scores: list[float], relevant: list[bool]) -> float:
    positives, total, before = sum(relevant), 0.0, 0.0
    for threshold in sorted(set(scores), reverse=True):
        taken = [good for score, good in zip(scores, relevant, strict=True) if score >= threshold]
        recall = sum(taken) / positives
        total += (recall - before) * sum(taken) / len(taken)
        before = recall
    return total


@pytest.mark.parametrize("seed", range(20))
def test_average_precision(seed: int) -> None:
    random = np.random.default_rng(seed)
    scores = random.integers(0, 15 if seed % 2 else 10**6, 60).astype(np.float32)
    relevant = random.random(60) < 0.2
    relevant[0] = True
    expected = _naive_average_precision(scores.tolist(), relevant.tolist())
    assert metrics.average_precision(scores, relevant) == pytest.approx(expected)


def test_average_precision_by_hand() -> None:
    scores = np.array([4, 3, 2, 1], dtype=np.float32)
    assert metrics.average_precision(scores, np.array([1, 0, 1, 0], bool)) == pytest.approx(5 / 6)
    assert metrics.average_precision(scores * 0, np.array([1, 0, 1, 0], bool)) == 0.5
    assert np.isnan(metrics.average_precision(scores, np.zeros(4, bool)))


def test_precision_at_is_the_mean_over_orders_of_equals() -> None:
    scores = np.array([2, 1, 1, 1, 0], dtype=np.float32)
    relevant = np.array([False, True, True, False, True])
    shares = []
    for order in permutations(range(5)):
        if all(scores[a] >= scores[b] for a, b in pairwise(order)):
            shares.append(relevant[list(order[:3])].mean())
    assert metrics.precision_at(scores, relevant, 3) == pytest.approx(np.mean(shares))
    assert metrics.precision_at(scores, relevant, 20) == pytest.approx(3 / 5)
    assert metrics.lift(0.5, 10, 100) == pytest.approx(5)


def test_ranks_count_ties_against_the_model() -> None:
    random = np.random.default_rng(1)
    pictures = random.integers(-2, 3, (40, 3)).astype(np.float32)
    queries = random.integers(-2, 3, (70, 3)).astype(np.float32)
    own = random.integers(0, 40, 70)
    expected = []
    for query, mine in zip(queries, own, strict=True):
        scores = [float(query @ picture) for picture in pictures]
        expected.append(sum(score >= scores[mine] for score in scores))
    assert metrics.ranks_of_own(queries, pictures, own, block=16).tolist() == expected
    assert set(metrics.ranks_of_own(queries, pictures * 0, own)) == {40}


def test_right_class_shares_credit_among_equals() -> None:
    scores = np.array([[3, 1, 2], [1, 3, 3], [1, 1, 2]], dtype=np.float32)
    assert metrics.right_class(scores, np.array([0, 1, 0])).tolist() == [1, 0.5, 0]


def test_weighted_median_and_resamples() -> None:
    values = np.array([1, 2, 4, 9])
    blocks = list(metrics.resamples(4, 250, seed=3))
    weights = np.concatenate(blocks)
    assert weights.shape == (250, 4)
    assert (weights.sum(axis=1) == 4).all()
    assert np.array_equal(weights, np.concatenate(list(metrics.resamples(4, 250, seed=3))))
    expected = [median(np.repeat(values, row).tolist()) for row in weights]
    assert metrics.weighted_median(values, weights).tolist() == expected


@pytest.mark.parametrize("seed", range(10))
def test_a_resample_is_ranked_as_if_its_pictures_were_written_out(seed: int) -> None:
    random = np.random.default_rng(seed)
    scores = random.integers(0, 12, 40).astype(np.float32)
    relevant = random.random(40) < 0.3
    weights = next(metrics.resamples(40, 5, seed))
    average, first = metrics.resampled_ranking(scores, relevant, weights, 10)
    for row, times in enumerate(weights):
        drawn = np.repeat(np.arange(40), times)
        truth = relevant[drawn]
        assert average[row] == pytest.approx(metrics.average_precision(scores[drawn], truth))
        assert first[row] == pytest.approx(metrics.precision_at(scores[drawn], truth, 10))
