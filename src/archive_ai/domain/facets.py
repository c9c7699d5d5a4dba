"""How a set of photos falls into kinds: the numbers beside filters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value that a filter takes, how it is shown by language, and how many photos have it."""

    value: str
    photos: int
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Facets:
    """The photos that a query is answered with, strong and weak hits, by what filters they pass.

    ``by`` holds values by the field word of a query, the most frequent first; of tags and
    collections only the first ones. ``photos`` is the number of all photos that were counted.
    """

    photos: int
    by: Mapping[str, tuple[FacetValue, ...]]
