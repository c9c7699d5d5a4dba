"""Logistic regression that stays where it was unless examples say otherwise.

A penalised Newton method (iteratively reweighted least squares: McCullagh and Nelder, Generalized
Linear Models, 1989) with a halved step wherever a whole one would not improve. The penalty is that
of a normal prior with mean 0 on every coefficient: what is known beforehand enters as ``offsets``.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
MOST_STEPS = 50
ENOUGH = 1e-7
SHORTEST_STEP = 1e-6


def sigmoid(logits: NDArray[np.floating]) -> Floats:
    """Return probabilities strictly inside 0 to 1, of the shape of ``logits``."""
    return np.asarray(1 / (1 + np.exp(-np.clip(logits, -35, 35))), np.float64)


def logit(probabilities: NDArray[np.floating]) -> Floats:
    """Return the log odds; 0 and 1 are taken as the nearest numbers that have one."""
    inside = np.clip(np.asarray(probabilities, np.float64), 1e-12, 1 - 1e-12)
    return np.asarray(np.log(inside / (1 - inside)), np.float64)


def fit_logistic(
    features: Floats, targets: Floats, weights: Floats, offsets: Floats, penalties: Floats
) -> Floats:
    """Return coefficients (k,) that explain ``targets`` (n,), 0 to 1, by ``features`` (n, k).

    Minimises the cross-entropy of ``offsets + features @ coefficients`` against the targets, each
    row counting ``weights`` (n,) times, plus half of ``penalties`` (k,) times the squared
    coefficients. Every penalty must be positive, so that there is exactly one answer. A weight may
    be negative where an equal row with another target makes up for it.
    """

    def loss(coefficients: Floats) -> float:
        logits = offsets + features @ coefficients
        rows = np.logaddexp(0, logits) - targets * logits
        return float(weights @ rows + 0.5 * penalties @ coefficients**2)

    coefficients = np.zeros(features.shape[1])
    before = loss(coefficients)
    for _ in range(MOST_STEPS):
        expected = sigmoid(offsets + features @ coefficients)
        slope = features.T @ (weights * (expected - targets)) + penalties * coefficients
        spread = weights * expected * (1 - expected)
        curvature = (features * spread[:, None]).T @ features + np.diag(penalties)
        step = np.linalg.solve(curvature, slope)
        share, after = 1.0, loss(coefficients - step)
        while after > before and share > SHORTEST_STEP:
            share /= 2
            after = loss(coefficients - share * step)
        if after > before:
            break
        coefficients = coefficients - share * step
        if before - after <= ENOUGH * (1 + abs(before)):
            break
        before = after
    return coefficients


def reduced(rows: Floats) -> tuple[Floats, Floats]:
    """Return features (n, r) that stand for rows (n, width), and the basis (r, width).

    ``rows = features @ basis`` with r = rank, so that a fit with few rows solves a small system;
    a penalised fit has its answer in the span of its rows (the representer theorem). The basis is
    orthonormal: a penalty on coefficients means the same on directions.
    """
    left, sizes, basis = np.linalg.svd(rows, full_matrices=False)
    kept = sizes > 1e-6 * sizes.max(initial=0)
    return left[:, kept] * sizes[kept], basis[kept]
