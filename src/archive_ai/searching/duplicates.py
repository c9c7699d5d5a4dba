"""Which photos show the same picture: candidates by their hashes, confirmed by their vectors.

Hashes say how far two pictures differ in light and dark, and are compared exactly. The model has to
agree: the cosine of the vectors must reach a quantile of the cosines of different pictures of this
archive, learned anew for each sealed generation, so that no model's scale is written here. The
numbers below were fitted by ``benchmarks/duplicates.py``; the figures stand in docs/duplicates.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from copy import copy

import numpy as np
from numpy.typing import NDArray

from archive_ai.domain import Edges, Links, Looks, Membership, PhotoId
from archive_ai.ports import HashIndex, VectorIndex
from archive_ai.searching.spanning import connected, joined, no_edges, spanning_forest

NEAR_BITS, FAR_BITS = 15, 42
"""How many of 242 bits may differ: surely near; near enough if the model is sure."""

NEAR_SHARE, FAR_SHARE = 0.9, 0.9995
"""Quantiles of the cosines of different pictures that a near and a far pair must reach."""

FLAT = 2
"""Of flat drawings most bits are nought, and two of them are near for that alone: no more bits may
differ than half of those that are set in either."""

IDENTICAL_BITS = 5
IDENTICAL_TONES = (1.0, 1.5, 3.0)
"""By how much tint, chroma and detail of identical pictures may differ: see ``Measures``."""

PAIRS_ABOVE = 10
"""So many of the sampled pairs lie above a threshold at least: fewer would be an accident."""

COMPARED = 1024
EDGES_AT_ONCE = 500_000

Rows = NDArray[np.int64]


def find_links(
    index: VectorIndex,
    looks: Looks,
    hashes: HashIndex,
    manifest_sha256: str,
    known: Links | None = None,
) -> Links:
    """Find what looks the same among the photos of ``index``; ``looks`` are in its rows.

    What an earlier sealing of the generation ``known`` has compared is not compared again; what
    comes out is the same.
    """
    photos = np.array(index.photos, dtype="S")
    ours = np.where(looks.usable[:, None], looks.hashes, np.uint8(0))
    compared, parts = _carried(index.fingerprint, photos, ours, known)
    asked = np.flatnonzero(looks.usable & ~compared)
    waiting = 0
    for one, other in _candidates(asked, looks.usable, hashes):
        found = _judged(one, other, looks, index.at)
        parts = tuple(joined(old, new) for old, new in zip(parts, found, strict=True))
        waiting += len(one)
        if waiting > EDGES_AT_ONCE:
            parts, waiting = tuple(spanning_forest(part) for part in parts), 0
    near, far, identical = (spanning_forest(part) for part in parts)
    cosines = _thresholds(index, ours, np.flatnonzero(looks.usable))
    return Links(index.fingerprint, manifest_sha256, photos, ours, near, far, identical, *cosines)


Judge = Callable[[Sequence[PhotoId]], tuple[Edges, ...]]
"""Takes photos in the order of their ids, gives near, far and identical edges of their places."""


class DuplicateGroups:
    """Groups of photos that show the same picture, closed ones included unless made by ``seen``."""

    def __init__(self, links: Links) -> None:
        self.near_cosine, self.alike_cosine = links.near_cosine, links.far_cosine
        self._memberships: dict[PhotoId, Membership] = {}
        self._members: dict[int, tuple[PhotoId, ...]] = {}
        photos = {row: PhotoId(one.decode("ascii")) for row, one in enumerate(links.photos)}
        self._connect(photos, (links.near, links.far, links.identical))

    def seen(self, visible: Container[PhotoId], judge: Judge) -> DuplicateGroups:
        """Return the groups as if only ``visible`` photos were there, by the same thresholds.

        What a photo held together that is not visible falls apart, unless ``judge`` finds the rest
        of it to be the same directly.
        """
        found = copy(self)
        found._memberships, found._members = {}, {}
        left: list[PhotoId] = []
        for group, photos in self._members.items():
            here = [photo for photo in photos if photo in visible]
            if len(here) == len(photos):
                found._members[group] = photos
                found._memberships.update((one, self._memberships[one]) for one in photos)
            elif len(here) > 1:
                left += here
        if left:
            left.sort()
            # Below nought are no rows, so that no group has the number of another.
            numbered = {place - len(left): photo for place, photo in enumerate(left)}
            shift = np.int64(len(left))
            edges = (Edges(one.pairs - shift, one.cosines) for one in judge(left))
            found._connect(numbered, tuple(edges))
        return found

    def _connect(self, photos: Mapping[int, PhotoId], edges: tuple[Edges, ...]) -> None:
        """Make groups of what near, far and identical edges hold together."""
        near, far, identical = edges
        copies = connected(_above(identical, self.near_cosine))
        same = [_above(near, self.near_cosine), _above(far, self.alike_cosine)]
        members: defaultdict[int, list[PhotoId]] = defaultdict(list)
        for row, group in sorted(connected(np.concatenate(same)).items()):
            self._memberships[photos[row]] = Membership(group, copies.get(row, row))
            members[group].append(photos[row])
        self._members.update((group, tuple(these)) for group, these in members.items())

    def group_of(self, photos: Sequence[PhotoId]) -> dict[PhotoId, Membership]:
        """Return where each of ``photos`` belongs; those without a duplicate are left out."""
        ours = self._memberships
        return {photo: ours[photo] for photo in photos if photo in ours}

    def members(self, group: int) -> tuple[PhotoId, ...]:
        """Return the photos of a group by their ids."""
        return self._members[group]

    def __iter__(self) -> Iterator[tuple[PhotoId, ...]]:
        """Yield the photos of every group."""
        return iter(self._members.values())


def _carried(
    fingerprint: str, photos: NDArray[np.bytes_], ours: NDArray[np.uint8], known: Links | None
) -> tuple[NDArray[np.bool_], tuple[Edges, ...]]:
    """Return which rows were compared before, and what came of it in today's row numbers."""
    compared = np.zeros(len(photos), np.bool_)
    nothing = compared, (no_edges(), no_edges(), no_edges())
    if known is None or known.fingerprint != fingerprint or not len(photos):
        return nothing
    places = np.minimum(np.searchsorted(photos, known.photos), len(photos) - 1)
    had = known.hashes.any(axis=1)
    # A forest forgets what a photo held together that is gone or looks otherwise by now.
    if (photos[places] != known.photos).any() or (ours[places] != known.hashes)[had].any():
        return nothing
    compared[places[had]] = True
    edges = (known.near, known.far, known.identical)
    return compared, tuple(Edges(places[one.pairs], one.cosines) for one in edges)


