"""Near-duplicates against brute force, and piece by piece against all at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from archive_ai.domain import HASH_BYTES, HASH_KIND, Edges, Links, Looks, PhotoId, photo_id
from archive_ai.searching.duplicates import (
    FAR_BITS,
    NEAR_BITS,
    DuplicateGroups,
    find_links,
    judged_again,
)
from archive_ai.searching.spanning import connected, joined, spanning_forest
from archive_ai.vectors.hashes import FlatHashIndex

WIDTH = 8


class Rows:
    """An index that only gives its rows: nothing here searches vectors."""

    fingerprint, generation = "f" * 16, 1

    def __init__(self, numbers: Sequence[int]) -> None:
        ids = {photo_id(f"{number:064x}", 1): number for number in numbers}
        self.photos = sorted(ids)
        self.numbers = [ids[photo] for photo in self.photos]
        # Neighbouring numbers have like vectors.
        angles = np.array(self.numbers, np.float32)[:, None] * np.linspace(0.02, 0.2, WIDTH)
        rows = np.concatenate([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
        self._rows = rows / np.linalg.norm(rows, axis=1, keepdims=True)

    def at(self, rows: np.ndarray) -> np.ndarray:
        return self._rows[rows]

    def places(self, photos: Sequence[PhotoId]) -> np.ndarray:
        return np.array([self.photos.index(photo) for photo in photos], np.int64)


def _looks(index: Rows, unusable: set[int] = frozenset()) -> Looks:
    """Hashes in families of six, each a few bits further from the family's first."""
    hashes = np.zeros((len(index.photos), HASH_BYTES), np.uint8)
    for row, number in enumerate(index.numbers):
        share = 0.5 if number // 6 % 3 else 0.1  # every third family is flat
        bits = (np.random.default_rng(number // 6).random(8 * HASH_BYTES) < share).astype(int)
        dice = np.random.default_rng([1, number])
        bits[dice.choice(np.arange(8, 8 * HASH_BYTES), 8 * (number % 6), replace=False)] ^= 1
        hashes[row] = np.packbits(bits)
    hashes[:, 0] = HASH_KIND
    sizes = np.array([[100 + n % 2, 80] for n in index.numbers], np.int32).reshape(-1, 2)
    usable = np.array([n not in unusable for n in index.numbers], np.bool_)
    return Looks(hashes, sizes, np.zeros((len(usable), 3), np.float32), usable)


def _links(index: Rows, looks: Looks, known: Links | None = None) -> Links:
    return find_links(index, looks, FlatHashIndex(looks.hashes), "m" * 64, known)


def _parts(pairs: Sequence[tuple[int, int]]) -> set[frozenset[int]]:
    parts: list[set[int]] = []
    for pair in pairs:
        touched = [part for part in parts if part & set(pair)]
        parts = [part for part in parts if not part & set(pair)]
        parts.append(set(pair).union(*touched))
    return {frozenset(part) for part in parts}


LAST_BITS = 1e-6
photos = st.lists(st.integers(0, 40), unique=True, max_size=30)


@settings(deadline=None, max_examples=60)
@given(photos, st.sets(st.integers(0, 40), max_size=5))
def test_groups_are_what_comparing_every_pair_gives(numbers: list[int], unusable: set[int]) -> None:
    index = Rows(numbers)
    looks = _looks(index, unusable)
    links = _links(index, looks)
    wanted = []
    for one in range(len(numbers)):
        for other in range(one):
            bits = int(np.bitwise_count(looks.hashes[one] ^ looks.hashes[other]).sum())
            cosine = float(index.at(np.array([one]))[0] @ index.at(np.array([other]))[0])
            least = links.near_cosine if bits <= NEAR_BITS else links.far_cosine
            # A bound may be some pair's own cosine: the last bits of a sum then decide, and these
            # depend on how many products are made at once.
            assume(abs(cosine - least) > LAST_BITS)
            set_bits = np.bitwise_count(looks.hashes[[one, other]]).sum(axis=1).min()
            if (
                bits <= min(FAR_BITS, set_bits / 2)
                and cosine >= least
                and looks.usable[[one, other]].all()
            ):
                wanted.append((one, other))
    groups = DuplicateGroups(links)
    found = {frozenset(index.photos.index(one) for one in group) for group in groups}
    assert found == _parts(wanted)
    _assert_seen(groups, index, looks, wanted)
    members = groups.group_of(index.photos)
    assert set(members) == {index.photos[row] for part in found for row in part}
    for photo, member in members.items():
        assert photo in groups.members(member.group)
    assert groups.group_of([PhotoId("p_unknown")]) == {}


def _assert_seen(
    groups: DuplicateGroups, index: Rows, looks: Looks, wanted: list[tuple[int, int]]
) -> None:
    """What is not visible holds nothing together: every third, by turns."""
    for turn in range(3):
        visible = {photo for row, photo in enumerate(index.photos) if row % 3 != turn}

        def judge(photos: Sequence[PhotoId]) -> tuple[Edges, ...]:
            rows = index.places(photos)
            some = Looks(*(getattr(looks, one.name)[rows] for one in fields(looks)))
            return judged_again(index, photos, some, FlatHashIndex(some.hashes))

        seen = groups.seen(visible, judge)
        left = [pair for pair in wanted if all(row % 3 != turn for row in pair)]
        found = {frozenset(index.photos.index(one) for one in group) for group in seen}
        assert found == _parts(left)
        for group in seen:
            memberships = seen.group_of(group)
            assert {seen.members(one.group) for one in memberships.values()} == {group}


@settings(deadline=None, max_examples=60)
@given(photos, st.integers(0, 30), st.sets(st.integers(0, 40), max_size=6))
def test_compared_piece_by_piece_is_compared_at_once(
    numbers: list[int], first: int, not_yet: set[int]
) -> None:
    """Also where some of the first photos had no hash when they were first compared."""
    part, whole = Rows(numbers[:first]), Rows(numbers)
    known = _links(part, _looks(part, not_yet))
    looks = _looks(whole)
    later, at_once = _links(whole, looks, known), _links(whole, looks)
    assert set(DuplicateGroups(later)) == set(DuplicateGroups(at_once))
    assert (later.near_cosine, later.far_cosine) == (at_once.near_cosine, at_once.far_cosine)
    assert len(later.near.pairs) == len(at_once.near.pairs)


@settings(deadline=None, max_examples=40)
@given(photos.filter(lambda numbers: len(numbers) > 1), st.data())
def test_what_looks_otherwise_by_now_is_compared_again(
    numbers: list[int], data: st.DataObject
) -> None:
    index = Rows(numbers)
    looks = _looks(index)
    known = _links(index, looks)
    changed = looks.hashes.copy()
    row, other = (data.draw(st.integers(0, len(numbers) - 1)) for _ in range(2))
    changed[row] = changed[other]
    looks = replace(looks, hashes=changed)
    assert set(DuplicateGroups(_links(index, looks, known))) == set(
        DuplicateGroups(_links(index, looks))
    )


pairs = st.lists(
    st.tuples(st.integers(0, 12), st.integers(0, 12), st.integers(0, 5)).filter(
        lambda edge: edge[0] != edge[1]
    ),
    max_size=40,
)


def _edges(found: list[tuple[int, int, int]]) -> Edges:
    ends = np.array([sorted(edge[:2]) for edge in found], np.int64).reshape(-1, 2)
    return Edges(ends, np.array([edge[2] for edge in found], np.float32))


@given(pairs, st.integers(0, 40), st.integers(-1, 6))
def test_a_forest_connects_what_all_edges_connect_at_every_threshold(
    found: list[tuple[int, int, int]], cut: int, threshold: int
) -> None:
    every = _edges(found)
    forest = spanning_forest(every)
    piecewise = spanning_forest(joined(spanning_forest(_edges(found[:cut])), _edges(found[cut:])))
    nodes = len({node for edge in found for node in edge[:2]})
    assert len(forest.pairs) < max(nodes, 1)
    wanted = _parts([edge[:2] for edge in found if edge[2] >= threshold])
    for one in (every, forest, piecewise):
        roots = connected(one.pairs[one.cosines >= threshold])
        parts: dict[int, set[int]] = {}
        for node, root in roots.items():
            parts.setdefault(root, set()).add(node)
        assert {frozenset(part) for part in parts.values()} == wanted
        assert all(root == min(part) for root, part in parts.items())
