"""Logistic regression held by a normal prior, and what makes scores mean what they say."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

NEWTON_STEPS = 50
GAIN = 1e-6
"""A step that lowers the loss by less than this share of it is the last."""

BISECTIONS = 60
FLATTEST = 1e-3
FEW = 10
"""So many accepted photos say as much of the spread of scores as the archive does."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Belief:
    """A normal prior: its middle (d,) and precisions (d,)."""

    middle: Floats
    precisions: Floats


def fit(
    inputs: Floats,
    shown: Floats,
    weights: Floats,
    prior: Belief,
    begin: Floats | None = None,
) -> Floats:
    """Return the point (d,) that makes ``shown`` (n,) most likely, by damped Newton steps.

    ``inputs`` (n, d) are weighted by ``weights`` (n,); the result is that of maximum a posteriori
    (Bishop 2006, section 4.5.1). ``begin`` (d,) is where the search begins, by default the prior.
    """
    start, held = prior.middle, prior.precisions

    def loss(point: Floats) -> float:
        scores = inputs @ point
        far = weights @ (np.logaddexp(0, scores) - shown * scores)
        return float(far + 0.5 * held @ (point - start) ** 2)

    point = start if begin is None else begin
    here = loss(point)
    for _ in range(NEWTON_STEPS):
        believed = sigmoid(inputs @ point)
        slope = inputs.T @ (weights * (believed - shown)) + held * (point - start)
        curve = (inputs * (weights * believed * (1 - believed))[:, None]).T @ inputs
        move = np.linalg.solve(curve + np.diag(held), slope)
        length = 1.0
        while (there := loss(point - length * move)) > here and length > 1e-4:
            length /= 2
        if there >= here - GAIN * here:
            break
        point, here = point - length * move, there
    return point


IDENTITY = Belief(np.array([1.0, 0.0]), np.array([4.0, 0.1]))


def platt(scores: Floats, shown: Floats, weights: Floats) -> tuple[float, float]:
    """Fit ``sigmoid(slope * score + shift)`` (Platt 1999), near the identity and never falling."""
    inputs = np.column_stack([scores, np.ones(len(scores))])
    point = fit(inputs, shown, weights, IDENTITY)
    if point[0] >= FLATTEST:
        return float(point[0]), float(point[1])
    # The shift belonged to a falling slope: without one it is the share that is right.
    share = float(weights @ shown / weights.sum())
    share = min(max(share, 1e-6), 1 - 1e-6)
    return FLATTEST, float(
        np.log(share / (1 - share)) - FLATTEST * np.average(scores, weights=weights)
    )


def platt_without_rejections(accepted: Floats, unseen: Floats, share: float) -> tuple[float, float]:
    """Return slope and shift from scores of what was accepted and of what nobody looked at.

    The slope is that of two normal distributions of one spread (linear discriminant analysis):
    the middle of the unseen, most of which do not show it, stands for those that do not. The
    shift makes the mean probability of the unseen ``share``: so many of them do.
    """
    middle = float(np.median(unseen))
    spread = (1.4826 * float(np.median(np.abs(unseen - middle)))) ** 2
    own = float(accepted.var(ddof=1)) if len(accepted) > 1 else spread
    count = len(accepted) - 1
    spread = max((FEW * spread + count * own) / (FEW + count), 1e-12)
    slope = max((float(accepted.mean()) - middle) / spread, 1e-3)
    low, high = -slope * float(unseen.max()) - 40.0, -slope * float(unseen.min()) + 40.0
    for _ in range(BISECTIONS):
        shift = (low + high) / 2
        if float(sigmoid(slope * unseen + shift).mean()) < share:
            low = shift
        else:
            high = shift
    return slope, (low + high) / 2


def sigmoid(scores: Floats) -> Floats:
    """Return probabilities for log-odds of any size."""
    result: Floats = 0.5 * (1 + np.tanh(0.5 * scores))  # the same, and never overflows
    return result
