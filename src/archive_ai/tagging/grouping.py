"""Photos that belong together: near-duplicates, series, and clusters that look alike.

They are decided together, and a test that keeps one half of a pair and asks for the other would
only show a good memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import PurePath

import numpy as np
from numpy.typing import NDArray

DUPLICATE = 0.97
SERIES = 0.85
NEIGHBOURS = 3
SERIES_TIME = timedelta(minutes=5)
ROWS_A_BLOCK = 2048
NUMBER = re.compile(r"(\d+)(?=\D*$)")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a photo comes from: its file, and when it was taken if that is known."""

    path: PurePath
    page: int = 1
    taken_at: datetime | None = None


def near_duplicates(vectors: NDArray[np.float32], least: float = DUPLICATE) -> NDArray[np.int64]:
    """Return the group number (n,), from 0, of photos with ``vectors`` (n, width) of unit length.

    Photos whose cosine is at least ``least`` are in one group, and so is what is linked through
    others. Compares all pairs block by block: for the photos of a queue, not for an archive.
    """
    return joined(len(vectors), _close(vectors, least))


def series(vectors: NDArray[np.float32], origins: Sequence[Origin]) -> NDArray[np.int64]:
    """Return the group number (n,) of photos that were made or filed one after the other.

    Near-duplicates; and photos of one folder that look alike (cosine at least 0.85) and whose file
    names are the same but for a last number not more than 3 apart, or which were taken within five
    minutes.
    """
    links = list(_close(vectors, DUPLICATE))
    for first, second in _neighbours(origins):
        if float(vectors[first] @ vectors[second]) >= SERIES:
            links.append((first, second))
    return joined(len(vectors), links)


def clusters(
    vectors: NDArray[np.float32], order: NDArray[np.int64], least: float
) -> list[NDArray[np.int64]]:
    """Return groups of rows of which each looks at least ``least`` like the group's first.

    Leader clustering (Hartigan, Clustering Algorithms, 1975): rows come in ``order``; one that is
    near no leader yet becomes one. Cheap, and each group can be told by its leader alone.
    """
    free = np.ones(len(vectors), np.bool_)
    free[:] = False
    free[order] = True
    found = []
    for leader in order.tolist():
        if free[leader]:
            rest = order[free[order]]
            near = rest[vectors[rest] @ vectors[leader] >= least]
            near = np.concatenate([[leader], near[near != leader]])
            free[near] = False
            found.append(near)
    return found


def joined(
    count: int, links: Iterator[tuple[int, int]] | Sequence[tuple[int, int]]
) -> NDArray[np.int64]:
    """Return the number (count,), from 0, of the connected component that each row is in."""
    leader = list(range(count))

    def first(row: int) -> int:
        while leader[row] != row:
            leader[row] = leader[leader[row]]
            row = leader[row]
        return row

    for one, other in links:
        low, high = sorted((first(one), first(other)))
        leader[high] = low
    roots = np.array([first(row) for row in range(count)], np.int64)
    return np.unique(roots, return_inverse=True)[1].astype(np.int64)


def _close(vectors: NDArray[np.float32], least: float) -> Iterator[tuple[int, int]]:
    for start in range(0, len(vectors), ROWS_A_BLOCK):
        cosines = vectors[start : start + ROWS_A_BLOCK] @ vectors[start:].T
        rows, columns = np.nonzero(cosines >= least)
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
            if column > row:
                yield start + row, start + column


def _neighbours(origins: Sequence[Origin]) -> Iterator[tuple[int, int]]:
    """Yield pairs by file name, then by time; of a folder's files only those next to each other."""
    named: dict[tuple[PurePath, str], list[tuple[int, int]]] = {}
    timed: dict[PurePath, list[tuple[datetime, int]]] = {}
    for row, origin in enumerate(origins):
        folder, stem = origin.path.parent, origin.path.stem
        number = NUMBER.search(stem)
        if number:
            pattern = f"{stem[: number.start()]}\0{stem[number.end() :]}"
            named.setdefault((folder, pattern), []).append((int(number.group()), row))
        if origin.page > 1:
            named.setdefault((folder, f"{stem}\0page"), []).append((origin.page, row))
        if origin.taken_at is not None:
            timed.setdefault(folder, []).append((origin.taken_at, row))
    for numbers in named.values():
        numbers.sort()
        for place, (number_, row) in enumerate(numbers):
            for other_number, other in numbers[place + 1 : place + 1 + NEIGHBOURS]:
                if other_number - number_ <= NEIGHBOURS:
                    yield row, other
    for times in timed.values():
        times.sort()
        for (earlier, row), (later, other) in pairwise(times):
            if later - earlier <= SERIES_TIME:
                yield row, other
