"""Did learning help: both functions on photos that neither was fitted to, with an interval."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from archive_ai.tagging.intervals import LEVEL, Interval
from archive_ai.tagging.logistic import sigmoid

Floats = NDArray[np.float64]

RESAMPLES = 400
BINS = 10


@dataclass(frozen=True, slots=True)
class Quality:
    """Average precision, mean squared error and calibration error of probabilities, 0 to 1 each.

    The two errors are None where no photo was looked at for another reason than what it shows.
    """

    average_precision: float
    brier: float | None
    calibration_error: float | None


@dataclass(frozen=True, slots=True)
class Gain:
    """What held-out photos say of the function before and after learning.

    ``interval`` is that of the gain in average precision at 95 % (bootstrap over groups),
    ``better`` the share of resamples in which there was one.
    """

    before: Quality
    after: Quality
    interval: Interval
    better: float

    @property
    def average_precision(self) -> float:
        """How much the average precision rose."""
        return self.after.average_precision - self.before.average_precision


def measure_gain(
    before: Floats,
    after: Floats,
    labels: NDArray[np.bool_],
    judged: NDArray[np.bool_],
    draws: tuple[NDArray[np.int64], int],
) -> Gain:
    """Compare log odds (n,) of two functions by ``labels`` (n,), one true and one false at least.

    Ranking is measured on all photos, errors of the probabilities only on those ``judged`` (n,):
    the others were not chosen in a way that tells how frequent a concept is. ``draws`` are the
    groups (n,), from 0, whose photos are drawn together, and a seed.
    """
    groups, seed = draws
    dice = np.random.default_rng(seed)
    count = int(groups.max()) + 1
    rises = []
    for _ in range(RESAMPLES):
        weights = np.bincount(dice.integers(count, size=count), minlength=count)[groups]
        if (weights * labels).sum() and (weights * ~labels).sum():
            rises.append(
                average_precision(after, labels, weights)
                - average_precision(before, labels, weights)
            )
    drawn = np.array(rises or [0.0])
    low, high = np.quantile(drawn, [0.5 - LEVEL / 2, 0.5 + LEVEL / 2]).tolist()
    better = float((drawn > 0).mean())
    return Gain(
        quality(before, labels, judged), quality(after, labels, judged), (low, high), better
    )


def quality(logits: Floats, labels: NDArray[np.bool_], judged: NDArray[np.bool_]) -> Quality:
    """Judge log odds (n,) by ``labels`` (n,), probabilities by those ``judged`` (n,) alone."""
    ranking = average_precision(logits, labels, np.ones(len(labels)))
    if not judged.any():
        return Quality(ranking, None, None)
    probabilities, right = sigmoid(logits[judged]), labels[judged]
    return Quality(
        ranking,
        float(((probabilities - right) ** 2).mean()),
        calibration_error(probabilities, right),
    )


def average_precision(
    scores: Floats, labels: NDArray[np.bool_], weights: NDArray[np.floating]
) -> float:
    """Return the average precision of a ranking in which each photo counts ``weights`` (n,) times.

    The sum over thresholds of (recall gained) × (precision there); equal scores come in together.
    """
    order = np.argsort(-scores, kind="stable")
    starts = np.flatnonzero(np.diff(scores[order], prepend=np.inf))
    shown = np.add.reduceat(weights[order].astype(np.float64), starts)
    right = np.add.reduceat((weights * labels)[order].astype(np.float64), starts)
    seen = np.maximum(shown.cumsum(), 1e-12)
    return float((right * right.cumsum() / seen).sum() / max(float(right.sum()), 1e-12))


def calibration_error(probabilities: Floats, labels: NDArray[np.bool_], bins: int = BINS) -> float:
    """Return the expected calibration error, 0 to 1, over ``bins`` of equal width.

    The mean distance between probability and share of right ones, bin by bin, weighted by how
    many fall into it (Naeini, Cooper and Hauskrecht, 2015).
    """
    places = np.minimum((probabilities * bins).astype(np.int64), bins - 1)
    expected = np.bincount(places, probabilities, minlength=bins)
    right = np.bincount(places, labels, minlength=bins)
    return float(np.abs(expected - right).sum() / max(len(labels), 1))
