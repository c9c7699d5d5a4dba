"""Probabilities that fit each other: hierarchy, and concepts that exclude one another.

A photo that shows a tram shows a means of transport, so a parent is never less probable than its
child. A photo is of one kind only, so the concepts of such a facet share the probability of one:
from independent log odds, given that at most one of them holds, each has its odds over 1 plus the
odds of all (a softmax in which "none of them" stands with odds of 1). A concept and its narrower
one do not exclude each other; those with the same broader concept do.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from archive_ai.domain import Concept

EXCLUSIVE_FACETS = frozenset({"kind-of-picture"})
LARGEST_ODDS = 1e12

Number = TypeVar("Number", np.float32, np.float64)


@dataclass(frozen=True, slots=True)
class Structure:
    """How c concepts, by their column, depend on each other.

    ``links`` are (child, parent), children of any depth before their parents; ``exclusive`` are
    groups of columns of which at most one holds.
    """

    links: tuple[tuple[int, int], ...]
    exclusive: tuple[tuple[int, ...], ...]


def structure(
    concepts: Sequence[Concept], exclusive_facets: Collection[str] = EXCLUSIVE_FACETS
) -> Structure:
    """Read the structure of ``concepts``; broader ones that are not among them are left out.

    A concept whose only way to an ancestor leads through a concept that is not among them counts
    as unrelated to it: give the whole scheme.
    """
    column = {concept.id: place for place, concept in enumerate(concepts)}
    parents = {
        column[concept.id]: [column[one] for one in concept.broader if one in column]
        for concept in concepts
    }
    order = tuple(TopologicalSorter(parents).static_order())
    links = tuple((child, parent) for child in reversed(order) for parent in parents[child])
    groups: dict[tuple[str, tuple[str, ...]], list[int]] = {}
    for place, concept in enumerate(concepts):
        if concept.facet in exclusive_facets and concept.broader:
            groups.setdefault((concept.facet, concept.broader), []).append(place)
    return Structure(links, tuple(tuple(group) for group in groups.values() if len(group) > 1))


def consistent(probabilities: NDArray[Number], structure: Structure) -> NDArray[Number]:
    """Return probabilities (n, c) that obey the structure.

    First parents are raised to their children, then exclusive groups share, then children are
    lowered to their parents where sharing has lowered those.
    """
    result = np.array(probabilities)
    for child, parent in structure.links:
        np.maximum(result[:, parent], result[:, child], out=result[:, parent])
    for group in structure.exclusive:
        columns = list(group)
        odds = np.minimum(
            result[:, columns] / np.maximum(1 - result[:, columns], 1e-12), LARGEST_ODDS
        )
        result[:, columns] = odds / (1 + odds.sum(axis=1, keepdims=True))
    for child, parent in reversed(structure.links):
        np.minimum(result[:, child], result[:, parent], out=result[:, child])
    return result
