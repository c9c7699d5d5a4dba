"""Approximate search for very large generations: lists of near vectors, 8 bits a dimension.

FAISS's inverted file with a scalar quantiser (H. Jégou et al., 2011, without the product): a query
looks into the lists whose centres are nearest to it. What it finds is scored anew with the exact
rows, so that cosines are those of the exact index and only photos can be missing. How many are is
measured against exact search when it is made, on queries that took no part in the choice of how
many lists to look into; where too many are missing it is not used.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import faiss
import numpy as np
from numpy.typing import NDArray

from archive_ai.domain import Approximation
from archive_ai.vectors.index import ExactIndex

RECALL_WANTED = 0.98
"""Of the exact first 100."""

CANDIDATES = 1024
"""So many are scored exactly, whatever ``k`` is: the first five of fifty are those of five."""

MOST = CANDIDATES // 2
"""Whoever asks for more is answered by the exact index."""

ROWS_A_LIST_TO_TRAIN = 40
"""As FAISS advises at least; more take longer and gain little."""

AT_ONCE = 65_536

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists as FAISS holds them. Their numbers are places in ``photos`` (n,), not rows.

    So photos can be added without renumbering what is there.
    """

    index: faiss.IndexIVFScalarQuantizer
    photos: NDArray[np.bytes_]


class ApproximateIndex:
    """Searches like ``ExactIndex``, with the same row numbers; implements no more of it."""

    def __init__(self, exact: ExactIndex, lists: Lists, measured: Approximation) -> None:
        """Raise ValueError where ``lists`` are not of just the photos of ``exact``."""
        self._exact = exact
        self._lists = lists.index
        self._row_of = rows_of(exact, lists.photos)
        self.measured = measured
        if len(lists.photos) != len(exact.photos) or lists.index.ntotal != len(exact.photos):
            raise ValueError("lists of other photos than those of the index")

    def search(
        self, queries: Floats, k: int, allowed: NDArray[np.bool_] | None = None
    ) -> tuple[Floats, NDArray[np.int64]]:
        """Return cosines and row numbers (n, k), descending; equal cosines by photo id.

        Searched exactly where rows are ``allowed`` or not, where ``k`` is more than ``MOST``, and
        for queries whose lists hold less than that.
        """
        count = len(self._exact.photos)
        k = min(k, count)
        if allowed is not None or k > MOST or not len(queries):
            return self._exact.search(queries, k, allowed)
        scores = np.empty((len(queries), k), np.float32)
        rows = np.empty((len(queries), k), np.int64)
        for place, (cosines, found) in enumerate(self.listed(queries)):
            if len(found) >= min(MOST, count):
                scores[place], rows[place] = cosines[:k], found[:k]
            else:
                one = self._exact.search(queries[place : place + 1], k)
                scores[place], rows[place] = one[0][0], one[1][0]
        return scores, rows

    def listed(self, queries: Floats) -> Iterator[tuple[Floats, NDArray[np.int64]]]:
        """Yield for each query cosines and rows of what its lists hold, ``CANDIDATES`` at most."""
        faiss.omp_set_num_threads(1)
        queries = np.ascontiguousarray(queries, np.float32)
        chosen = faiss.SearchParametersIVF()
        chosen.nprobe = self.measured.probes
        asked = min(CANDIDATES, len(self._exact.photos))
        found = self._lists.search(queries, asked, params=chosen)[1]
        for query, numbers in zip(queries, found, strict=True):
            rows = self._row_of[numbers[numbers >= 0]]
            cosines = self._exact.at(rows) @ query
            order = np.lexsort((rows, -cosines))
            yield cosines[order], rows[order]


def rows_of(exact: ExactIndex, photos: NDArray[np.bytes_]) -> NDArray[np.int64]:
    """Return the rows of ``photos`` (n,) in ``exact``; ValueError where one is not there."""
    ours = np.array(exact.photos, dtype="S")
    rows = np.minimum(np.searchsorted(ours, photos), max(len(ours) - 1, 0))
    if len(photos) and (not len(ours) or (ours[rows] != photos).any()):
        raise ValueError("a photo that is not in the index")
    return rows


def train(exact: ExactIndex, dice: np.random.Generator) -> Lists:
    """Make empty lists, twice the root of the number of rows, around centres of a sample."""
    count = len(exact.photos)
    lists = max(1, round(2 * count**0.5))
    sample = dice.permutation(count)[: min(count, ROWS_A_LIST_TO_TRAIN * lists)]
    faiss.omp_set_num_threads(1)
    width = exact.block(0, 1).shape[1]
    index = faiss.IndexIVFScalarQuantizer(
        faiss.IndexFlatIP(width),
        width,
        lists,
        faiss.ScalarQuantizer.QT_8bit,
        faiss.METRIC_INNER_PRODUCT,
    )
    index.cp.min_points_per_centroid = 1  # a small sample is no cause for a warning
    index.train(exact.at(np.sort(sample)))
    return Lists(index, np.empty(0, "S1"))


def extend(lists: Lists, exact: ExactIndex) -> Lists:
    """Add the photos of ``exact`` that are not in the lists yet; changes ``lists.index``."""
    fresh = np.ones(len(exact.photos), np.bool_)
    fresh[rows_of(exact, lists.photos)] = False
    rows = np.flatnonzero(fresh)
    faiss.omp_set_num_threads(1)
    for start in range(0, len(rows), AT_ONCE):
        lists.index.add(exact.at(rows[start : start + AT_ONCE]))
    added = np.array(exact.photos, dtype="S")[rows]
    return Lists(lists.index, np.concatenate([lists.photos, added]))


def measured(
    exact: ExactIndex, lists: Lists, kinds: Sequence[Floats], trained_at: int
) -> Approximation:
    """Find how many lists to look into, and what that finds of the exact answers.

    ``kinds`` are queries (n, width) of one kind each; of every kind each other query chooses: the
    fewest of 1, 2, 4, … up to a quarter of the lists (of few: eight) that find ``RECALL_WANTED`` of
    the first 100.
    What is told is what the remaining ones find. The kind that finds least counts.
    """
    choosing = [(queries[::2], exact.search(queries[::2], 100)[1]) for queries in kinds]
    judging = [(queries[1::2], exact.search(queries[1::2], 100)[1]) for queries in kinds]
    chosen = Approximation(lists.index.nlist, 1, 0.0, 0.0, False, trained_at)
    while True:
        recall = _recall(ApproximateIndex(exact, lists, chosen), choosing, 100)
        most = min(max(chosen.lists // 4, 8), chosen.lists)
        if recall >= RECALL_WANTED or chosen.probes == most:
            break
        chosen = replace(chosen, probes=min(2 * chosen.probes, most))
    index = ApproximateIndex(exact, lists, chosen)
    tens, hundreds = _recall(index, judging, 10), _recall(index, judging, 100)
    used = min(recall, hundreds) >= RECALL_WANTED
    return replace(chosen, recall_10=tens, recall_100=hundreds, used=used)


def _recall(
    index: ApproximateIndex, asked: Sequence[tuple[Floats, NDArray[np.int64]]], first: int
) -> float:
    """Return the share of the ``first`` rows wanted that is found, of the worst kind."""
    shares = []
    for queries, wanted in asked:
        best = wanted[:, :first]
        found = (rows[:first] for _, rows in index.listed(queries))
        both = sum(len(np.intersect1d(*rows)) for rows in zip(found, best, strict=True))
        shares.append(both / best.size if best.size else 1.0)
    return min(shares)
