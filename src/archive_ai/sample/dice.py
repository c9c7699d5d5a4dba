"""Chance for drawing: plain Python numbers from one seeded numpy generator."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import numpy as np

T = TypeVar("T")


class Dice:
    """Answers "how much, how many, which one" from a numpy generator."""

    def __init__(self, generator: np.random.Generator) -> None:
        self.generator = generator

    def between(self, low: float, high: float) -> float:
        """A number from ``low`` to ``high``."""
        return float(self.generator.uniform(low, high))

    def count(self, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``, both included."""
        return int(self.generator.integers(low, high + 1))

    def chance(self, share: float) -> bool:
        """True in ``share`` of all calls."""
        return bool(self.generator.random() < share)

    def pick(self, choices: Sequence[T]) -> T:
        """One of ``choices``."""
        return choices[int(self.generator.integers(0, len(choices)))]

    def shuffled(self, choices: Sequence[T]) -> list[T]:
        """All of ``choices`` in another order."""
        return [choices[int(place)] for place in self.generator.permutation(len(choices))]

    def bell(self, spread: float) -> float:
        """A number around zero, mostly within twice ``spread``."""
        return float(self.generator.normal(0.0, spread))
