"""One score of many parts: words and pictures by their weights, less what is not wanted.

Cosines of words and of pictures do not compare. Each part is measured by the background first: 0 is
where a weak hit begins, 1 where a strong one does. So measured, the parts that are wanted add up
to one vector and a constant, and an exact search stays exact. A part that is not wanted takes away
only from photos that show it: at least weakly, so that nothing gains by being far from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from archive_ai.domain import Background

Scores = NDArray[np.float64]

NARROWEST = 1e-3
"""The least distance of weak and strong; archives of a few photos may have learned none."""

TEXT = 1.0
"""What a description adds that holds some of the words: as much as from weak to strong at most."""

EXACT = 2.0
"""Where hits begin whose words all stand in the catalogue."""

FULL_MINUS = -1.0
"""From this weight on, what is certainly not wanted is no hit at all."""


@dataclass(frozen=True, slots=True)
class Part:
    """Words or a picture as a unit vector (width,), what it is called, and its weight."""

    vector: NDArray[np.float32]
    source: Literal["words", "picture"]
    weight: float
    name: str


class Measured:
    """One part, measured by the background."""

    def __init__(self, part: Part, background: Background) -> None:
        by_words = part.source == "words"
        self.part = part
        self.weak, strong = background.words if by_words else background.pictures
        self.span = max(strong - self.weak, NARROWEST)
        self.vector = part.vector - background.mean if by_words else part.vector

    @property
    def strong(self) -> float:
        """The score of its own kind from which on a photo shows it for certain."""
        return self.weak + self.span

    def raw(self, rows: NDArray[np.float32]) -> Scores:
        """Return its own kind of score for rows (n, width)."""
        return products(rows, self.vector)

    def level(self, rows: NDArray[np.float32]) -> Scores:
        """Return where rows (n, width) stand: 0 is weak, 1 strong."""
        return (self.raw(rows) - self.weak) / self.span


class Combination:
    """All parts of a question as one score.

    ``vector`` (width,) and ``constant`` give it for the wanted parts; it can only become less by
    the parts that are not wanted.
    """

    def __init__(self, parts: Sequence[Part], background: Background) -> None:
        self.wanted = [Measured(part, background) for part in parts if part.weight > 0]
        self.unwanted = [Measured(part, background) for part in parts if part.weight < 0]
        width = len(background.mean)
        total = sum(one.part.weight for one in self.wanted)
        self.vector = np.zeros(width, np.float32)
        self.constant = 0.0
        for one in self.wanted:
            share = one.part.weight / total / one.span
            self.vector += np.float32(share) * one.vector
            self.constant -= share * one.weak

    def levels(self, rows: NDArray[np.float32]) -> Scores:
        """Return what the wanted parts give for rows (n, width); the same for a row in any n."""
        return products(rows, self.vector) + self.constant

    def penalties(self, rows: NDArray[np.float32]) -> Scores:
        """Return what the parts that are not wanted take away; never below 0."""
        taken = np.zeros(len(rows))
        for one in self.unwanted:
            taken += -one.part.weight * np.maximum(one.level(rows), 0)
        return taken


def products(rows: NDArray[np.float32], vector: NDArray[np.float32]) -> Scores:
    """Return the products of rows (n, width) with a vector (width,).

    Row by row in double precision: a matrix product may differ in the last digits with the number
    of rows, and two scans of one picture must not change places with the length of a page.
    """
    return np.asarray((rows.astype(np.float64) * vector.astype(np.float64)).sum(axis=1))


def shown(levels: Scores) -> Scores:
    """Return the scores of levels: themselves up to 1, and beyond that never 2."""
    return np.where(levels <= 1, levels, 2 - 1 / np.maximum(levels, 1))


def with_text(levels: Scores, relevance: Scores, exact: NDArray[np.bool_]) -> Scores:
    """Return the scores of photos whose descriptions answer as well.

    What stands in the catalogue as it was asked for comes before all that a machine sees.
    """
    seen = np.maximum(levels, 0)
    some = shown(seen + TEXT * relevance)
    return np.where(exact, EXACT + 0.75 * relevance + 0.125 * shown(seen), some)
