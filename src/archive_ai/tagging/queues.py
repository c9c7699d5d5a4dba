"""In which order photos are shown to whoever reviews, and what is shown together."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from archive_ai.domain import PhotoId
from archive_ai.tagging.intervals import wilson

SURE_EVERY = 2
"""Of so many photos shown one is the most probable left: to find some while learning."""

NUMBERED = re.compile(r"(.*?)(\d{1,9})")

Floats = NDArray[np.float32]


def most_taught(vectors: Floats, log_odds: Floats, n: int) -> NDArray[np.int64]:
    """Return the places (k,) of at most ``n`` photos, those first that teach most.

    Every other one is the most probable that is left. The others are uncertain and unlike what
    was chosen before: uncertainty, 1 at even odds and falling to both sides, times the distance
    to the nearest chosen photo (greedy, as in core-set selection: Sener and Savarese 2018, with
    the weight of uncertainty sampling: Lewis and Gale 1994).
    """
    uncertain = 1 / np.cosh(np.clip(log_odds / 2, -80, 80))
    distance = np.ones(len(vectors), np.float32)
    left = np.ones(len(vectors), np.bool_)
    chosen: list[int] = []
    while len(chosen) < min(n, len(vectors)):
        worth = log_odds if len(chosen) % SURE_EVERY == 0 else uncertain * distance
        place = int(np.where(left, worth, -np.inf).argmax())
        chosen.append(place)
        left[place] = False
        distance = np.minimum(distance, 1 - vectors @ vectors[place])
    return np.array(chosen, np.int64)


def in_groups(order: NDArray[np.int64], groups: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return ``order`` with each group (n,) together, where its first member stands."""
    members: dict[int, list[int]] = {}
    for place in order.tolist():
        members.setdefault(int(groups[place]), []).append(place)
    return np.array([place for group in members.values() for place in group], np.int64)


def neighbours(scans: Sequence[tuple[Path, int]]) -> list[tuple[int, int]]:
    """Return the pairs of places whose scans follow each other: in number, or page of one file.

    Numbers are the last digits of names that are the same before them, in one folder: what was
    scanned one after the other was mostly taken one after the other.
    """
    places: dict[tuple[str, str, int], int] = {}
    for row, (path, page) in enumerate(scans):
        places[str(path), "page", page] = row
        numbered = NUMBERED.fullmatch(path.stem)
        if numbered is not None and page == 1:
            places[str(path.parent), numbered[1], int(numbered[2])] = row
    return [
        (row, places[where, name, number + 1])
        for (where, name, number), row in places.items()
        if (where, name, number + 1) in places
    ]


def drawn(photos: Sequence[PhotoId], concept: str) -> list[PhotoId]:
    """Return the photos in an order that is random and yet the same at every call.

    Each photo's place is the hash of it and the concept, so the first so many are a random
    sample of the whole, and remain part of it when photos are added.
    """
    return sorted(photos, key=lambda photo: hashlib.sha256(f"{concept} {photo}".encode()).digest())


@dataclass(frozen=True, slots=True)
class Estimate:
    """How many of ``population`` are right, from ``looked_at`` of them drawn at random.

    ``low`` and ``high`` are the 95 % interval of the share.
    """

    population: int
    looked_at: int
    right: int
    low: float
    high: float


def estimate(order: Sequence[PhotoId], right: Mapping[PhotoId, bool]) -> Estimate:
    """Judge all photos of ``order`` (as :func:`drawn`) by those from its start that were decided.

    Only what was decided without a gap from the start on is a random sample; decisions further
    on were made for other reasons and would flatter.
    """
    looked_at = 0
    while looked_at < len(order) and order[looked_at] in right:
        looked_at += 1
    correct = sum(right[photo] for photo in order[:looked_at])
    low, high = wilson(correct, looked_at, len(order))
    return Estimate(len(order), looked_at, correct, low, high)


def wanted_sample(population: int, half_width: float, share: float = 0.9) -> int:
    """Return how many to look at so that the interval is about ``half_width`` to either side.

    ``share`` is how many are expected to be right.
    """
    for n in range(1, population + 1):
        low, high = wilson(round(share * n), n, population)
        if (high - low) / 2 <= half_width:
            return n
    return population
