"""Simulated reviews with known truth: does the stated interval hold it?"""

from __future__ import annotations

import numpy as np

from archive_ai.tagging.sampling import draw, estimate_precision

REVIEWS = 200


def simulated_reviews(seed: int) -> None:
    """200 simulated reviews with known truth: how often the interval holds it."""
    dice = np.random.default_rng(seed)
    held = unseen_held = 0
    widths = []
    for number in range(REVIEWS):
        population = int(dice.integers(200, 6000))
        probabilities = dice.beta(dice.uniform(2, 20), dice.uniform(0.3, 2), population)
        truth = dice.random(population) < probabilities ** dice.uniform(0.5, 2)
        rows = draw(probabilities, 120, number)
        found = estimate_precision(int(truth[rows].sum()), len(rows), population)
        unseen = np.delete(truth, rows).mean()
        held += found.interval[0] - 1e-9 <= truth.mean() <= found.interval[1] + 1e-9
        low, high = found.unseen_interval
        unseen_held += low - 1e-9 <= unseen <= high + 1e-9
        widths.append((found.interval[1] - found.interval[0]) / 2)
    print(
        f"{REVIEWS} reviews of 120: the interval holds the precision in {held / REVIEWS:.1%}, of "
        f"the unseen in {unseen_held / REVIEWS:.1%}; mean half-width {np.mean(widths):.3f}"
    )
