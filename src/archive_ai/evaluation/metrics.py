"""The measures of a ranking, as plain functions of scores and truths.

None of them depends on the order in which equal scores happen to stand.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


def ranks_of_own(
    queries: Floats, pictures: Floats, own: NDArray[np.int64], block: int = 1024
) -> NDArray[np.int64]:
    """Return the rank (n,), from 1, of picture ``own[i]`` for each of n queries.

    ``queries`` (n, width) and ``pictures`` (m, width) are of unit length. Ties count against the
    query: every picture that scores the same stands before its own, so that a model which
    answers everything alike gets the worst rank and not the best.
    """
    ranks = np.empty(len(queries), dtype=np.int64)
    for start in range(0, len(queries), block):
        scores = queries[start : start + block] @ pictures.T
        mine = own[start : start + block]
        reference = scores[np.arange(len(mine)), mine]
        ranks[start : start + block] = (scores >= reference[:, None]).sum(axis=1)
    return ranks


def average_precision(scores: Floats, relevant: NDArray[np.bool_]) -> float:
    """Return the average precision, 0 to 1, of one ranking of n pictures.

    The sum over thresholds of (recall gained) × (precision there), without interpolation
    (Zhu 2004; scikit-learn's ``average_precision_score``): pictures of equal score come in
    together. NaN where nothing is relevant.
    """
    positives = int(relevant.sum())
    if positives == 0:
        return float("nan")
    order = np.argsort(-scores, kind="stable")
    ordered, found = scores[order], np.cumsum(relevant[order])
    last = np.append(np.flatnonzero(np.diff(ordered)), len(ordered) - 1)
    gained = np.diff(found[last], prepend=0)
    return float((gained * found[last] / (last + 1)).sum() / positives)


def precision_at(scores: Floats, relevant: NDArray[np.bool_], k: int) -> float:
    """Return the share of relevant pictures, 0 to 1, among the first ``k`` (or all, if fewer).

    Where equal scores straddle the cut, the expected share over their orders is taken.
    NaN where there is no picture.
    """
    k = min(k, len(scores))
    if k == 0:
        return float("nan")
    cut = np.partition(scores, len(scores) - k)[len(scores) - k]
    above, tied = scores > cut, scores == cut
    places = k - int(above.sum())
    return (float(relevant[above].sum()) + places * float(relevant[tied].mean())) / k


def lift(precision: float, positives: int, total: int) -> float:
    """Return how many times ``precision`` is that of picking blindly: 1 is chance."""
    return precision * total / positives if positives else float("nan")


def right_class(scores: Floats, own: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the credit (n,), 0 to 1, of n pictures for scores (n, classes).

    1 where the own class scores highest, 1/t where it shares the highest score with t - 1
    others (two classes of one name, say), else 0. Its mean is the top-1 accuracy.
    """
    best = scores == scores.max(axis=1, keepdims=True)
    credit: NDArray[np.float64] = best[np.arange(len(own)), own] / best.sum(axis=1)
    return credit


def resamples(groups: int, times: int, seed: int, block: int = 100) -> Iterator[NDArray[np.int64]]:
    """Yield, in blocks (b, groups), how often each group is drawn in a bootstrap resample.

    ``times`` rows in all, each the count of ``groups`` draws with replacement; the same for the
    same ``seed``.
    """
    random = np.random.default_rng(seed)
    for start in range(0, times, block):
        rows = min(block, times - start)
        drawn = random.integers(groups, size=(rows, groups)) + np.arange(rows)[:, None] * groups
        yield np.bincount(drawn.ravel(), minlength=rows * groups).reshape(rows, groups)


def resampled_ranking(
    scores: Floats, relevant: NDArray[np.bool_], weights: NDArray[np.int64], k: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return average precision (b,) and precision@k (b,) where pictures stand ``weights`` (b, n)
    times each.

    What :func:`average_precision` and :func:`precision_at` give for the resample, equal scores
    included. NaN where nothing relevant, or nothing at all, was drawn.
    """
    order = np.argsort(-scores, kind="stable")
    starts = np.flatnonzero(np.diff(scores[order], prepend=np.inf))
    drawn = weights[:, order].astype(np.float64)
    size = np.add.reduceat(drawn, starts, axis=1)
    right = np.add.reduceat(drawn * relevant[order], starts, axis=1)
    shown, found = size.cumsum(axis=1), right.cumsum(axis=1)
    with np.errstate(invalid="ignore"):
        average = np.nansum(right * found / shown, axis=1) / found[:, -1]
        among = np.minimum(k, shown[:, -1:])
        taken = np.clip(among - (shown - size), 0, size)
        share = np.where(size > 0, right / size, 0)
        first = (taken * share).sum(axis=1) / among[:, 0]
    return average, first


def weighted_median(ordered: NDArray[np.int64], weights: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the median (b,) of ascending values (n,) that stand ``weights`` (b, n) times each.

    Of an even number of values it is the mean of the middle two. A row's weights must not all
    be 0.
    """
    until = np.cumsum(weights, axis=1)
    total = until[:, -1:]
    lower = (until < (total + 1) // 2).sum(axis=1)
    upper = (until < total // 2 + 1).sum(axis=1)
    middle: NDArray[np.float64] = (ordered[lower] + ordered[upper]) / 2
    return middle
