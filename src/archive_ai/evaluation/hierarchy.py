"""Part credit in a hierarchy: a building that is named where a church stands is not all wrong.

Hierarchical precision and recall of Kiritchenko, Matwin & Famili (2005): what is suggested and
what is true are both closed upwards by their broader concepts, and then compared as sets.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence, Set

import numpy as np
from numpy.typing import NDArray

Broader = Mapping[str, Sequence[str]]


def closed(concepts: Collection[str], broader: Broader) -> frozenset[str]:
    """Return the concepts and all that are broader, over any number of steps."""
    found: set[str] = set()
    waiting = list(concepts)
    while waiting:
        concept = waiting.pop()
        if concept not in found:
            found.add(concept)
            waiting.extend(broader.get(concept, ()))
    return frozenset(found)


def judgeable(named: Collection[str], broader: Broader) -> frozenset[str]:
    """Return the concepts that a table which names ``named`` can judge.

    They are those and all that are broader, but for the ones that stand above every named
    concept: such a root is true of every picture and would be given away. A single name is kept.
    """
    closures = [closed([concept], broader) for concept in set(named)]
    if not closures:
        return frozenset()
    everywhere = frozenset.intersection(*closures) - set(named)
    return frozenset.union(*closures) - everywhere


def overlaps(
    suggested: Sequence[Set[str]], true: Sequence[Set[str]], broader: Broader, within: Set[str]
) -> NDArray[np.int64]:
    """Return for each picture how many concepts are in both closed sets, suggested, and true.

    Of shape (n, 3); only concepts ``within`` count. Summed over pictures, the first column over
    the second is the hierarchical precision, over the third the hierarchical recall.
    """
    rows = []
    for said, meant in zip(suggested, true, strict=True):
        machine = closed(said, broader) & within
        person = closed(meant, broader) & within
        rows.append((len(machine & person), len(machine), len(person)))
    return np.array(rows, np.int64).reshape(-1, 3)
