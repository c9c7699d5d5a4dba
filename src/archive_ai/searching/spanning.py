"""Connected parts of a graph, and the fewest edges that keep them at every threshold."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from archive_ai.domain import Edges


def no_edges() -> Edges:
    """Return no edge."""
    return Edges(np.empty((0, 2), np.int64), np.empty(0, np.float32))


def joined(*parts: Edges) -> Edges:
    """Return the edges of all parts."""
    return Edges(
        np.concatenate([part.pairs for part in parts]),
        np.concatenate([part.cosines for part in parts]),
    )


def spanning_forest(edges: Edges) -> Edges:
    """Return a maximum spanning forest by cosine (J. Kruskal, 1956).

    Whatever threshold cosines must reach, what it leaves of the forest connects the same nodes as
    what it leaves of all ``edges``; and the forest of a forest and further edges is that of all.
    """
    order = np.lexsort((edges.pairs[:, 1], edges.pairs[:, 0], -edges.cosines))
    parents: dict[int, int] = {}
    kept = [
        place
        for place, (one, other) in zip(order.tolist(), edges.pairs[order].tolist(), strict=True)
        if _unite(parents, one, other)
    ]
    return Edges(edges.pairs[kept], edges.cosines[kept])


def connected(pairs: NDArray[np.int64]) -> dict[int, int]:
    """Return for every node of ``pairs`` (m, 2) the smallest node that it is connected with."""
    parents: dict[int, int] = {}
    for one, other in pairs.tolist():
        _unite(parents, one, other)
    return {node: _root(parents, node) for node in list(parents)}


def _unite(parents: dict[int, int], one: int, other: int) -> bool:
    """Connect two nodes; return whether they were not connected before."""
    first, second = sorted((_root(parents, one), _root(parents, other)))
    parents[second] = first
    return first != second


def _root(parents: dict[int, int], node: int) -> int:
    root = node
    while parents.setdefault(root, root) != root:
        root = parents[root]
    while parents[node] != root:
        parents[node], node = root, parents[node]
    return root