def _candidates(
    asked: Rows, usable: NDArray[np.bool_], hashes: HashIndex
) -> Iterator[tuple[Rows, Rows]]:
    """Yield each pair of different usable rows of which one, at least, is among ``asked``."""
    fresh = np.zeros(len(usable), np.bool_)
    fresh[asked] = True
    for one, other in hashes.within(asked, FAR_BITS):
        wanted = usable[other] & (~fresh[other] | (other < one))
        yield one[wanted], other[wanted]


def judged_again(
    index: VectorIndex, photos: Sequence[PhotoId], looks: Looks, hashes: HashIndex
) -> tuple[Edges, ...]:
    """Return near, far and identical edges between the places of all ``photos``."""
    rows = index.places(photos)
    parts: tuple[Edges, ...] = (no_edges(), no_edges(), no_edges())
    for one, other in _candidates(np.flatnonzero(looks.usable), looks.usable, hashes):
        found = _judged(one, other, looks, lambda places: index.at(rows[places]))
        parts = tuple(joined(old, new) for old, new in zip(parts, found, strict=True))
    return parts


def _judged(
    one: Rows, other: Rows, looks: Looks, vectors: Callable[[Rows], NDArray[np.float32]]
) -> tuple[Edges, ...]:
    bits = _bits(looks.hashes[one] ^ looks.hashes[other])
    set_bits = np.minimum(_bits(looks.hashes[one]), _bits(looks.hashes[other]))
    told = FLAT * bits <= set_bits
    pairs, bits = np.sort(np.stack([one, other], axis=1)[told], axis=1), bits[told]
    first, second = pairs.T
    cosines = np.empty(len(pairs), np.float32)
    for start in range(0, len(pairs), COMPARED):
        part = slice(start, start + COMPARED)
        cosines[part] = (vectors(first[part]) * vectors(second[part])).sum(axis=1)
    near = bits <= NEAR_BITS
    tones = np.abs(looks.tones[first] - looks.tones[second]) <= IDENTICAL_TONES
    sizes = looks.sizes[first] == looks.sizes[second]
    identical = (bits <= IDENTICAL_BITS) & tones.all(axis=1) & sizes.all(axis=1)
    return tuple(Edges(pairs[mask], cosines[mask]) for mask in (near, ~near, identical))


def _thresholds(index: VectorIndex, hashes: NDArray[np.uint8], usable: Rows) -> tuple[float, float]:
    """Return the quantiles of the cosines of photos whose hashes say that they are different."""
    if len(usable) > COMPARED:
        usable = usable[np.linspace(0, len(usable) - 1, COMPARED).astype(np.int64)]
    vectors, ours = index.at(usable), hashes[usable]
    parts = []
    for place in range(1, len(usable)):
        different = _bits(ours[:place] ^ ours[place]) > FAR_BITS
        parts.append((vectors[:place] @ vectors[place])[different])
    cosines = np.concatenate(parts) if parts else np.empty(0, np.float32)
    if not len(cosines):
        return -1.0, -1.0  # nothing to learn from: the hashes decide alone
    surest = max(1 - PAIRS_ABOVE / len(cosines), 0.0)
    near, far = np.quantile(cosines, (min(NEAR_SHARE, surest), min(FAR_SHARE, surest)))
    return float(near), float(far)


def _above(edges: Edges, cosine: float) -> Rows:
    return edges.pairs[edges.cosines >= cosine]


def _bits(hashes: NDArray[np.uint8]) -> Rows:
    """Count the bits that are set in hashes (n, bytes)."""
    return np.asarray(np.bitwise_count(hashes).sum(axis=1), dtype=np.int64)
