"""A map of vectors: the same each time, finite for any number, moved by nothing that is added."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive_ai.searching import projecting
from archive_ai.searching.projecting import FEWEST_TO_LEARN, draw, landmarks_of, place
from archive_ai.vectors.projection import EARLY, LATE, FlatLandmarks
from made_index import photo, unit

WIDTH = 24
GROUPS = 5


def _ids(count: int, first: int = 0) -> np.ndarray:
    return np.sort(np.array([photo(first + number) for number in range(count)], "S22"))


def _vectors(count: int, seed: int, groups: int = GROUPS) -> tuple[np.ndarray, np.ndarray]:
    """Vectors around so many centres, and of which centre each is."""
    centres = np.random.default_rng(7).standard_normal((groups, WIDTH))
    dice = np.random.default_rng(seed)
    of = dice.integers(0, groups, count)
    return unit(centres[of] + 0.4 * dice.standard_normal((count, WIDTH))), of


def _drawn(vectors: np.ndarray) -> np.ndarray:
    return draw(vectors, _ids(len(vectors)), FlatLandmarks(vectors), lambda done, total: None)


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 9, FEWEST_TO_LEARN - 1, FEWEST_TO_LEARN, 13, 95])
def test_any_number_of_photos_is_a_map_and_the_same_again(count: int) -> None:
    vectors, _ = _vectors(count, 1)
    found = _drawn(vectors)
    assert found.shape == (count, 2) and found.dtype == np.float32
    assert np.isfinite(found).all() and (np.abs(found) <= 1).all()
    assert len(np.unique(found, axis=0)) == count
    assert np.array_equal(found, _drawn(vectors))
    more = place(_vectors(6, 2)[0], _ids(6), FlatLandmarks(vectors), found)
    assert more.shape == (6, 2) and np.isfinite(more).all() and (np.abs(more) <= 1).all()


@pytest.mark.parametrize("copies", [3, 60])
def test_copies_of_one_picture_do_not_hide_each_other(copies: int) -> None:
    vectors = np.repeat(_vectors(2, 1)[0], copies, axis=0)
    found = _drawn(vectors)
    assert np.isfinite(found).all()
    assert len(np.unique(found, axis=0)) == 2 * copies
    same = np.repeat(vectors[:1], 2 * copies, axis=0)
    assert len(np.unique(_drawn(same), axis=0)) == 2 * copies


def test_alike_vectors_lie_near_each_other_learned_or_placed() -> None:
    vectors, of = _vectors(150, 1)
    landmarks = FlatLandmarks(vectors)
    learned = _drawn(vectors)
    others, of_others = _vectors(100, 2)
    placed = place(others, _ids(100, 1000), landmarks, learned)
    for points, groups in ((learned, of), (placed, of_others)):
        apart = ((points[:, None] - learned[None]) ** 2).sum(axis=-1)
        nearest = np.argsort(apart, axis=1)[:, 1:4]
        assert (of[nearest] == groups[:, None]).mean() > 0.95


def test_what_a_landmark_holds_is_placed_beside_it() -> None:
    vectors, _ = _vectors(150, 1)
    learned = _drawn(vectors)
    again = place(vectors, _ids(150, 1000), FlatLandmarks(vectors), learned)
    assert np.median(np.abs(again - learned).max(axis=1)) < 0.05


@settings(deadline=None, max_examples=25)
@given(st.lists(st.integers(0, 199), unique=True, max_size=40), st.integers(0, 40))
def test_what_is_placed_with_others_lies_where_it_lies_alone(chosen: list[int], cut: int) -> None:
    """So photos that are added, in whatever parts, move no other and are moved by none."""
    vectors, _ = _vectors(40, 1)
    landmarks, positions = FlatLandmarks(vectors), np.tile(np.float32([[0.5, 0.1]]), (40, 1))
    positions[::2] *= -1
    others, ids = _vectors(200, 3)[0], _ids(200, 1000)
    together = place(others, ids, landmarks, positions)
    parts = [
        place(others[part], ids[part], landmarks, positions)
        for part in (chosen[:cut], chosen[cut:])
    ]
    assert np.allclose(np.concatenate(parts), together[chosen], atol=1e-6)


def test_between_two_groups_there_is_nothing() -> None:
    """A photo whose nearest landmarks lie in two places goes to one of them, not in between."""
    vectors = unit(np.eye(4, WIDTH, dtype=np.float32)[[0, 0, 0, 1, 1]])
    positions = np.float32([[-0.9, 0], [-0.9, 0], [-0.9, 0], [0.9, 0], [0.9, 0]])
    between = unit(np.float32([[1, 0.98, *[0] * (WIDTH - 2)]]))
    (found,) = place(between, _ids(1), FlatLandmarks(vectors), positions)
    assert abs(found[0] + 0.9) < 0.2


def test_landmarks_are_spread_evenly(monkeypatch: pytest.MonkeyPatch) -> None:
    assert landmarks_of(0).tolist() == []
    assert landmarks_of(500).tolist() == list(range(500))
    monkeypatch.setattr(projecting, "MOST_LANDMARKS", 100)
    rows = landmarks_of(2345)
    assert len(set(rows.tolist())) == 100
    assert (rows[0], rows[-1]) == (0, 2344)
    assert {after - before for before, after in pairwise(rows.tolist())} <= {23, 24}


def test_it_says_how_far_it_is_and_can_be_ended() -> None:
    vectors, _ = _vectors(60, 1)
    told: list[tuple[int, int]] = []
    draw(vectors, _ids(60), FlatLandmarks(vectors), lambda *far: told.append(far))
    assert told == sorted(told)
    assert told[-1] == (EARLY + LATE, EARLY + LATE)

    class Enough(BaseException):
        """Somebody wants it to stop."""

    def stop(done: int, total: int) -> None:
        if done > EARLY:
            raise Enough

    with pytest.raises(Enough):
        draw(vectors, _ids(60), FlatLandmarks(vectors), stop)
