"""Photos by what is known of them, held so that any set of photos is counted at once.

Four bytes for each photo that has a value; tags are held twice, before and after decisions.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from archive_ai.catalogue.places import Mask, Which

Value = TypeVar("Value", bound=Hashable)


@dataclass(frozen=True, slots=True, eq=False)
class ByValue(Generic[Value]):
    """Photos by value: ``photos[bounds[i] : bounds[i + 1]]`` have ``values[i]``, each once.

    Every value has a photo. One is like no other: whatever is made of it holds for it alone.
    """

    values: tuple[Value, ...]
    photos: Which
    bounds: NDArray[np.int64]

    @classmethod
    def of(cls, photos: Mapping[Value, Which]) -> ByValue[Value]:
        """Put the places of the photos of each value together; they may be named twice."""
        sorted_ = ((value, _once(found)) for value, found in photos.items())
        parts = {value: part for value, part in sorted_ if len(part)}
        bounds = np.cumsum([0, *map(len, parts.values())], dtype=np.int64)
        together = np.concatenate([np.zeros(0, np.int32), *parts.values()])
        return cls(tuple(parts), together, bounds)

    def count(self, wanted: Mask) -> dict[Value, int]:
        """Count the wanted photos of each value that has any.

        The mask must come of places that were asked for after this was.
        """
        if not self.values:
            return {}
        numbers = np.add.reduceat(wanted[self.photos], self.bounds[:-1], dtype=np.int64)
        return {
            value: number
            for value, number in zip(self.values, numbers.tolist(), strict=True)
            if number
        }

    def parts(self) -> Iterator[tuple[Value, Which]]:
        """Yield each value with the places of its photos, ascending."""
        bounds = pairwise(self.bounds.tolist())
        for value, (start, end) in zip(self.values, bounds, strict=True):
            yield value, self.photos[start:end]

    def without(self, others: ByValue[Value]) -> ByValue[Value]:
        """Return what is left where the photos that ``others`` has of a value are taken away."""
        gone = dict(others.parts())
        return ByValue.of(
            {
                value: np.setdiff1d(part, gone[value], assume_unique=True)
                if value in gone
                else part
                for value, part in self.parts()
            }
        )


def _once(places: Which) -> Which:
    """Return places ascending, each once; what is so already is not sorted again."""
    if np.all(places[1:] > places[:-1]):
        return places
    found = np.sort(places)
    once: Which = found[np.concatenate([[True], found[1:] != found[:-1]])]
    return once
