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


@dataclass(frozen=True, slots=True)
class HeldOut:
    """n photos that were held back: in which fold (n,), in which group (n,), and what they show.

    Probabilities are judged only on those ``judged`` (n,): the others were not chosen in a way
    that tells how frequent a concept is. All numbers are from 0, ``labels`` (n,) are the truth.
    """

    folds: NDArray[np.int64]
    groups: NDArray[np.int64]
    labels: NDArray[np.bool_]
    judged: NDArray[np.bool_]

    def average_precision(self, scores: Floats, weights: Floats) -> float:
        """Return the mean over the folds, by how many accepted photos each holds.

        Every fold has a function of its own, whose scores do not compare with another's.
        """
        total = weighted = 0.0
        for fold in range(int(self.folds.max()) + 1):
            here = self.folds == fold
            right = float(weights[here] @ self.labels[here])
            if right:
                found = average_precision(scores[here], self.labels[here], weights[here])
                total, weighted = total + right, weighted + right * found
        return weighted / total if total else 0.0

    def quality(self, logits: Floats) -> Quality:
        """Judge log odds (n,)."""
        ranking = self.average_precision(logits, np.ones(len(logits)))
        if not self.judged.any():
            return Quality(ranking, None, None)
        probabilities, right = sigmoid(logits[self.judged]), self.labels[self.judged]
        return Quality(
            ranking,
            float(((probabilities - right) ** 2).mean()),
            calibration_error(probabilities, right),
        )


def measure_gain(before: Floats, after: Floats, held_out: HeldOut, seed: int) -> Gain:
    """Compare log odds (n,) of two functions; photos of one group are drawn together."""
    dice = np.random.default_rng(seed)
    count = int(held_out.groups.max()) + 1
    rises = []
    for _ in range(RESAMPLES):
        drawn = np.bincount(dice.integers(count, size=count), minlength=count)
        weights = drawn[held_out.groups].astype(np.float64)
        rises.append(
            held_out.average_precision(after, weights) - held_out.average_precision(before, weights)
        )
    low, high = np.quantile(rises, [0.5 - LEVEL / 2, 0.5 + LEVEL / 2]).tolist()
    better = float((np.array(rises) > 0).mean())
    return Gain(held_out.quality(before), held_out.quality(after), (low, high), better)


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
