from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import PurePosixPath

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from archive_ai.tagging.grouping import Origin, clusters, joined, near_duplicates, series
from archive_ai.tagging.queue import acceptable_clusters, most_informative, together
from made_vectors import unit


def around(count: int, spread: float, seed: int) -> np.ndarray:
    dice = np.random.default_rng(seed)
    return unit(dice.standard_normal(64) + spread * dice.standard_normal((count, 64)))


def test_near_duplicates_are_one_group_and_others_are_not() -> None:
    vectors = np.concatenate([around(3, 0.05, 1), around(2, 0.05, 2), around(4, 3.0, 3)])
    groups = near_duplicates(vectors)
    assert len(set(groups[:3])) == len(set(groups[3:5])) == 1
    assert len(set(groups)) == 6


@settings(deadline=None)  # the machine may be busy
@given(st.integers(1, 12), st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11))))
def test_groups_are_numbered_from_0_and_join_what_is_linked(
    count: int, links: list[tuple[int, int]]
) -> None:
    kept = [(one % count, other % count) for one, other in links]
    groups = joined(count, kept)
    assert sorted(set(groups.tolist())) == list(range(int(groups.max()) + 1))
    assert all(groups[one] == groups[other] for one, other in kept)


def origins(*names: str) -> list[Origin]:
    return [Origin(PurePosixPath(name)) for name in names]


def test_neighbouring_names_that_look_alike_are_a_series() -> None:
    vectors = around(5, 0.25, 4)
    names = ("a/F1_008.tif", "a/F1_009.tif", "a/F1_010.tif", "a/F1_040.tif", "b/F1_011.tif")
    groups = series(vectors, origins(*names))
    assert len(set(groups[:3])) == 1
    assert len(set(groups[[0, 3, 4]])) == 3


def test_neighbouring_names_that_look_different_are_none() -> None:
    groups = series(around(2, 5.0, 5), origins("a/1.jpg", "a/2.jpg"))
    assert groups[0] != groups[1]


def test_photos_taken_within_minutes_that_look_alike_are_a_series() -> None:
    first = datetime(1998, 5, 1, 12, 0)  # noqa: DTZ001  a camera's clock knows no zone
    times = [first, first + timedelta(minutes=2), first + timedelta(hours=3)]
    places = [
        Origin(PurePosixPath(f"a/{name}.jpg"), taken_at=at)
        for name, at in zip(("x", "y", "z"), times, strict=True)
    ]
    groups = series(around(3, 0.25, 6), places)
    assert groups[0] == groups[1] != groups[2]


def test_pages_of_one_file_that_look_alike_are_a_series() -> None:
    places = [Origin(PurePosixPath("a/x.tif"), page) for page in (2, 3, 9)]
    groups = series(around(3, 0.25, 7), places)
    assert groups[0] == groups[1] != groups[2]


def test_a_cluster_looks_like_its_first() -> None:
    vectors = np.concatenate([around(5, 0.3, 8), around(5, 0.3, 9)])
    found = clusters(vectors, np.arange(10), 0.7)
    assert [sorted(one.tolist()) for one in found] == [[0, 1, 2, 3, 4], [5, 6, 7, 8, 9]]


@settings(max_examples=40, deadline=None)  # the machine may be busy
@given(st.integers(0, 1000), st.integers(1, 60), st.integers(1, 80))
def test_the_queue_asks_nothing_twice_and_nothing_that_is_decided(
    seed: int, count: int, wanted: int
) -> None:
    dice = np.random.default_rng(seed)
    vectors, decided = unit(dice.standard_normal((count, 16))), dice.random(count) < 0.3
    rows = most_informative(dice.random(count), vectors, decided, 0.5, wanted)
    assert len(set(rows.tolist())) == len(rows) == min(wanted, int((~decided).sum()))
    assert not decided[rows].any()


def test_the_queue_begins_with_the_best_and_goes_on_with_the_unsure() -> None:
    probabilities = np.array([0.01] * 90 + [0.99] * 5 + [0.52, 0.48, 0.5, 0.51, 0.49])
    vectors = unit(np.random.default_rng(1).standard_normal((100, 64)))
    rows = most_informative(probabilities, vectors, np.zeros(100, np.bool_), 0.5, 10)
    assert set(rows[::2].tolist()) == {90, 91, 92, 93, 94}
    assert set(rows[1::2].tolist()) == {95, 96, 97, 98, 99}


def test_unsure_photos_come_from_all_sides() -> None:
    sides = [around(30, 0.4, side) for side in range(5)]
    vectors = np.concatenate(sides)
    rows = most_informative(np.full(150, 0.5), vectors, np.zeros(150, np.bool_), 0.5, 10)
    assert len({row // 30 for row in rows.tolist()}) == 5


def test_a_copy_waits_for_its_original_and_is_decided_with_it() -> None:
    vectors = around(6, 5.0, 10)
    vectors[5] = vectors[0]
    probabilities = np.array([0.9, 0.5, 0.5, 0.5, 0.5, 0.9])
    decided = np.zeros(6, np.bool_)
    rows = most_informative(probabilities, vectors, decided, 0.5, 4)
    assert rows[0] == 0 and 5 not in rows
    groups = near_duplicates(vectors)
    asked = together(rows, groups, decided)
    assert asked[0].tolist() == [0, 5]
    assert [len(one) for one in asked[1:]] == [1, 1, 1]


def test_a_group_is_asked_once_and_without_what_is_decided() -> None:
    groups = np.array([0, 0, 0, 1])
    decided = np.array([False, True, False, False])
    asked = together(np.array([2, 0, 3]), groups, decided)
    assert [one.tolist() for one in asked] == [[2, 0], [3]]


def test_large_sure_clusters_come_first_and_unsure_photos_in_none() -> None:
    vectors = np.concatenate([around(3, 0.3, 11), around(8, 0.3, 12), around(4, 0.3, 13)])
    probabilities = np.array([0.95] * 3 + [0.9] * 8 + [0.4] * 4)
    found = acceptable_clusters(probabilities, vectors, np.zeros(15, np.bool_), 0.8, 0.7)
    assert [len(one.rows) for one in found] == [8, 3]
    assert found[1].expected == np.mean([0.95] * 3)
