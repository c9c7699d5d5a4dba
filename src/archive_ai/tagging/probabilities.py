"""From log-odds of single concepts to probabilities that fit together in one scheme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter

import numpy as np
from numpy.typing import NDArray

from archive_ai.domain import Concept, Sensitivity

EXCLUSIVE_FACETS = frozenset({"kind-of-picture"})
"""Facets of which a picture has at most one concept: it is an aerial view or a portrait."""


@dataclass(frozen=True, slots=True)
class Structure:
    """Which columns exclude one another, and which column's parents come when.

    ``exclusive`` holds groups of columns; ``parents`` pairs of (child, parent), children first.
    """

    exclusive: Sequence[Sequence[int]]
    parents: Sequence[tuple[int, int]]


def structure_of(concepts: Sequence[Concept], all_concepts: Sequence[Concept]) -> Structure:
    """Return how the ``concepts`` of a run stand to each other in their scheme.

    A concept between two of them that is not in the run itself connects them all the same. What
    asks for review first does not raise what is broader: it would be told by it (M7).
    """
    column = {concept.id: place for place, concept in enumerate(concepts)}
    groups: dict[str, list[int]] = {}
    for concept in concepts:
        if concept.facet in EXCLUSIVE_FACETS:
            groups.setdefault(concept.facet, []).append(column[concept.id])
    broader = {concept.id: concept.broader for concept in all_concepts}
    secret = {c.id: c.sensitivity is Sensitivity.REVIEW_FIRST for c in concepts}
    # The sorter gives what is broader first; what is narrower must be done first.
    order = reversed(list(TopologicalSorter(broader).static_order()))
    parents = [
        (column[id_], column[above])
        for id_ in order
        if id_ in column
        for above in _above(id_, broader)
        if above in column and (secret[above] or not secret[id_])
    ]
    return Structure(list(groups.values()), parents)


def _above(concept: str, broader: Mapping[str, Sequence[str]]) -> list[str]:
    """Return all broader concepts, however far up."""
    found: dict[str, None] = {}
    waiting = list(broader.get(concept, ()))
    while waiting:
        above = waiting.pop()
        if above not in found:
            found[above] = None
            waiting += broader.get(above, ())
    return list(found)


def probabilities(log_odds: NDArray[np.float32], structure: Structure) -> NDArray[np.float32]:
    """Return probabilities (m, n) in [0, 1] for log-odds (m, n).

    Concepts that exclude each other share one, with what is none of them; a broader concept is
    never less probable than a narrower one.
    """
    found: NDArray[np.float32] = 0.5 * (1 + np.tanh(0.5 * log_odds))
    for group in structure.exclusive:
        odds = log_odds[:, group]
        highest = np.maximum(odds.max(axis=1, keepdims=True), 0)
        each = np.exp(odds - highest)
        found[:, group] = each / (each.sum(axis=1, keepdims=True) + np.exp(-highest))
    for child, parent in structure.parents:
        found[:, parent] = np.maximum(found[:, parent], found[:, child])
    return found
