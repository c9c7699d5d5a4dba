"""Simulated reviews with known truth: does the stated interval hold it?"""

from __future__ import annotations

import numpy as np

from archive_ai.domain import PhotoId
from archive_ai.tagging.queues import drawn, estimate

REVIEWS, LOOKED_AT = 200, 120


def simulated_reviews(seed: int) -> None:
    """200 simulated reviews with known truth: how often the interval holds it."""
    dice = np.random.default_rng(seed)
    held, widths = 0, []
    for number in range(REVIEWS):
        population = int(dice.integers(200, 6000))
        share = dice.uniform(0.5, 1.0)
        photos = [PhotoId(f"p_{number}_{place}") for place in range(population)]
        truth = dict(zip(photos, (dice.random(population) < share).tolist(), strict=True))
        order = drawn(photos, "c")
        found = estimate(order, {photo: truth[photo] for photo in order[:LOOKED_AT]})
        true = sum(truth.values()) / population
        held += found.low - 1e-9 <= true <= found.high + 1e-9
        widths.append((found.high - found.low) / 2)
    print(
        f"{REVIEWS} reviews of {LOOKED_AT}: the interval holds the true precision in "
        f"{held / REVIEWS:.1%}; mean half-width {np.mean(widths):.3f}"
    )
