"""In which order a concept is reviewed: where each decision teaches most, or many fall at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from archive_ai.tagging.grouping import DUPLICATE, clusters
from archive_ai.tagging.logistic import logit

Floats = NDArray[np.floating]
Rows = NDArray[np.int64]

SHORTLIST = 20
BEST_EACH = 2
ALIKE = 0.8


@dataclass(frozen=True, slots=True)
class Cluster:
    """Photos (rows, the most probable first) to be decided at once.

    ``expected`` is the share of them that the probabilities expect to be right.
    """

    rows: Rows
    expected: float


def most_informative(
    probabilities: Floats,
    vectors: NDArray[np.float32],
    decided: NDArray[np.bool_],
    threshold: float,
    count: int,
) -> Rows:
    """Return at most ``count`` rows to decide on, in this order.

    ``probabilities`` (n,) and ``vectors`` (n, width) are of all photos of the queue, ``decided``
    (n,) of those that are done. Every second photo is the most probable one that is left, so that
    good suggestions come to be known early. The others are unsure and unlike all chosen before:
    the nearness of their log odds to the threshold times their distance to the nearest photo
    chosen or decided (uncertainty sampling: Lewis and Gale 1994; greedy k-centre: Sener and
    Savarese 2018). A near-duplicate of a chosen photo waits: it is decided together with it.
    """
    open_rows = np.flatnonzero(~decided)
    unsure = np.exp(-np.abs(logit(probabilities) - logit(np.array(threshold))))
    short = open_rows[np.argsort(-unsure[open_rows], kind="stable")[: SHORTLIST * count]]
    best = open_rows[np.argsort(-np.asarray(probabilities)[open_rows], kind="stable")]
    best = best[: SHORTLIST * count]
    rows = np.union1d(short, best)
    nearest = _nearest(vectors[rows], vectors[decided])
    place = {row: number for number, row in enumerate(rows.tolist())}
    order = np.array([place[row] for row in best.tolist()], np.int64)
    chosen: list[int] = []
    free = np.ones(len(rows), np.bool_)
    while len(chosen) < count and free.any():
        waiting = free & (nearest < DUPLICATE)
        allowed = waiting if waiting.any() else free
        left = order[allowed[order]]
        if len(chosen) % BEST_EACH == 0 and len(left):
            pick = int(left[0])
        else:
            worth = unsure[rows] * (1 - nearest + 1e-6)
            pick = int(np.argmax(np.where(allowed, worth, -1.0)))
        chosen.append(pick)
        free[pick] = False
        nearest = np.maximum(nearest, vectors[rows] @ vectors[rows[pick]])
    return rows[np.array(chosen, np.int64)]


def _nearest(rows: NDArray[np.float32], others: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the cosine (n,) of each row with the nearest of ``others``; -1 without any."""
    if not len(others):
        return np.full(len(rows), -1.0, np.float32)
    return np.asarray((rows @ others.T).max(axis=1), np.float32)


def together(rows: Rows, groups: Rows, decided: NDArray[np.bool_]) -> list[Rows]:
    """Return for each of ``rows`` the undecided photos of its group, itself first.

    ``groups`` (n,) as ``series`` or ``near_duplicates`` give them. A group comes once, where its
    first row stands.
    """
    found: list[Rows] = []
    seen: set[int] = set()
    for row in rows.tolist():
        if int(groups[row]) not in seen:
            seen.add(int(groups[row]))
            members = np.flatnonzero((groups == groups[row]) & ~decided)
            found.append(np.concatenate([[row], members[members != row]]))
    return found


def acceptable_clusters(
    probabilities: Floats,
    vectors: NDArray[np.float32],
    decided: NDArray[np.bool_],
    least: float,
    alike: float = ALIKE,
) -> Sequence[Cluster]:
    """Return clusters of undecided photos with a probability of at least ``least``.

    Photos of a cluster have a cosine of at least ``alike`` with its most probable one. Those that
    settle most come first: by the number of photos that are expected to be right.
    """
    rows = np.flatnonzero(~decided & (np.asarray(probabilities) >= least))
    order = rows[np.argsort(-np.asarray(probabilities)[rows], kind="stable")]
    found = []
    for members in clusters(vectors, order, alike):
        ordered = members[np.argsort(-np.asarray(probabilities)[members], kind="stable")]
        found.append(Cluster(ordered, float(np.asarray(probabilities)[members].mean())))
    return sorted(found, key=lambda one: -one.expected * len(one.rows))
