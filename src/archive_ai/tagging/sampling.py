"""How right is what nobody looked at: how many to look at, which, and what that says of the rest.

"Of 4,120 accepted by rule, 97 % ± 2 are right, from 120 looked at." Methods: Cochran, Sampling
Techniques (3rd edition, 1977), chapters 3, 4 and 8.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from archive_ai.errors import UsageError
from archive_ai.tagging.intervals import LEVEL, Interval, finite_population


@dataclass(frozen=True, slots=True)
class PrecisionEstimate:
    """What ``right`` of ``looked_at`` pictures say about all ``population``.

    ``precision`` and ``interval`` are of the whole; ``unseen`` and ``unseen_interval`` of those
    alone that nobody looked at (1 and (1, 1) where nothing is left).
    """

    right: int
    looked_at: int
    population: int
    precision: float
    interval: Interval
    unseen: float
    unseen_interval: Interval


def sample_size(
    half_width: float, population: int, expected: float = 0.5, level: float = LEVEL
) -> int:
    """Return the smallest sample whose exact interval is at most ``half_width`` to either side.

    ``expected`` is the precision that is hoped for, 0 to 1; with 0.5 the sample is the largest
    that can be needed. Raises UsageError if ``half_width`` is not inside 0 to 0.5 or there is
    nothing to look at.
    """
    if not 0 < half_width < 0.5:
        raise UsageError(
            f"A half-width of {half_width} is none.", "Give a share between 0 and 0.5, as 0.02."
        )
    if population < 1:
        raise UsageError("There is nothing to take a sample of.")
    low, high = 1, population
    while low < high:
        middle = (low + high) // 2
        bounds = estimate_precision(round(expected * middle), middle, population, level).interval
        if bounds[1] - bounds[0] <= 2 * half_width:
            high = middle
        else:
            low = middle + 1
    return low


def draw(probabilities: NDArray[np.floating], size: int, seed: int) -> NDArray[np.int64]:
    """Return ``size`` different row numbers of the population (n,), ascending.

    Systematic sampling along the order of the probabilities, equal ones shuffled: each row comes
    with the same chance, and sure and unsure ones come in proportion, which makes the sample at
    least as good as a blind one wherever the probabilities mean anything. The same for the same
    ``seed``.
    """
    count = len(probabilities)
    dice = np.random.default_rng(seed)
    shuffled = dice.permutation(count)
    order = shuffled[np.argsort(np.asarray(probabilities)[shuffled], kind="stable")]
    size = min(size, count)
    places = ((np.arange(size) + dice.random()) * (count / max(size, 1))).astype(np.int64)
    return np.sort(order[np.minimum(places, count - 1)])


def estimate_precision(
    right: int, looked_at: int, population: int, level: float = LEVEL
) -> PrecisionEstimate:
    """Return the precision of all and of what was not looked at, with exact intervals.

    Raises UsageError unless 0 <= right <= looked_at <= population and one was looked at.
    """
    if not 0 <= right <= looked_at <= population or looked_at < 1:
        raise UsageError(
            f"{right} right of {looked_at} looked at among {population} cannot be.",
            "Count the decisions on the pictures of the sample alone.",
        )
    low, high = finite_population(right, looked_at, population, level)
    rest = population - looked_at
    unseen = ((low - right) / rest, (high - right) / rest) if rest else (1.0, 1.0)
    return PrecisionEstimate(
        right,
        looked_at,
        population,
        right / looked_at,
        (low / population, high / population),
        right / looked_at if rest else 1.0,
        unseen,
    )
